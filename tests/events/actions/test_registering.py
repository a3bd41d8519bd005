"""Registering: oneself, colleagues, guests; what is refused, and what a second click does."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail
from events.actions import changing, registering
from events.actions.registering import Person
from events.actions.steps import Hand
from events.models import Event, Registration
from events.queries.tokens import registration_by, token_of
from members.actions.membership import change_membership
from members.rules.errors import RuleError
from tests import factories
from tests.events import seminars

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_cluster(cluster: Cluster) -> None:
    """Every test has its cluster."""


def letters(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=f"events/{kind}").values_list("recipient", flat=True))


def steps(registration: Registration) -> list[tuple[str, str, str]]:
    return list(registration.steps.order_by("pk").values_list("verb", "source", "target"))


def test_a_registration_takes_a_seat_and_writes_its_rows_and_one_letter() -> None:
    event = seminars.a_seminar(2)
    user = factories.a_user(full_name="Ilinca Vrânceanu", language="ro")
    organisation = factories.a_member(user=user, side="defence", helix_role="university").organisation
    registration = registering.register(event.pk, by=user, organisation=organisation.pk, agreed_to_be_shown=True)
    again = registering.register(event.pk, by=user)
    assert again.pk == registration.pk
    registration = seminars.fresh(registration)
    assert (registration.state, registration.event.taken, registration.position) == ("confirmed", 1, None)
    assert (registration.side, registration.helix_role, registration.member) == ("defence", "university", True)
    assert (registration.language, registration.email, registration.digest) == ("ro", user.email, None)
    assert steps(registration) == [("register", "", "confirmed")]
    line = AuditEvent.objects.get(verb="registration_register")
    assert (line.actor, line.target_type, line.params["registration"]) == (user, "events.event", registration.pk)
    assert letters("registered") == [user.email]
    mail = OutgoingMail.objects.get(kind="events/registered")
    assert not mail.confidential
    attached = mail.attachments.get()
    assert (attached.content_type, attached.method) == ("text/calendar", "REQUEST")
    assert f"UID:{registration.key}@".encode() in bytes(attached.content).replace(b"\r\n ", b"")


def test_when_all_seats_are_taken_one_joins_the_list() -> None:
    event = seminars.a_seminar(1)
    first, second, third = (seminars.a_registration(event) for _ in range(3))
    assert [(seminars.fresh(one).state, seminars.fresh(one).position) for one in (first, second, third)] == [
        ("confirmed", None),
        ("listed", 1),
        ("listed", 2),
    ]
    assert letters("listed") == sorted([second.email, third.email])


def test_a_place_that_comes_free_is_offered_to_the_first_on_the_list_alone() -> None:
    event = seminars.a_seminar(1)
    first, second, third = (seminars.a_registration(event) for _ in range(3))
    registering.cancel_registration(first.pk, Hand(first.user))
    registering.cancel_registration(first.pk, Hand(first.user))
    assert seminars.fresh(second).state == "offered"
    assert (seminars.fresh(third).state, seminars.fresh(third).position) == ("listed", 1)
    assert letters("place_offered") == [second.email]
    assert letters("registration_cancelled") == [first.email]
    assert Event.objects.get(pk=event.pk).taken == 1


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"opens_at": timedelta(days=1)}, "registration_not_open_yet"),
        ({"opens_at": timedelta(days=-9), "closes_at": timedelta(days=-1)}, "registration_closed"),
    ],
)
def test_registration_has_a_window(values: dict[str, timedelta], code: str) -> None:
    window: dict[str, Any] = {name: timezone.now() + after for name, after in values.items()}
    event = seminars.a_seminar(**window)
    with pytest.raises(RuleError, match=code):
        seminars.a_registration(event)
    assert not Registration.objects.exists()
    registering.register_people(event.pk, by=seminars.office(), people=[Person("Ana Pop", "ana@example.org")])
    assert Registration.objects.get().state == "confirmed", "the office registers outside the window too"


def test_nobody_registers_for_what_they_may_not_see() -> None:
    event = seminars.a_seminar(audience="members")
    with pytest.raises(RuleError, match="event_not_for_you"):
        seminars.a_registration(event)
    with pytest.raises(RuleError, match="guests_not_welcome"):
        registering.register_guest(event.pk, Person("Oaspete", "guest@example.org"))
    assert seminars.of_member(event).state == "confirmed"


def test_nobody_registers_in_the_name_of_an_organisation_that_is_not_theirs() -> None:
    event = seminars.a_seminar()
    other = factories.a_member().organisation
    with pytest.raises(RuleError, match="organisation_not_yours"):
        seminars.a_registration(event, organisation=other.pk)


# --- Colleagues -------------------------------------------------------------------------------------------------------
def test_a_member_registers_colleagues_once_however_often_the_list_is_sent() -> None:
    event = seminars.a_seminar(2)
    user = factories.a_user(full_name="Tudor")
    organisation = factories.a_member(user=user).organisation
    known = factories.a_user("known@example.org", language="ro")
    people = [Person(f"Coleg {number}", f"coleg{number}@example.org", "en") for number in range(2)]
    people.append(Person("Cunoscut", "KNOWN@example.org"))
    done = registering.register_people(event.pk, by=user, people=people, organisation=organisation.pk)
    assert [(one.state, new) for one, new in done] == [("confirmed", True), ("confirmed", True), ("listed", True)]
    assert done[2][0].user == known and done[2][0].digest is None
    assert done[0][0].user is None and registration_by(token_of(done[0][0])) == done[0][0]
    again = registering.register_people(event.pk, by=user, people=people, organisation=organisation.pk)
    assert [(one.pk, new) for one, new in again] == [(one.pk, False) for one, _new in done]
    assert Registration.objects.count() == 3
    assert letters("registered") == ["coleg0@example.org", "coleg1@example.org"]
    assert set(OutgoingMail.objects.filter(kind="events/registered").values_list("confidential", flat=True)) == {True}


def test_colleagues_are_those_of_a_member_in_good_standing() -> None:
    event = seminars.a_seminar()
    user, stranger = factories.a_user(), factories.a_user()
    membership = factories.a_member(user=user)
    people = [Person("Coleg", "coleg@example.org")]
    with pytest.raises(RuleError, match="colleagues_not_yours"):
        registering.register_people(event.pk, by=stranger, people=people, organisation=membership.organisation_id)
    change_membership(membership.pk, "suspend", by=seminars.office(), basis="Resolution 9/2026", article="7")
    with pytest.raises(RuleError, match="colleagues_not_yours"):
        registering.register_people(event.pk, by=user, people=people, organisation=membership.organisation_id)
    assert not Registration.objects.exists()


def test_a_member_does_not_fill_the_hall_and_a_list_has_an_end() -> None:
    event = seminars.a_seminar()
    user = factories.a_user()
    organisation = factories.a_member(user=user).organisation
    many = [Person("Coleg", f"coleg{number}@example.org") for number in range(registering.MOST_OF_A_MEMBER + 1)]
    with pytest.raises(RuleError, match="too_many_colleagues"):
        registering.register_people(event.pk, by=user, people=many, organisation=organisation.pk)
    assert not Registration.objects.exists()
    with pytest.raises(RuleError, match="too_many_at_once"):
        registering.register_people(event.pk, by=seminars.office(), people=[many[0]] * 501)


@pytest.mark.parametrize("address", ["", "no address", "a@b", "x@y.ro\nBcc: z@y.ro"])
def test_what_is_no_address_is_refused_as_a_whole(address: str) -> None:
    event = seminars.a_seminar()
    people = [Person("Ana", "ana@example.org"), Person("Ion", address)]
    with pytest.raises(RuleError, match="address_wrong"):
        registering.register_people(event.pk, by=seminars.office(), people=people)


# --- Guests -----------------------------------------------------------------------------------------------------------
def test_a_guest_is_registered_by_following_the_link_and_only_then() -> None:
    event = seminars.a_seminar(1)
    guest = seminars.a_guest(event)
    assert Event.objects.get(pk=event.pk).taken == 0
    assert letters("guest_asked") == ["guest@example.org"]
    mail = OutgoingMail.objects.get(kind="events/guest_asked")
    assert mail.confidential and token_of(guest) in mail.text
    confirmed = registering.confirm_guest(token_of(guest))
    assert registering.confirm_guest(token_of(guest)).pk == confirmed.pk
    assert steps(confirmed) == [("ask_address", "", "unconfirmed"), ("confirm_address", "unconfirmed", "confirmed")]
    assert letters("registered") == ["guest@example.org"]
    assert Event.objects.get(pk=event.pk).taken == 1


def test_nothing_tells_a_stranger_whether_an_address_is_registered() -> None:
    event = seminars.a_seminar()
    user = factories.a_user("known@example.org")
    seminars.a_registration(event, user)
    before = OutgoingMail.objects.count()
    for address in ("known@example.org", "unknown@example.org"):
        registering.register_guest(event.pk, Person("Oaspete", address))
    assert OutgoingMail.objects.count() == before + 2
    assert letters("guest_known") == ["known@example.org"]
    registering.register_guest(event.pk, Person("Oaspete", "known@example.org"))
    assert letters("guest_known") == ["known@example.org"], "one an hour"


def test_an_address_that_a_stranger_typed_does_not_keep_its_person_out() -> None:
    event = seminars.a_seminar()
    typed = seminars.a_guest(event, "person@example.org")
    user = factories.a_user("person@example.org")
    assert registering.register(event.pk, by=user).state == "confirmed"
    assert steps(seminars.fresh(typed))[-1] == ("supersede", "unconfirmed", "cancelled")
    with pytest.raises(RuleError, match="registration_not_yours"):
        registering.cancel_registration(typed.pk, Hand(token="something"))


@pytest.mark.parametrize("token", ["", "x", "\x00", "0" * 43, "a" * 10_000])
def test_a_key_that_is_none_opens_nothing(token: str) -> None:
    event = seminars.a_seminar()
    guest = seminars.a_confirmed_guest(event)
    assert registration_by(token) is None
    with pytest.raises(RuleError, match="registration_not_yours"):
        registering.cancel_registration(guest.pk, Hand(token=token))


def test_a_guest_who_does_not_confirm_is_forgotten() -> None:
    event = seminars.a_seminar()
    guest = seminars.a_guest(event)
    assert registering.lapse_unconfirmed(guest.pk)
    assert not registering.lapse_unconfirmed(guest.pk)
    assert seminars.fresh(guest).state == "lapsed"
    assert seminars.a_confirmed_guest(event).state == "confirmed", "and may come again"


# --- What one may change ----------------------------------------------------------------------------------------------
def test_one_cancels_with_ones_own_hand_and_the_office_says_why() -> None:
    event = seminars.a_seminar()
    guest, own = seminars.a_confirmed_guest(event), seminars.a_registration(event)
    with pytest.raises(RuleError, match="registration_not_yours"):
        registering.cancel_registration(guest.pk, Hand(own.user))
    with pytest.raises(RuleError, match="registration_not_yours"):
        registering.cancel_registration(own.pk, Hand(token=token_of(guest)))
    with pytest.raises(RuleError, match="cancelling_needs_reason"):
        registering.cancel_registration(own.pk, Hand(seminars.office()))
    registering.cancel_registration(own.pk, Hand(seminars.office()), reason="The hall is smaller.")
    registering.cancel_registration(guest.pk, Hand(token=token_of(guest)))
    assert Event.objects.get(pk=event.pk).taken == 0
    assert letters("registration_cancelled") == sorted([own.email, guest.email])
    cancelled = OutgoingMail.objects.filter(kind="events/registration_cancelled")
    assert {one.attachments.get().method for one in cancelled} == {"CANCEL"}


def test_registrations_of_a_postponed_event_can_be_given_back_and_nobody_is_offered_them() -> None:
    event = seminars.a_seminar(1)
    first, second = seminars.a_registration(event), seminars.a_registration(event)
    changing.postpone(event.pk, by=seminars.office(), reason="Snow.")
    registering.cancel_registration(first.pk, Hand(first.user))
    assert seminars.fresh(second).state == "listed"
    start = event.starts_at + timedelta(days=7)
    changing.reschedule(event.pk, by=seminars.office(), starts_at=start, ends_at=start + timedelta(hours=3))
    assert seminars.fresh(second).state == "offered"
