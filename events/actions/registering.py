"""How people come to an event: oneself, colleagues, guests; and what they may change themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events import emails
from events.actions.answers import save_answers
from events.actions.steps import Hand, begin, handled, locked, locked_registration, move, settle_list
from events.models import Event, Registration
from events.models.registration import RegistrationQuerySet
from events.permissions import (
    can_manage,
    can_register,
    can_register_as_guest,
    can_register_colleagues,
    forget_eyes,
)
from events.queries.tokens import digest_of, give_key
from events.rules.lifecycle import Actor, RegistrationState
from events.rules.windows import check_open
from members.models import Membership, Organisation
from members.permissions import acts_for
from members.rules.errors import RuleError

MOST_AT_ONCE = 500
"""People in one act; a longer list is registered in several."""
MOST_OF_A_MEMBER = 30
"""Colleagues whom one organisation may register for one event; the office may register more."""
STATES = RegistrationState


@dataclass(frozen=True)
class Person:
    """Somebody to be registered, as they were typed."""

    full_name: str
    email: str
    language: str = "ro"
    agreed_to_be_shown: bool = False
    answers: Mapping[int, str] = field(default_factory=dict)


@transaction.atomic
def register(
    pk: int,
    *,
    by: User,
    organisation: int | None = None,
    answers: Mapping[int, str] | None = None,
    agreed_to_be_shown: bool = False,
) -> Registration:
    """Register oneself for the event `pk`, for an organisation that one acts for, or for none.

    A second click finds the registration of the first. Raises RuleError when registration is not open.
    """
    event = locked(pk)
    forget_eyes(by)
    if not can_register(by, event):
        raise RuleError("event_not_for_you")
    known = _live(event).filter(user=by).first()
    if known is not None:
        return known
    check_registration_open(event)
    if organisation is not None and not acts_for(by, organisation):
        raise RuleError("organisation_not_yours")
    _take_over_unconfirmed(event, by.email, by)
    registration = new_registration(
        event, Person(str(by), by.email, by.language, agreed_to_be_shown), organisation, user=by
    )
    registration.registered_by = by
    begin(registration, "register", Actor.PERSON, by=by)
    save_answers(registration, answers or {})
    return registration


@transaction.atomic
def register_people(
    pk: int, *, by: User, people: Sequence[Person], organisation: int | None = None
) -> list[tuple[Registration, bool]]:
    """Register colleagues of an organisation, or, for the office, anybody; each is told by letter.

    Returns each registration and whether it is new: whoever is registered already is left as they are, so a list that
    is sent twice registers everybody once. The office's own registrations need no approval and no open window.
    """
    event = locked(pk)
    forget_eyes(by)
    manager = can_manage(by)
    if not manager and (organisation is None or not can_register_colleagues(by, event, organisation)):
        raise RuleError("colleagues_not_yours")
    if len(people) > MOST_AT_ONCE:
        raise RuleError("too_many_at_once", {"most": MOST_AT_ONCE, "count": len(people)})
    check_registration_open(event, office=manager)
    found = [_register_one(event, person, organisation, by, manager) for person in people]
    if not manager:
        own = _live(event).filter(organisation=organisation)
        if any(new for _registration, new in found) and own.count() > MOST_OF_A_MEMBER:
            raise RuleError("too_many_colleagues", {"most": MOST_OF_A_MEMBER})
    return found


def _register_one(
    event: Event, person: Person, organisation: int | None, by: User, manager: bool
) -> tuple[Registration, bool]:
    address = tidy_address(person.email)
    user = user_of(address)
    known = _live(event).filter(email=address).first() or (
        _live(event).filter(user=user).first() if user is not None else None
    )
    if known is not None and known.state != STATES.UNCONFIRMED:
        return known, False
    _take_over_unconfirmed(event, address, by)
    registration = new_registration(event, person, organisation, user=user)
    registration.registered_by = by
    begin(registration, "register", Actor.OFFICE if manager else Actor.PERSON, by=by, approved=manager)
    save_answers(registration, person.answers, complete=False)
    return registration, True


@transaction.atomic
def register_guest(pk: int, person: Person, *, organisation_name: str = "") -> None:
    """Ask somebody without an account to confirm the address; only then they are registered.

    Says nothing about whether the address is known: the answer is the same, and one letter leaves in every case.
    """
    event = locked(pk)
    if not can_register_as_guest(event):
        raise RuleError("guests_not_welcome")
    check_registration_open(event)
    address = tidy_address(person.email)
    known = _live(event).select_related("user").filter(email=address).first()
    if known is not None:
        known.event = event
        emails.guest_known(known, timezone.now())
        return
    registration = new_registration(event, Person(**{**vars(person), "email": address}), None, user=None)
    registration.organisation_name = organisation_name.strip()[:200]
    move(registration, STATES.UNCONFIRMED, "ask_address", Actor.PERSON, by=None)
    save_answers(registration, person.answers)
    emails.guest_asked(registration)


@transaction.atomic
def confirm_guest(token: str) -> Registration:
    """The guest has followed the link: seat them, put them on the list, or let them wait for approval.

    A second click changes nothing. Raises RuleError("link_over") for a key that opens nothing, or opens too late.
    """
    pk = Registration.objects.filter(digest=digest_of(token)).values_list("pk", flat=True).first()
    if pk is None:
        raise RuleError("link_over")
    registration, _actor = handled(pk, Hand(token=token))
    if registration.state != STATES.UNCONFIRMED:
        return registration
    check_registration_open(registration.event)
    begin(registration, "confirm_address", Actor.PERSON, by=None)
    return registration


@transaction.atomic
def change_answers(pk: int, hand: Hand, *, answers: Mapping[int, str], agreed_to_be_shown: bool) -> Registration:
    """Answer the questions of the event anew, and say again whether participants may see one's name."""
    registration, _actor = handled(pk, hand)
    if not registration.is_live:
        raise RuleError("registration_over", {"state": registration.state})
    if registration.event.is_past:
        raise RuleError("event_is_over")
    changed = save_answers(registration, answers)
    if registration.agreed_to_be_shown != agreed_to_be_shown:
        registration.agreed_to_be_shown = agreed_to_be_shown
        registration.save(update_fields=["agreed_to_be_shown"])
        changed = True
    if changed:
        audit.record("registration_answers_changed", registration.event, by=hand.by, registration=pk)
    return registration


