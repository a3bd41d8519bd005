"""Makes the events and registrations that tests need, by the portal's own actions."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import time_machine
from django.utils import timezone

from cluster_portal.common.models import User
from events import tasks
from events.actions import afterwards, changing, door, editing, notices, registering
from events.actions.places import Seats
from events.actions.registering import Person
from events.actions.steps import Hand
from events.models import Event, Registration
from events.queries.tokens import token_of
from members.models import Organisation
from tests import factories


def office() -> User:
    """The cluster manager, made once a test."""
    known = User.objects.filter(email="office@example.org").first()
    return known or factories.an_office_person("office@example.org", full_name="Camelia Office", language="en")


def a_draft(*, seats: Seats | None = None, **values: Any) -> Event:
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=30)
    wanted = {
        "title_ro": "Seminar de detecție",
        "title_en": "Seminar on detection",
        "summary_ro": "Detectoare pentru ateliere.",
        "summary_en": "Detectors for workshops.",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "place_name": "Sala Mare",
        "place_address": "Strada Lungă 1, Sibiu",
        **values,
    }
    return editing.create_event(by=office(), values=wanted, seats=seats)


def a_seminar(capacity: int | None = None, *, quotas: tuple[tuple[str, str, int], ...] = (), **values: Any) -> Event:
    """A published event."""
    draft = a_draft(seats=Seats(capacity, quotas) if capacity is not None else None, **values)
    return editing.publish(draft.pk, by=office())


def a_registration(event: Event, user: User | None = None, **fields: Any) -> Registration:
    return registering.register(event.pk, by=user or factories.a_user(full_name="Ilinca Vrânceanu"), **fields)


def of_member(event: Event, **fields: Any) -> Registration:
    """A registration by the representative of a new member."""
    user = factories.a_user(full_name="Om Membru")
    organisation: Organisation = factories.a_member(user=user, **fields).organisation
    return registering.register(event.pk, by=user, organisation=organisation.pk)


def a_guest(event: Event, email: str = "guest@example.org", **fields: Any) -> Registration:
    """A guest who has not confirmed the address yet."""
    registering.register_guest(event.pk, Person("Oaspete Unu", email, "en", **fields))
    return Registration.objects.get(event=event, email=email, state="unconfirmed")


def a_confirmed_guest(event: Event, email: str = "guest@example.org") -> Registration:
    return registering.confirm_guest(token_of(a_guest(event, email)))


def fresh(registration: Registration) -> Registration:
    return Registration.objects.select_related("event").get(pk=registration.pk)


def over(event: Event) -> Event:
    """Move an event into the past, past every rule: what happens afterwards is tested with it."""
    ended = timezone.now() - timedelta(days=1)
    Event.objects.filter(pk=event.pk).update(starts_at=ended - timedelta(hours=3), ends_at=ended)
    return Event.objects.get(pk=event.pk)


def a_full_house() -> Event:
    """Events with everything that they write: a list, an offer, a cancellation, reminders, certificates, opinions."""
    full = a_seminar(2, quotas=(("defence", "", 1),))
    of_member(full, side="defence")
    first = a_registration(full)
    for _waiting in range(3):
        a_registration(full)
    registering.cancel_registration(first.pk, Hand(first.user))
    called_off = a_seminar(title_ro="Anulat")
    a_registration(called_off)
    changing.cancel_event(called_off.pk, by=office(), reason="Snow.")
    tasks.tell_registrants()
    held = a_seminar(title_ro="Ținut")
    guest = a_confirmed_guest(held)
    with time_machine.travel(held.starts_at - timedelta(hours=20)):
        notices.remind_day(guest.pk)
    over(held)
    door.check_in(guest.pk, by=office(), scan=uuid.uuid4())
    afterwards.issue_certificates(held.pk, by=office())
    afterwards.give_feedback(guest.pk, Hand(token=token_of(guest)), ratings={"overall": 5})
    return full
