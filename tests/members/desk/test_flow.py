"""From the office's queue to a member, over HTTP: every page answers, every button does what it says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cluster_portal.common.models import User
from members.actions.adhesion import appeal
from members.models import AdhesionRequest, Ballot, Membership, Resolution, Round
from tests import factories
from tests.members.desk.conftest import LIST, SignIn, door

pytestmark = pytest.mark.django_db


def test_office_returns_a_file_with_the_list_of_what_is_missing(as_: SignIn, office: User) -> None:
    adhesion = factories.a_submitted_request()
    adhesion.documents.filter(kind_id="onrc").update(issued_on="2020-01-01")
    browser = as_(office)
    page = browser.get(door(adhesion, "return"))
    assert page.status_code == 200
    form = page.context["form"]
    assert form["tick-doc-onrc"].value() is True
    assert "90" in form["note-doc-onrc"].value()
    assert form["tick-doc-form"].value() is False
    answer = browser.post(
        door(adhesion, "return"),
        {"tick-doc-onrc": "on", "note-doc-onrc": "Too old.", "other": "A stamp.", "note": "Nearly there."},
    )
    assert answer.status_code == 303
    adhesion.refresh_from_db()
    assert adhesion.state == "returned"
    assert adhesion.returned_for == [{"code": "onrc", "note": "Too old."}, {"code": "", "note": "A stamp."}]
    assert "2 things asked for" in browser.get(LIST).content.decode()
    assert "Too old." in browser.get(door(adhesion)).content.decode()


def test_a_return_without_anything_missing_is_refused_and_keeps_what_was_typed(as_: SignIn, office: User) -> None:
    adhesion = factories.a_submitted_request()
    page = as_(office).post(door(adhesion, "return"), {"note": "Please look again."})
    assert page.status_code == 422
    assert "Tick or write at least one thing" in page.content.decode()
    assert "Please look again." in page.content.decode()
    adhesion.refresh_from_db()
    assert adhesion.state == "submitted"


def test_from_queue_to_member(as_: SignIn, office: User, directors: list[User]) -> None:
    adhesion = factories.a_submitted_request()
    desk = as_(office)
    assert adhesion.organisation.legal_name in desk.get("/admin/").content.decode()
    assert str(adhesion.number) in desk.get(LIST).content.decode()
    confirm = desk.get(door(adhesion, "complete"))
    assert "Decision due by" in confirm.content.decode()
    assert desk.post(door(adhesion, "complete")).status_code == 303
    AdhesionRequest.objects.filter(pk=adhesion.pk).update(objections_until="2020-01-01")
    president = as_(directors[0])
    assert "Open a round" in president.get(door(adhesion)).content.decode()
    page = president.get(door(adhesion, "open"))
    day = page.context["form"].initial["closes_on"].isoformat()
    answer = president.post(door(adhesion, "open"), {"procedure": "written", "closes_on": day, "closes_time": "18:00"})
    assert answer.status_code == 303, answer.content.decode()
    vote = Round.objects.get(request=adhesion)
    assert timezone.localtime(vote.closes_at).strftime("%H:%M") == "18:00"
    aside = as_(directors[6])
    words = {"choice": "aside", "interest": "have", "interest_words": "My brother is their director."}
    assert aside.post(door(adhesion, "ballot"), words).status_code == 303
    closed = aside.get(door(adhesion))
    assert closed.status_code == 403
    assert "My brother is their director." in closed.content.decode()
    for director in directors[:3]:
        browser = as_(director)
        assert "Your ballot" in browser.get(door(adhesion)).content.decode()
        sent = browser.post(door(adhesion, "ballot"), {"interest": "none", "choice": "for"})
        assert sent.status_code == 303, sent.content.decode()
    adhesion.refresh_from_db()
    assert adhesion.state == "deliberation"
    last = as_(directors[3]).post(door(adhesion, "ballot"), {"interest": "none", "choice": "for"}, follow=True)
    assert "It settled the matter" in last.content.decode()
    adhesion.refresh_from_db()
    assert adhesion.state == "approved"
    assert Membership.objects.filter(organisation=adhesion.organisation, state="active").exists()
    resolution = Resolution.objects.get()
    page = as_(directors[1]).get(f"/admin/members/resolution/{resolution.pk}/change/")
    assert directors[6].full_name in page.content.decode()
    ballots = as_(directors[1]).get(door(adhesion, "round", 1))
    assert ballots.status_code == 200
    assert "stepped aside" in ballots.content.decode()
    assert Ballot.objects.count() == 4


def test_a_vote_against_without_a_motive_is_refused_and_nothing_is_recorded(as_: SignIn, directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    page = as_(directors[1]).post(door(vote.request, "ballot"), {"interest": "none", "choice": "against"})
    assert page.status_code == 422
    assert "A vote against needs a motive" in page.content.decode()
    assert not Ballot.objects.exists()
    assert vote.seats.get(user=directors[1]).declared_at is None


def test_a_vote_without_a_declaration_is_refused_and_keeps_the_motive(as_: SignIn, directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    page = as_(directors[1]).post(door(vote.request, "ballot"), {"choice": "against", "motive": "No laboratory."})
    assert page.status_code == 422
    assert "Declare first whether you have an interest" in page.content.decode()
    assert "No laboratory." in page.content.decode()
    assert not Ballot.objects.exists()


def test_a_ballot_may_be_changed_until_the_round_closes(as_: SignIn, directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    browser = as_(directors[1])
    browser.post(door(vote.request, "ballot"), {"interest": "none", "choice": "for"})
    answer = browser.post(door(vote.request, "ballot"), {"choice": "against", "motive": "I read it again."})
    assert answer.status_code == 303
    assert list(Ballot.objects.order_by("id").values_list("choice", flat=True)) == ["for", "against"]
    assert "Your vote: <b>Against</b>" in browser.get(door(vote.request)).content.decode()


def test_a_vote_after_the_decision_is_a_409_that_names_the_resolution(as_: SignIn, directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    for director in directors[:4]:
        factories.votes(vote, director, "for")
    typed = {"interest": "none", "choice": "against", "motive": "Written too slowly."}
    page = as_(directors[4]).post(door(vote.request, "ballot"), typed)
    assert page.status_code == 409
    said = page.content.decode()
    assert f"Already decided by resolution 1/{timezone.localdate().year}" in said
    assert "Written too slowly." in said
    assert Ballot.objects.count() == 4


def test_a_meeting_is_opened_attended_and_closed(as_: SignIn, directors: list[User]) -> None:
    adhesion = factories.a_complete_request()
    president = as_(directors[0])
    day = (timezone.localdate() + timedelta(days=1)).isoformat()
    opened = president.post(door(adhesion, "open"), {"procedure": "meeting", "closes_on": day, "closes_time": "10:00"})
    assert opened.status_code == 303
    vote = Round.objects.get(request=adhesion)
    seats = list(vote.seats.order_by("id").values_list("pk", flat=True))
    assert president.post(door(adhesion, "presence"), {"present": seats[:5]}).status_code == 303
    for director in directors[:3]:
        as_(director).post(door(adhesion, "ballot"), {"interest": "none", "choice": "for"})
    page = president.get(door(adhesion, "close"))
    assert "quorum 4 of 7 reached" in page.content.decode()
    assert president.post(door(adhesion, "close")).status_code == 303
    adhesion.refresh_from_db()
    assert adhesion.state == "approved"
    assert president.post(door(adhesion, "close")).status_code == 409


def test_a_director_calls_a_written_procedure_to_a_meeting(as_: SignIn, directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    browser = as_(directors[5])
    assert browser.get(door(vote.request, "demand")).status_code == 200
    empty = browser.post(door(vote.request, "demand"), {"reasons": ""})
    assert empty.status_code == 422
    assert browser.post(door(vote.request, "demand"), {"reasons": "Too large a matter."}).status_code == 303
    vote.request.refresh_from_db()
    assert vote.request.state == "adjourned"
    assert "Too large a matter." in browser.get(door(vote.request)).content.decode()


def test_a_round_that_would_close_too_early_is_refused_with_the_first_lawful_day(
    as_: SignIn, directors: list[User]
) -> None:
    adhesion = factories.a_complete_request()
    today = timezone.localdate() + timedelta(days=1)
    values = {"procedure": "written", "closes_on": today.isoformat(), "closes_time": "18:00"}
    page = as_(directors[0]).post(door(adhesion, "open"), values)
    assert page.status_code == 422
    assert "A written procedure lasts at least" in page.content.decode()
    assert not Round.objects.exists()


def test_the_office_records_what_the_assembly_decided_on_an_appeal(
    as_: SignIn, office: User, directors: list[User]
) -> None:
    vote = factories.an_open_round(directors)
    for director in directors[:4]:
        factories.votes(vote, director, "against", "No contribution.")
    adhesion = AdhesionRequest.objects.get(pk=vote.request_id)
    appeal(adhesion.pk, by=adhesion.applicant, reasons="We do contribute.")
    browser = as_(office)
    assert "Record the assembly" in browser.get(door(adhesion)).content.decode()
    answer = browser.post(door(adhesion, "appeal"), {"upheld": "yes", "motive": "Assembly of 20 November."})
    assert answer.status_code == 303
    adhesion.refresh_from_db()
    assert adhesion.state == "approved"
    assert browser.post(door(adhesion, "appeal"), {"upheld": "no", "motive": "Again."}).status_code == 409
