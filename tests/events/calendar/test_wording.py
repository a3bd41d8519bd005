"""Every problem of a file has its sentence, in both languages, with the parameters that it needs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.utils.translation import override

import events.calendar
from events.calendar import COLUMNS, Problem, as_csv, read_calendar, read_schedule
from events.wording_imports import IMPORTS, TABLE_HEAD, TABLE_STATES
from tests.events.calendar.made import SEMINAR, calendar, event

SOURCES = "\n".join(path.read_text() for path in Path(events.calendar.__path__[0]).glob("[!_]*.py"))
CODES = sorted(set(re.findall(r'"((?:calendar|schedule|xml|file)_[a-z_]+)"', SOURCES)))

BROKEN = [
    *("DTEND:20261014T090000", "DTEND:20261015", "DTEND:20281015T100000", "DTEND:noon", "DTEND:99991014T110000"),
    *("DTEND;TZID=Mars:20261014T110000", "DTEND:20270328T033000", "DTEND", "DURATION:one hour", "RRULE:FREQ=DAILY"),
    *("UID:other", "SEQUENCE:x", "URL:ftp://x", "END:VTODO", f"UID:{'x' * 300}"),
]


def told() -> list[Problem]:
    entries = [event(line, uid="" if line.startswith("UID:x") else line) for line in BROKEN]
    files = [
        calendar(
            *entries,
            event(title="", start="20261025T033000"),
            event(),
            event(uid=""),
            event(),
            "BEGIN:VTODO",
            "END:VTODO",
        ),
        calendar() + b"BEGIN:VTODO\r\nEND:VTODO\r\nX:1\r\n",
        calendar(event(title="Ș").removesuffix("END:VEVENT")).replace("Ș".encode(), b"\xaa"),
        *(b"", b"BEGIN:VCALENDAR", b"x" * 2_000_001, b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 20),
        calendar(*[event()] * 5_001),
        b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 300,
    ]
    day = '<schedule><conference><time_zone_name>Mars</time_zone_name></conference><day date="2026-10-14">'
    good = "<duration>00:30</duration><title>T</title>"
    slots = [
        *("<event/>", "<event><title>T</title></event>", "<event><title>T</title><start>10:00</start></event>"),
        f'<event id="1"><start>10:00</start>{good}<url>x</url></event>',
        f'<event id="1"><start>10:00</start>{good}</event>',
        f"<event><date>2026-10-14T10:00</date><start>11:00</start>{good}</event>",
    ]
    programmes = [f"{day}{''.join(slots)}</day><day/></schedule>", "<schedule/>", "<a/>", "<", "<!DOCTYPE a><a/>"]
    found = [problem for content in files for problem in read_calendar(content).problems]
    return found + [problem for text in programmes for problem in read_schedule(text.encode()).problems]


def test_every_code_has_a_sentence_and_every_sentence_a_code() -> None:
    assert sorted(IMPORTS) == CODES


@pytest.mark.parametrize("language", ["en", "ro"])
def test_every_problem_can_be_said(language: str) -> None:
    problems = told()
    assert sorted({problem.code for problem in problems}) == CODES
    with override(language):
        for problem in problems:
            sentence = str(IMPORTS[problem.code] % problem.params)
            assert "%(" not in sentence
            assert sentence.endswith(".")


def test_the_table_has_a_head_for_every_column() -> None:
    assert tuple(TABLE_HEAD) == COLUMNS
    with override("ro"):
        head = {column: str(name) for column, name in TABLE_HEAD.items()}
        states = {cancelled: str(name) for cancelled, name in TABLE_STATES.items()}
        assert "Titlu,Începe" in as_csv([SEMINAR], head, states).decode()
