"""The term of a file in words: how old it is, what it waits for and until when; late in words first, then in tone."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster_portal.common.templatetags.ui import status
from members.queries.desk import OFFICE_DAYS, Term

UNTIL = {
    "completion": gettext_lazy("to be completed by %(until)s"),
    "objections": gettext_lazy("objections until %(until)s"),
    "decision": gettext_lazy("to be decided by %(until)s"),
}


def days(number: int) -> str:
    return ngettext("%(number)d day", "%(number)d days", number) % {"number": number}


def age_words(age: int) -> str:
    """How long ago a file came."""
    return _("today") if age <= 0 else _("%(days)s ago") % {"days": days(age)}


def until_words(term: Term) -> str:
    """What runs, with its last day."""
    if term.until is None:
        return _("received %(age)s") % {"age": age_words(term.age)}
    return str(UNTIL[term.kind]) % {"until": date_format(term.until, "j F Y")}


def left_words(term: Term) -> str:
    """How much is left of it, or by how much it is late."""
    if term.late and term.until is None:
        return _("late: the office looks at a new file within %(days)s") % {"days": days(OFFICE_DAYS)}
    if term.late:
        return _("overdue by %(days)s") % {"days": days(term.late_by)}
    if term.left is None:
        return ""
    return _("last day") if term.left == 0 else _("%(days)s left") % {"days": days(term.left)}


def term_words(term: Term | None, closes_at: datetime | None = None) -> SafeString:
    """The cell of a list; `closes_at` of the round that is open."""
    if term is None:
        return SafeString("")
    left = left_words(term)
    if term.late:
        said = status(left, tone="heed")
    else:
        said = format_html("<span{}>{}</span>", SafeString(' class="soon"') if term.soon else "", left)
    lines = [format_html("{}", until_words(term)), said] if left else [format_html("{}", until_words(term))]
    if closes_at is not None:
        lines.append(format_html("{}", closing_words(closes_at)))
    return SafeString("<br>".join(lines))


def closing_words(moment: datetime) -> str:
    """When a round closes."""
    return _("the vote closes %(at)s") % {"at": date_format(localtime(moment), "j F Y, H:i")}
