"""Certificates, trainings, feedback and figures: each once, nobody named who did not want to be."""

from __future__ import annotations

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from events.actions.afterwards import give_feedback, issue_certificates
from events.actions.steps import Hand
from events.models import AttendanceCertificate, Registration
from events.queries.tokens import token_of
from tests import factories
from tests.events import seminars
from tests.events.day.conftest import arrived, held, on_its_day, register

pytestmark = pytest.mark.django_db
NAMES = ("Ana Pop", "Ștefan Țuțea", "Dan Rus")


def test_certificates_are_announced_with_their_number_and_issued_once(desk: Client) -> None:
    event, _people = held(*NAMES)
    path = f"/events/manage/{event.pk}/certificates/"
    assert "Issue 3 certificates" in desk.get(path).content.decode()
    assert "Issue 3 certificates of attendance?" in desk.get(f"{path}issue/").content.decode()
    assert "3 certificates were issued." in desk.post(f"{path}issue/", follow=True).content.decode()
    again = desk.post(f"{path}issue/", follow=True).content.decode()
    assert "Everybody who came has a certificate" in again
    assert AttendanceCertificate.objects.count() == 3
    one = AttendanceCertificate.objects.earliest("number")
    answer = desk.get(f"{path}{one.pk}.pdf")
    assert one.code in "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)


def test_a_certificate_of_another_event_does_not_exist_here(desk: Client) -> None:
    event, _people = held("Ana Pop")
    other, _others = held("Dan Rus")
    (issued,) = issue_certificates(other.pk, by=seminars.office())
    assert desk.get(f"/events/manage/{event.pk}/certificates/{issued.pk}.pdf").status_code == 404


def test_while_the_event_goes_on_nothing_is_issued(desk: Client) -> None:
    event = seminars.a_seminar()
    people = register(event, *NAMES)
    on_its_day(event)
    arrived(*people)
    page = desk.post(f"/events/manage/{event.pk}/certificates/issue/", follow=True).content.decode()
    assert "Certificates can be issued once the event is over" in page
    assert not AttendanceCertificate.objects.exists()


@pytest.mark.parametrize("count", [1, 30])
def test_lists_afterwards_make_the_same_queries_for_one_and_for_thirty(
    desk: Client, django_assert_num_queries: Any, count: int
) -> None:
    event, _people = held(*(f"Person{number} Pop" for number in range(count)), kind="training", valid_months=2)
    issue_certificates(event.pk, by=seminars.office())
    desk.get("/health/")
    with django_assert_num_queries(7):  # session, user, standing; event, certificates, how many are due, cluster
        desk.get(f"/events/manage/{event.pk}/certificates/")
    with django_assert_num_queries(5):  # session, user, standing; how many, rows
        page = desk.get("/events/manage/trainings/").content.decode()
    assert "Person0 Pop" in page


def test_trainings_are_found_by_when_they_run_out(desk: Client) -> None:
    for name, months in (("Soon Pop", 2), ("Later Pop", 60), ("Never Pop", None)):
        event, _people = held(name, kind="training", valid_months=months)
        issue_certificates(event.pk, by=seminars.office())

    def shown(**query: str) -> set[str]:
        page = desk.get("/events/manage/trainings/", query).content.decode()
        return {name for name in ("Soon", "Later", "Never") if f"{name} Pop" in page}

    assert shown() == {"Soon", "Later", "Never"}
    assert shown(due="soon") == {"Soon"}
    assert shown(due="never") == {"Never"}
    assert shown(due="over") == set()
    assert shown(q="later detectie") == {"Later"}


def test_feedback_is_shown_from_three_answers_on(desk: Client, django_assert_num_queries: Any) -> None:
    event, people = held(*NAMES)
    path = f"/events/manage/{event.pk}/feedback/"
    for number, one in enumerate(people):
        page = desk.get(path).content.decode()
        assert "Too few answers" in page and "word 0" not in page
        hand = Hand(token=token_of(Registration.objects.get(pk=one.pk)))
        give_feedback(one.pk, hand, ratings={"overall": 5 - number}, text=f"<b>word {number}</b>")
    with django_assert_num_queries(8):  # session, user, standing; event, asked, given, ratings, texts
        page = desk.get(path).content.decode()
    assert "&lt;b&gt;word 0&lt;/b&gt;" in page and "4.0 of 5" in page and "3 of 3" in page
    assert "Ana Pop" not in page


def test_figures_count_who_came_by_role_and_side(desk: Client, django_assert_num_queries: Any) -> None:
    event = seminars.a_seminar()
    own = seminars.of_member(event, name="Fabrica SRL")
    guest, absent = register(event, "Guest Pop", "Absent Rus")
    since = {"first": timezone.localdate(on_its_day(event).starts_at).isoformat()}  # last year's, an hour into this one
    arrived(own, guest)
    assert absent.checked_in_at is None
    desk.get("/health/")
    with django_assert_num_queries(6):  # session, user, standing; events, counts, cluster
        page = desk.get("/events/manage/figures/", since).content.decode()
    assert event.title in page
    head, line, total = csv.reader(StringIO(desk.get("/events/manage/figures.csv", since).content.decode("utf-8-sig")))
    figures = dict(zip(head, line, strict=True))
    assert (figures["Had a place"], figures["Came"], figures["From no member"]) == ("3", "2", "1")
    assert total[3:] == line[3:]
    sides = [figures[name] for name in ("Civil", "Dual", "Defence")]
    assert sorted(sides) == ["0", "0", "1"]


@pytest.mark.usefixtures("still_clock")
def test_figures_are_those_of_this_year_where_no_days_are_chosen(desk: Client) -> None:
    page = desk.get("/events/manage/figures/").content.decode()
    for day in ("01-01", "12-31"):
        assert f'value="{timezone.localdate().year}-{day}"' in page


def test_a_period_that_ends_before_it_begins_is_said(desk: Client) -> None:
    page = desk.get("/events/manage/figures/", {"first": "2026-05-01", "last": "2026-04-01"}).content.decode()
    assert "The last day lies before the first." in page
    later = timezone.localdate() + timedelta(days=4000)
    assert "No event took place" in desk.get("/events/manage/figures/", {"first": later.isoformat()}).content.decode()


def test_the_office_alone_opens_these_pages(cluster: Any) -> None:
    client = Client()
    client.force_login(factories.a_user())
    assert client.get("/events/manage/figures/").status_code == 403
