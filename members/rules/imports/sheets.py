"""Reads the first sheet of an XLSX file: values only, formulas by the result that was stored with them."""

import io
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile

from defusedxml.common import DefusedXmlException
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from members.rules.errors import Remark, RuleError

MOST_UNPACKED = 200_000_000
MOST_COLUMNS = 200
BROKEN = (
    *(BadZipFile, InvalidFileException, ParseError, DefusedXmlException),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, NotImplementedError),
)
"""What openpyxl raises on a file that only looks like a workbook."""


@dataclass(frozen=True)
class Line:
    """One row: its number as a spreadsheet shows it, its cells as text, and what could not be read in it."""

    number: int
    cells: tuple[str, ...]
    problems: tuple[Remark, ...]


def looks_like_xlsx(content: bytes) -> bool:
    return content.startswith(b"PK\x03\x04")


def read_sheet(content: bytes, sheet: str, most_rows: int) -> tuple[tuple[Line, ...], str]:
    """The rows of a sheet (the first one when not named) and its title.

    Raises RuleError: table_bomb, table_broken, table_sheet_unknown, table_too_many_rows.
    """
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > MOST_UNPACKED:
            raise RuleError("table_bomb", {"most": MOST_UNPACKED // 1_000_000})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and extensions that it leaves out
            return _read(content, sheet, most_rows)
    except RuleError:
        raise
    except BROKEN as error:
        raise RuleError("table_broken") from error


def _read(content: bytes, sheet: str, most_rows: int) -> tuple[tuple[Line, ...], str]:
    """Every row twice: with formulas, and with the results that the spreadsheet stored."""
    books = [load_workbook(io.BytesIO(content), read_only=True, data_only=only) for only in (False, True)]
    try:
        titles = [one.title for one in books[0].worksheets]
        title = sheet or (titles[0] if titles else "")
        if title not in titles:
            raise RuleError("table_sheet_unknown", {"sheet": sheet, "known": titles})
        pages = [next(one for one in book.worksheets if one.title == title) for book in books]
        for page in pages:
            page.reset_dimensions()  # some programs write wrong ones
        lines = []
        filled = 0
        rows = zip_longest(*(page.iter_rows(max_col=MOST_COLUMNS) for page in pages), fillvalue=())
        for number, (written, stored) in enumerate(rows, start=1):
            line = _line(number, written, stored)
            if line is None:
                continue
            filled += 1
            if filled > most_rows + 1:
                raise RuleError("table_too_many_rows", {"most": most_rows})
            lines.append(line)
        return tuple(lines), title
    finally:
        for book in books:
            book.close()


def _line(number: int, written: Any, stored: Any) -> Line | None:
    """One row; None when nothing is in it."""
    cells = []
    problems = []
    for cell, result in zip_longest(written, stored):
        value = getattr(result, "value", None)
        if getattr(cell, "data_type", "") == "f" and value is None:
            problems.append(Remark("row_formula", {"cell": cell.coordinate}))
        elif getattr(result, "data_type", "") == "e":
            problems.append(Remark("row_error_value", {"cell": result.coordinate, "value": str(value)}))
            value = None
        cells.append(as_text(value))
    if not any(cells) and not problems:
        return None
    return Line(number, tuple(cells), tuple(problems))


def as_text(value: object) -> str:
    """A cell's value as a person would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()