@transaction.atomic
def cancel_registration(pk: int, hand: Hand, *, reason: str = "") -> Registration:
    """Give the place or the position back; whoever is next is offered it. The office says why."""
    registration, actor = handled(pk, hand)
    if registration.state == STATES.CANCELLED:
        return registration  # a second click
    if registration.checked_in_at is not None:
        raise RuleError("already_checked_in", {"at": registration.checked_in_at})
    if not registration.is_live:
        raise RuleError("registration_over", {"state": registration.state})
    if registration.event.is_past:
        raise RuleError("event_is_over")
    words = reason.strip()
    if actor is Actor.OFFICE and not words:
        raise RuleError("cancelling_needs_reason")
    registration.reason = words
    source = registration.state
    step = move(registration, STATES.CANCELLED, "cancel", actor, by=hand.by, note=words)
    if source != STATES.UNCONFIRMED:
        emails.registration_cancelled(registration, step.pk, by_office=actor is Actor.OFFICE)
    settle_list(registration.event)
    return registration


@transaction.atomic
def lapse_unconfirmed(pk: int) -> bool:
    """Forget a guest who did not confirm the address. Run by the timetable; harmless when repeated."""
    registration = locked_registration(pk)
    if registration.state != STATES.UNCONFIRMED:
        return False
    move(registration, STATES.LAPSED, "lapse", Actor.SYSTEM, by=None)
    return True


def check_registration_open(event: Event, *, office: bool = False) -> None:
    """Whether anybody may register now; the office may before and after the window, while the event is on."""
    check_open(
        event.state,
        starts_at=event.ends_at if office else event.starts_at,
        opens_at=None if office else event.opens_at,
        closes_at=None if office else event.closes_at,
        now=timezone.now(),
    )


def tidy_address(typed: str) -> str:
    """An address as it is kept; raises RuleError for what is none."""
    address = typed.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise RuleError("address_wrong", {"email": typed.strip()[:100]}) from error
    return address


def user_of(address: str) -> User | None:
    """Who has shown that this address is theirs."""
    found = EmailAddress.objects.filter(email__iexact=address, verified=True).select_related("user").first()
    return found.user if found is not None and found.user.is_active else None


def new_registration(event: Event, person: Person, organisation: int | None, user: User | None) -> Registration:
    """A registration that is not saved yet, with the side and the role of its organisation on this day."""
    member = organisation is not None and Membership.objects.listed().filter(organisation=organisation).exists()
    of = Organisation.objects.get(pk=organisation) if organisation is not None else None
    name = " ".join(person.full_name.split())[:150]
    if not name:
        raise RuleError("name_needed")
    registration = Registration(
        event=event,
        user=user,
        organisation=of,
        email=tidy_address(person.email) if person.email else "",
        full_name=name,
        language=user.language if user is not None else person.language,
        side=of.side if of is not None else "",
        helix_role=of.helix_role if of is not None else "",
        member=member,
        agreed_to_be_shown=person.agreed_to_be_shown,
    )
    if user is None:
        give_key(registration)
    return registration


def _live(event: Event) -> RegistrationQuerySet:
    return Registration.objects.live().filter(event=event)


def _take_over_unconfirmed(event: Event, address: str, by: User) -> None:
    """Somebody typed this address as a guest's and never confirmed it: the person, or their house, goes before."""
    for stale in Registration.objects.filter(event=event, email=address, state=STATES.UNCONFIRMED):
        stale.event = event
        move(stale, STATES.CANCELLED, "supersede", Actor.SYSTEM, by=by)
