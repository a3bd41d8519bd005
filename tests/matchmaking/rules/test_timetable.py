"""The timetable: nobody in two places, near the best that is possible, fair, the same for the same seed, repairable."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.rules.timetable import (
    Answer,
    CannotBePlanned,
    Plan,
    Problem,
    Seat,
    Wish,
    arrange,
    meetings_of,
    repair,
    weight_of,
    worth,
)
from matchmaking.rules.timetable_bound import bound
from tests.matchmaking.rules.days import BOUNDS, a_day

MORNING = frozenset({0, 1})


def is_lawful(problem: Problem, plan: Plan) -> None:
    """Everybody is there, in one place at a time, at a table of their own, and meets nobody too often."""
    people: Counter[tuple[int, int]] = Counter()
    for number, seat in plan.items():
        wish = problem.wishes[number]
        for who in (wish.one, wish.other):
            assert seat.slot in problem.free[who]
            people[who, seat.slot] += 1
    assert all(times == 1 for times in people.values())
    assert len(set(plan.values())) == len(plan)
    assert all(0 <= seat.table < problem.tables for seat in plan.values())
    assert all(problem.fixed[number] == plan[number] for number in problem.fixed)
    for who, times in meetings_of(problem, plan).items():
        assert times <= problem.most.get(who, problem.slots)


@pytest.mark.parametrize(("people", "tables"), [(30, 10), (30, 6), (60, 20), (60, 12), (150, 50)])
def test_a_plan_is_lawful_and_within_a_hundredth_of_the_bound(people: int, tables: int) -> None:
    problem = a_day(people, tables)
    plan = arrange(problem, seed=1, bonus=0)
    is_lawful(problem, plan)
    assert 0.99 * BOUNDS[people, tables] <= worth(problem, plan) <= BOUNDS[people, tables]


@pytest.mark.parametrize(("people", "tables"), [(30, 10), (30, 6), (60, 12), (150, 30)])
def test_the_bound_that_the_office_sees_is_one_and_lies_near_the_exact_one(people: int, tables: int) -> None:
    problem = a_day(people, tables)
    found = bound(problem)
    assert BOUNDS[people, tables] <= found <= 1.015 * BOUNDS[people, tables]
    assert found == bound(problem)
    assert worth(problem, arrange(problem, seed=1)) <= found


def test_the_bound_of_a_day_without_wishes_or_without_common_hours_is_nothing() -> None:
    assert bound(Problem(3, 2, {}, ())) == 0
    assert bound(Problem(2, 2, {1: frozenset({0}), 2: frozenset({1})}, (Wish(1, 2, 50),))) == 0


def test_few_leave_with_fewer_than_three_meetings_who_asked_for_three() -> None:
    problem = a_day(60, 12)
    asked = meetings_of(problem, range(len(problem.wishes)))
    could = {who for who, hours in problem.free.items() if len(hours) >= 6 and asked[who] >= 3}
    plain, fair = arrange(problem, seed=1, bonus=0), arrange(problem, seed=1)
    few = {who for who in could if meetings_of(problem, fair)[who] < 3}
    few_before = {who for who in could if meetings_of(problem, plain)[who] < 3}
    assert len(few) <= len(could) / 100 < len(few_before)
    assert worth(problem, fair) >= 0.98 * worth(problem, plain)


def test_the_same_seed_gives_the_same_plan_and_another_seed_another() -> None:
    problem = a_day(30, 6)
    assert arrange(problem, seed=4) == arrange(problem, seed=4)
    assert arrange(problem, seed=4) != arrange(problem, seed=5)


def test_fixed_meetings_stay_at_their_slot_and_table() -> None:
    problem = a_day(30, 6)
    before = arrange(problem, seed=1)
    fixed = dict(list(before.items())[:10])
    again = replace(problem, fixed=fixed)
    plan = arrange(again, seed=2)
    is_lawful(again, plan)


def test_fixed_meetings_that_contradict_each_other_are_named() -> None:
    wishes = (Wish(1, 2, 50), Wish(1, 3, 50))
    free = dict.fromkeys((1, 2, 3), MORNING)
    with pytest.raises(CannotBePlanned) as error:
        arrange(Problem(2, 2, free, wishes, fixed={0: Seat(0, 0), 1: Seat(0, 1)}))
    assert error.value.args == (1,)
    with pytest.raises(CannotBePlanned):
        arrange(Problem(2, 2, free, wishes, fixed={0: Seat(5, 0)}))
    with pytest.raises(CannotBePlanned):
        arrange(Problem(2, 2, dict.fromkeys((1, 2, 3, 4), MORNING), (*wishes, Wish(3, 4, 9)),
                        fixed={0: Seat(0, 1), 2: Seat(0, 1)}))  # fmt: skip


def test_a_dropout_moves_nobody_and_frees_places_for_others() -> None:
    problem = a_day(60, 12)
    plan = arrange(problem, seed=1)
    gone = problem.wishes[next(iter(plan))].one
    without = replace(problem, free={**problem.free, gone: frozenset()})
    mended = repair(without, plan)
    is_lawful(without, mended)
    stays = {number: seat for number, seat in plan.items() if gone not in vars(problem.wishes[number]).values()}
    assert stays.items() <= mended.items()
    assert len(mended) > len(stays)
    assert gone not in meetings_of(problem, mended)


def test_nobody_gets_more_meetings_than_they_want() -> None:
    problem = a_day(30, 10)
    modest = replace(problem, most=dict.fromkeys(problem.free, 3))
    plan = arrange(modest, seed=1)
    is_lawful(modest, plan)
    assert max(meetings_of(modest, plan).values()) == 3


def test_people_stay_at_their_table_where_they_can() -> None:
    wishes = tuple(Wish(1, other, 50) for other in (2, 3, 4))
    free = dict.fromkeys((1, 2, 3, 4), frozenset({0, 1, 2}))
    plan = arrange(Problem(3, 5, free, wishes))
    assert len({seat.table for seat in plan.values()}) == 1


def test_nothing_to_plan_gives_an_empty_plan() -> None:
    assert arrange(Problem(4, 2, {}, ())) == {}
    assert arrange(Problem(4, 2, {1: frozenset(), 2: MORNING}, (Wish(1, 2, 50), Wish(2, 2, 50)))) == {}


def test_wishes_of_both_weigh_more_than_those_of_one_and_no_is_no() -> None:
    order = [
        weight_of(Answer.LIKE, Answer.UNSAID, 0.0),
        weight_of(Answer.UNSAID, Answer.LIKE, 1.0),
        weight_of(Answer.MUST, Answer.UNSAID, 0.0),
        weight_of(Answer.LIKE, Answer.LIKE, 0.0),
        weight_of(Answer.LIKE, Answer.LIKE, 1.0),
        weight_of(Answer.MUST, Answer.LIKE, 0.0),
        weight_of(Answer.MUST, Answer.LIKE, 1.0),
        weight_of(Answer.MUST, Answer.MUST, 0.0),
        weight_of(Answer.MUST, Answer.MUST, 1.0),
    ]
    assert order == sorted(set(order))
    assert (order[0], order[-1]) == (5, 100)
    for answer in Answer:
        assert weight_of(Answer.NO, answer, 1.0) == 0
    assert weight_of(Answer.UNSAID, Answer.UNSAID, 1.0) == 0


@st.composite
def days(draw: st.DrawFn) -> Problem:
    """Any small day, with people who want few meetings."""
    slots, tables = draw(st.integers(1, 5)), draw(st.integers(1, 3))
    people = range(draw(st.integers(2, 8)))
    hours = st.frozensets(st.integers(0, slots - 1))
    person = st.sampled_from(people)
    wishes = draw(st.lists(st.builds(Wish, person, person, st.integers(1, 100)), max_size=15))
    most = draw(st.dictionaries(person, st.integers(0, slots)))
    return Problem(slots, tables, {who: draw(hours) for who in people}, tuple(wishes), most)


@settings(max_examples=150)
@given(days(), st.integers(0, 5))
def test_any_day_gets_a_lawful_plan_to_which_nothing_can_be_added(problem: Problem, seed: int) -> None:
    plan = arrange(problem, seed, steps_per_wish=20)
    is_lawful(problem, plan)
    assert repair(problem, plan) == plan
