"""The list for spreadsheets, read back by other readers: texts stay texts, instants are instants."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from events.papers.tables import attendance_csv, attendance_xlsx
from members.rules.spreadsheets import DANGEROUS
from tests.events.papers.made import ATTENDANCE, ATTENDEE, HOSTILE, filled_with

HEAD = [
    *("No.", "Name", "Organisation", "E-mail", "Helix role", "Side", "State", "Registered at", "Arrived at", "Event"),
    *("Date", "Meals"),
]


def sheet(data: Any = ATTENDANCE) -> Any:
    return load_workbook(BytesIO(attendance_xlsx(data))).active


def lines(data: Any = ATTENDANCE) -> list[list[str]]:
    return list(csv.reader(StringIO(attendance_csv(data).removeprefix("\ufeff"), newline="")))


def test_the_workbook_holds_the_list() -> None:
    found = sheet()
    assert [cell.value for cell in found[1]] == HEAD
    assert [cell.value for cell in found[2]] == [
        *(1, "Ștefan Țuțea", "Universitatea „Ovidiu”", "stefan@example.org", "University and research", "Dual"),
        *("Registered", datetime(2026, 10, 1, 9, 30), datetime(2026, 11, 12, 9, 5, 59)),  # noqa: DTZ001 a cell
        *("AQAP 2110 for suppliers", "12 November 2026", "vegetarian"),
    ]
    assert found.freeze_panes == "C2"
    assert found.auto_filter.ref == "A1:L2"
    assert found.print_title_rows == "$1:$1"
    widths = [found.column_dimensions[letter].width for letter in "ABCDEFGHIJKL"]
    assert min(widths) >= 8
    assert max(widths) <= 60


def test_the_text_file_holds_the_same() -> None:
    text = attendance_csv(ATTENDANCE)
    assert text.startswith("\ufeffNo.,Name,")
    assert lines()[0] == HEAD
    assert lines()[1][7:9] == ["2026-10-01 09:30", "2026-11-12 09:05"]


def test_heads_are_in_the_language_of_the_list() -> None:
    romanian = replace(ATTENDANCE, language="ro")
    assert [cell.value for cell in sheet(romanian)[1]][:4] == ["Nr.", "Nume", "Organizația", "E-mail"]
    assert sheet(romanian).title == "Prezență"


@pytest.mark.parametrize("start", DANGEROUS)
def test_no_cell_begins_to_calculate(start: str) -> None:
    text = f"{start}cmd|' /C calc'!A0"
    odd = replace(
        ATTENDANCE, people=(replace(filled_with(ATTENDEE, text), answers=(text,)),), title=text, questions=(text,)
    )
    found = sheet(odd)
    texts = [cell for row in found.iter_rows() for cell in row if isinstance(cell.value, str)]
    kept = [cell for cell in texts if cell.value.endswith("calc'!A0")]
    assert len(kept) == 7
    assert {cell.data_type for cell in texts} == {"s"}
    if start.strip():  # a tab or a line break is not left standing at all
        assert all(cell.quotePrefix for cell in kept)
    assert not any(value.startswith(DANGEROUS) for line in lines(odd) for value in line)


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "#N/A", "TRUE", "007", "1e5", "a\x00b\x0bc", 'say "no";\nand, leave']
)
def test_every_text_comes_back(text: str) -> None:
    one = replace(ATTENDANCE, people=(filled_with(ATTENDEE, text),))
    clean = " ".join(text.split()).replace("\x00", "").replace("\x0b", "")
    assert sheet(one)["B2"].value == clean
    assert sheet(one)["B2"].data_type == "s"
    assert lines(one)[1][1].removeprefix("'") == clean.removeprefix("'")


def test_nobody_is_a_table_too() -> None:
    assert sheet(replace(ATTENDANCE, people=())).max_row == 1
    assert lines(replace(ATTENDANCE, people=())) == [HEAD]


def test_answers_belong_to_questions() -> None:
    silent = replace(ATTENDANCE, people=(replace(ATTENDEE, answers=()),))
    assert lines(silent)[1][-1] == ""
    with pytest.raises(ValueError, match="2 answers to 1 questions"):
        attendance_csv(replace(ATTENDANCE, people=(replace(ATTENDEE, answers=("a", "b")),)))
