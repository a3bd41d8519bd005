"""Days and terms, across months, leap years and the change of the clock."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules.deadlines import (
    add_months,
    age_days,
    appeal_ends_on,
    check_may_apply,
    days_left,
    decision_due_on,
    grace_ends_on,
    hearing_on,
    is_over,
    local_day,
    objection_ends_on,
    readmission_from,
    result_due_on,
    review_due_on,
    round_may_open_on,
    second_convening_on,
    term_ends_on,
    withdrawal_effective_on,
    written_closes_on,
)
from members.rules.errors import RuleError
from members.rules.statute import MembershipType, StatuteRules

RULES = StatuteRules.defaults()


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 11, 23, 21, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 7, 1, 20, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 21, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 31, 22, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_a_day_begins_at_midnight_in_bucharest_in_winter_and_in_summer(instant: datetime, day: date) -> None:
    assert local_day(instant) == day


def test_an_instant_without_zone_has_no_day() -> None:
    with pytest.raises(RuleError) as refusal:
        local_day(datetime(2026, 11, 23, 12, 0))  # noqa: DTZ001
    assert refusal.value.code == "instant_without_zone"


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2028, 2, 29), 48, date(2032, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 11, 23), 0, date(2026, 11, 23)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@given(st.dates(date(1990, 1, 1), date(2100, 12, 31)), st.integers(0, 240))
def test_adding_months_never_skips_a_month(day: date, months: int) -> None:
    later = add_months(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day


@pytest.mark.parametrize(
    ("issued_on", "on", "days"),
    [
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2028, 2, 28), date(2028, 3, 1), 2),
        (date(2026, 2, 28), date(2026, 3, 1), 1),
        (date(2026, 11, 24), date(2026, 11, 23), -1),
    ],
)
def test_the_age_of_a_document_is_counted_in_whole_days(issued_on: date, on: date, days: int) -> None:
    assert age_days(issued_on, on) == days


def test_the_day_of_the_event_is_not_counted_and_the_last_day_still_serves() -> None:
    ends_on = grace_ends_on(date(2026, 1, 31), RULES)
    assert ends_on == date(2026, 3, 2)
    assert not is_over(ends_on, date(2026, 3, 2))
    assert is_over(ends_on, date(2026, 3, 3))
    assert [days_left(ends_on, day) for day in (date(2026, 3, 1), ends_on, date(2026, 3, 4))] == [1, 0, -2]


def test_the_board_votes_after_the_objections_have_ended_or_at_once_without_them() -> None:
    complete = date(2028, 2, 20)
    assert objection_ends_on(complete, RULES) == date(2028, 3, 6)
    assert round_may_open_on(complete, RULES) == date(2028, 3, 7)
    without = StatuteRules.parse({"objection_window_days": 0})
    assert objection_ends_on(complete, without) is None
    assert round_may_open_on(complete, without) == complete


def test_the_decision_is_due_after_its_term_and_never_before_the_board_may_vote() -> None:
    complete = date(2026, 11, 23)
    assert decision_due_on(complete, RULES) == date(2026, 12, 23)
    slow = StatuteRules.parse({"objection_window_days": 40})
    assert decision_due_on(complete, slow) == round_may_open_on(complete, slow) == date(2027, 1, 3)


def test_the_other_terms_follow_the_statute() -> None:
    day = date(2026, 12, 30)
    assert second_convening_on(day, RULES) == date(2027, 1, 6)
    assert written_closes_on(day, "admission", RULES) == date(2027, 1, 2)
    assert result_due_on(day, RULES) == date(2027, 1, 2)
    assert appeal_ends_on(day, RULES) == date(2027, 1, 29)
    assert hearing_on(day, RULES) == date(2027, 1, 14)
    assert withdrawal_effective_on(day, RULES) == date(2027, 1, 29)
    assert review_due_on(date(2028, 2, 29), RULES) == date(2029, 2, 28)


def test_a_statute_without_appeal_has_no_term_for_it() -> None:
    assert appeal_ends_on(date(2026, 1, 1), StatuteRules.parse({"appeal": {"organ": "none"}})) is None


def test_who_was_excluded_waits_and_who_withdrew_does_not() -> None:
    ended = date(2027, 3, 1)
    assert readmission_from(ended, "exclusion", RULES) == date(2028, 2, 29)
    assert readmission_from(ended, "withdrawal", RULES) == ended


def test_a_former_member_is_refused_until_the_wait_is_over() -> None:
    ended = date(2027, 3, 1)
    with pytest.raises(RuleError) as refusal:
        check_may_apply(ended, "exclusion", RULES, on=date(2028, 2, 28))
    assert refusal.value.code == "readmission_too_early"
    assert refusal.value.params == {"first": date(2028, 2, 29), "article": "11"}
    check_may_apply(ended, "exclusion", RULES, on=date(2028, 2, 29))
    check_may_apply(ended, "withdrawal", RULES, on=ended)


def test_a_limited_term_of_membership_ends_and_others_do_not() -> None:
    assert term_ends_on(date(2026, 11, 23), MembershipType("observer", max_term_months=12)) == date(2027, 11, 23)
    assert term_ends_on(date(2026, 11, 23), MembershipType("associate")) is None
