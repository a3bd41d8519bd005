"""Letters about a change: kept with it, written in parts, each once, whoever dies on the way."""

from __future__ import annotations

import time
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from cluster_portal.common.models import Cluster, OutgoingMail
from events import tasks
from events.actions import changing, editing, registering, telling
from events.actions.registering import Person
from events.actions.steps import Hand
from events.models import Circular, Event, Registration
from events.queries.circulars import being_told
from tests import factories
from tests.conftest import PATIENCE, Sink, environment, process
from tests.events import seminars
from tests.events.test_at_once import nothing_is_broken, storm

WORKER = ["celery", "-A", "cluster_portal", "worker", "-Q", "default", "-c", "1", "-l", "INFO"]
WORKER += ["--without-gossip", "--without-mingle", "--without-heartbeat"]


class Crashed(Exception):
    """What a worker that dies leaves behind: nothing of its transaction."""


def crowded(count: int) -> Event:
    """A published event with so many people."""
    event = seminars.a_seminar()
    people = [Person(f"Om {number}", f"om{number:04}@example.org") for number in range(count)]
    registering.register_people(event.pk, by=seminars.office(), people=people)
    return Event.objects.get(pk=event.pk)


@transaction.atomic
def dies_before_the_commit(circular: Circular) -> None:
    telling.tell_part(circular.pk)
    raise Crashed


def told(kind: str) -> Counter[str]:
    return Counter(OutgoingMail.objects.filter(kind=f"events/{kind}").values_list("recipient", flat=True))


def edited(event: Event, **values: Any) -> Event:
    return editing.edit_event(event.pk, by=seminars.office(), version=event.version, values=values)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 120])
def test_the_request_of_the_office_costs_the_same_for_one_person_and_for_many(cluster: Cluster, count: int) -> None:
    event, office = crowded(count), seminars.office()
    with CaptureQueriesContext(connection) as asked:
        changing.cancel_event(event.pk, by=office, reason="Snow.")
    assert len(asked) == 10, [query["sql"][:80] for query in asked]
    assert told("cancelled") == {}
    assert being_told(event) is not None
    nothing_is_broken()
    tasks.tell_registrants()
    assert (len(told("cancelled")), being_told(event)) == (count, None)
    tasks.tell_registrants()
    assert set(told("cancelled").values()) == {1}
    nothing_is_broken()


@pytest.mark.django_db
def test_a_crash_between_or_within_parts_loses_and_doubles_nothing(cluster: Cluster) -> None:
    event = crowded(120)
    changing.postpone(event.pk, by=seminars.office(), reason="Snow.")
    circular = Circular.objects.get()
    assert telling.tell_part(circular.pk)
    progress = being_told(event)
    assert progress is not None and (progress.written, progress.total) == (50, 120)
    nothing_is_broken()
    with pytest.raises(Crashed):
        dies_before_the_commit(circular)
    assert len(told("postponed")) == 50
    tasks.tell_registrants()
    assert told("postponed") == Counter(f"om{number:04}@example.org" for number in range(120))
    assert (circular.written, Circular.objects.get().written) == (0, 120)
    nothing_is_broken()


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_write_each_letter_once(cluster: Cluster) -> None:
    event = crowded(130)
    edited(event, place_name="Sala Mică")
    changing.cancel_event(event.pk, by=seminars.office(), reason="Snow.")
    assert storm([tasks.tell_registrants] * 12) == []
    tasks.tell_registrants()  # whatever was stepped over because somebody else had it
    everybody = Counter(f"om{number:04}@example.org" for number in range(130))
    assert told("changed") == told("cancelled") == everybody
    nothing_is_broken()


@pytest.mark.django_db(transaction=True)
def test_a_worker_woken_by_the_change_and_killed_in_the_middle_is_followed_by_another(
    cluster: Cluster, smtp_sink: Sink, tmp_path: Path
) -> None:
    event = crowded(200)
    current_app.control.purge()
    env = environment(PORTAL_TEST_EMAIL_URL=smtp_sink.url, PORTAL_PROCESS="worker")

    def wait_until(letters: int) -> None:
        ends = time.monotonic() + PATIENCE
        while len(told("postponed")) < letters:
            assert time.monotonic() < ends, len(told("postponed"))
            time.sleep(0.02)

    with process(WORKER, env, tmp_path / "first.log", lambda log: " ready." in log) as child:
        changing.postpone(event.pk, by=seminars.office(), reason="Snow.")  # nobody else starts the task
        wait_until(50)
        child.kill()
    assert 50 <= len(told("postponed")) < 200
    with process(WORKER, env, tmp_path / "second.log", lambda log: " ready." in log):
        current_app.send_task("events.tasks.tell_registrants", queue="default")  # what the timetable does each minute
        wait_until(200)
    assert set(told("postponed").values()) == {1}
    nothing_is_broken()


@pytest.mark.django_db
def test_each_letter_tells_of_its_own_change_however_late_it_is_written(cluster: Cluster) -> None:
    event = crowded(1)
    later = edited(event, place_name="Sala Mică")
    edited(later, place_name="Sala de jos")
    changing.cancel_event(event.pk, by=seminars.office(), reason="Snow.")
    tasks.tell_registrants()
    letters = OutgoingMail.objects.filter(kind__in=["events/changed", "events/cancelled"]).order_by("pk")
    first, second, off = letters
    assert "Sala Mare" in first.text and "Sala Mică" in first.text and "Sala de jos" not in first.text
    assert "Sala Mică" in second.text and "Sala de jos" in second.text and "Sala Mare" not in second.text
    assert "Snow." in off.text
    entries = [bytes(one.attachments.get().content) for one in letters]
    assert [number for number, entry in enumerate(entries, 1) if b"SEQUENCE:%d\r\n" % number in entry] == [1, 2, 3]
    assert b"METHOD:CANCEL" in entries[2] and b"METHOD:REQUEST" in entries[1]


@pytest.mark.django_db
def test_who_comes_after_the_change_and_who_left_before_its_letter_are_not_told(cluster: Cluster) -> None:
    event = crowded(1)
    leaves = seminars.a_registration(event, factories.a_user("leaves@example.org"))
    edited(event, starts_at=event.starts_at + timedelta(hours=1), ends_at=event.ends_at + timedelta(hours=1))
    registering.cancel_registration(leaves.pk, Hand(leaves.user))
    seminars.a_registration(event, factories.a_user("comes@example.org"))
    tasks.tell_registrants()
    assert told("changed") == {"om0000@example.org": 1}
    assert Registration.objects.count() == 3
    nothing_is_broken()
