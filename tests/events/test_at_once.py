"""Real connections at the same time: two hundred for the last seats, double clicks, a list under a storm."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from cluster_portal.common.models import Cluster, OutgoingMail, User
from events.actions import registering
from events.actions.steps import Hand
from events.models import Event, Registration
from events.queries.invariants import INVARIANTS
from members.rules.errors import RuleError
from tests import factories
from tests.events import seminars

AT_ONCE = 20
"""Connections at the same time; the embedded server has no room for two hundred, they follow one another closely."""


def storm(acts: list[Callable[[], Any]]) -> list[BaseException]:
    """Do all of it from threads with connections of their own, as many at a time as there is room for."""
    todo, raised, lock = list(acts), list[BaseException](), threading.Lock()

    def work() -> None:
        try:
            while True:
                with lock:
                    if not todo:
                        return
                    act = todo.pop()
                try:
                    act()
                except RuleError as error:
                    raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    return raised


def nothing_is_broken() -> None:
    assert {one.name: one.violations() for one in INVARIANTS if one.violations()} == {}


@pytest.fixture
def crowd(transactional_db: None, cluster: Cluster) -> list[User]:
    people = [User(email=f"om{number:03}@example.org", full_name=f"Om {number}", password="!") for number in range(200)]
    return User.objects.bulk_create(people)


def test_two_hundred_register_at_once_for_ten_seats(crowd: list[User]) -> None:
    event = seminars.a_seminar(10)
    assert storm([partial(registering.register, event.pk, by=by) for by in crowd]) == []
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert states == {"confirmed": 10, "listed": 190}
    assert Event.objects.get(pk=event.pk).taken == 10
    assert list(Registration.objects.listed().values_list("position", flat=True)) == list(range(1, 191))
    assert OutgoingMail.objects.filter(kind="events/registered").count() == 10
    assert OutgoingMail.objects.filter(kind="events/listed").count() == 190
    nothing_is_broken()
    seated = list(Registration.objects.confirmed().select_related("user"))
    clicks = [partial(registering.cancel_registration, one.pk, Hand(one.user)) for one in seated[:5] * 3]
    late = [partial(registering.register, event.pk, by=by) for by in crowd[:10]]
    storm([*clicks, *late])
    states = Counter(Registration.objects.values_list("state", flat=True))
    assert (states["offered"], states["cancelled"], states["confirmed"]) == (5, 5, 5)
    assert OutgoingMail.objects.filter(kind="events/place_offered").count() == 5
    nothing_is_broken()


def test_one_person_who_clicks_twenty_times_is_registered_once(transactional_db: None, cluster: Cluster) -> None:
    event = seminars.a_seminar(3)
    user = factories.a_user()
    assert storm([lambda: registering.register(event.pk, by=user)] * 20) == []
    assert Registration.objects.count() == Event.objects.get(pk=event.pk).taken == 1
    assert OutgoingMail.objects.filter(kind="events/registered").count() == 1
