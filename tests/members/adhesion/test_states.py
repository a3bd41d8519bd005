"""A request from its start to its end: sent once, withdrawn, completed, contested; each state says what comes next."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail, User
from members.actions import adhesion as acts
from members.actions import board, office
from members.actions.membership import admit
from members.enums import MembershipBasis
from members.models import AdhesionRequest, Organisation, Representation
from members.rules.errors import RuleError
from tests import factories
from tests.members.adhesion.conftest import LIST, at, page, text

pytestmark = pytest.mark.django_db


# --- Starting ---------------------------------------------------------------------------------------------------------
def test_a_start_opens_the_first_step_and_a_second_one_the_same_draft(browser_of: Client) -> None:
    first = browser_of.post(f"{LIST}start/")
    second = browser_of.post(f"{LIST}start/")
    draft = AdhesionRequest.objects.get()
    assert (first.status_code, first["Location"].partition("#")[0]) == (303, page(draft, "organisation"))
    assert second["Location"] == first["Location"]
    assert "Continue the request" in text(browser_of, LIST)


def test_nobody_of_the_office_and_nobody_of_a_member_starts_a_request(client: Client, cluster: object) -> None:
    people = [factories.an_office_person(), factories.a_user(is_superuser=True, is_staff=True)]
    people.append(factories.a_member().organisation.representations.get().user)
    for person in people:
        client.force_login(person)
        assert "Start a request" not in text(client, LIST)
        assert client.post(f"{LIST}start/").status_code == 403
    assert not AdhesionRequest.objects.exists()


def test_a_start_takes_a_post_of_somebody_signed_in(client: Client, applicant: User) -> None:
    assert client.post(f"{LIST}start/")["Location"].startswith("/accounts/login/")
    client.force_login(applicant)
    assert client.get(f"{LIST}start/").status_code == 405


@pytest.mark.parametrize("end", ["withdraw", "lapse", "reject"])
def test_who_asks_again_finds_the_organisation_and_the_texts_of_the_first_time(
    browser_of: Client, applicant: User, end: str
) -> None:
    first = factories.a_submitted_request(applicant)
    if end == "withdraw":
        acts.withdraw_adhesion(first.pk, by=applicant)
    elif end == "lapse":
        office.return_request(first.pk, by=factories.an_office_person(), items=[{"code": "form", "note": ""}])
        AdhesionRequest.objects.filter(pk=first.pk).update(completion_due_on=timezone.localdate() - timedelta(days=1))
        assert office.lapse(first.pk)
    else:
        rejected(first)
    assert "Start a request" in text(browser_of, LIST)
    browser_of.post(f"{LIST}start/")
    second = AdhesionRequest.objects.exclude(pk=first.pk).get()
    assert (second.organisation, second.contribution) == (first.organisation, first.contribution)
    assert not second.documents.exists()
    answer = browser_of.post(page(second, "organisation"), {"legal_name": "Alt nume SRL", "country": "RO"})
    assert answer.status_code == 303


def rejected(request: AdhesionRequest) -> AdhesionRequest:
    directors = factories.a_board()
    office.declare_complete(request.pk, by=factories.an_office_person())
    AdhesionRequest.objects.filter(pk=request.pk).update(objections_until=timezone.localdate() - timedelta(days=1))
    office.end_objections(request.pk)
    vote = board.open_round(request.pk, by=directors[0])
    for director in directors[:4]:
        vote = factories.votes(vote, director, "against", motive="The contribution is not shown.")
    request.refresh_from_db()
    assert request.state == "rejected"
    return request


# --- Sending ----------------------------------------------------------------------------------------------------------
def test_an_incomplete_file_is_not_sent_and_every_missing_thing_leads_to_its_field(
    browser_of: Client, draft: AdhesionRequest
) -> None:
    answer = browser_of.post(at(draft, "request-submit"))
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "The file is not complete yet" in shown
    for place in ("organisation/#id_legal_name", "representative/#id_email", "role/#id_side", "evidence/#id_cells",
                  "evidence/#id_contribution", "documents/#id_reg_cert", "declarations/#id_gdpr"):  # fmt: skip
        assert place in shown, place
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_every_place_that_a_missing_thing_leads_to_exists(browser_of: Client, draft: AdhesionRequest) -> None:
    review = browser_of.get(page(draft, "review")).context
    links = [item.href for group in review["missing"] for item in group["items"]]
    assert len(links) == len(review["draft"].lacks) > 15
    pages: dict[str, str] = {}
    for link in links:
        path, _, target = link.partition("#")
        pages.setdefault(path, text(browser_of, path))
        assert f'id="{target}"' in pages[path] or f'id="{target}_0"' in pages[path], link


def test_a_complete_file_is_sent_with_its_number_and_one_letter(browser_of: Client, applicant: User) -> None:
    draft = factories.a_draft(applicant)
    assert "lacks nothing" in text(browser_of, page(draft, "review"))
    answer = browser_of.post(at(draft, "request-submit"))
    assert (answer.status_code, answer["Location"]) == (303, at(draft, "request"))
    again = browser_of.post(at(draft, "request-submit"))
    assert again.status_code == 303
    draft.refresh_from_db()
    shown = text(browser_of, at(draft, "request"))
    assert draft.number and draft.number in shown and "The file is with the cluster office" in shown
    assert OutgoingMail.objects.filter(kind="members/adhesion_received").count() == 1


def test_after_it_is_sent_nothing_of_it_can_be_changed(browser_of: Client, applicant: User) -> None:
    request = factories.a_submitted_request(applicant)
    document = request.documents.all()[0]
    paths = [page(request, step) for step in ("organisation", "evidence", "documents", "declarations", "review")]
    paths += [reverse("members:document-add", args=[request.key, "form"])]
    paths += [reverse("members:document-remove", args=[request.key, document.key])]
    before = AdhesionRequest.objects.values().get(pk=request.pk)
    for path in paths:
        answer = browser_of.post(path, {"legal_name": "X", "contribution": "X"})
        assert answer.status_code == 409, path
        assert "cannot be changed now" in answer.content.decode()
    assert AdhesionRequest.objects.values().get(pk=request.pk) == before
    assert browser_of.get(page(request, "role")).status_code == 409


def test_a_second_organisation_with_the_number_of_the_first_is_told_when_it_submits(
    browser_of: Client, applicant: User
) -> None:
    first = factories.a_submitted_request()
    draft = factories.a_draft(applicant)
    Organisation.objects.filter(pk=draft.organisation_id).update(tax_id=first.organisation.tax_id)
    answer = browser_of.post(at(draft, "request-submit"))
    assert answer.status_code == 409
    assert "already knows an organisation with this number" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.state, draft.number) == ("draft", None)


def test_no_statute_is_a_sentence(browser_of: Client, applicant: User) -> None:
    draft = factories.a_draft(applicant)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update members_statuteversion set in_force_from = '2099-01-01'")
        cursor.execute("set session_replication_role = origin")
    answer = browser_of.get(page(draft, "organisation"))
    assert answer.status_code == 409
    assert "No statute is in force today" in answer.content.decode()


# --- Withdrawing and throwing away ------------------------------------------------------------------------------------
def test_a_request_is_withdrawn_after_a_question(browser_of: Client, applicant: User) -> None:
    request = factories.a_submitted_request(applicant)
    assert "This cannot be undone" in text(browser_of, at(request, "request-withdraw"))
    request.refresh_from_db()
    assert request.state == "submitted"
    for _click in range(2):
        assert browser_of.post(at(request, "request-withdraw")).status_code == 303
    request.refresh_from_db()
    assert request.state == "withdrawn"
    assert "You took the request back" in text(browser_of, at(request, "request"))
    assert browser_of.get(at(request, "request-withdraw")).status_code == 409


def test_a_draft_is_deleted_after_a_question_with_everything_in_it(
    browser_of: Client, applicant: User, django_capture_on_commit_callbacks: Any
) -> None:
    draft = factories.a_draft(applicant)
    file = draft.documents.all()[0].file
    assert "Delete this draft?" in text(browser_of, at(draft, "request-discard"))
    with django_capture_on_commit_callbacks(execute=True):
        assert browser_of.post(at(draft, "request-discard"))["Location"] == LIST
    assert not AdhesionRequest.objects.exists()
    assert not Organisation.objects.filter(pk=draft.organisation_id).exists()
    assert not file.storage.exists(str(file.name))
    assert browser_of.post(at(draft, "request-discard")).status_code == 404


def test_a_submitted_request_cannot_be_deleted(browser_of: Client, applicant: User) -> None:
    request = factories.a_submitted_request(applicant)
    assert browser_of.post(at(request, "request-discard")).status_code == 409


# --- Completing -------------------------------------------------------------------------------------------------------
def test_a_returned_file_says_what_is_missing_and_until_when_and_is_sent_again(
    browser_of: Client, applicant: User
) -> None:
    request = factories.a_submitted_request(applicant)
    items: Any = [{"code": "mandate", "note": "The signature is missing."}, {"code": "", "note": "Correct the seat."}]
    office.return_request(request.pk, by=factories.an_office_person(), items=items, note="Nearly there.")
    request.refresh_from_db()
    shown = text(browser_of, at(request, "request"))
    for words in ("The signature is missing.", "Correct the seat.", "Nearly there.", "30 days are left"):
        assert words in shown
    assert f"{page(request, 'documents')}#mandate" in shown
    assert "The office asks for it again" in text(browser_of, page(request, "documents"))
    assert browser_of.post(page(request, "organisation"), {"street": "Strada Nouă 2", "country": "RO"}).status_code in {
        303,
        422,
    }
    browser_of.post(page(request, "representative"), {"full_name": "Ana Pop", "email": "ana@example.org"})
    factories.a_document(request, "mandate")
    request.refresh_from_db()
    number = request.number
    acts.submit_adhesion(factories_completed(request).pk, by=applicant)
    request.refresh_from_db()
    assert (request.state, request.number, request.returned_for) == ("submitted", number, [])


def factories_completed(request: AdhesionRequest) -> AdhesionRequest:
    """What the test emptied on its way is filled in again."""
    model = factories.an_organisation()
    names = ("legal_name", "legal_form_id", "trade_register", "street", "locality", "county", "postcode")
    Organisation.objects.filter(pk=request.organisation_id).update(
        **{name: getattr(model, name) for name in names}, tax_id=factories.a_cui(1777777)
    )
    model.delete()
    return request


# --- Contesting -------------------------------------------------------------------------------------------------------
def test_a_rejection_is_contested_with_reasons_until_its_day(browser_of: Client, applicant: User) -> None:
    request = rejected(factories.a_submitted_request(applicant))
    decision = text(browser_of, at(request, "request-decision"))
    assert "is rejected" in decision and "The contribution is not shown." in decision
    assert "Contest the decision" in text(browser_of, at(request, "request"))
    path = at(request, "request-appeal")
    assert browser_of.post(path, {"reasons": "  "}).status_code == 422
    assert browser_of.post(path, {"reasons": "The contract was overlooked."}).status_code == 303
    assert browser_of.post(path, {"reasons": "The contract was overlooked."}).status_code == 303  # a second click
    request.refresh_from_db()
    assert request.state == "appealed"
    assert request.transitions.filter(verb="appeal").count() == 1
    assert "The appeal is before the general assembly" in text(browser_of, at(request, "request"))


def test_an_appeal_too_late_keeps_its_text_and_says_when_it_was_due(browser_of: Client, applicant: User) -> None:
    request = rejected(factories.a_submitted_request(applicant))
    AdhesionRequest.objects.filter(pk=request.pk).update(decided_at=timezone.now() - timedelta(days=40))
    answer = browser_of.post(at(request, "request-appeal"), {"reasons": "My reasons."})
    assert answer.status_code == 409
    assert "could be contested until" in answer.content.decode() and "My reasons." in answer.content.decode()
    assert "can no longer be contested" in text(browser_of, at(request, "request"))


def test_an_appeal_beside_a_new_request_is_a_sentence(applicant: User, cluster: object) -> None:
    request = rejected(factories.a_submitted_request(applicant))
    acts.start_adhesion(by=User.objects.get(pk=applicant.pk))
    with pytest.raises(RuleError, match="open_elsewhere"):
        acts.appeal(request.pk, by=applicant, reasons="Reasons.")


def test_only_a_rejection_is_contested_and_only_a_decision_has_a_page(browser_of: Client, applicant: User) -> None:
    request = factories.a_submitted_request(applicant)
    assert browser_of.get(at(request, "request-appeal")).status_code == 409
    assert browser_of.get(at(request, "request-decision")).status_code == 404


# --- Every state has an honest page -----------------------------------------------------------------------------------
STATES = {
    "complete": "The office has declared the file complete",
    "objection": "Members with a vote may object",
    "deliberation": "before the Board of Directors",
    "adjourned": "The Board has not decided yet",
    "lapsed": "so the request lapsed",
}


@pytest.mark.parametrize("state", STATES)
def test_every_state_says_where_the_request_stands(browser_of: Client, applicant: User, state: str) -> None:
    request = factories.a_submitted_request(applicant)
    today = timezone.localdate()
    days = {"completion_due_on": today, "objections_until": today, "decision_due_on": today + timedelta(days=3)}
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        AdhesionRequest.objects.filter(pk=request.pk).update(state=state, **days)
        cursor.execute("set session_replication_role = origin")
    assert STATES[state] in text(browser_of, at(request, "request"))


def test_a_former_member_asks_again_for_the_same_organisation(browser_of: Client, applicant: User) -> None:
    organisation = factories.an_organisation()
    Representation.objects.create(organisation=organisation, user=applicant, role="representative")
    membership = admit(organisation, "founding", basis=MembershipBasis.FOUNDING, words="Act", resolution=None, by=None)
    yesterday = timezone.localdate() - timedelta(days=1)
    memberships = type(membership).objects.filter(pk=membership.pk)
    memberships.update(state="notice_given")
    memberships.update(state="withdrawn", ended_on=yesterday)
    browser_of.post(f"{LIST}start/")
    assert AdhesionRequest.objects.get().organisation == organisation
