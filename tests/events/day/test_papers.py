"""What leaves the desk as a file: the right people, the right columns, names that do not calculate."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from events.models import Registration
from events.queries.papers import ticket_of
from tests.events import seminars
from tests.events.day.conftest import register

pytestmark = pytest.mark.django_db


def pdf(answer: Any) -> PdfReader:
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(answer.content))


def lines(answer: Any) -> list[list[str]]:
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig"))))


def test_the_csv_holds_what_the_list_shows(desk: Client) -> None:
    event = seminars.a_seminar(capacity=1)
    register(event, "=Ana Pop", "Waits Rus")
    path = f"/events/manage/{event.pk}/registrations.csv"
    head, *rows = lines(desk.get(path))
    assert head[:5] == ["No.", "Name", "Organisation", "E-mail", "Helix role"]
    assert {row[1]: row[6] for row in rows} == {"Waits Rus": "On the waiting list", "'=Ana Pop": "Confirmed"}
    assert [row[1] for row in lines(desk.get(path, {"state": "listed"}))[1:]] == ["Waits Rus"]


@pytest.mark.parametrize("count", [1, 30])
def test_an_export_makes_the_same_queries_for_one_and_for_thirty(
    desk: Client, django_assert_num_queries: Any, count: int
) -> None:
    event = seminars.a_seminar()
    register(event, *(f"Person{number} Pop" for number in range(count)))
    with django_assert_num_queries(8):  # session, user, standing; event, questions, cluster, rows, answers
        desk.get(f"/events/manage/{event.pk}/registrations.csv")


def test_the_workbook_and_the_sheet_to_be_signed(desk: Client) -> None:
    event = seminars.a_seminar(capacity=1)
    register(event, "Ștefan Țuțea", "Waits Rus")
    book = load_workbook(BytesIO(desk.get(f"/events/manage/{event.pk}/registrations.xlsx").content))
    assert [row[1].value for row in book.active.iter_rows(min_row=2)] == ["Waits Rus", "Ștefan Țuțea"]
    text = "".join(page.extract_text() for page in pdf(desk.get(f"/events/manage/{event.pk}/attendance.pdf")).pages)
    assert "Țuțea" in text and "Waits Rus" not in text


def test_badges_for_all_or_for_the_chosen(desk: Client) -> None:
    event = seminars.a_seminar()
    people = register(event, *(f"Person{number} Pop" for number in range(9)))
    path = f"/events/manage/{event.pk}/badges/"
    assert len(pdf(desk.post(path, {"layout": "8"})).pages) == 2
    assert len(pdf(desk.post(path, {"layout": "10"})).pages) == 1
    chosen = pdf(desk.post(path, {"layout": "8", "people": [people[2].pk]}))
    text = chosen.pages[0].extract_text()
    assert "Person2" in text and "Person3" not in text
    assert desk.post(path, {"layout": "7"}).status_code == 200  # the page again, with what is wrong
    nobody = seminars.a_seminar()
    assert desk.post(f"/events/manage/{nobody.pk}/badges/", {"layout": "8"}).status_code == 303


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_badges_makes_the_same_queries_for_one_and_for_thirty(
    desk: Client, django_assert_num_queries: Any, count: int
) -> None:
    event = seminars.a_seminar()
    register(event, *(f"Person{number} Pop" for number in range(count)))
    desk.get("/health/")
    with django_assert_num_queries(6):  # session, user, standing; event, people, cluster
        desk.get(f"/events/manage/{event.pk}/badges/")


def test_a_ticket_holds_the_key_while_the_place_is_good(cluster: Any) -> None:
    event = seminars.a_seminar(capacity=1)
    sits, waits = register(event, "Ana Pop", "Waits Rus")
    ticket = ticket_of(seminars.fresh(sits))
    assert ticket is not None
    assert ticket.code == str(sits.key)
    assert ticket_of(seminars.fresh(waits)) is None
    seminars.over(event)
    assert ticket_of(Registration.objects.select_related("event").get(pk=sits.pk)) is None
