"""Entries of every kind, with the texts that break calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from events.calendar import Entry
from tests.events.calendar.made import SEMINAR

NASTY = [
    *(
        ",",
        ";",
        ":",
        "\\",
        "\\n",
        "\\N",
        "\\,",
        "\n",
        "\r\n",
        "\r",
        '"',
        "'",
        "^n",
        "  ",
        "\t",
        "=",
        "ș",
        "Ț",
        "ă",
        "ţ",
    ),
    *("\u2028", "\x85", "\x0b", "\x00", "\x1f", "\ufeff", "END:VEVENT", "BEGIN:VEVENT\r\n", "e\u0301", "\ufdfa"),
    *("\N{SATELLITE}\ufe0f", "\N{WOMAN}\u200d\N{MICROSCOPE}", "\N{MATHEMATICAL FRAKTUR CAPITAL U}"),
]

texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=20), max_size=12).map("".join)
long_texts = texts.filter(bool).map(lambda text: (text * 1000)[:1000])
instants = st.integers(631152000, 2145916799).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
"""Of the years 1990 to 2037."""
lengths = st.integers(0, 30 * 86_400).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def entries(draw: st.DrawFn, uid: str = SEMINAR.uid) -> Entry:
    starts = draw(instants)
    return replace(
        SEMINAR,
        uid=uid,
        sequence=draw(st.integers(0, 2**31 - 1)),
        starts=starts,
        ends=starts + draw(lengths),
        all_day=draw(st.booleans()),
        title=draw(texts | long_texts),
        text=draw(texts | long_texts),
        place=draw(texts),
        categories=tuple(draw(st.lists(texts, max_size=4))),
        cancelled=draw(st.booleans()),
        changed=draw(instants),
        organizer_name=draw(texts),
    )
