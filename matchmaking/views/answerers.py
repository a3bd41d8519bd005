"""Why a member can meet a need, as sentences in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.queries.need_search import Neighbour, Reason

WHOLE = 1_000
"""A work that fits a need entirely, neighbours and all, counts a million: a thousand points."""


def points(score: int) -> int:
    """Millionths as points of which a work that fits entirely has a thousand."""
    return round(score / WHOLE)


def told(reason: Reason) -> str:
    """What a work has in common with the need, and what else speaks for it or against it."""
    said = []
    if reason.words:
        words = ", ".join(f"“{word}”" for word in reason.words)
        said.append(_("It shares these words with the need: %(words)s.") % {"words": words})
    if reason.tags:
        names = ", ".join(tag.name for tag in reason.tags)
        said.append(
            ngettext(
                "It stands at or near the same capability: %(names)s.",
                "It stands at or near the same capabilities: %(names)s.",
                len(reason.tags),
            )
            % {"names": names}
        )
    said += [_near(neighbour) for neighbour in reason.neighbours]
    if not reason.mature:
        said.append(_("It is less mature than was asked, so half counts."))
    return " ".join(said)


def _near(neighbour: Neighbour) -> str:
    if neighbour.partners:
        words = ngettext(
            "%(partners)d of its partners also carried out “%(title)s”, which fits.",
            "%(partners)d of its partners also carried out “%(title)s”, which fits.",
            neighbour.partners,
        )
        return words % {"partners": neighbour.partners, "title": neighbour.title}
    return _("It resembles “%(title)s”, which fits.") % {"title": neighbour.title}
