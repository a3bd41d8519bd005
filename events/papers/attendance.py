"""The attendance list to be printed and signed, as a PDF."""

from pathlib import Path

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.common.press import typeset
from events.papers.data import Attendance
from events.papers.words import days, joined

TEMPLATE = Path(__file__).with_name("attendance.typ")


def attendance_sheet(data: Attendance) -> bytes:
    """A4 sheets with a column for signatures. The same data gives the same bytes."""
    with override(data.language):
        made = date_format(localtime(data.made_at), "j F Y, H:i")
        lines = [(one.name, one.organisation) for one in data.people] + [("", "")] * data.empty_lines
        return typeset(
            TEMPLATE,
            {
                **{name: getattr(data, name) for name in ("language", "cluster", "title")},
                "heading": _("Attendance list"),
                "when": joined(data.kind, days(data.first_day, data.last_day), data.place),
                "people": lines,
                "words": {
                    "made": _("List of %(at)s") % {"at": made},
                    "page": _("Page %(page)s of %(pages)s"),
                    "columns": [_("No."), _("Name"), _("Organisation"), _("Signature")],
                },
            },
        )
