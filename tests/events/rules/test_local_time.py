"""The wall clock of Bucharest, above all in the two nights on which it jumps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.rules.local_time import days_before, instant, local
from members.rules.errors import RuleError
from tests.events.clock import utc, wall


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        (wall(2026, 9, 21, 10), utc(2026, 9, 21, 7)),
        (wall(2026, 12, 1, 10), utc(2026, 12, 1, 8)),
        (wall(2027, 3, 28, 2, 59), utc(2027, 3, 28, 0, 59)),
        (wall(2027, 3, 28, 4), utc(2027, 3, 28, 1)),
        (wall(2026, 10, 25, 2, 59), utc(2026, 10, 24, 23, 59)),
        (wall(2026, 10, 25, 4), utc(2026, 10, 25, 2)),
    ],
)
def test_a_time_means_one_instant(told: datetime, meant: datetime) -> None:
    assert instant(told) == meant
    assert local(meant) == told


@pytest.mark.parametrize("minute", [0, 1, 30, 59])
def test_a_time_that_the_clock_jumps_over_is_refused_with_the_next_one(minute: int) -> None:
    with pytest.raises(RuleError) as refused:
        instant(wall(2027, 3, 28, 3, minute))
    assert refused.value.code == "local_time_missing"
    assert refused.value.params["first"] == wall(2027, 3, 28, 4)


@pytest.mark.parametrize("day", [wall(2026, 10, 25, 3), wall(2026, 10, 25, 3, 59), wall(2027, 10, 31, 3, 30)])
def test_a_time_that_comes_twice_is_refused(day: datetime) -> None:
    with pytest.raises(RuleError, match="local_time_twice"):
        instant(day)


@pytest.mark.parametrize(
    ("start", "days", "before"),
    [
        (utc(2027, 10, 31, 8), 1, utc(2027, 10, 30, 7)),  # 10:00, and 25 hours lie between
        (utc(2027, 3, 28, 7), 1, utc(2027, 3, 27, 8)),  # 10:00, and 23 hours
        (utc(2027, 11, 7, 8), 7, utc(2027, 10, 31, 8)),
        (utc(2027, 11, 1, 1, 30), 1, utc(2027, 10, 31, 0, 30)),  # 03:30 comes twice: the first
        (utc(2027, 3, 29, 0, 30), 1, utc(2027, 3, 28, 1)),  # 03:30 does not exist: when the clock jumps
        (utc(2028, 3, 1, 8), 1, utc(2028, 2, 29, 8)),
    ],
)
def test_days_before_keep_the_time_on_the_wall(start: datetime, days: int, before: datetime) -> None:
    assert days_before(start, days) == before


@given(st.datetimes(wall(2020, 1, 1), wall(2037, 12, 1)), st.sampled_from([1, 7]))
def test_a_reminder_lies_between_its_days_whatever_the_clock_does(moment: datetime, days: int) -> None:
    start = moment.replace(tzinfo=UTC)
    between = start - days_before(start, days)
    assert timedelta(days=days, hours=-1, minutes=-1) <= between <= timedelta(days=days, hours=1)
    assert days_before(start, days) == days_before(start, days).astimezone(UTC)
