"""Moves a registration from state to state, with the seat and the position that go with it: the one place that does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events import emails
from events.enums import EventState
from events.models import Event, Quota, Registration, RegistrationStep
from events.permissions import can_manage, can_see_registration
from events.queries.seats import house_of, profile_of, waiting_of
from events.queries.tokens import digest_of
from events.rules.lifecycle import SEATED_STATES, Actor, RegistrationState, check_registration
from events.rules.seats import FOR_ALL, Plan, Waiting, in_order, place_of, settle
from members.permissions import forget_standing
from members.rules.errors import RuleError


def locked(pk: int) -> Event:
    """The event, its row locked until the end of the transaction; whoever comes second waits."""
    return Event.objects.select_for_update(of=("self",)).get(pk=pk)


def managed(pk: int, by: User) -> Event:
    """The locked event, for somebody who runs events; RuleError("event_gone") when a draft was discarded meanwhile."""
    try:
        event = locked(pk)
    except Event.DoesNotExist as error:
        raise RuleError("event_gone") from error
    check_manager(by)
    return event


def check_manager(by: User) -> None:
    forget_standing(by)
    if not can_manage(by):
        raise RuleError("events_office_only")


def locked_registration(pk: int) -> Registration:
    """The registration with its event, both locked, the event first."""
    event = locked(Registration.objects.values_list("event_id", flat=True).get(pk=pk))
    found = Registration.objects.select_for_update(of=("self",)).select_related("user", "organisation", "quota")
    registration = found.get(pk=pk)
    registration.event = event
    return registration


@dataclass(frozen=True)
class Hand:
    """Who acts on a registration: somebody signed in, or whoever holds its key."""

    by: User | None = None
    token: str = ""


def handled(pk: int, hand: Hand) -> tuple[Registration, Actor]:
    """The locked registration, and as what this person acts on it; raises RuleError for strangers."""
    registration = locked_registration(pk)
    if hand.by is not None:
        forget_standing(hand.by)
        if registration.user_id == hand.by.pk:
            return registration, Actor.PERSON
        if can_manage(hand.by):
            return registration, Actor.OFFICE
        if can_see_registration(hand.by, registration):
            return registration, Actor.PERSON
    elif hand.token and registration.user_id is None and registration.digest == digest_of(hand.token):
        return registration, Actor.PERSON
    raise RuleError("registration_not_yours")


def move(
    registration: Registration,
    target: RegistrationState,
    verb: str,
    actor: Actor,
    *,
    by: User | None,
    quota: int = FOR_ALL,
    note: str = "",
) -> RegistrationStep:
    """Take a registration of a locked event to `target`; raises Unlawful when there is no such step.

    Saves it with whatever else was set on it, gives or takes the seat (of `quota`), keeps the list without gaps, adds
    the step to its history and a line to the trail. Whoever frees a seat calls `settle_list` afterwards.
    """
    source = registration.state
    check_registration(source, target, verb, actor)
    left = None
    if source == RegistrationState.LISTED:
        left, registration.position = registration.position, None
    if target == RegistrationState.CONFIRMED:
        registration.confirmed_at = timezone.now()
    registration.offered_until = offered_until(registration.event) if target == RegistrationState.OFFERED else None
    _change_seat(registration, held=source in SEATED_STATES, holds=target in SEATED_STATES, quota=quota)
    registration.state = target.value
    registration.save()
    if left is not None:
        behind = Registration.objects.listed().filter(event=registration.event_id, position__gt=left)
        behind.order_by().update(position=F("position") - 1)
    step = RegistrationStep.objects.create(
        registration=registration, verb=verb, source=source, target=target.value, actor=actor.value, by=by, note=note
    )
    audit.record(
        f"registration_{verb}", registration.event, by=by, registration=registration.pk, source=source, target=target
    )
    return step


def offered_until(event: Event) -> datetime:
    """Until when a place that is offered now is kept: some hours, and never beyond the beginning."""
    return min(timezone.now() + timedelta(hours=event.offer_hours), event.starts_at)


def _change_seat(registration: Registration, *, held: bool, holds: bool, quota: int) -> None:
    """Count the seat that this registration takes or leaves; the database refuses one too many."""
    if held == holds:
        return
    event = registration.event
    if holds:
        registration.quota_id = quota or None
    count_seat(event, registration.quota_id, 1 if holds else -1)
    if not holds:
        registration.quota = None


def count_seat(event: Event, quota: int | None, more: int) -> None:
    """Add to the counters of a locked event and of a quota."""
    event.taken += more
    Event.objects.filter(pk=event.pk).update(taken=event.taken)
    if quota is not None:
        Quota.objects.filter(pk=quota).update(taken=F("taken") + more)


def begin(registration: Registration, verb: str, actor: Actor, *, by: User | None, approved: bool = False) -> None:
    """Seat a registration of a locked event, put it on the list, or let it wait for approval; write its letter.

    Nobody passes those who wait: a newcomer sits at once only on a seat that none of them may take.
    """
    event = registration.event
    registration.queued_at = registration.queued_at or timezone.now()
    if event.approval_required and not approved:
        move(registration, RegistrationState.ASKED, verb, actor, by=by)
        emails.approval_awaited(registration)
        return
    seat = take_turn(registration)
    if seat is None:
        join_list(registration, verb, actor, by=by)
        return
    step = move(registration, RegistrationState.CONFIRMED, verb, actor, by=by, quota=seat)
    emails.registered(registration, step.pk, approved=verb == "approve")


def take_turn(registration: Registration) -> int | None:
    """The seat that a newcomer may take now, those on the list served before; None: there is none."""
    event = registration.event
    number = registration.pk or 0
    newcomer = Waiting(number, registration.queued_at or timezone.now(), profile_of(registration), registration.member)
    waiting = [one for one in waiting_of(event) if one.id != number]
    plan = settle(house_of(event), [*waiting, newcomer], event.list_order)
    seats = dict(plan.offers)
    if number not in seats:
        return None
    _make_moves(event, plan)
    return seats[number]


def join_list(registration: Registration, verb: str, actor: Actor, *, by: User | None) -> None:
    """Put a registration on the waiting list, at the position that the rule of the event gives it."""
    event = registration.event
    newcomer = Waiting(
        registration.pk or 2**62,
        registration.queued_at or timezone.now(),
        profile_of(registration),
        registration.member,
    )
    place = place_of(newcomer, waiting_of(event), event.list_order, house_of(event).kept)
    behind = Registration.objects.listed().filter(event=event, position__gte=place)
    behind.order_by().update(position=F("position") + 1)
    registration.position = place
    step = move(registration, RegistrationState.LISTED, verb, actor, by=by)
    emails.listed(registration, step.pk)


def settle_list(event: Event) -> int:
    """Offer every free seat of a locked event to whoever is next; returns how many were offered.

    Nothing is offered for an event that is not on, or has begun. Each offer writes its letter.
    """
    if event.state != EventState.PUBLISHED or event.starts_at <= timezone.now():
        return 0
    waiting = waiting_of(event)
    if not waiting:
        return 0
    plan = settle(house_of(event), waiting, event.list_order)
    _make_moves(event, plan)
    for pk, seat in plan.offers:
        registration = Registration.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
        registration.event = event
        step = move(registration, RegistrationState.OFFERED, "offer", Actor.LIST, by=None, quota=seat)
        emails.place_offered(registration, step.pk)
    return len(plan.offers)


def _make_moves(event: Event, plan: Plan) -> None:
    """Move holders of seats for everybody to kept seats of theirs, the earliest first."""
    for profile, quota in plan.moves:
        holders = Registration.objects.seated().filter(
            event=event, quota__isnull=True, side=profile.side, helix_role=profile.role
        )
        holder = holders.order_by("queued_at", "pk").values_list("pk", flat=True)[0]
        Registration.objects.filter(pk=holder).update(quota=quota)
        Quota.objects.filter(pk=quota).update(taken=F("taken") + 1)


def rearrange(event: Event) -> None:
    """Number the list anew after the rule of the event or its quotas have changed."""
    ordered = in_order(waiting_of(event), event.list_order, house_of(event).kept)
    rows = {row.pk: row for row in Registration.objects.listed().filter(event=event)}
    changed = []
    for place, person in enumerate(ordered, 1):
        if rows[person.id].position != place:
            rows[person.id].position = place
            changed.append(rows[person.id])
    Registration.objects.bulk_update(changed, ["position"], batch_size=500)
