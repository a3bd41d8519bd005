"""Makes the invented lists that the tests import, and the words to read them with."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook

from members.rules.imports.columns import columns_of
from members.rules.imports.tables import read_table
from members.rules.imports.values import Lexicon, Row, read_row

TODAY = date(2026, 11, 23)
CUI = "9900000010"
OTHER_CUI = "9900000029"
HEADER = ("Denumire", "CUI", "Oraș", "Județ", "Țara", "Site web", "Tip")
ROWS = (
    ("Atelierul Ciocârlia SRL", CUI, "Brașov", "Brașov", "România", "www.ciocarlia.example.org", "industrie"),
    ("UNIVERSITATEA ȚĂRII DE SUS", "", "Botoşani", "BT", "RO", "https://tara-de-sus.example.org/", "HES"),
)
WORDS = Lexicon(
    countries={"romania": "RO", "germany": "DE", "germania": "DE", "greece": "GR"},
    counties={"brasov": "BV", "bv": "BV", "botosani": "BT", "cluj": "CJ", "b": "B", "caras severin": "CS"},
    roles={"industrie": "industry", "hes": "university", "education": "university", "funder": "funder"},
    subtypes={"sme": "sme", "imm": "sme"},
    subtype_roles={"sme": "industry"},
    sides={"civila": "civil", "aparare": "defence"},
    tiers={},
    sizes={"mica": "small"},
    ownerships={},
    legal_forms={"srl": "srl"},
    sectors={"energie": "energy", "ict": "ict"},
)


def csv_text(rows: Sequence[Sequence[str]] = ROWS, header: Sequence[str] = HEADER, mark: str = ",") -> str:
    """A list as a spreadsheet writes it."""

    def quoted(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if any(letter in cell for letter in f'{mark}"\n') else cell

    return "".join(mark.join(map(quoted, row)) + "\r\n" for row in (header, *rows))


def xlsx(rows: Sequence[Sequence[object]], title: str = "Foaie1", first: str = "") -> bytes:
    """A workbook with one sheet, and an empty one before it when `first` is its title."""
    book = Workbook()
    page = book.active
    assert page is not None
    if first:
        page.title = first
        page = book.create_sheet()
    page.title = title
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_row(number: int = 2, country: str = "RO", **cells: str) -> Row:
    return read_row(number, {"legal_name": "Atelierul Ciocârlia SRL", **cells}, WORDS, country=country, today=TODAY)


def rows_of(text: str) -> list[Row]:
    """The rows of a CSV text, read as a command would."""
    table = read_table(text.encode())
    columns = columns_of(table.header, {})
    return [
        read_row(line.number, {name: line.cells[at] for at, name in columns.items()}, WORDS, country="RO", today=TODAY)
        for line in table.lines
    ]
