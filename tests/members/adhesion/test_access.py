"""Who may read and change a request, how often, and what twenty clicks at once leave behind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from cluster_portal.common.models import OutgoingMail, User
from members.models import AdhesionRequest, Organisation, Representation
from tests import factories
from tests.members.adhesion.conftest import LIST, at, page, text

pytestmark = pytest.mark.django_db


def test_a_draft_is_its_owners_alone(client: Client, draft: AdhesionRequest, directors: list[User]) -> None:
    others = [factories.a_user(), factories.an_office_person(), directors[0], factories.a_user(is_superuser=True)]
    others.append(factories.a_member().organisation.representations.get().user)
    for person in others:
        client.force_login(person)
        for name in ("request", "request-form", "request-decision", "request-withdraw", "request-discard"):
            assert client.get(at(draft, name)).status_code == 404, (person, name)
        assert client.get(page(draft, "organisation")).status_code == 404
        for name in ("request-submit", "request-withdraw", "request-discard", "request-appeal"):
            assert client.post(at(draft, name)).status_code == 404, (person, name)
        assert client.post(page(draft, "organisation"), {"legal_name": "Mine"}).status_code == 404


def test_a_submitted_request_is_read_at_the_desks_and_changed_by_its_owner_only(
    client: Client, cluster: object, directors: list[User]
) -> None:
    request = factories.a_submitted_request()
    stranger, member = factories.a_user(), factories.a_member().organisation.representations.get().user
    tied = directors[6]
    Representation.objects.create(organisation=request.organisation, user=tied, role="contributor")
    rows: list[tuple[User, int, int]] = [
        (stranger, 404, 404),
        (member, 404, 404),
        (factories.an_office_person(), 200, 403),
        (factories.a_user(is_superuser=True, is_staff=True), 200, 403),
        (directors[0], 200, 403),
        (tied, 403, 403),
    ]
    for person, read, write in rows:
        client.force_login(person)
        assert client.get(at(request, "request")).status_code == read, person
        assert client.get(at(request, "request-form")).status_code == read, person
        for name in ("request-submit", "request-withdraw", "request-discard", "request-appeal"):
            assert client.post(at(request, name)).status_code == write, (person, name)
        assert client.post(page(request, "role"), {"side": "civil"}).status_code == write
    request.refresh_from_db()
    assert request.state == "submitted"


def test_a_reader_at_the_desk_finds_no_buttons_of_the_applicant(client: Client, cluster: object) -> None:
    request = factories.a_submitted_request()
    client.force_login(factories.an_office_person())
    shown = text(client, at(request, "request"))
    assert "Withdraw the request" not in shown and "My requests" not in shown


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_requests_takes_as_many_queries_for_one_as_for_thirty(
    client: Client, applicant: User, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        request = factories.a_submitted_request(legal_name=f"Atelierul {number}")
        AdhesionRequest.objects.filter(pk=request.pk).update(applicant=applicant)
    client.force_login(applicant)
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        shown = client.get(LIST).content.decode()
    assert shown.count('class="org"') == min(count, 20)


QUERIES = 6


def test_too_many_starts_are_asked_to_wait(browser_of: Client) -> None:
    answers = [browser_of.post(f"{LIST}start/").status_code for _ in range(21)]
    assert answers == [303] * 20 + [429]


# --- Twenty clicks at once --------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_twenty_submissions_at_once_make_one_number_and_one_letter() -> None:
    factories.a_cluster()
    applicant = factories.a_user()
    draft = factories.a_draft(applicant)

    def click(_number: int) -> int:
        client = Client()
        client.force_login(applicant)
        try:
            return client.post(at(draft, "request-submit")).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(click, range(20)))
    assert set(answers) <= {303, 429} and 303 in answers
    draft.refresh_from_db()
    assert draft.state == "submitted"
    assert draft.transitions.count() == 1
    assert OutgoingMail.objects.filter(kind="members/adhesion_received").count() == 1


@pytest.mark.django_db(transaction=True)
def test_twenty_starts_at_once_make_one_draft() -> None:
    factories.a_cluster()
    applicant = factories.a_user()

    def click(_number: int) -> int:
        client = Client()
        client.force_login(applicant)
        try:
            return client.post(f"{LIST}start/").status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(click, range(20)))
    assert set(answers) <= {303, 429}
    assert AdhesionRequest.objects.count() == Organisation.objects.count() == Representation.objects.count() == 1
