"""Answers to a call at the same instant: real threads, one outcome, nobody waits in a circle."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail
from matchmaking.actions import calls, interests, invitations
from matchmaking.actions.calls import Asked, Plan
from matchmaking.actions.invitations import Wanted
from matchmaking.models import Call, CallInvitation, Introduction
from members.models import ContactConsent, Tag
from tests import factories
from tests.matchmaking.conftest import Pairing, a_match
from tests.matchmaking.made import query
from tests.matchmaking.test_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pairing() -> Pairing:
    factories.a_cluster()
    return a_match()


def a_call(pairing: Pairing) -> Call:
    deadline = timezone.localdate() + timedelta(days=60)
    plan = Plan("Call", "Text", deadline, (Asked(Tag.objects.get(code="serv-emc").pk),), size=3)
    return calls.create_call(pairing.maker.pk, plan, by=pairing.by_maker)


def invited(pairing: Pairing, call: Call) -> tuple[int, int]:
    wanted = [Wanted(pairing.institute.pk), Wanted(pairing.third.pk)]
    first, second = invitations.invite(call.pk, wanted, by=pairing.by_maker)
    return first.pk, second.pk


def no_circle() -> None:
    assert query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == [(0,)]


def test_two_members_answer_at_the_same_instant(pairing: Pairing) -> None:
    first, second = invited(pairing, a_call(pairing))
    at_once(
        lambda: invitations.accept_call(first, by=pairing.by_institute),
        lambda: invitations.accept_call(second, by=pairing.by_third),
        lambda: invitations.accept_call(first, by=pairing.by_institute),
    )
    assert Introduction.objects.count() == 2
    assert ContactConsent.objects.in_force().count() == 4
    assert OutgoingMail.objects.filter(kind="matchmaking/call_accepted").count() == 2
    no_circle()


def test_a_yes_while_the_lead_takes_the_invitation_back(pairing: Pairing) -> None:
    first, _second = invited(pairing, a_call(pairing))
    answers = at_once(
        lambda: invitations.accept_call(first, by=pairing.by_institute),
        lambda: invitations.withdraw_call_invitation(first, by=pairing.by_maker),
    )
    state = CallInvitation.objects.get(pk=first).state
    assert answers.count("call_invitation_over") == 1
    assert state in {"accepted", "withdrawn"}
    assert Introduction.objects.count() == (state == "accepted")
    no_circle()


def test_a_yes_while_the_call_is_closed_and_a_no_beside_it(pairing: Pairing) -> None:
    call = a_call(pairing)
    first, second = invited(pairing, call)
    at_once(
        lambda: invitations.accept_call(first, by=pairing.by_institute),
        lambda: calls.close_call(call.pk, by=pairing.by_maker),
        lambda: invitations.decline_call(second, by=pairing.by_third),
    )
    assert Call.objects.get().state == "closed"
    assert not CallInvitation.objects.open().exists()
    assert Introduction.objects.count() == CallInvitation.objects.filter(state="accepted").count()
    no_circle()


def test_a_team_is_invited_twice_at_once_and_never_grows_too_large(pairing: Pairing) -> None:
    call = a_call(pairing)
    fourth = factories.a_member("A Patra SA", side="defence").organisation
    team = [Wanted(pairing.institute.pk), Wanted(pairing.third.pk)]
    at_once(
        *[lambda: invitations.invite(call.pk, team, by=pairing.by_maker)] * 3,
        lambda: invitations.invite(call.pk, [Wanted(fourth.pk), Wanted(pairing.third.pk)], by=pairing.by_maker),
    )
    assert CallInvitation.objects.count() == 2
    assert OutgoingMail.objects.filter(kind="matchmaking/call_invited").count() == 2
    no_circle()


def test_a_yes_to_the_call_and_a_yes_to_an_interest_at_the_same_instant(pairing: Pairing) -> None:
    first, _second = invited(pairing, a_call(pairing))
    interest = interests.express_interest(
        pairing.institute.pk, pairing.maker.pk, by=pairing.by_institute, message="Hello."
    )
    at_once(
        lambda: invitations.accept_call(first, by=pairing.by_institute),
        lambda: interests.accept_interest(interest.pk, by=pairing.by_maker),
    )
    assert Introduction.objects.count() == 1
    assert CallInvitation.objects.get(pk=first).introduction == Introduction.objects.get()
    no_circle()
