"""The door as the server knows it: the protocol of checkin.js, plain forms, and people without a place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event, Registration, ScanReceipt
from tests.events import seminars
from tests.events.day.conftest import on_its_day, register

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def event(cluster: Any) -> Event:
    event = seminars.a_seminar(capacity=3)
    register(event, "Ana Pop", "Ștefan Țuțea")
    return on_its_day(event)


def person(name: str) -> Registration:
    return Registration.objects.get(full_name=name)


def act(desk: Client, event: Event, verb: str = "arrived", **fields: Any) -> Any:
    return desk.post(f"/events/manage/{event.pk}/door/{verb}/", {"event_id": event.key, **fields}, headers=JSON)


def test_an_arrival_is_answered_by_the_protocol_and_counts_once(desk: Client, event: Event) -> None:
    ana = person("Ana Pop")
    scan = str(uuid4())
    for _sending in range(2):
        answer = act(desk, event, registration=ana.key, scan=scan, at=timezone.now().isoformat())
        assert answer.status_code == 200
        told = answer.json()
        assert (told["scan"], told["registration"]) == (scan, str(ana.key))
        assert told["words"].startswith("Arrived at ")
    assert ScanReceipt.objects.count() == 1
    assert seminars.fresh(ana).checked_in_at is not None


def test_a_code_is_the_key_alone_or_in_an_address(desk: Client, event: Event) -> None:
    ana, stefan = person("Ana Pop"), person("Ștefan Țuțea")
    assert act(desk, event, code=f"  {ana.key} ", scan=uuid4()).status_code == 200
    assert act(desk, event, code=f"https://x.example/{stefan.key}/", scan=uuid4()).status_code == 200
    assert Registration.objects.filter(checked_in_at__isnull=False).count() == 2


def test_what_cannot_be_done_is_a_sentence_that_is_not_sent_again(desk: Client, event: Event) -> None:
    other = seminars.a_seminar()
    (foreign,) = register(other, "Dan Rus")
    for code in ("nothing", "", str(uuid4()), str(foreign.key)):
        answer = act(desk, event, code=code, scan=uuid4())
        assert (answer.status_code, answer.json()) == (404, {"words": "Nobody at this event has this code."})
    assert act(desk, event, registration="x", scan="y").status_code == 400
    assert act(desk, event, registration=person("Ana Pop").key, scan=uuid4(), at="tomorrow").status_code == 400
    Event.objects.filter(pk=event.pk).update(
        starts_at=timezone.now() + timedelta(days=5), ends_at=timezone.now() + timedelta(days=6)
    )
    refused = act(desk, event, registration=person("Ana Pop").key, scan=uuid4())
    assert refused.status_code == 409
    assert refused.json()["words"].startswith("Check-in opens on")


def test_an_undo_that_arrives_first_wins_when_it_was_later(desk: Client, event: Event) -> None:
    ana, now = person("Ana Pop"), timezone.now()
    act(desk, event, "undo", registration=ana.key, scan=uuid4(), at=now.isoformat())
    told = act(desk, event, registration=ana.key, scan=uuid4(), at=(now - timedelta(minutes=5)).isoformat())
    assert told.json()["words"] == "Not here"
    assert seminars.fresh(ana).checked_in_at is None


def test_a_plain_form_leads_back_to_what_was_searched(desk: Client, event: Event) -> None:
    path = f"/events/manage/{event.pk}/door/"
    page = desk.get(path, {"q": "tutea"}).content.decode()
    assert "Ștefan Țuțea" in page and "Ana Pop" not in page and "0 of 2 here" in page
    answer = desk.post(f"{path}arrived/", {"registration": person("Ștefan Țuțea").key, "q": "tutea"})
    assert (answer.status_code, answer["Location"]) == (303, f"{path}?q=tutea")
    assert "1 of 2 here" in desk.get(path).content.decode()
    desk.post(f"{path}undo/", {"registration": person("Ștefan Țuțea").key})
    assert "0 of 2 here" in desk.get(path).content.decode()
    assert "has this code" in desk.post(f"{path}arrived/", {"code": "no"}, follow=True).content.decode()


def test_somebody_without_a_place_walks_in_once(desk: Client, event: Event) -> None:
    path = f"/events/manage/{event.pk}/door/walk-in/"
    data = {"full_name": "Zoe Walk", "language": "ro", "scan": str(uuid4())}
    for _click in range(2):
        assert desk.post(path, data).status_code == 303
    assert person("Zoe Walk").walk_in
    full = desk.post(path, data | {"full_name": "Too Many", "scan": str(uuid4())})
    assert "All 3 seats are taken" in full.content.decode()
    assert Event.objects.get(pk=event.pk).taken == 3


def test_who_is_registered_without_a_place_is_let_in_from_the_list(desk: Client, event: Event) -> None:
    seminars.a_guest(on_its_day(event, begins_in=3), "oaspete@example.org")
    page = desk.get(f"/events/manage/{event.pk}/door/").content.decode()
    assert "Registered, without a place" in page and "email=oaspete%40example.org" in page
    data = {"full_name": "Oaspete Unu", "email": "oaspete@example.org", "language": "ro", "scan": str(uuid4())}
    assert desk.post(f"/events/manage/{event.pk}/door/walk-in/", data).status_code == 303
    assert Registration.objects.get(email="oaspete@example.org").state == "confirmed"


@pytest.mark.parametrize("count", [1, 30])
def test_the_door_makes_the_same_queries_for_one_and_for_thirty(
    desk: Client, django_assert_num_queries: Any, count: int
) -> None:
    event = seminars.a_seminar()
    register(event, *(f"Person{number} Pop" for number in range(count)))
    desk.get("/health/")
    with django_assert_num_queries(8):  # session, user, standing; event, numbers, expected, others, cluster
        desk.get(f"/events/manage/{event.pk}/door/")
