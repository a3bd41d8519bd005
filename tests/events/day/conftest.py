"""The office at its desk, and an event on its day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from events.actions import door, registering
from events.actions.registering import Person
from events.models import Event, Registration
from members.rules.text import fold
from tests.events import seminars


@pytest.fixture
def desk(cluster: Any) -> Client:
    """The cluster manager, signed in."""
    client = Client()
    client.force_login(seminars.office())
    return client


def register(event: Event, *names: str) -> list[Registration]:
    """People without an account, registered by the office."""
    people = [Person(name, f"{fold(name.split()[0]).strip('=')}@example.org") for name in names]
    return [found for found, _new in registering.register_people(event.pk, by=seminars.office(), people=people)]


def on_its_day(event: Event, *, begins_in: int = -1) -> Event:
    """Move an event to this day: its door is open. `begins_in`: hours from now."""
    starts_at = timezone.now() + timedelta(hours=begins_in)
    Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=3))
    return Event.objects.get(pk=event.pk)


def arrived(*registrations: Registration) -> None:
    for one in registrations:
        door.check_in(one.pk, by=seminars.office(), scan=uuid4())


def held(*names: str, **values: Any) -> tuple[Event, list[Registration]]:
    """An event that is over, to which all of these came."""
    event = seminars.a_seminar(**values)
    people = register(event, *names)
    arrived_at = on_its_day(event)
    arrived(*people)
    return seminars.over(arrived_at), people
