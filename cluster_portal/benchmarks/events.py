"""Measures the pages of events: many of them, with programmes, registrations and waiting lists."""

import uuid
from datetime import datetime, timedelta
from random import Random

from django.core.handlers.wsgi import WSGIHandler
from django.db import transaction
from django.utils import timezone

from cluster_portal.benchmarks.visiting import Page, visits
from cluster_portal.common.models import User
from events.enums import EventKind, EventState, Mode
from events.models import Event, Quota, Registration, Session, Speaker, Talk
from members.models import Tag

EVENTS, SEATS, PEOPLE = 300, 40, 50
"""How many events, and for each the seats and those who want one."""


@transaction.atomic
def invent_events(count: int = EVENTS, *, seed: int = 5) -> int:
    """Add `count` published events of the next months, each with sessions, speakers, a quota, people and a list.

    Written past the doors, to be measured. Adds nothing when there are events.
    """
    if Event.objects.exists():
        return 0
    chance = Random(seed)  # noqa: S311  # invented, no secret
    office = User.objects.create_user("events@example.org")
    begins = (timezone.now() + timedelta(days=1)).replace(hour=8, minute=0, second=0, microsecond=0)
    events = Event.objects.bulk_create(_event(number, begins, office, chance) for number in range(count))
    tags = list(Tag.objects.filter(active=True).order_by("pk")[:100])
    rows = [Event.tags.through(event=one, tag=tag) for one in events for tag in chance.sample(tags, min(3, len(tags)))]
    Event.tags.through.objects.bulk_create(rows)
    Quota.objects.bulk_create(Quota(event=one, side="defence", seats=5, taken=0) for one in events)
    _programmes(events)
    for one in events:
        Registration.objects.bulk_create(_people(one))
    return count


def _event(number: int, begins: datetime, office: User, chance: Random) -> Event:
    starts_at = begins + timedelta(days=number // 2, hours=number % 5)
    return Event(
        slug=f"seminar-{number}",
        kind=chance.choice(list(EventKind)),
        state=EventState.PUBLISHED,
        title_ro=f"Seminarul {number} despre senzori",
        title_en=f"Seminar {number} on sensors",
        summary_ro="Ce văd senzorii pe teren și în atelier.",
        summary_en="What sensors see in the field and in the workshop.",
        description_ro="Un atelier de o zi. " * 20,
        description_en="A workshop of one day. " * 20,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=4),
        mode=Mode.ON_SITE,
        place_name="Sala Mare",
        place_address="Strada Lungă 1, Sibiu",
        languages=["ro", "en"],
        capacity=SEATS,
        taken=SEATS,
        created_by=office,
        published_by=office,
        published_at=timezone.now(),
    )


def _programmes(events: list[Event]) -> None:
    speakers = Speaker.objects.bulk_create(Speaker(full_name=f"Vorbitor {number}") for number in range(30))
    sessions = Session.objects.bulk_create(
        Session(
            event=one,
            title_ro=f"Partea {part}",
            title_en=f"Part {part}",
            starts_at=one.starts_at + timedelta(hours=part),
            ends_at=one.starts_at + timedelta(hours=part + 1),
        )
        for one in events
        for part in range(4)
    )
    Talk.objects.bulk_create(
        Talk(session=session, speaker=speakers[place % len(speakers)]) for place, session in enumerate(sessions)
    )


def _people(event: Event) -> list[Registration]:
    """Those who have a seat, and those who wait for one."""
    now = timezone.now()
    return [
        Registration(
            event=event,
            full_name=f"Om {number}",
            email=f"om{number}@example.org",
            language="ro",
            state="confirmed" if number < SEATS else "listed",
            queued_at=now,
            confirmed_at=now if number < SEATS else None,
            position=number - SEATS + 1 if number >= SEATS else None,
            digest=uuid.uuid4().hex,
        )
        for number in range(PEOPLE)
    ]


def event_pages(handler: WSGIHandler) -> dict[str, Page]:
    """The list as strangers meet it, filtered, by month, and single events one after the other."""
    slugs = list(Event.objects.published().order_by("pk").values_list("slug", flat=True)[:100])
    filtered = [f"/events/?kind={kind}&mode=on_site" for kind in EventKind.values]
    return {
        "events": visits(handler, ["/events/"]),
        "events, filtered": visits(handler, filtered),
        "event": visits(handler, [f"/events/{slug}/" for slug in slugs]),
    }
