"""On the day: who has come. Each act carries a key made by the phone: one that was offline may send it twice."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events.actions.registering import Person, new_registration, user_of
from events.actions.steps import check_manager, locked, locked_registration, move, take_turn
from events.enums import EventState
from events.models import Event, Registration, ScanReceipt
from events.rules.lifecycle import Actor, RegistrationState
from members.rules.errors import RuleError

STATES = RegistrationState
DOORS_OPEN = timedelta(hours=24)
"""How long before the start somebody may be checked in: badges are fetched the evening before."""


@transaction.atomic
def check_in(pk: int, *, by: User, scan: UUID, at: datetime | None = None) -> Registration:
    """Write down that a confirmed participant has come. `at` is the phone's time, for acts that were sent later."""
    registration = locked_registration(pk)
    check_manager(by)
    if _arrived_before(scan):
        return registration
    if registration.state != STATES.CONFIRMED:
        raise RuleError("not_confirmed", {"state": registration.state, "name": registration.full_name})
    _check_door(registration.event)
    moment = _moment(at)
    newest = _receive(registration, "check_in", by, scan, moment)
    if newest and registration.checked_in_at is None:
        _mark(registration, by, moment)
    return registration


@transaction.atomic
def undo_check_in(pk: int, *, by: User, scan: UUID, at: datetime | None = None) -> Registration:
    """Take back a check-in that was a mistake."""
    registration = locked_registration(pk)
    check_manager(by)
    if _arrived_before(scan):
        return registration
    if hasattr(registration, "certificate"):
        raise RuleError("certificate_issued_already", {"name": registration.full_name})
    newest = _receive(registration, "undo", by, scan, _moment(at))
    if newest and registration.checked_in_at is not None:
        registration.checked_in_at = registration.checked_in_by = None
        registration.save(update_fields=["checked_in_at", "checked_in_by"])
        audit.record("check_in_undone", registration.event, by=by, registration=pk)
    return registration


@transaction.atomic
def walk_in(
    event_pk: int,
    *,
    by: User,
    scan: UUID,
    full_name: str,
    email: str = "",
    organisation: int | None = None,
    organisation_name: str = "",
    language: str = "ro",
    at: datetime | None = None,
) -> Registration:
    """Let in somebody without a confirmed place, and write down that they have come; an address is not needed.

    Somebody who waits for approval or a place gets one now. Raises RuleError("no_seat_free") when all are taken: the
    office frees the seat of somebody who has not come, or raises the number.
    """
    event = locked(event_pk)
    check_manager(by)
    receipt = ScanReceipt.objects.filter(key=scan).select_related("registration").first()
    if receipt is not None:
        return receipt.registration
    _check_door(event)
    registration = _found_or_new(event, Person(full_name, email, language), organisation, organisation_name, by)
    moment = _moment(at)
    if registration.state != STATES.CONFIRMED:
        _seat(registration, by)
    _receive(registration, "walk_in", by, scan, moment)
    if registration.checked_in_at is None:
        _mark(registration, by, moment)
    return registration


def _found_or_new(
    event: Event, person: Person, organisation: int | None, organisation_name: str, by: User
) -> Registration:
    address = person.email.strip().lower()
    known = Registration.objects.live().filter(event=event, email=address).first() if address else None
    if known is not None:
        known.event = event
        return known
    registration = new_registration(event, person, organisation, user=user_of(address) if address else None)
    registration.organisation_name = organisation_name.strip()[:200]
    registration.walk_in = True
    registration.registered_by = by
    return registration


def _seat(registration: Registration, by: User) -> None:
    """Seat somebody at the door: on the place that was offered to them, or on one that nobody on the list may take."""
    event = registration.event
    seat: int | None = registration.quota_id or 0
    if registration.state != STATES.OFFERED:
        registration.queued_at = registration.queued_at or timezone.now()
        seat = take_turn(registration)
    if seat is None:
        raise RuleError("no_seat_free", {"capacity": event.capacity})
    move(registration, STATES.CONFIRMED, "walk_in", Actor.OFFICE, by=by, quota=seat)


def _check_door(event: Event) -> None:
    if event.state != EventState.PUBLISHED:
        raise RuleError("event_not_on")
    if timezone.now() < event.starts_at - DOORS_OPEN:
        raise RuleError("door_not_open", {"opens": event.starts_at - DOORS_OPEN})


def _arrived_before(scan: UUID) -> bool:
    return ScanReceipt.objects.filter(key=scan).exists()


def _receive(registration: Registration, verb: str, by: User, scan: UUID, moment: datetime) -> bool:
    """Keep the receipt; True when nothing later was done to this registration by the clocks of the phones."""
    later = ScanReceipt.objects.filter(registration=registration, scanned_at__gt=moment).exists()
    ScanReceipt.objects.create(key=scan, registration=registration, verb=verb, scanned_at=moment, by=by)
    return not later


def _mark(registration: Registration, by: User, moment: datetime) -> None:
    registration.checked_in_at, registration.checked_in_by = moment, by
    registration.save(update_fields=["checked_in_at", "checked_in_by"])
    audit.record("checked_in", registration.event, by=by, registration=registration.pk)


def _moment(at: datetime | None) -> datetime:
    """The time of an act at the door: a phone's clock that runs ahead is not believed."""
    now = timezone.now()
    return min(at, now) if at is not None else now
