"""The fair list as arithmetic: examples that people argue about, then everything that chance can think of."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from events.rules.seats import (
    FOR_ALL,
    House,
    Kept,
    Order,
    Profile,
    Waiting,
    check_capacity,
    in_order,
    make_room,
    place_of,
    seat_for,
    settle,
)
from members.rules.errors import RuleError
from tests.events.clock import utc

CIVIL, DEFENCE, NOBODY = Profile("civil", "industry"), Profile("defence", "government"), Profile()
NOON = utc(2027, 1, 1, 12)


def person(number: int, profile: Profile = NOBODY, *, member: bool = False) -> Waiting:
    return Waiting(number, NOON + timedelta(minutes=number), profile, member)


def test_without_limit_everybody_sits() -> None:
    assert seat_for(House(None, 5000), NOBODY) == FOR_ALL
    assert settle(House(None, 3), [person(1), person(2)], Order.FIRST_COME).offers == ((1, 0), (2, 0))


def test_one_free_seat_goes_to_the_first() -> None:
    waiting = [person(3), person(1), person(2)]
    assert settle(House(10, 9), waiting, Order.FIRST_COME).offers == ((1, 0),)
    assert settle(House(10, 10), waiting, Order.FIRST_COME).offers == ()


@pytest.mark.parametrize(
    ("order", "numbers"),
    [(Order.FIRST_COME, [1, 2, 3, 4]), (Order.MEMBERS_FIRST, [3, 1, 2, 4]), (Order.QUOTA_FIRST, [2, 4, 1, 3])],
)
def test_the_rule_of_the_event_orders_the_list(order: Order, numbers: list[int]) -> None:
    kept = (Kept(7, 2, 2, side="defence"),)
    waiting = [person(1), person(2, DEFENCE), person(3, member=True), person(4, DEFENCE)]
    assert [one.id for one in in_order(waiting, order, kept)] == numbers
    for newcomer in waiting:
        others = in_order([one for one in waiting if one is not newcomer], order, kept)
        assert place_of(newcomer, others, order, kept) == numbers.index(newcomer.id) + 1


def test_a_kept_seat_is_taken_first_and_by_nobody_else() -> None:
    house = House(5, 4, (Kept(7, 2, 1, side="defence"),), {NOBODY: 3})
    assert seat_for(house, DEFENCE) == 7
    assert seat_for(house, CIVIL) is None, "the free seat is kept"
    assert settle(house, [person(1), person(2, DEFENCE)], Order.FIRST_COME).offers == ((2, 7),)


def test_who_sits_outside_makes_room_by_moving_to_a_kept_seat() -> None:
    house = House(3, 2, (Kept(7, 1, 0, side="defence"),), {DEFENCE: 1, NOBODY: 1})
    plan = settle(house, [person(1), person(2, DEFENCE)], Order.FIRST_COME)
    assert plan.moves == ((DEFENCE, 7),)
    assert plan.offers == ((1, 0),), "the first of the list gets the seat, the quota is filled already"


@pytest.mark.parametrize(
    ("house", "code", "said"),
    [
        (House(9, 10), "capacity_below_taken", {"taken": 10, "capacity": 9}),
        (House(0), "capacity_too_small", {}),
        (House(None, 0, (Kept(1, 3, side="civil"),)), "quotas_need_capacity", {"kept": 3}),
        (House(5, 0, (Kept(1, 6, side="civil"),)), "quotas_above_capacity", {"kept": 6, "capacity": 5}),
        (House(5, 3, (Kept(1, 2, 3, side="civil"),)), "quota_below_taken", {"taken": 3, "seats": 2}),
        (House(5, 3, (Kept(1, 3, 0, side="civil"),), {NOBODY: 3}), "quotas_leave_too_few", {"least": 6, "capacity": 5}),
    ],
)
def test_seats_that_do_not_hold_those_who_sit_are_refused_with_the_number(
    house: House, code: str, said: dict[str, int]
) -> None:
    with pytest.raises(RuleError) as refused:
        check_capacity(house)
    assert (refused.value.code, refused.value.params) == (code, said)


PROFILES = st.sampled_from([NOBODY, CIVIL, DEFENCE, Profile("civil", "government"), Profile("dual", "university")])


class FairList(RuleBasedStateMachine):
    """People come, leave, accept, refuse, let offers run out; the office raises and lowers and changes quotas."""

    @initialize(
        capacity=st.integers(1, 6),
        order=st.sampled_from(Order),
        quotas=st.lists(st.sampled_from([("civil", ""), ("defence", ""), ("", "government")]), unique=True, max_size=2),
        keep=st.integers(1, 2),
    )
    def begin(self, capacity: int, order: Order, quotas: list[tuple[str, str]], keep: int) -> None:
        self.order = order
        self.capacity = max(capacity, keep * len(quotas))
        self.kept = {number: Kept(number, keep, 0, *quota) for number, quota in enumerate(quotas, 1)}
        self.people: dict[int, Waiting] = {}
        self.state: dict[int, str] = {}
        self.seat: dict[int, int] = {}
        self.served: list[int] = []

    def house(self) -> House:
        on = Counter(self.seat.values())
        kept = tuple(Kept(k.id, k.seats, on[k.id], k.side, k.role) for k in self.kept.values())
        outside = Counter(self.people[pk].profile for pk, seat in self.seat.items() if seat == FOR_ALL)
        return House(self.capacity, len(self.seat), kept, dict(outside))

    def listed(self) -> list[Waiting]:
        return in_order(
            [self.people[pk] for pk, state in self.state.items() if state == "listed"], self.order, self.house().kept
        )

    def move(self, moves: tuple[tuple[Profile, int], ...]) -> None:
        for profile, quota in moves:
            holder = min(pk for pk, at in self.seat.items() if at == FOR_ALL and self.people[pk].profile == profile)
            self.seat[holder] = quota

    def serve(self) -> None:
        plan = settle(self.house(), self.listed(), self.order)
        self.move(plan.moves)
        for pk, seat in plan.offers:
            self.state[pk], self.seat[pk] = "offered", seat
            self.served.append(pk)

    @rule(profile=PROFILES, member=st.booleans())
    def come(self, profile: Profile, member: bool) -> None:
        newcomer = person(len(self.people) + 1, profile, member=member)
        self.people[newcomer.id] = newcomer
        plan = settle(self.house(), [*self.listed(), newcomer], self.order)
        seats = dict(plan.offers)
        if newcomer.id in seats:
            self.move(plan.moves)
            self.state[newcomer.id], self.seat[newcomer.id] = "confirmed", seats[newcomer.id]
        else:
            self.state[newcomer.id] = "listed"

    def some(self, *states: str) -> list[int]:
        return [pk for pk, state in self.state.items() if state in states]

    @precondition(lambda self: self.some("confirmed", "listed", "offered"))
    @rule(data=st.data())
    def leave(self, data: st.DataObject) -> None:
        pk = data.draw(st.sampled_from(self.some("confirmed", "listed", "offered")))
        self.state[pk] = "gone"
        self.seat.pop(pk, None)
        self.serve()

    @precondition(lambda self: self.some("offered"))
    @rule(data=st.data(), taken=st.booleans())
    def answer(self, data: st.DataObject, taken: bool) -> None:
        pk = data.draw(st.sampled_from(self.some("offered")))
        self.state[pk] = "confirmed" if taken else "lapsed"
        if not taken:
            del self.seat[pk]
            self.serve()

    @rule(capacity=st.integers(0, 8))
    def resize(self, capacity: int) -> None:
        before = self.capacity
        self.capacity = capacity
        try:
            check_capacity(self.house())
        except RuleError:
            self.capacity = before
        self.serve()

    @invariant()
    def never_over_capacity(self) -> None:
        if not hasattr(self, "kept"):
            return
        check_capacity(self.house())
        assert set(self.seat) == set(self.some("confirmed", "offered"))
        for pk, seat in self.seat.items():
            assert seat == FOR_ALL or self.kept[seat].takes(self.people[pk].profile)

    @invariant()
    def nobody_waits_for_a_seat_that_is_free(self) -> None:
        if not hasattr(self, "kept"):
            return
        house, _moves = make_room(self.house())
        assert not [one for one in self.listed() if seat_for(house, one.profile) is not None]

    @invariant()
    def nobody_is_served_twice_or_forgotten(self) -> None:
        if hasattr(self, "kept"):
            assert len(self.served) == len(set(self.served))
            assert set(self.people) == set(self.state)


FairList.TestCase.settings = settings(max_examples=120, stateful_step_count=30)
TestFairList = FairList.TestCase
