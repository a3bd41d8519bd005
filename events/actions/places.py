"""What is decided about places: approving and declining, the answers to an offer, raising and lowering the seats."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events import emails
from events.actions.steps import (
    Hand,
    begin,
    check_manager,
    handled,
    locked,
    locked_registration,
    managed,
    move,
    rearrange,
    settle_list,
)
from events.enums import EventState
from events.models import Event, Quota, Registration
from events.queries.seats import profile_of
from events.rules.lifecycle import Actor, RegistrationState
from events.rules.seats import House, Kept, Profile, check_capacity, make_room
from members.rules.errors import RuleError

STATES = RegistrationState
Wanted: TypeAlias = dict[tuple[str, str], int]
"""(side, helix role) -> seats of a quota."""


@dataclass(frozen=True)
class Seats:
    """How many seats an event has (None: no limit), and how many of them are kept: (side, helix role, seats)."""

    capacity: int | None
    quotas: tuple[tuple[str, str, int], ...] = ()


@transaction.atomic
def approve(pk: int, *, by: User) -> Registration:
    """Let somebody in: a seat when there is one, the list otherwise, in the order in which they first asked."""
    registration = locked_registration(pk)
    check_manager(by)
    if registration.state in {STATES.CONFIRMED, STATES.LISTED, STATES.OFFERED}:
        return registration  # a second click
    _check_waits_for_approval(registration)
    begin(registration, "approve", Actor.OFFICE, by=by, approved=True)
    return registration


@transaction.atomic
def decline(pk: int, *, by: User, reason: str) -> Registration:
    """Do not let somebody in; they read why."""
    registration = locked_registration(pk)
    check_manager(by)
    if registration.state == STATES.DECLINED:
        return registration  # a second click
    _check_waits_for_approval(registration)
    if not reason.strip():
        raise RuleError("declining_needs_reason")
    registration.reason = reason.strip()
    step = move(registration, STATES.DECLINED, "decline", Actor.OFFICE, by=by, note=registration.reason)
    emails.declined(registration, step.pk)
    return registration


def _check_waits_for_approval(registration: Registration) -> None:
    if registration.state != STATES.ASKED:
        raise RuleError("not_waiting_for_approval", {"state": registration.state})
    if registration.event.is_past:
        raise RuleError("event_is_over")


@transaction.atomic
def accept_offer(pk: int, hand: Hand) -> Registration:
    """Take the offered place, while it is kept."""
    registration, _actor = handled(pk, hand)
    if registration.state == STATES.CONFIRMED:
        return registration  # a second click
    _check_offered(registration)
    step = move(registration, STATES.CONFIRMED, "accept", Actor.PERSON, by=hand.by)
    emails.registered(registration, step.pk)
    return registration


@transaction.atomic
def refuse_offer(pk: int, hand: Hand) -> Registration:
    """Leave the offered place to the next."""
    registration, _actor = handled(pk, hand)
    if registration.state == STATES.CANCELLED:
        return registration  # a second click
    _check_offered(registration)
    move(registration, STATES.CANCELLED, "refuse", Actor.PERSON, by=hand.by)
    settle_list(registration.event)
    return registration


def _check_offered(registration: Registration) -> None:
    if registration.state == STATES.LAPSED:
        raise RuleError("offer_over")
    if registration.state != STATES.OFFERED or registration.offered_until is None:
        raise RuleError("nothing_offered", {"state": registration.state})
    if registration.event.state == EventState.CANCELLED:
        raise RuleError("event_cancelled")
    if registration.offered_until <= timezone.now():
        raise RuleError("offer_over")


@transaction.atomic
def lapse_offer(pk: int) -> bool:
    """Pass on a place that was not taken in time. Run by the timetable; harmless when repeated.

    The offers of an event that is postponed or cancelled rest: nothing can be taken up there.
    """
    registration = locked_registration(pk)
    event = registration.event
    until = registration.offered_until
    if registration.state != STATES.OFFERED or until is None or until > timezone.now():
        return False
    if event.state != EventState.PUBLISHED:
        return False
    step = move(registration, STATES.LAPSED, "lapse", Actor.SYSTEM, by=None)
    emails.offer_lapsed(registration, step.pk)
    settle_list(event)
    return True


@transaction.atomic
def offer_places(pk: int, *, by: User | None = None) -> int:
    """Offer what is free to whoever is next; every act that frees a seat does so already, this is for certainty."""
    event = locked(pk)
    if by is not None:
        check_manager(by)
    return settle_list(event)


@transaction.atomic
def change_seats(pk: int, *, by: User, seats: Seats) -> Event:
    """Raise or lower the seats and their quotas. What is raised is offered at once to those who wait.

    Raises RuleError when those who sit do not fit any more; its sentence names the number.
    """
    event = managed(pk, by)
    if event.state == EventState.CANCELLED:
        raise RuleError("event_cancelled")
    if set_seats(event, seats):
        event.version += 1
        event.save(update_fields=["version", "changed_at"])
        audit.record("event_seats_changed", event, by=by, capacity=event.capacity)
        settle_list(event)
    return event


def set_seats(event: Event, seats: Seats) -> bool:
    """Set seats and quotas of a locked event and number its list anew; False when they are so already."""
    known = {(quota.side, quota.helix_role): quota for quota in event.quotas.all()}
    wanted = {(side, role): count for side, role, count in seats.quotas}
    if len(wanted) != len(seats.quotas):
        raise RuleError("quota_twice")
    if any(bool(side) == bool(role) or count < 1 for (side, role), count in wanted.items()):
        raise RuleError("quota_unclear")
    if event.capacity == seats.capacity and {key: quota.seats for key, quota in known.items()} == wanted:
        return False
    holders = _fitted(seats.capacity, wanted, event)
    _write_quotas(event, wanted, holders)
    event.capacity = seats.capacity
    event.save(update_fields=["capacity"])
    rearrange(event)
    return True


def _fitted(capacity: int | None, wanted: Wanted, event: Event) -> dict[int, list[int]]:
    """Who sits on which kept seat (place of the quota in `wanted`, from 1), or RuleError when they do not all fit."""
    kept = tuple(Kept(number, count, 0, *key) for number, (key, count) in enumerate(wanted.items(), 1))
    holders: dict[Profile, list[int]] = defaultdict(list)
    for registration in Registration.objects.seated().filter(event=event).order_by("queued_at", "pk"):
        holders[profile_of(registration)].append(registration.pk)
    counts = {profile: len(people) for profile, people in holders.items()}
    house, moves = make_room(House(capacity, event.taken, kept, counts))
    check_capacity(house)
    found: dict[int, list[int]] = defaultdict(list)
    for profile, number in moves:
        found[number].append(holders[profile].pop(0))
    return found


def _write_quotas(event: Event, wanted: Wanted, holders: Mapping[int, list[int]]) -> None:
    """Write the quotas and who holds their seats; those that are not wanted any more go."""
    Registration.objects.filter(event=event, quota__isnull=False).update(quota=None)
    Quota.objects.filter(event=event).update(taken=0)
    for quota in event.quotas.all():
        if (quota.side, quota.helix_role) not in wanted:
            quota.delete()
    for number, ((side, role), count) in enumerate(wanted.items(), 1):
        people = holders.get(number, [])
        quota, _new = Quota.objects.update_or_create(
            event=event,
            side=side,
            helix_role=role,
            defaults={"seats": count, "position": number, "taken": len(people)},
        )
        Registration.objects.filter(pk__in=people).update(quota=quota)
