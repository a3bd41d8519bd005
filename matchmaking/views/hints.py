"""What would raise a member's scores, as sentences with the place where it is done."""

from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.queries.what_if import Hint
from members.models import Organisation


def advice(organisation: Organisation, found: Iterable[Hint]) -> list[dict[str, str]]:
    """One line for each hint: what to do, why, and where."""
    return [{"text": _WORDS[hint.code](hint), "href": _place(organisation, hint)} for hint in found]


def _place(organisation: Organisation, hint: Hint) -> str:
    if hint.code == "no_side":
        return reverse("members:profile-edit", args=[organisation.slug])
    part = "needs" if hint.code == "no_needs" or hint.sought else "offers"
    return reverse("members:profile-part", args=[organisation.slug, part])


def _word(hint: Hint) -> str:
    return hint.tag.name if hint.tag else ""


def _immature(hint: Hint) -> str:
    words = ngettext(
        "“%(tag)s”: %(count)d member needs it more mature than you state. If yours has come further, say so.",
        "“%(tag)s”: %(count)d members need it more mature than you state. If yours has come further, say so.",
        hint.count,
    )
    return words % {"tag": _word(hint), "count": hint.count}


def _no_maturity(hint: Hint) -> str:
    words = ngettext(
        "“%(tag)s” has no maturity. %(count)d member asks for one; state the TRL, so that it counts in full.",
        "“%(tag)s” has no maturity. %(count)d members ask for one; state the TRL, so that it counts in full.",
        hint.count,
    )
    return words % {"tag": _word(hint), "count": hint.count}


def _broad(hint: Hint) -> str:
    words = ngettext(
        "%(count)d of %(of)d members mentions “%(tag)s”, so it says little. Choose a narrower word that is true.",
        "%(count)d of %(of)d members mention “%(tag)s”, so it says little. Choose a narrower word that is true.",
        hint.count,
    )
    return words % {"tag": _word(hint), "count": hint.count, "of": hint.of}


_WORDS: dict[str, Callable[[Hint], str]] = {
    "no_side": lambda _hint: _("State on which side you stand, civil, defence or both: without it there is no match."),
    "no_needs": lambda _hint: _(
        "State what you need. Without a need you can gain nothing, and scores stay under a third."
    ),
    "no_offers": lambda _hint: _("State what you offer. Without an offer nobody can gain anything from you."),
    "run_out": lambda hint: (
        _("“%(tag)s” is past its day and counts no more. Prolong it, or remove it.") % {"tag": _word(hint)}
    ),
    "unscored": lambda hint: (
        _("“%(tag)s” is a heading and does not count. Choose a word under it.") % {"tag": _word(hint)}
    ),
    "broad": _broad,
    "immature": _immature,
    "no_maturity": _no_maturity,
}
