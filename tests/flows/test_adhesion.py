"""The main job from end to end: a person signs up, applies, the Board decides, a member appears, letters arrive."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from members.models import AdhesionRequest, Ballot, Membership, RegisterEvent, Resolution, Round, Tag
from tests import factories
from tests.flows.conftest import Setting
from tests.flows.stage import Applicant, Stage, text_of
from tests.flows.walker import Walker

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("flows")]

EMAIL = "ilinca.vranceanu@example.org"
PAPERS = ["form", "reg_cert", "onrc", "const_act", "join_decision", "mandate", "presentation"]
VALUES: dict[str, dict[str, Any]] = {
    "organisation": {
        "legal_name": "Atelierul Înălțimii SRL",
        "short_name": "Înălțimea",
        "legal_form": "srl",
        "country": "RO",
        "tax_id": f"RO{factories.a_cui(1900001)}",
        "trade_register": "J32/1234/2015",
        "street": "Strada Lungă 7",
        "locality": "Sibiu",
        "county": "SB",
        "postcode": "550024",
        "website": "atelier.example.org",
        "email": "birou@atelier.example.org",
        "phone": "+40 269 123 456",
        "employees": "42",
        "founded_on": "2015-03-01",
    },
    "representative": {
        "full_name": "Ilinca Vrânceanu",
        "position": "Director general",
        "email": EMAIL,
        "language": "ro",
    },
    "role": {"helix_role": "industry", "side": "dual", "membership_type": "associate"},
    "evidence": {
        "contribution": "Detectoare de urme și doi operatori instruiți.",
        "evidence": "Contract 12/2025",
        "trl": "6",
        "motive": "Căutăm parteneri de încercări.",
    },
}


def applicant(stage: Stage, preset: str, language: str) -> Applicant:
    """Somebody with everything that the statute of this cluster asks for."""
    cells = ["cyber-soc"] if preset == "dual-use" else ["C-detect", "R-train"]
    assert Tag.objects.filter(code__in=cells).count() == len(cells)
    papers = PAPERS if preset == "dual-use" else [*PAPERS, "contribution"]
    values = {**VALUES, "evidence": {**VALUES["evidence"], "cells": cells}}
    return Applicant(stage, EMAIL, language, values, papers)


def submitted(stage: Stage, language: str = "ro") -> Applicant:
    """Somebody whose request has arrived, signed in; it was written by the portal's own actions."""
    me = factories.a_user(EMAIL, language=language, full_name="Ilinca Vrânceanu")
    adhesion = factories.a_submitted_request(me)
    return Applicant.of(stage, adhesion, language)


def before_the_board(stage: Stage, preset: str, person: Applicant) -> None:
    stage.declared_complete(person.number)
    if preset == "dual-use":
        assert person.row.state == "objection"
        stage.objections_over(person.number)
        person.waits_for("deliberation")
    opened = stage.round_opened(person.number)
    assert opened.status == 200 and "Round 1 is open" in opened.words


def asked(stage: Stage) -> Counter[tuple[str, str, str]]:
    """The letters by which the Board is asked to vote: one to each director, in the director's language."""
    return Counter(("board_asked", one.email, one.language) for one in stage.board)


@pytest.mark.parametrize(("preset", "language"), [("dual-use", "ro"), ("proeco-cbrne", "en")])
def test_from_sign_up_to_the_certificate_of_decision(stage: Setting, preset: str, language: str) -> None:
    cast = stage(preset)
    person = applicant(cast, preset, language)
    person.signs_up()
    person.begins()
    person.fills_in()
    submitted = person.submits()
    assert person.number == f"{timezone.localdate().year}-001" and person.number in submitted.words

    # The office returns the file with a list; the applicant reads it in a letter, completes and sends it again.
    cast.returned(person.number, **{"tick-doc-mandate": "on", "note-doc-mandate": "Not signed.", "note": "Nearly."})
    told = text_of(cast.letter("adhesion_returned", EMAIL))
    assert "Not signed." in told and "Nearly." in told
    assert "Not signed." in person.state().words
    assert "Not signed." in person.documents().words
    person.uploads("mandate")
    assert "Not signed." not in person.documents().words
    person.submits()
    assert person.number == person.row.number

    # The office finds it complete; the members had their say; the Board votes and the engine decides.
    before_the_board(cast, preset, person)
    aside = cast.vote(cast.board[6], person.number, "aside", interest="have", interest_words="My brother works there.")
    assert aside.status == 200
    votes = ["for", "for", "against", "for"] if preset == "dual-use" else ["for", "against", "for", "for"]
    for director, choice in zip(cast.board, votes, strict=False):
        motive = {"motive": "Too small a laboratory."} if choice == "against" else {}
        answer = cast.vote(director, person.number, choice, interest="none", **motive)
        assert answer.status == 200 and person.row.state == "deliberation", answer.words
    last = cast.vote(cast.board[4], person.number, "for", interest="none")
    assert "It settled the matter" in last.words

    # What came of it.
    adhesion, resolution = person.row, Resolution.objects.get()
    membership = Membership.objects.get(organisation=adhesion.organisation)
    line = RegisterEvent.objects.get()
    assert adhesion.state == "approved" and resolution.outcome == "approved" and membership.state == "active"
    assert (line.verb, line.resolution_id, line.basis) == ("admitted", resolution.pk, f"1/{timezone.localdate().year}")
    figures = {"in_office": 7, "recused": 1, "for": 4, "against": 1, "abstain": 0}
    assert {name: resolution.figures[name] for name in figures} == figures
    assert resolution.figures["recused_names"] == ["Director 7"]
    decision = person.browser.get(f"{person.start}decision/")
    assert decision.status == 200 and str(resolution) in decision.words and person.number in decision.words
    assert ("este aprobată" if language == "ro" else "is approved") in decision.words
    assert str(resolution) in text_of(cast.letter("adhesion_approved", EMAIL))

    # The member is public, and found.
    visitor = Walker(cast.server, language)
    found = visitor.submit(visitor.get("/members/"), "/members/", q="inaltimii")
    profile = visitor.follow(found, "Înălțime")
    assert profile.status == 200 and "Atelierul Înălțimii SRL" in profile.words
    assert visitor.get(f"{person.start}decision/").path == "/accounts/login/"

    expected = asked(cast) + Counter(
        (kind, EMAIL, language)
        for kind in (
            "email_confirmation_signup",
            *2 * ["adhesion_received"],
            "adhesion_returned",
            "adhesion_complete",
            "adhesion_approved",
        )
    )
    assert cast.arrived() == expected
    cast.all_holds()


