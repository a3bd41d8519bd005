"""Brokerage events as the app of matchmaking may use them; `cluster_portal.urls` brings them together."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse
from django.utils import timezone

from cluster_portal.common.gatherings import Attending, Gathering, Host
from events.enums import EventKind
from events.models import Event, Registration


def find(key: UUID) -> Gathering | None:
    """A brokerage event that was announced, with the organisations that have a confirmed registration."""
    event = Event.objects.announced().filter(key=key, kind=EventKind.BROKERAGE).first()
    return _told(event, _attending(event)) if event is not None else None


def upcoming() -> Sequence[Gathering]:
    """Published brokerage events that have not begun, soonest first."""
    coming = Event.objects.published().filter(kind=EventKind.BROKERAGE, starts_at__gt=timezone.now())
    return [_told(event) for event in coming.order_by("starts_at", "pk")]


def _told(event: Event, attending: tuple[Attending, ...] = ()) -> Gathering:
    return Gathering(
        key=event.key,
        title_ro=event.title_ro,
        title_en=event.title_en,
        place=event.place,
        starts_at=event.starts_at,
        href=reverse("events:manage-event", args=[event.pk]),
        attending=attending,
    )


def _attending(event: Event) -> tuple[Attending, ...]:
    """Names only of those who agreed that participants see them."""
    people: dict[int, list[str]] = defaultdict(list)
    rows = Registration.objects.confirmed().filter(event=event, organisation__isnull=False).order_by("full_name", "pk")
    for organisation, name, shown in rows.values_list("organisation_id", "full_name", "agreed_to_be_shown"):
        people[organisation] += [name] if shown else []
    return tuple(Attending(organisation, tuple(names)) for organisation, names in people.items())


BROKERAGE = Host(find, upcoming)
