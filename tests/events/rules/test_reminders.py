"""Reminders over the year: once each, never after the event has begun, by the wall clock."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.rules.reminders import Kind, Time, due_at, late_from, time_of
from tests.events.clock import utc, wall

START = utc(2027, 10, 31, 8)  # 10:00 on the day of the clock change
END = START + timedelta(hours=3)
LONG_AGO = utc(2027, 1, 1)


@pytest.mark.parametrize(
    ("kind", "now", "said"),
    [
        (Kind.WEEK, utc(2027, 10, 24, 6, 59), Time.EARLY),
        (Kind.WEEK, utc(2027, 10, 24, 7), Time.DUE),
        (Kind.WEEK, utc(2027, 10, 30, 6, 59), Time.DUE),
        (Kind.WEEK, utc(2027, 10, 30, 7), Time.LATE),
        (Kind.DAY, utc(2027, 10, 30, 6, 59), Time.EARLY),
        (Kind.DAY, utc(2027, 10, 30, 7), Time.DUE),
        (Kind.DAY, utc(2027, 10, 31, 7, 59), Time.DUE),
        (Kind.DAY, utc(2027, 10, 31, 8), Time.LATE),
        (Kind.THANKS, utc(2027, 10, 31, 11, 59), Time.EARLY),
        (Kind.THANKS, utc(2027, 10, 31, 12), Time.DUE),
        (Kind.THANKS, utc(2027, 11, 14, 11), Time.LATE),
    ],
)
def test_what_the_clock_says(kind: Kind, now: datetime, said: Time) -> None:
    assert time_of(kind, START, END, LONG_AGO, now) is said


def test_who_was_just_confirmed_needs_no_reminder() -> None:
    assert time_of(Kind.WEEK, START, END, START - timedelta(days=3), START - timedelta(days=2)) is Time.NEEDLESS
    assert time_of(Kind.DAY, START, END, START - timedelta(days=3), START - timedelta(hours=20)) is Time.DUE
    assert time_of(Kind.DAY, START, END, START - timedelta(hours=5), START - timedelta(hours=4)) is Time.NEEDLESS


@settings(max_examples=60)
@given(
    st.datetimes(wall(2026, 1, 1), wall(2034, 1, 1)),
    st.lists(st.integers(1, 4000), min_size=1, max_size=60),
)
def test_over_simulated_years_each_leaves_once_or_is_recorded_late(moment: datetime, pauses: list[int]) -> None:
    """The timetable runs at irregular times, now and then days late; what it has done is kept."""
    start = utc(moment.year, moment.month, moment.day, moment.hour, moment.minute)
    end = start + timedelta(hours=2)
    now, had = start - timedelta(days=9), dict[Kind, tuple[Time, datetime]]()
    for pause in (*pauses, 60 * 24 * 40):
        now += timedelta(minutes=pause)
        for kind in Kind:
            said = time_of(kind, start, end, LONG_AGO - timedelta(days=900), now)
            if kind not in had and said in {Time.DUE, Time.LATE}:
                had[kind] = (said, now)
    assert set(had) == set(Kind)
    for kind, (said, at) in had.items():
        assert (said is Time.DUE) == (due_at(kind, start, end) <= at < late_from(kind, start, end))
        assert said is Time.LATE or kind is Kind.THANKS or at < start