PRESETS = pytest.mark.parametrize("preset", ["dual-use", "proeco-cbrne"])


@pytest.mark.parametrize(("preset", "upheld"), [("dual-use", "yes"), ("proeco-cbrne", "no")])
def test_a_rejection_is_told_with_its_motive_contested_and_settled_by_the_assembly(
    stage: Setting, preset: str, upheld: str
) -> None:
    cast = stage(preset)
    person = submitted(cast)
    before_the_board(cast, preset, person)
    refused = cast.vote(cast.board[0], person.number, "against", interest="none")
    assert refused.status == 422 and "A vote against needs a motive" in refused.words
    for director in cast.board[:4]:
        answer = cast.vote(director, person.number, "against", interest="none", motive="Nu are încă laborator.")
    assert "It settled the matter" in answer.words
    assert "Nu are încă laborator." in text_of(cast.letter("adhesion_rejected", EMAIL))
    decision = person.browser.follow(person.state(), "otărâre")
    assert "Nu are încă laborator." in decision.words and "Director 1" not in decision.words
    late = cast.vote_by_hand(cast.board[4], person, choice="for", interest="none", motive="Typed too slowly.")
    assert late.status == 409 and "Typed too slowly." in late.html

    question = person.browser.get(f"{person.start}appeal/")
    lodged = person.browser.submit(question, question.path, reasons="Laboratorul este gata din octombrie.")
    assert lodged.status == 200 and person.row.state == "appealed"
    page = cast.file(cast.office, person.number)
    assert "Laboratorul este gata din octombrie." in page.words
    words = "Adunarea din 20 noiembrie 2026."
    recorded = cast.act(cast.office, person.number, "Record", upheld=upheld, motive=words)
    assert "of the assembly" in recorded.words
    adhesion = person.row
    board, assembly = Resolution.objects.order_by("pk")
    assert (board.body, board.outcome, assembly.body) == ("board", "rejected", "assembly")
    assert adhesion.state == ("approved" if upheld == "yes" else "rejected")
    assert Membership.objects.filter(organisation=adhesion.organisation).exists() is (upheld == "yes")
    certificate = person.browser.get(f"{person.start}decision/")
    assert words in certificate.words and str(assembly) in certificate.words
    visitor = Walker(cast.server, "ro").get(f"/members/{adhesion.organisation.slug}/")
    assert visitor.status == (200 if upheld == "yes" else 404)
    outcome = ["adhesion_rejected", "adhesion_approved" if upheld == "yes" else "adhesion_rejected"]
    told = ("adhesion_received", "adhesion_complete", *outcome)
    assert cast.arrived() == asked(cast) + Counter((kind, EMAIL, "ro") for kind in told)
    cast.all_holds()


@PRESETS
def test_an_applicant_withdraws_while_the_board_votes(stage: Setting, preset: str) -> None:
    cast = stage(preset)
    person = submitted(cast, "en")
    before_the_board(cast, preset, person)
    cast.vote(cast.board[1], person.number, "for", interest="none")
    question = person.browser.follow(person.state(), "Withdraw the request")
    gone = person.browser.submit(question, question.path)
    assert "has been withdrawn" in gone.words
    vote = Round.objects.get()
    assert (person.row.state, vote.result) == ("withdrawn", "abandoned")
    late = cast.vote_by_hand(cast.board[2], person, choice="for", interest="none")
    assert late.status == 409
    assert Ballot.objects.count() == 1 and not Resolution.objects.exists() and not Membership.objects.exists()
    told = Counter((kind, EMAIL, "en") for kind in ("adhesion_received", "adhesion_complete"))
    assert cast.arrived() == asked(cast) + told
    cast.all_holds()


@PRESETS
def test_a_file_that_is_not_completed_in_time_lapses_and_may_be_sent_anew(stage: Setting, preset: str) -> None:
    cast = stage(preset)
    person = submitted(cast)
    cast.returned(person.number, other="Ștampila lipsește.")
    cast.night("lapse_requests")  # the days are not over: nothing happens
    today = timezone.localdate()
    AdhesionRequest.objects.filter(number=person.number).update(completion_due_on=today - timedelta(days=1))
    cast.night("lapse_requests")
    person.waits_for("lapsed")
    cast.night("lapse_requests")
    assert person.browser.get(f"{person.start}organisation/").status == 409
    told = Counter((kind, EMAIL, "ro") for kind in ("adhesion_received", "adhesion_returned", "adhesion_lapsed"))
    assert cast.arrived() == told
    first = person.row
    person.begins()
    again = person.row
    assert again.pk != first.pk and again.organisation_id == first.organisation_id
    kept = person.browser.get(f"{person.start}organisation/").form("/organisation/")
    assert kept.value("legal_name") == first.organisation.legal_name
    cast.all_holds()
