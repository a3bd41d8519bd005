"""The queue: what is listed, found and counted, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import User
from members.actions.adhesion import withdraw_adhesion
from members.models import AdhesionRequest, Tag
from tests import factories
from tests.members.desk.conftest import LIST, SignIn, door

pytestmark = pytest.mark.django_db


def names(browser: Client, query: str = "") -> list[str]:
    page = browser.get(f"{LIST}{query}")
    assert page.status_code == 200
    return [row.organisation.legal_name for row in page.context["cl"].result_list]


def queries(browser: Client, way: str) -> int:
    browser.get(way)  # what a process reads once: the cluster, content types
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert browser.get(way).status_code == 200
    return len(seen)


def test_a_draft_that_was_never_sent_is_listed_for_nobody(
    as_: SignIn, office: User, superuser: User, directors: list[User]
) -> None:
    factories.a_draft()
    sent = factories.a_submitted_request()
    for user in (office, superuser, directors[0]):
        assert names(as_(user), "?stands=all") == [sent.organisation.legal_name]


def test_search_by_number_name_with_a_mistake_and_tax_number(as_: SignIn, office: User) -> None:
    first = factories.a_submitted_request(name="Țesătura Filtrelor SA")
    factories.a_submitted_request(name="Carpat Robotics SRL")
    browser = as_(office)
    expected = ["Țesătura Filtrelor SA"]
    assert names(browser, f"?q={first.number}") == expected
    assert names(browser, "?q=tesatura") == expected
    assert names(browser, "?q=Ţesătură") == expected
    assert names(browser, "?q=tesatuar+filtrelor") == expected
    assert names(browser, f"?q=RO{first.organisation.tax_id}") == expected
    assert names(browser, "?q=nobody+at+all") == []
    assert names(browser, "?q=%25") == []


def test_typing_mistakes_are_forgiven_where_hardly_any_name_has_the_word(as_: SignIn, office: User) -> None:
    for place in ("Nord", "Sud"):
        factories.a_submitted_request(name=f"Compozitele {place} SRL")
    factories.a_submitted_request(name="Compozitelle Est SRL")
    browser = as_(office)
    assert sorted(names(browser, "?q=compozitele")) == [
        "Compozitele Nord SRL",
        "Compozitele Sud SRL",
        "Compozitelle Est SRL",
    ]
    factories.a_submitted_request(name="Compozitele Vest SRL")
    assert sorted(names(browser, "?q=compozitele")) == [
        "Compozitele Nord SRL",
        "Compozitele Sud SRL",
        "Compozitele Vest SRL",
    ]
    assert len(names(browser, "?q=compzitele")) == 3


def test_open_files_stand_first_come_first_and_decided_ones_newest_first(as_: SignIn, office: User) -> None:
    new = factories.a_submitted_request(name="New SRL")
    old = factories.a_submitted_request(name="Old SRL")
    AdhesionRequest.objects.filter(pk=old.pk).update(submitted_at=timezone.now() - timedelta(days=9))
    browser = as_(office)
    assert names(browser) == ["Old SRL", "New SRL"]
    assert names(browser, "?stands=all") == ["Old SRL", "New SRL"][:: 1 if old.pk > new.pk else -1]
    withdraw_adhesion(new.pk, by=new.applicant)
    assert names(browser) == ["Old SRL"]
    assert names(browser, "?stands=ended") == ["New SRL"]


def test_what_is_late_says_so_in_words(as_: SignIn, office: User) -> None:
    late = factories.a_submitted_request(name="Late SRL")
    AdhesionRequest.objects.filter(pk=late.pk).update(submitted_at=timezone.now() - timedelta(days=12))
    due = factories.a_complete_request(name="Due SRL", by=office)
    AdhesionRequest.objects.filter(pk=due.pk).update(decision_due_on=timezone.localdate() - timedelta(days=3))
    factories.a_submitted_request(name="Fresh SRL")
    browser = as_(office)
    assert sorted(names(browser, "?term=late")) == ["Due SRL", "Late SRL"]
    page = browser.get(LIST).content.decode()
    assert "overdue by 3 days" in page
    assert "received 12 days ago" in page
    assert "late: the office looks at a new file within 7 days" in page
    first = browser.get("/admin/").content.decode()
    assert "Overdue decisions" in first
    assert "overdue by 3 days" in first


def test_my_vote_filter_finds_what_is_awaited_of_me(as_: SignIn, directors: list[User]) -> None:
    one = factories.an_open_round(directors, name="One SRL")
    factories.an_open_round(directors, name="Two SRL")
    factories.votes(one, directors[2], "for")
    assert names(as_(directors[2]), "?vote=awaited") == ["Two SRL"]
    assert names(as_(directors[2]), "?vote=sent") == ["One SRL"]


def test_an_empty_queue_says_so(as_: SignIn, office: User) -> None:
    assert "No open request." in as_(office).get(LIST).content.decode()
    assert "No new file waits." in as_(office).get("/admin/").content.decode()


def test_the_queue_costs_the_same_with_one_row_and_with_thirty(
    as_: SignIn, office: User, directors: list[User]
) -> None:
    first = factories.a_submitted_request()
    desk, board = as_(office), as_(directors[1])
    assert (queries(desk, LIST), queries(board, LIST)) == (6, 6)
    copies(first, 29)
    assert (queries(desk, LIST), queries(board, LIST)) == (6, 6)
    assert queries(desk, f"{LIST}?q=Atelierul") == 6
    assert len(names(desk)) == 30


def test_the_first_page_costs_the_same_with_one_round_and_with_ten(
    as_: SignIn, office: User, directors: list[User]
) -> None:
    factories.an_open_round(directors)
    desk, board = as_(office), as_(directors[1])
    one = (queries(desk, "/admin/"), queries(board, "/admin/"))
    for _number in range(9):
        factories.an_open_round(directors)
    ten = (queries(desk, "/admin/"), queries(board, "/admin/"))
    assert one == ten == (14, 13)


def copies(request: AdhesionRequest, number: int) -> None:
    """More files in the queue, by rows alone."""
    for serial in range(number):
        organisation = factories.an_organisation()
        AdhesionRequest.objects.create(
            organisation=organisation,
            applicant=request.applicant,
            state="submitted",
            number=f"2030-{serial:03d}",
            statute=request.statute,
            submitted_at=timezone.now(),
        )


def test_the_file_page_costs_the_same_for_a_small_and_a_large_file(
    as_: SignIn, office: User, directors: list[User]
) -> None:
    vote = factories.an_open_round(directors)
    adhesion = AdhesionRequest.objects.get(pk=vote.request_id)
    browser = as_(directors[1])
    before = queries(browser, door(adhesion))
    for _number in range(5):
        factories.a_document(adhesion, "certs")
    for tag in Tag.objects.filter(scored=True, children__isnull=True).order_by("position")[1:12]:
        factories.a_capability(adhesion.organisation, tag)
    for director in directors[2:5]:
        factories.votes(vote, director, "for")
    assert queries(browser, door(adhesion)) == before
    assert before <= 60
