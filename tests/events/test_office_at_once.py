"""The office's buttons clicked many times at the same instant: one effect, and a page for each click."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.models import AuditEvent, Cluster
from events import tasks
from events.actions import editing, places, registering
from events.actions.places import Seats
from events.actions.steps import Hand
from events.models import Circular, Event, Registration
from events.rules.local_time import local
from tests.events import seminars
from tests.events.test_at_once import nothing_is_broken, storm

pytestmark = pytest.mark.django_db(transaction=True)
CLICKS = 12


@pytest.fixture(autouse=True)
def the_cluster(cluster: Cluster, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = False


def clicks(path: str, **form: Any) -> list[int]:
    """The same form sent by many threads at once, each with a connection of its own; the statuses of the answers."""
    first = Client()
    first.force_login(seminars.office())
    answers: list[int] = []

    def click() -> None:
        window = Client()
        window.cookies = first.cookies
        answers.append(window.post(path, form).status_code)

    assert storm([click] * CLICKS) == []
    return answers


def published(event: Event) -> bool:
    return Event.objects.get(pk=event.pk).state == "published"


def test_a_draft_is_published_once() -> None:
    draft = seminars.a_draft()
    assert clicks(f"/events/manage/{draft.pk}/publish/") == [302] * CLICKS
    assert published(draft)
    assert AuditEvent.objects.filter(verb="event_publish").count() == 1


@pytest.mark.parametrize(("act", "state"), [("postpone", "postponed"), ("cancel", "cancelled")])
def test_an_event_is_called_off_once_and_told_once(act: str, state: str) -> None:
    event = seminars.a_seminar()
    seminars.a_registration(event)
    assert clicks(f"/events/manage/{event.pk}/{act}/", reason="Snow.") == [302] * CLICKS
    assert Event.objects.get(pk=event.pk).state == state
    assert AuditEvent.objects.filter(verb=f"event_{act}").count() == 1
    tasks.tell_registrants()
    assert list(Circular.objects.values_list("kind", "written")) == [(state, 1)]
    nothing_is_broken()


def test_an_event_that_is_published_and_cancelled_at_the_same_time_is_one_of_the_two() -> None:
    draft = seminars.a_draft()
    office = seminars.office()
    acts: list[Callable[[], Any]] = [lambda: editing.publish(draft.pk, by=office)] * 3
    acts += [lambda: editing.discard_draft(draft.pk, by=office)] * 3
    storm(acts)
    left = Event.objects.filter(pk=draft.pk).values_list("state", flat=True)
    assert list(left) in ([], ["published"])
    nothing_is_broken()


def test_a_series_is_made_once() -> None:
    event = seminars.a_seminar()
    starts = "\n".join(f"{local(event.starts_at) + timedelta(weeks=week):%Y-%m-%d %H:%M}" for week in (1, 2))
    assert clicks(f"/events/manage/{event.pk}/duplicate/", starts=starts) == [302] * CLICKS
    assert Event.objects.filter(state="draft").count() == 2


def test_a_place_that_is_free_is_offered_to_one_person() -> None:
    event = seminars.a_seminar(1)
    first = seminars.a_registration(event)
    for _waits in range(3):
        seminars.a_registration(event)
    registering.cancel_registration(first.pk, Hand(first.user))
    places.change_seats(event.pk, by=seminars.office(), seats=Seats(2))
    assert set(clicks(f"/events/manage/{event.pk}/waiting/offer/")) <= {302, 303}
    assert Registration.objects.filter(state="offered").count() == 2
    assert Event.objects.get(pk=event.pk).taken == 2
    nothing_is_broken()


def test_a_list_of_people_is_registered_once() -> None:
    event = seminars.a_seminar(5)
    people = "\n".join(f"Om {number} <om{number}@example.org>" for number in range(8))
    path = f"/events/manage/{event.pk}/registrations/add/"
    assert set(clicks(path, people=people, language="ro", confirmed="1")) == {303}
    assert Registration.objects.count() == 8
    assert Event.objects.get(pk=event.pk).taken == 5
    nothing_is_broken()
