"""Sheets of a workbook: a head that stays in sight, a filter, columns as wide as their texts; no cell calculates."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font
from openpyxl.styles import Side as Edge
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from members.rules.spreadsheets import DANGEROUS, harmless

Value = str | int | datetime | None
WIDEST, NARROWEST = 60, 8  # characters
HEAD = Font(bold=True, color="475460")
FOOT_OF_HEAD = Border(bottom=Edge(style="thin", color="707C85"))
INSTANT = "yyyy-mm-dd hh:mm"


def workbook(title: str, table: Sequence[Sequence[Value]]) -> bytes:
    """A workbook with one sheet; the first line of the table is its head."""
    book = Workbook()
    book.active.title = title[:31]
    book.properties.title = title[:255]
    fill(book.active, table, freeze="B2")
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def fill(sheet: Worksheet, table: Sequence[Sequence[Value]], freeze: str = "C2") -> None:
    """Write the table into an empty sheet. `freeze`: the first cell that moves when one scrolls."""
    for number, line in enumerate(table, start=1):
        for column, value in enumerate(line, start=1):
            write(sheet.cell(number, column), value)
    furnish(sheet, table, freeze)


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


def furnish(sheet: Worksheet, table: Sequence[Sequence[Value]], freeze: str) -> None:
    """Head, filter, widths, and how the sheet prints."""
    for cell in sheet[1]:
        cell.font, cell.border = HEAD, FOOT_OF_HEAD
    sheet.freeze_panes = freeze
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(table[0]))}{len(table)}"
    for column, values in enumerate(zip(*table, strict=True), start=1):
        longest = max(len(text_of(value)) for value in values)
        sheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, NARROWEST), WIDEST)
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
