"""Places: approval, offers and their end, raising and lowering; nobody is forgotten, never is there one too many."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail
from events import tasks
from events.actions import changing, places, registering
from events.actions.places import Seats
from events.actions.registering import Person
from events.actions.steps import Hand
from events.models import Event, Quota, Registration
from events.wording import sentence
from members.rules.errors import RuleError
from tests import factories
from tests.events import seminars

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_cluster(cluster: Cluster) -> None:
    """Every test has its cluster."""


def letters(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=f"events/{kind}").values_list("recipient", flat=True))


def states(*registrations: Registration) -> list[tuple[str, int | None]]:
    return [(fresh.state, fresh.position) for fresh in map(seminars.fresh, registrations)]


# --- Approval ---------------------------------------------------------------------------------------------------------
def test_the_office_lets_in_or_says_why_not() -> None:
    event = seminars.a_seminar(1, approval_required=True)
    first, second, third = (seminars.a_registration(event) for _ in range(3))
    assert states(first, second, third) == [("asked", None)] * 3
    assert Event.objects.get(pk=event.pk).taken == 0
    for _twice in range(2):
        places.approve(third.pk, by=seminars.office())
        places.approve(second.pk, by=seminars.office())
        places.approve(first.pk, by=seminars.office())
    assert states(first, second, third) == [("listed", 1), ("listed", 2), ("confirmed", None)]
    assert letters("approved") == [third.email]
    assert letters("listed") == sorted([first.email, second.email])


def test_a_refusal_has_a_reason_and_one_letter() -> None:
    event = seminars.a_seminar(approval_required=True)
    registration = seminars.a_registration(event)
    with pytest.raises(RuleError, match="declining_needs_reason"):
        places.decline(registration.pk, by=seminars.office(), reason=" ")
    for _twice in range(2):
        places.decline(registration.pk, by=seminars.office(), reason="The training is for operators.")
    assert states(registration) == [("declined", None)]
    assert letters("declined") == [registration.email]
    with pytest.raises(RuleError, match="not_waiting_for_approval"):
        places.approve(registration.pk, by=seminars.office())
    with pytest.raises(RuleError, match="events_office_only"):
        places.decline(registration.pk, by=factories.a_user(), reason="I say so.")


# --- Offers -----------------------------------------------------------------------------------------------------------
def test_an_offer_is_accepted_refused_or_runs_out_and_passes_on() -> None:
    event = seminars.a_seminar(2, offer_hours=12)
    first, second, *waiting = (seminars.a_registration(event) for _ in range(6))
    for leaving in (first, second):
        registering.cancel_registration(leaving.pk, Hand(leaving.user))
    assert states(*waiting) == [("offered", None), ("offered", None), ("listed", 1), ("listed", 2)]
    for _twice in range(2):
        places.accept_offer(waiting[0].pk, Hand(waiting[0].user))
        places.refuse_offer(waiting[1].pk, Hand(waiting[1].user))
    assert states(*waiting) == [("confirmed", None), ("cancelled", None), ("offered", None), ("listed", 1)]
    with time_machine.travel(timezone.now() + timedelta(hours=12, minutes=1)):
        with pytest.raises(RuleError, match="offer_over"):
            places.accept_offer(waiting[2].pk, Hand(waiting[2].user))
        tasks.pass_on_places()
        tasks.pass_on_places()
        assert states(*waiting)[2:] == [("lapsed", None), ("offered", None)]
    assert letters("offer_lapsed") == [waiting[2].email]
    assert Event.objects.get(pk=event.pk).taken == 2
    assert seminars.a_registration(event, waiting[2].user).state == "listed", "and may come again, at the end"


def test_an_offer_ends_when_the_event_begins() -> None:
    start = timezone.now() + timedelta(hours=5)
    event = seminars.a_seminar(1, starts_at=start, ends_at=start + timedelta(hours=1), offer_hours=48)
    first, second = seminars.a_registration(event), seminars.a_registration(event)
    registering.cancel_registration(first.pk, Hand(first.user))
    assert seminars.fresh(second).offered_until == start


def test_offers_rest_while_the_event_is_postponed_and_begin_anew() -> None:
    event = seminars.a_seminar(1)
    first, second = seminars.a_registration(event), seminars.a_registration(event)
    registering.cancel_registration(first.pk, Hand(first.user))
    changing.postpone(event.pk, by=seminars.office(), reason="Snow.")
    later = timezone.now() + timedelta(days=3)
    with time_machine.travel(later):
        tasks.pass_on_places()
        assert states(second) == [("offered", None)]
        start = later + timedelta(days=20)
        changing.reschedule(event.pk, by=seminars.office(), starts_at=start, ends_at=start + timedelta(hours=2))
        until = seminars.fresh(second).offered_until
        assert until is not None and until > later + timedelta(hours=23)
    assert letters("place_offered") == [second.email] * 2


# --- The rule of the list ---------------------------------------------------------------------------------------------
def test_members_come_first_where_the_rule_says_so_and_positions_follow() -> None:
    event = seminars.a_seminar(1, list_order="members_first")
    first, outsider = seminars.a_registration(event), seminars.a_registration(event)
    member = seminars.of_member(event)
    assert states(outsider, member) == [("listed", 2), ("listed", 1)]
    registering.cancel_registration(first.pk, Hand(first.user))
    assert states(outsider, member) == [("listed", 1), ("offered", None)]


def test_a_quota_is_kept_and_is_no_ceiling() -> None:
    event = seminars.a_seminar(3, quotas=(("defence", "", 1),))
    civil = [seminars.of_member(event, side="civil") for _ in range(3)]
    assert [one.state for one in civil] == ["confirmed", "confirmed", "listed"]
    defence = [seminars.of_member(event, side="defence") for _ in range(2)]
    assert [one.state for one in defence] == ["confirmed", "listed"]
    assert (Quota.objects.get().taken, Event.objects.get(pk=event.pk).taken) == (1, 3)
    registering.cancel_registration(defence[0].pk, Hand(defence[0].user))
    assert states(civil[2], defence[1]) == [("listed", 1), ("offered", None)]


# --- Seats ------------------------------------------------------------------------------------------------------------
def test_raising_offers_at_once_and_lowering_below_those_who_sit_names_the_number() -> None:
    event = seminars.a_seminar(1)
    first, *waiting = (seminars.a_registration(event) for _ in range(4))
    places.change_seats(event.pk, by=seminars.office(), seats=Seats(3))
    assert states(first, *waiting) == [("confirmed", None), ("offered", None), ("offered", None), ("listed", 1)]
    with pytest.raises(RuleError) as refused:
        places.change_seats(event.pk, by=seminars.office(), seats=Seats(2))
    assert "3 seats are taken" in sentence(refused.value)
    assert Event.objects.get(pk=event.pk).capacity == 3
    places.refuse_offer(waiting[0].pk, Hand(waiting[0].user))
    assert states(*waiting)[1:] == [("offered", None), ("offered", None)]
    places.change_seats(event.pk, by=seminars.office(), seats=Seats(None))
    places.change_seats(event.pk, by=seminars.office(), seats=Seats(None))
    assert AuditEvent.objects.filter(verb="event_seats_changed").count() == 2, "the second click writes nothing"


def test_new_quotas_seat_those_who_belong_to_them_and_number_the_list_anew() -> None:
    event = seminars.a_seminar(2, list_order="quota_first")
    seminars.of_member(event, side="civil")
    second = seminars.of_member(event, side="defence")
    third, fourth = seminars.of_member(event, side="civil"), seminars.of_member(event, side="defence")
    places.change_seats(event.pk, by=seminars.office(), seats=Seats(2, (("defence", "", 1),)))
    quota = Quota.objects.get()
    assert (quota.taken, seminars.fresh(second).quota_id) == (1, quota.pk)
    assert states(third, fourth) == [("listed", 2), ("listed", 1)]
    with pytest.raises(RuleError, match="quotas_leave_too_few"):
        places.change_seats(event.pk, by=seminars.office(), seats=Seats(2, (("defence", "", 2),)))
    places.change_seats(event.pk, by=seminars.office(), seats=Seats(3))
    assert not Quota.objects.exists()
    assert states(third, fourth) == [("offered", None), ("listed", 1)]


def test_the_database_refuses_one_seat_too_many() -> None:
    event = seminars.a_seminar(1)
    seminars.a_registration(event)
    with pytest.raises(IntegrityError, match="an_event_seats_no_more_than_its_capacity"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(taken=2)
    twin = Registration.objects.get()
    twin.pk, twin.key, twin.user, twin.digest = None, event.key, None, "y"
    with pytest.raises(IntegrityError, match="an_address_is_registered_once"), transaction.atomic():
        twin.save()


def test_two_hundred_people_in_one_list_are_registered_in_order() -> None:
    event = seminars.a_seminar(150)
    people = [Person(f"Om {number}", f"om{number:03}@example.org") for number in range(200)]
    done = registering.register_people(event.pk, by=seminars.office(), people=people)
    assert [one.state for one, _new in done] == ["confirmed"] * 150 + ["listed"] * 50
    positions = list(Registration.objects.listed().values_list("email", "position"))
    assert positions == [(f"om{150 + number:03}@example.org", number + 1) for number in range(50)]
