"""What a reader of an event's page can do now: register, wait, come back later, or why not."""

from dataclasses import dataclass

from django.utils import timezone

from events.models import Event, Registration
from events.permissions import can_register, can_register_as_guest, can_register_colleagues, eyes
from events.rules.windows import check_open
from members.permissions import Anyone
from members.rules.errors import RuleError


@dataclass(frozen=True)
class Ways:
    """The ways in. `closed` says why there is none now; `full`: whoever registers goes to the waiting list."""

    oneself: bool = False
    guest: bool = False
    colleagues: bool = False
    full: bool = False
    closed: RuleError | None = None


def ways_in(user: Anyone, event: Event, registration: Registration | None, waiting: int) -> Ways:
    """What this reader is offered on the page of an event that it sees."""
    try:
        check_open(
            event.state,
            starts_at=event.starts_at,
            opens_at=event.opens_at,
            closes_at=event.closes_at,
            now=timezone.now(),
        )
    except RuleError as error:
        return Ways(closed=error)
    full = event.capacity is not None and (event.taken >= event.capacity or waiting > 0)
    live = registration is not None and registration.is_live
    return Ways(
        oneself=user.is_authenticated and not live and can_register(user, event),
        guest=not user.is_authenticated and can_register_as_guest(event),
        colleagues=any(can_register_colleagues(user, event, pk) for pk in eyes(user).organisations),
        full=full,
    )
