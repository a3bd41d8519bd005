"""Spans of time that figures are told for."""

from __future__ import annotations

from datetime import date

from matchmaking.rules.periods import Period, periods, quarter, year


def test_a_year_and_a_quarter_end_with_the_day_before_the_next() -> None:
    assert year(2026) == Period("2026", date(2026, 1, 1), date(2027, 1, 1))
    assert quarter(2026, 1) == Period("2026-q1", date(2026, 1, 1), date(2026, 4, 1))
    assert quarter(2026, 4) == Period("2026-q4", date(2026, 10, 1), date(2027, 1, 1))


def test_what_can_be_chosen_begins_with_the_first_quarter_and_ends_with_this_one() -> None:
    found = [one.code for one in periods(date(2025, 9, 30), date(2026, 4, 1))]
    assert found == ["all", "2026", "2026-q2", "2026-q1", "2025", "2025-q4", "2025-q3"]
    assert [one.code for one in periods(date(2026, 3, 31), date(2026, 3, 31))] == ["all", "2026", "2026-q1"]
