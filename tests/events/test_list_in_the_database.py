"""The fair list in the real database: whatever people and the office do in whatever order, what must hold holds."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import Any

import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cluster_portal.common.models import User
from events import tasks
from events.actions import changing, places, registering
from events.actions.places import Seats
from events.actions.steps import Hand
from events.models import Event, Registration
from events.queries.invariants import INVARIANTS
from members.rules.errors import RuleError
from tests import factories
from tests.events import seminars

PEOPLE = 7


class ListInTheDatabase(RuleBasedStateMachine):
    """Seven people and the office at one event with few seats; time goes on."""

    event: Event | None = None

    @initialize(
        capacity=st.integers(1, 3),
        order=st.sampled_from(["first_come", "members_first", "quota_first"]),
        quota=st.booleans(),
    )
    def begin(self, capacity: int, order: str, quota: bool) -> None:
        self.undo = transaction.atomic()
        self.undo.__enter__()
        factories.a_cluster()
        self.office = seminars.office()
        self.people: list[tuple[User, int | None]] = []
        for number in range(PEOPLE):
            user = factories.a_user(full_name=f"Om {number}")
            side = "defence" if number % 2 else "civil"
            organisation = factories.a_member(user=user, side=side).organisation_id if number < 4 else None
            self.people.append((user, organisation))
        quotas = (("defence", "", 1),) if quota else ()
        self.event = seminars.a_seminar(capacity, list_order=order, quotas=quotas, offer_hours=10)
        self.offers = 0

    def teardown(self) -> None:
        if self.event is not None:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

    def attempt(self, act: Any) -> None:
        with suppress(RuleError):
            act()

    def of(self, number: int) -> Registration | None:
        user, _organisation = self.people[number]
        return Registration.objects.live().filter(event=self.event, user=user).first()

    @rule(number=st.integers(0, PEOPLE - 1))
    def register(self, number: int) -> None:
        user, organisation = self.people[number]
        assert self.event is not None
        pk = self.event.pk
        self.attempt(lambda: registering.register(pk, by=user, organisation=organisation))

    @rule(number=st.integers(0, PEOPLE - 1))
    def leave(self, number: int) -> None:
        one = self.of(number)
        if one is not None:
            self.attempt(lambda: registering.cancel_registration(one.pk, Hand(one.user)))

    @rule(number=st.integers(0, PEOPLE - 1), taken=st.booleans())
    def answer(self, number: int, taken: bool) -> None:
        one = self.of(number)
        if one is not None:
            act = places.accept_offer if taken else places.refuse_offer
            self.attempt(lambda: act(one.pk, Hand(one.user)))

    @rule(capacity=st.one_of(st.none(), st.integers(1, 5)), keep=st.integers(0, 2))
    def resize(self, capacity: int | None, keep: int) -> None:
        assert self.event is not None
        pk = self.event.pk
        seats = Seats(capacity, (("defence", "", keep),) if keep and capacity else ())

        def act() -> None:
            with transaction.atomic():
                places.change_seats(pk, by=self.office, seats=seats)

        self.attempt(act)

    @rule()
    def wait(self) -> None:
        """Everybody who was offered a place lets it run out."""
        with time_machine.travel(timezone.now() + timedelta(hours=11)):
            tasks.pass_on_places()
        Registration.objects.filter(state="offered").update(offered_until=timezone.now() + timedelta(hours=9))

    @rule(on=st.booleans())
    def postpone(self, on: bool) -> None:
        assert self.event is not None
        pk, start = self.event.pk, timezone.now() + timedelta(days=30)
        if on:
            self.attempt(lambda: changing.postpone(pk, by=self.office, reason="Snow."))
        end = start + timedelta(hours=2)
        self.attempt(lambda: changing.reschedule(pk, by=self.office, starts_at=start, ends_at=end))

    @invariant()
    def what_must_hold_holds(self) -> None:
        if self.event is not None:
            broken = {one.name: found for one in INVARIANTS if (found := one.violations())}
            assert broken == {}


ListInTheDatabase.TestCase.settings = settings(
    max_examples=6, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
)


class TestListInTheDatabase(ListInTheDatabase.TestCase, TestCase):  # type: ignore[misc,valid-type]
    """Each example in a transaction of its own that is undone."""
