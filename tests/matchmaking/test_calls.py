"""A call for a consortium: who could answer it, who is invited, what each answer brings about."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, OutgoingMail
from matchmaking.actions import calls, interests, invitations
from matchmaking.actions.calls import Asked, Plan
from matchmaking.actions.invitations import Wanted
from matchmaking.actions.standing import leave_matching, put_aside
from matchmaking.enums import InvitationState
from matchmaking.models import Call, CallInvitation, ExportConfirmation, Introduction
from matchmaking.queries import consortium
from matchmaking.queries.consortium import asked_by, called, candidates, invitations_of, invitations_to_remind
from matchmaking.rules.consortium import Cover
from matchmaking.rules.teams import teams_for
from matchmaking.tasks import end_interests, remind
from members.actions.membership import change_membership
from members.models import Tag
from members.permissions import forget_standing, viewer_of
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.conftest import Pairing

pytestmark = pytest.mark.django_db


def tag(code: str) -> int:
    word: Tag = Tag.objects.get(code=code)
    return int(word.pk)


def a_plan(*codes: str, **more: Any) -> Plan:
    places = tuple(Asked(tag(code), 6) for code in codes or ("serv-emc", "mat-ceramic"))
    deadline = timezone.localdate() + timedelta(days=60)
    return Plan(**{"title": "EDF 2027", "text": "Radio networks.", "deadline": deadline, "places": places, **more})


def a_call(pairing: Pairing, *codes: str, **more: Any) -> Call:
    return calls.create_call(pairing.maker.pk, a_plan(*codes, **more), by=pairing.by_maker)


def invited(pairing: Pairing, call: Call | None = None, **more: Any) -> list[CallInvitation]:
    """The institute and the third one, by the maker."""
    call = call or a_call(pairing)
    wanted = [Wanted(pairing.institute.pk, (tag("serv-emc"),)), Wanted(pairing.third.pk, (tag("mat-ceramic"),))]
    return invitations.invite(call.pk, wanted, by=pairing.by_maker, message="Join us.", **more)


def letters() -> list[tuple[str, str]]:
    rows = OutgoingMail.objects.filter(kind__startswith="matchmaking/").order_by("id")
    return [(mail.kind.removeprefix("matchmaking/"), mail.recipient) for mail in rows]


def refused(code: str, act: Any, *values: Any, **named: Any) -> None:
    with pytest.raises(RuleError) as refusal:
        act(*values, **named)
    assert refusal.value.code == code


# ------------------------------------------------------------------ who could answer
def covers_of(call: Call, organisation: int) -> dict[int, Cover] | None:
    found = {one.key: dict(one.covers) for one in candidates(call, invitations_of(call))}
    return found.get(organisation)


def test_an_offer_at_or_below_a_place_covers_it_with_its_maturity(pairing: Pairing) -> None:
    parent = Tag.objects.get(code="serv-emc").parent
    assert parent is not None
    call = a_call(pairing)
    assert covers_of(call, pairing.institute.pk) == {tag("serv-emc"): Cover(9)}
    below = Tag.objects.get(code="mat-ceramic").parent
    if below is not None and below.scored:
        wide = a_call(pairing, below.code)
        assert covers_of(wide, pairing.third.pk) == {below.pk: Cover(7)}


def test_offers_that_are_not_shared_or_have_run_out_cover_nothing_save_the_leads_own(pairing: Pairing) -> None:
    call = a_call(pairing, "mat-armour", "serv-emc")
    factories.a_capability(pairing.third, "mat-armour", visibility="office")
    factories.a_capability(pairing.maker, "mat-armour", visibility="office", trl=8, references=3)
    pairing.institute.capabilities.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert covers_of(call, pairing.third.pk) == {}
    assert covers_of(call, pairing.institute.pk) == {}
    assert covers_of(call, pairing.maker.pk) == {tag("mat-armour"): Cover(8, 3)}


def test_who_left_was_suspended_was_put_aside_or_declined_is_no_candidate(pairing: Pairing) -> None:
    call = a_call(pairing)
    (first, second) = invited(pairing, call)
    invitations.decline_call(second.pk, by=pairing.by_third)
    assert covers_of(call, pairing.third.pk) is None
    put_aside(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker, reason="competitor")
    assert covers_of(call, pairing.institute.pk) is None
    fourth = factories.a_member("A Patra SA", side="defence").organisation
    factories.a_capability(fourth, "serv-emc")
    assert covers_of(call, fourth.pk) is not None
    leave_matching(fourth.pk, by=pairing.office)
    assert covers_of(call, fourth.pk) is None
    assert first.state == InvitationState.INVITED


def test_candidates_take_two_queries(pairing: Pairing, django_assert_num_queries: Any) -> None:
    call = a_call(pairing)
    with django_assert_num_queries(2):
        candidates(call, [])


def test_the_team_is_drawn_from_the_database(pairing: Pairing) -> None:
    call = a_call(pairing, roles={"industry": 2})
    found = teams_for(asked_by(call, []), candidates(call, []))
    assert found.whole
    assert found.teams[0].members[0] == pairing.maker.pk
    assert set(found.teams[0].members) == {pairing.maker.pk, pairing.institute.pk, pairing.third.pk}


# ------------------------------------------------------------------ calls
def test_teams_are_searched_once_for_each_state_of_things(pairing: Pairing, monkeypatch: pytest.MonkeyPatch) -> None:
    """A view in between searches nothing; another offer, another wish of the call or a yes is searched anew."""
    call, searched = a_call(pairing, "serv-emc"), []

    def counted(*args: Any) -> Any:
        searched.append(args)
        return teams_for(*args)

    monkeypatch.setattr(consortium, "teams_for", counted)

    def shown() -> Any:
        now = called(call.key)
        assert now is not None
        asked, known = asked_by(now, []), candidates(now, [])
        found = consortium.teams(asked, known)
        assert found == teams_for(asked, known)
        return found

    first = shown()
    assert shown() == first and len(searched) == 1
    factories.a_capability(pairing.third, "serv-emc", trl=9, visibility="members")
    assert shown() != first and len(searched) == 2
    Call.objects.filter(pk=call.pk).update(size=2)
    shown()
    assert len(searched) == 3


def test_a_second_click_finds_the_call_of_the_first(pairing: Pairing) -> None:
    key = uuid4()
    one = calls.create_call(pairing.maker.pk, a_plan(), by=pairing.by_maker, key=key)
    assert calls.create_call(pairing.maker.pk, a_plan(), by=pairing.by_maker, key=key) == one
    assert Call.objects.count() == 1


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("call_has_no_words", {"title": " "}),
        ("call_asks_nothing", {"places": ()}),
        ("call_asks_more_than_its_size", {"size": 3, "roles": {"industry": 4}}),
        ("call_asks_more_than_its_size", {"size": 1}),
        ("role_unknown", {"roles": {"wizard": 1}}),
        ("place_unknown", {"places": (Asked(-1),)}),
        ("place_asked_twice", {"places": (Asked(1), Asked(1))}),
        ("too_many_places", {"places": tuple(Asked(number) for number in range(13))}),
        ("call_deadline_over", {"deadline": date(2020, 1, 1)}),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(pairing: Pairing, code: str, more: Any) -> None:
    refused(code, a_call, pairing, **more)


def test_only_a_representative_makes_changes_and_closes(pairing: Pairing) -> None:
    call = a_call(pairing)
    for other in (pairing.by_institute, pairing.office):
        refused("not_your_member", calls.create_call, pairing.maker.pk, a_plan(), by=other)
        refused("not_your_member", calls.change_call, call.pk, a_plan(), by=other, version=1)
        refused("not_your_member", calls.close_call, call.pk, by=other)
        refused("not_your_member", invitations.invite, call.pk, [Wanted(pairing.third.pk)], by=other)


def test_two_people_who_edit_a_call_do_not_overwrite_each_other(pairing: Pairing) -> None:
    call = a_call(pairing)
    calls.change_call(call.pk, a_plan("c2-sdr", title="New"), by=pairing.by_maker, version=1)
    refused("call_changed_meanwhile", calls.change_call, call.pk, a_plan(), by=pairing.by_maker, version=1)
    call.refresh_from_db()
    assert (call.title, call.version) == ("New", 2)
    assert [place.tag.code for place in call.places.all()] == ["c2-sdr"]


def test_closing_tells_who_has_not_answered(pairing: Pairing) -> None:
    call = a_call(pairing)
    first, second = invited(pairing, call)
    invitations.accept_call(first.pk, by=pairing.by_institute)
    calls.close_call(call.pk, by=pairing.by_maker)
    calls.close_call(call.pk, by=pairing.by_maker)
    second.refresh_from_db()
    assert second.state == InvitationState.WITHDRAWN
    assert [one for one in letters() if one[0] == "call_over"] == [("call_over", "third@example.org")]
    refused("call_closed", invited, pairing, call)
    refused("call_closed", calls.change_call, call.pk, a_plan(), by=pairing.by_maker, version=1)


# ------------------------------------------------------------------ invitations
def test_a_whole_team_is_invited_once_however_often_one_clicks(pairing: Pairing) -> None:
    call = a_call(pairing)
    first, second = invited(pairing, call)
    assert invited(pairing, call) == []
    assert [row.code for row in first.wanted_for.all()] == ["serv-emc"]
    assert second.expires_on == timezone.localdate() + timedelta(days=14)
    assert letters() == [("call_invited", "institute@example.org"), ("call_invited", "third@example.org")]


def test_no_more_are_invited_than_the_team_may_have(pairing: Pairing) -> None:
    call = a_call(pairing, size=2)
    refused("call_team_full", invited, pairing, call)
    assert not CallInvitation.objects.exists()
    invitations.invite(call.pk, [Wanted(pairing.third.pk)], by=pairing.by_maker)
    refused("call_team_full", invitations.invite, call.pk, [Wanted(pairing.institute.pk)], by=pairing.by_maker)
    bigger = a_plan(size=4)
    calls.change_call(call.pk, bigger, by=pairing.by_maker, version=1)
    invitations.invite(call.pk, [Wanted(pairing.institute.pk)], by=pairing.by_maker)
    smaller = a_plan(size=2)
    refused("call_smaller_than_its_team", calls.change_call, call.pk, smaller, by=pairing.by_maker, version=2)


def test_nobody_is_asked_to_answer_after_the_deadline(pairing: Pairing) -> None:
    call = a_call(pairing, deadline=timezone.localdate() + timedelta(days=5))
    first, _second = invited(pairing, call)
    assert first.expires_on == call.deadline
    later = a_call(pairing, deadline=timezone.localdate() + timedelta(days=1))
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=True):
        refused("call_deadline_over", invited, pairing, later)


def test_a_yes_introduces_the_two_and_shows_their_contacts(pairing: Pairing) -> None:
    first, _second = invited(pairing)
    assert pairing.maker.pk not in viewer_of(pairing.by_institute).partners
    answered = invitations.accept_call(first.pk, by=pairing.by_institute)
    again = invitations.accept_call(first.pk, by=pairing.by_institute)
    introduction = Introduction.objects.get()
    assert answered.introduction == again.introduction == introduction
    assert introduction.origin == "call"
    forget_standing(pairing.by_institute)
    assert pairing.maker.pk in viewer_of(pairing.by_institute).partners
    assert [kind for kind, _to in letters()] == ["call_invited"] * 2 + ["introduced"] * 2 + ["call_accepted"]
    assert AuditEvent.objects.filter(verb="call_invitation_accepted").count() == 1


def test_who_is_introduced_already_is_not_introduced_again(pairing: Pairing) -> None:
    interest = interests.express_interest(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker, message="Hello.")
    introduction = interests.accept_interest(interest.pk, by=pairing.by_institute)
    first, _second = invited(pairing)
    assert invitations.accept_call(first.pk, by=pairing.by_institute).introduction == introduction
    assert Introduction.objects.count() == 1


def test_an_interest_that_waits_is_answered_by_the_yes(pairing: Pairing) -> None:
    first, _second = invited(pairing)
    interest = interests.express_interest(
        pairing.institute.pk, pairing.maker.pk, by=pairing.by_institute, message="Hello."
    )
    answered = invitations.accept_call(first.pk, by=pairing.by_institute)
    interest.refresh_from_db()
    assert interest.state == "accepted"
    assert interest.introduction == answered.introduction


def test_a_no_is_told_without_its_reason(pairing: Pairing) -> None:
    first, _second = invited(pairing)
    invitations.decline_call(first.pk, by=pairing.by_institute, reason="We work with their rival.")
    invitations.decline_call(first.pk, by=pairing.by_institute)
    told = OutgoingMail.objects.get(kind="matchmaking/call_declined")
    assert told.recipient == "maker@example.org"
    assert "rival" not in told.text
    refused("call_invitation_over", invitations.accept_call, first.pk, by=pairing.by_institute)
    refused("call_invitation_over", invitations.withdraw_call_invitation, first.pk, by=pairing.by_maker)


def test_only_the_invited_answers_and_only_the_lead_withdraws(pairing: Pairing) -> None:
    first, _second = invited(pairing)
    for other in (pairing.by_maker, pairing.by_third, pairing.office):
        refused("not_your_member", invitations.accept_call, first.pk, by=other)
        refused("not_your_member", invitations.decline_call, first.pk, by=other)
    refused("not_your_member", invitations.withdraw_call_invitation, first.pk, by=pairing.by_institute)
    invitations.withdraw_call_invitation(first.pk, by=pairing.by_maker)
    invitations.withdraw_call_invitation(first.pk, by=pairing.by_maker)
    assert letters()[-1] == ("call_over", "institute@example.org")
    refused("call_invitation_over", invitations.decline_call, first.pk, by=pairing.by_institute)


def test_one_reminder_then_the_end(pairing: Pairing) -> None:
    first, second = invited(pairing)
    invitations.decline_call(second.pk, by=pairing.by_third)
    assert list(invitations_to_remind(timezone.localdate())) == []
    with time_machine.travel(timezone.now() + timedelta(days=12), tick=True):
        remind()
        remind()
    with time_machine.travel(timezone.now() + timedelta(days=15), tick=True):
        end_interests()
        end_interests()
        refused("call_invitation_over", invitations.accept_call, first.pk, by=pairing.by_institute)
    assert letters()[-2:] == [("call_reminder", "institute@example.org"), ("call_unanswered", "maker@example.org")]
    first.refresh_from_db()
    assert first.state == InvitationState.EXPIRED


@pytest.mark.parametrize(("who", "letter"), [("third", "call_unanswered"), ("maker", "call_over")])
def test_a_membership_that_is_suspended_ends_what_waits(pairing: Pairing, who: str, letter: str) -> None:
    _first, second = invited(pairing)
    membership = getattr(pairing, who).memberships.get()
    change_membership(membership.pk, "suspend", by=pairing.office, basis="Fee", article="7")
    second.refresh_from_db()
    assert second.state == InvitationState.ENDED
    assert letter in {kind for kind, _to in letters()}


def test_controlled_offers_are_confirmed_by_both_sides(pairing: Pairing) -> None:
    offer = pairing.third.capabilities.get()
    offer.control, offer.control_category, offer.control_group = "dual_use", "1", "C"
    offer.save()
    call = a_call(pairing)
    refused("confirmation_missing", invited, pairing, call)
    _first, second = invited(pairing, call, confirms=True)
    refused("confirmation_missing", invitations.accept_call, second.pk, by=pairing.by_third)
    answered = invitations.accept_call(second.pk, by=pairing.by_third, confirms=True)
    assert answered.introduction is not None
    assert answered.introduction.controlled
    assert set(ExportConfirmation.objects.values_list("member", "partner")) == {
        (pairing.maker.pk, pairing.third.pk),
        (pairing.third.pk, pairing.maker.pk),
    }
    assert ExportConfirmation.objects.first().offers[0].startswith("1C ")  # type: ignore[union-attr]


def test_an_offer_that_nobody_has_classified_goes_to_the_office(pairing: Pairing) -> None:
    pairing.third.capabilities.update(control="unsure")
    invited(pairing)
    assert ("control_unsure", "office@example.org") in letters()


def test_the_database_itself_refuses_unlawful_steps(pairing: Pairing) -> None:
    first, _second = invited(pairing)
    invitations.decline_call(first.pk, by=pairing.by_institute)
    for change in (
        lambda: CallInvitation.objects.filter(pk=first.pk).update(state="invited", answered_at=None, answered_by=None),
        lambda: CallInvitation.objects.filter(pk=first.pk).delete(),
        lambda: Call.objects.update(state="closed"),
        lambda: Call.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
