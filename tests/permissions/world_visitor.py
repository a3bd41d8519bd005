"""The events of the matrix as visitors, participants and guests meet them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.actions import afterwards, door, editing, places, programme, registering
from events.actions.feeds import make_feed
from events.actions.places import Seats
from events.actions.registering import Person
from events.actions.steps import Hand
from events.models import Event, Registration
from events.queries.tokens import token_of
from members.models import Tag
from tests import factories

if TYPE_CHECKING:
    from tests.permissions.world import World


def events(world: World) -> None:
    """One event of each circle, and the registrations of R and of a guest in the states that doors ask for."""
    manager, person = world.person("M"), world.person("R")
    open_to_all = _published(world, "Seminar deschis", guests_allowed=True)
    for_members = _published(world, "Seminar pentru membri", audience="members")
    draft = _draft(world, "Seminar nepublicat")
    tag = Tag.objects.filter(scored=True).order_by("position")[0]
    editing.edit_event(open_to_all.pk, by=manager, version=open_to_all.version, values={"tags": [tag]})
    own = registering.register(open_to_all.pk, by=person)
    offered = _offered(world)
    past = _past(world)
    registering.register_guest(open_to_all.pk, Person("Oaspete Unu", "guest@example.org", "en"))
    guest = Registration.objects.get(email="guest@example.org")
    registering.confirm_guest(token_of(guest))
    registering.register_guest(open_to_all.pk, Person("Oaspete Doi", "unsure@example.org", "en"))
    unsure = Registration.objects.get(email="unsure@example.org")
    slides = programme.add_file(
        open_to_all.pk, by=manager, values={"title_ro": "Prezentare", "access": "registered"},
        upload=SimpleUploadedFile("slides.pdf", factories.PDF, "application/pdf"),
    )  # fmt: skip
    handout = programme.add_file(
        open_to_all.pk, by=manager, values={"title_ro": "Program tipărit", "access": "public"},
        upload=SimpleUploadedFile("handout.pdf", factories.PDF, "application/pdf"),
    )  # fmt: skip
    feed, key = make_feed(by=person)
    now = timezone.localdate()
    world.things |= {
        "event_open": {"slug": open_to_all.slug},
        "event_members": {"slug": for_members.slug},
        "event_draft": {"slug": draft.slug},
        "event_never": {"slug": "no-such-event"},
        "seat_own": {"key": own.key},
        "seat_offered": {"key": offered.key},
        "seat_past": {"key": past.key},
        "seat_never": {"key": UUID(int=5)},
        "seat_guest": {"token": token_of(guest), "material": slides.key},
        "seat_unsure": {"token": token_of(unsure), "material": slides.key},
        "seat_no_key": {"token": "no-such-key", "material": slides.key},
        "paper": {"code": past.certificate.code},
        "no_paper": {"code": "AAAA-BBBB-CCCC"},
        "slides": {"key": slides.key},
        "handout": {"key": handout.key},
        "feed": {"token": key, "pk": feed.pk},
        "no_feed": {"token": "no-such-key", "pk": 987654321},
        "subject": {"code": tag.code},
        "no_subject": {"code": "no-such-word"},
        "this_month": {"year": now.year, "number": now.month},
        "no_month": {"year": now.year, "number": 13},
    }


def _draft(world: World, title: str, seats: Seats | None = None, **values: Any) -> Event:
    start = timezone.now().replace(microsecond=0) + timedelta(days=20)
    wanted = {
        "title_ro": title, "summary_ro": "Un rezumat.", "starts_at": start, "ends_at": start + timedelta(hours=2),
        "place_name": "Sala Mare",
    }  # fmt: skip
    return editing.create_event(by=world.person("M"), values={**wanted, **values}, seats=seats)


def _published(world: World, title: str, seats: Seats | None = None, **values: Any) -> Event:
    return editing.publish(_draft(world, title, seats, **values).pk, by=world.person("M"))


def _offered(world: World) -> Registration:
    """A place that came free and is offered to R."""
    small = _published(world, "Atelier mic", Seats(1))
    first = registering.register(small.pk, by=world.person("A"))
    waiting = registering.register(small.pk, by=world.person("R"))
    registering.cancel_registration(first.pk, Hand(by=world.person("A")))
    places.offer_places(small.pk)
    return Registration.objects.get(pk=waiting.pk)


def _past(world: World) -> Registration:
    """R was there and has a certificate."""
    manager = world.person("M")
    event = _published(world, "Instruire încheiată", kind="training", valid_months=12)
    registration = registering.register(event.pk, by=world.person("R"))
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now - timedelta(hours=3), ends_at=now + timedelta(hours=1))
    door.check_in(registration.pk, by=manager, scan=uuid4())
    Event.objects.filter(pk=event.pk).update(ends_at=now - timedelta(hours=1))
    afterwards.issue_certificates(event.pk, by=manager)
    return Registration.objects.select_related("certificate").get(pk=registration.pk)
