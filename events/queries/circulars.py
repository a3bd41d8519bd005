"""Circulars: an event as it was when something about it changed, and how far its letters have come."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import datetime

from events.enums import RegistrationState
from events.models import Circular, Event, Registration
from events.models.registration import LIVE, RegistrationQuerySet

IN_CALENDARS = frozenset(
    {"title_ro", "title_en", "starts_at", "ends_at", "all_day", "mode", "place_name", "place_address", "online_link"}
)
"""What registrants are told when it changes, and calendars take over."""
SHOWN = (*sorted(IN_CALENDARS), "state", "reason", "sequence")
"""What the letters of a circular say about the event."""


def stored(values: Mapping[str, object]) -> dict[str, object]:
    """Columns of an event as JSON keeps them."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def read(values: Mapping[str, object]) -> dict[str, object]:
    """The columns again."""
    columns = {column.name: column for column in Event._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in values.items()}


def as_it_was(circular: Circular) -> Event:
    """The event as it was made by the change that a circular tells of."""
    event = copy(circular.event)
    for name, value in read(circular.shown).items():
        setattr(event, name, value)
    return event


def heard_by(event: Event) -> RegistrationQuerySet:
    """Whom a change concerns: everybody registered whose address is known to be theirs."""
    live = [state for state in LIVE if state != RegistrationState.UNCONFIRMED]
    rows = Registration.objects.filter(event=event, state__in=live).exclude(email="")
    return rows.select_related("user", "organisation", "event").order_by("pk")


def still_to_hear(circular: Circular) -> RegistrationQuerySet:
    """Who was registered at the moment of the change and was not written to yet, in the order of their letters."""
    return heard_by(circular.event).filter(pk__gt=circular.reached, pk__lte=circular.upto)


@dataclass(frozen=True)
class Progress:
    """Letters about changes that are being written: how many are, of how many."""

    written: int
    total: int


def being_told(event: Event) -> Progress | None:
    """How far the letters about an event have come; None when nobody has to be told any more."""
    untold = list(Circular.objects.untold().filter(event=event).select_related("event"))
    if not untold:
        return None
    written = sum(one.written for one in untold)
    return Progress(written, written + sum(still_to_hear(one).count() for one in untold))
