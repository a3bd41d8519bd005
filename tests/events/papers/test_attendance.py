"""The list to be signed, read back."""

from __future__ import annotations

from dataclasses import replace

from events.papers.attendance import attendance_sheet
from tests.events.papers.made import ATTENDANCE, ATTENDEE, HOSTILE, filled_with, letters, read, root, text_of


def test_it_says_what_when_and_who() -> None:
    pdf = attendance_sheet(ATTENDANCE)
    text = letters(text_of(pdf))
    for said in (
        *("Carpathian Dual Cluster", "Attendance list", "AQAP 2110 for suppliers", "Ștefan Țuțea"),
        *("Training · 12 November 2026 · Palace of Culture, Brașov", "Universitatea „Ovidiu”", "Signature"),
        *("List of 11 November 2026, 17:00", "Page 1 of 1"),
    ):
        assert letters(said) in text, said
    reader = read(pdf)
    assert root(pdf)["/Lang"] == "en"
    assert reader.metadata is not None
    assert reader.metadata.title == "Attendance list: AQAP 2110 for suppliers"


def test_every_page_repeats_the_head_and_counts_the_pages() -> None:
    people = tuple(replace(ATTENDEE, name=f"Person {number}") for number in range(100))
    reader = read(attendance_sheet(replace(ATTENDANCE, language="ro", people=people, empty_lines=7)))
    count = len(reader.pages)
    assert count > 3
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert "Semnătura" in text
        assert f"Pagina {number} din {count}" in text
    whole = "\n".join(page.extract_text() for page in reader.pages)
    assert [whole.count(f"Person {number} ") for number in range(100)] == [1] * 100
    assert "\n107" in whole


def test_every_text_is_printed_and_does_nothing() -> None:
    people = tuple(filled_with(ATTENDEE, text) for text in HOSTILE.values())
    odd = replace(ATTENDANCE, people=people, title=HOSTILE["reads a file"], place=HOSTILE["quotes"])
    text = letters(text_of(attendance_sheet(odd)))
    assert "root:" not in text
    for name, hostile in HOSTILE.items():
        assert name == "right to left" or text.count(letters(hostile)) >= 2, name


def test_nobody_is_a_list_too() -> None:
    assert "Signature" in text_of(attendance_sheet(replace(ATTENDANCE, people=())))


def test_the_same_data_give_the_same_bytes() -> None:
    assert attendance_sheet(ATTENDANCE) == attendance_sheet(ATTENDANCE)
