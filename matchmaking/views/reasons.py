"""Reasons of a match as sentences, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from matchmaking.queries.reasons import Reason, Relation


def told(reason: Reason) -> str:
    """Why this need counts as it does, from the eyes of the member whose list it is."""
    words = {"offered": reason.offered.name, "need": reason.need.name, "met": reason.met_at.name}
    said = [(_theirs if reason.mine else _ours)(reason.relation) % words]
    if reason.trl_offered:
        said.append(_("TRL %(trl)s.") % {"trl": reason.trl_offered})
    if reason.trl_asked and reason.maturity < 1:
        asked = {"asked": reason.trl_asked}
        said.append(
            _("TRL %(asked)s was asked, so half counts.") % asked
            if reason.maturity <= 0
            else _("TRL %(asked)s was asked, so not all of it counts.") % asked
        )
    if reason.mine:
        said.append(_("You must have it.") if reason.must else _("You said: should have."))
    elif reason.must:
        said.append(_("They must have it."))
    mention = ngettext(
        "%(count)s member of %(of)s mentions it.", "%(count)s members of %(of)s mention it.", reason.mentions
    )
    said.append(mention % {"count": reason.mentions, "of": reason.of})
    return " ".join(said)


def _theirs(relation: Relation) -> str:
    """What the partner offers for a need of mine."""
    return {
        Relation.EXACT: _("They offer exactly this."),
        Relation.CHILD: _("They offer “%(offered)s”, a kind of it."),
        Relation.PARENT: _("They offer “%(offered)s”, which is wider: part of it counts."),
        Relation.SIBLING: _("They offer its neighbour “%(offered)s” under “%(met)s”: part of it counts."),
    }[relation]


def _ours(relation: Relation) -> str:
    """What I offer for a need of the partner."""
    return {
        Relation.EXACT: _("You offer exactly this."),
        Relation.CHILD: _("You offer “%(offered)s”, a kind of it."),
        Relation.PARENT: _("You offer “%(offered)s”, which is wider: part of it counts."),
        Relation.SIBLING: _("You offer its neighbour “%(offered)s” under “%(met)s”: part of it counts."),
    }[relation]
