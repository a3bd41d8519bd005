"""The attendance list for spreadsheets: XLSX and CSV. No cell of either begins to calculate."""

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import BytesIO, StringIO

from django.db.models import TextChoices
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font
from openpyxl.styles import Side as Edge
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from events.papers.data import Attendance, Attendee
from events.papers.words import days, plain
from members.enums import HelixRole, Side
from members.rules.spreadsheets import DANGEROUS, harmless

Value = str | int | datetime | None
WIDEST, NARROWEST = 60, 8  # characters
HEAD = Font(bold=True, color="475460")
FOOT_OF_HEAD = Border(bottom=Edge(style="thin", color="707C85"))
INSTANT = "yyyy-mm-dd hh:mm"


def attendance_xlsx(data: Attendance) -> bytes:
    """A workbook with one sheet: a head that stays in sight, a filter, columns as wide as their texts."""
    with override(data.language):
        book = Workbook()
        sheet = book.active
        sheet.title = _("Attendance")[:31]
        book.properties.title, book.properties.creator = plain(data.title)[:255], plain(data.cluster)[:255]
        book.properties.created = data.made_at.replace(tzinfo=None)
        table = [head(data), *rows(data)]
        for number, line in enumerate(table, start=1):
            for column, value in enumerate(line, start=1):
                write(sheet.cell(number, column), value)
        furnish(sheet, table)
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


def text_of(value: Value) -> str:
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return harmless("" if value is None else str(value))


def write(cell: Cell, value: Value) -> None:
    """A text is written as a text, whatever it begins with; the quote keeps it one when somebody edits the cell."""
    if not isinstance(value, str):
        cell.value = value
        if isinstance(value, datetime):
            cell.number_format = INSTANT
        return
    if value:
        cell.value, cell.data_type = value, "s"
        cell.quotePrefix = value.lstrip().startswith(DANGEROUS)
        cell.alignment = Alignment(vertical="top", wrap_text=len(value) > WIDEST)


def furnish(sheet: Worksheet, table: Sequence[Sequence[Value]]) -> None:
    """Head, filter, widths, and how the sheet prints."""
    for cell in sheet[1]:
        cell.font, cell.border = HEAD, FOOT_OF_HEAD
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table[0]))}{len(table)}"
    for column, values in enumerate(zip(*table, strict=True), start=1):
        longest = max(len(text_of(value)) for value in values)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, NARROWEST), WIDEST)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
