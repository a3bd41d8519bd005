"""The attendance list for spreadsheets: XLSX and CSV. No cell of either begins to calculate."""

import csv
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO, StringIO

from django.db.models import TextChoices
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook

from cluster_portal.common.press.plain import plain
from events.papers.data import Attendance, Attendee
from events.papers.words import days
from members.enums import HelixRole, Side
from members.papers.workbooks import Value, fill, text_of


def attendance_xlsx(data: Attendance) -> bytes:
    """A workbook with one sheet: a head that stays in sight, a filter, columns as wide as their texts."""
    with override(data.language):
        book = Workbook()
        sheet = book.active
        sheet.title = _("Attendance")[:31]
        book.properties.title, book.properties.creator = plain(data.title)[:255], plain(data.cluster)[:255]
        book.properties.created = data.made_at.replace(tzinfo=None)
        table = [head(data), *rows(data)]
        fill(sheet, table)
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def attendance_csv(data: Attendance) -> str:
    """The same table; begins with the mark by which spreadsheets know UTF-8."""
    kept = StringIO(newline="")
    writer = csv.writer(kept)
    with override(data.language):
        for line in (head(data), *rows(data)):
            writer.writerow([text_of(value) for value in line])
    return "\N{BYTE ORDER MARK}" + kept.getvalue()


def head(data: Attendance) -> list[Value]:
    return [
        *(_("No."), _("Name"), _("Organisation"), _("E-mail"), _("Helix role"), _("Side"), _("State")),
        *(_("Registered at"), _("Arrived at"), _("Event"), _("Date")),
        *(plain(question) for question in data.questions),
    ]


def rows(data: Attendance) -> Iterator[list[Value]]:
    """One line a person; ValueError when the answers of one do not belong to the questions."""
    when = days(data.first_day, data.last_day)
    for number, one in enumerate(data.people, start=1):
        yield [number, *said(one), plain(data.title), when, *answers(one, len(data.questions))]


def said(one: Attendee) -> list[Value]:
    return [
        *(plain(one.name), plain(one.organisation), plain(one.email)),
        *(label(HelixRole, one.role), label(Side, one.side), plain(one.state)),
        *(local(one.registered_at), local(one.arrived_at)),
    ]


def label(words: type[TextChoices], value: str) -> str:
    """The word of a value; ValueError when there is no such value."""
    return str(words(value).label) if value else ""


def answers(one: Attendee, count: int) -> list[str]:
    if len(one.answers) not in (0, count):
        raise ValueError(f"{len(one.answers)} answers to {count} questions")
    return [plain(answer) for answer in one.answers] or [""] * count


def local(at: datetime | None) -> datetime | None:
    """The instant on the portal's clock, without a zone, which a spreadsheet does not know."""
    return localtime(at).replace(tzinfo=None, microsecond=0) if at else None
