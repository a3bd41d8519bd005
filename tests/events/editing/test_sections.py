"""The office makes and edits an event: what is saved, what is refused at which field, two tabs, second clicks."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail
from events import tasks
from events.actions import editing
from events.actions.places import Seats
from events.models import Event
from events.rules.local_time import local
from events.views import editing_doors
from tests.events import seminars
from tests.events.editing.conftest import errors, save, sent, the_form

pytestmark = pytest.mark.django_db
SECTIONS = ("texts", "place", "audience", "seats", "registration")


def page(event: Event, end: str = "") -> str:
    return f"/events/manage/{event.pk}/{end}"


def stored(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def letters(kind: str) -> int:
    tasks.tell_registrants()
    return OutgoingMail.objects.filter(kind=f"events/{kind}").count()


def test_a_new_event_is_a_draft_and_a_second_click_makes_no_other(client: Client) -> None:
    form = the_form(client, "/events/manage/new/")
    form |= {"title_ro": "Seminar nou", "starts_at": "2027-05-04T10:00", "ends_at": "2027-05-04T12:00"}
    first = client.post("/events/manage/new/", form)
    assert first.status_code == 302, first.context["form"].errors
    second = client.post("/events/manage/new/", form)
    event = Event.objects.get()
    assert (first["Location"], second["Location"]) == (page(event), page(event))
    assert (event.state, event.starts_at) == ("draft", datetime(2027, 5, 4, 7, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("starts", "ends", "field", "words"),
    [
        ("2027-05-04T12:00", "2027-05-04T10:00", "ends_at", "would end before it starts"),
        ("2027-03-28T03:30", "2027-03-28T10:00", "starts_at", "does not exist"),
        ("2027-10-31T03:30", "2027-10-31T10:00", "starts_at", "comes twice"),
        ("tomorrow", "2027-10-31T10:00", "starts_at", "Write a day and a time that exist"),
        ("22027-05-04T12:00", "2027-10-31T10:00", "starts_at", "Write a day and a time that exist"),
        ("1027-05-04T12:00", "2027-10-31T10:00", "starts_at", "Check the year"),
    ],
)
def test_times_that_cannot_be_are_refused_at_their_field(
    client: Client, starts: str, ends: str, field: str, words: str
) -> None:
    form = the_form(client, "/events/manage/new/") | {"title_ro": "X", "starts_at": starts, "ends_at": ends}
    assert words in errors(client.post("/events/manage/new/", form))[field][0]
    assert not Event.objects.exists()


def test_whole_days_run_from_midnight_to_midnight_and_show_the_last_day(client: Client) -> None:
    event = seminars.a_draft()
    save(client, page(event, "place/"), starts_at="2027-05-04T10:00", ends_at="05.05.2027 15:00", all_day="on")
    row = stored(event)
    assert (local(row.starts_at), local(row.ends_at)) == (datetime(2027, 5, 4), datetime(2027, 5, 6))  # noqa: DTZ001
    assert the_form(client, page(event, "place/"))["ends_at"].startswith("2027-05-05")
    save(client, page(event, "place/"))
    assert stored(event).version == row.version


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_that_is_sent_as_it_was_changes_nothing(client: Client, section: str) -> None:
    event = seminars.a_draft(seats=Seats(10, (("civil", "", 2),)))
    before = stored(event).version
    assert save(client, page(event, f"{section}/")).status_code == 302
    assert stored(event).version == before


def test_texts_tell_which_language_is_missing(client: Client) -> None:
    event = seminars.a_draft(title_en="", summary_en="")
    assert b"In one language only" in client.get(page(event)).content
    assert b"A text is missing" in client.get(page(event, "texts/")).content
    save(client, page(event, "texts/"), title_en="Seminar", summary_en="Detectors.")
    assert stored(event).title_en == "Seminar"
    assert b"In one language only" not in client.get(page(event)).content


def test_refusals_of_each_section_stand_at_their_field(client: Client) -> None:
    event = seminars.a_seminar(2)
    seminars.a_registration(event)
    assert "valid_months" in errors(save(client, page(event, "texts/"), valid_months="12"))
    assert "online_link" in errors(save(client, page(event, "place/"), online_link="http://room.example.org"))
    assert "place_name" in errors(save(client, page(event, "place/"), place_name=""))
    assert "audience_roles" in errors(save(client, page(event, "audience/"), audience="roles"))
    assert "capacity" in errors(save(client, page(event, "seats/"), quota_civil="5"))
    assert "capacity" in errors(save(client, page(event, "seats/"), capacity="", quota_civil="1"))
    late = {"opens_at": "2027-05-04T12:00", "closes_at": "2027-05-04T10:00"}
    assert "closes_at" in errors(save(client, page(event, "registration/"), **late))
    seminars.a_registration(event)
    assert "2 seats are taken" in errors(save(client, page(event, "seats/"), capacity="1"))["capacity"][0]
    assert stored(event).capacity == 2


def test_seats_and_quotas_are_saved(client: Client) -> None:
    event = seminars.a_draft()
    save(client, page(event, "seats/"), capacity="20", quota_civil="5", quota_university="3", offer_hours="12")
    assert stored(event).capacity == 20
    assert list(event.quotas.values_list("side", "helix_role", "seats")) == [
        ("civil", "", 5),
        ("", "university", 3),
    ]


# ------------------------------------------------------------------ two tabs
def test_two_tabs_that_changed_different_things_both_stay(client: Client) -> None:
    event = seminars.a_draft()
    form = the_form(client, page(event, "texts/"))
    editing.edit_event(event.pk, by=seminars.office(), version=event.version, values={"summary_en": "Theirs."})
    assert client.post(page(event, "texts/"), form | {"title_en": "Mine"}).status_code == 302
    row = stored(event)
    assert (row.title_en, row.summary_en) == ("Mine", "Theirs.")


@pytest.mark.parametrize(("choice", "kept"), [("theirs", "Theirs"), ("mine", "Mine")])
def test_two_tabs_that_changed_the_same_choose_and_lose_nothing(client: Client, choice: str, kept: str) -> None:
    event = seminars.a_draft()
    form = the_form(client, page(event, "texts/")) | {"title_en": "Mine", "summary_en": "Also mine."}
    editing.edit_event(event.pk, by=seminars.office(), version=event.version, values={"title_en": "Theirs"})
    answer = client.post(page(event, "texts/"), form)
    assert answer.status_code == 409
    assert stored(event).title_en == "Theirs"
    assert b"Theirs" in answer.content and b"Mine" in answer.content
    again = sent(answer.context["form"]) | {"keep-title_en": choice}
    if choice == "mine":
        again["title_en"] = "Mine"
    assert client.post(page(event, "texts/"), again).status_code == 302
    row = stored(event)
    assert (row.title_en, row.summary_en) == (kept, "Also mine.")


def test_two_tabs_on_the_seats(client: Client) -> None:
    event = seminars.a_draft(seats=Seats(10))
    form = the_form(client, page(event, "seats/")) | {"capacity": "30"}
    save(client, page(event, "seats/"), capacity="20", quota_civil="4")
    answer = client.post(page(event, "seats/"), form)
    assert answer.status_code == 409
    again = hidden(answer)
    assert again["capacity"] == "30"
    client.post(page(event, "seats/"), again | {"keep-capacity": "mine", "keep-quota_civil": "theirs"})
    row = stored(event)
    assert (row.capacity, list(row.quotas.values_list("seats", flat=True))) == (30, [4])


def hidden(answer: Any) -> dict[str, str]:
    """The hidden fields of a page, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="([\w-]+)"(?: value="([^"]*)")?', answer.content.decode())
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


# ------------------------------------------------------------------ who hears of it
def test_a_change_that_people_hear_of_is_confirmed_first(client: Client) -> None:
    event = seminars.a_seminar()
    seminars.a_registration(event)
    answer = save(client, page(event, "place/"), place_name="Sala Mică")
    assert b"Save and tell them" in answer.content and b"1 person gets a letter" in answer.content
    assert (stored(event).place_name, letters("changed")) == ("Sala Mare", 0)
    again = hidden(answer)
    assert client.post(page(event, "place/"), again).status_code == 302
    assert (stored(event).place_name, letters("changed")) == ("Sala Mică", 1)
    assert client.post(page(event, "place/"), again).status_code == 302  # a second click
    assert letters("changed") == 1


def test_nobody_registered_is_asked_nothing(client: Client) -> None:
    event = seminars.a_seminar()
    assert save(client, page(event, "place/"), place_name="Sala Mică").status_code == 302


# ------------------------------------------------------------------ the list
@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_with_one_event_and_with_thirty(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        seminars.a_draft(title_ro=f"Seminar {number}")
    client.get("/events/manage/")
    with django_assert_num_queries(5):
        answer = client.get("/events/manage/")
    assert answer.content.count(b'scope="row"') == count


def test_the_list_is_filtered_and_says_when_it_is_empty(client: Client) -> None:
    assert b"No event yet" in client.get("/events/manage/").content
    seminars.a_draft(title_ro="Ciornă", title_en="Draft of it")
    seminars.a_seminar(title_ro="Anunțat", title_en="Announced")
    seminars.over(seminars.a_seminar(title_ro="Trecut", title_en="Gone"))

    def titles(query: str) -> set[str]:
        return {row.title_en for row in client.get(f"/events/manage/?{query}").context["rows"]}

    assert titles("") == {"Draft of it", "Announced", "Gone"}
    assert titles("state=draft") == {"Draft of it"}
    assert titles("when=past") == {"Gone"}
    assert titles("q=anun") == {"Announced"}
    assert b"No event is found so" in client.get("/events/manage/?kind=training").content


def test_a_cancelled_event_can_be_read_and_not_changed(client: Client) -> None:
    event = seminars.a_seminar()
    client.post(page(event, "cancel/"), {"reason": "Storm."})
    for section in SECTIONS:
        assert client.get(page(event, f"{section}/")).status_code == 200
    form = the_form(client, page(event, "texts/")) | {"title_en": "Other"}
    assert "__all__" in errors(client.post(page(event, "texts/"), form))
    assert timezone.now() - stored(event).changed_at < timedelta(minutes=5)


def test_a_second_click_on_the_seats_keeps_what_the_first_one_wrote(client: Client, monkeypatch: Any) -> None:
    """The request of the second click has read the event before the first one saved it."""
    event = seminars.a_draft()
    address = page(event, "seats/")
    data = the_form(client, address) | {"capacity": "3", "quota_defence": "1"}
    data = {name: value for name, value in data.items() if value != ""}
    stale = Event.objects.get(pk=event.pk)
    assert client.post(address, data).status_code == 302
    real = editing_doors.opened
    monkeypatch.setattr("events.views.editing.opened", lambda request, pk: (stale, real(request, pk)[1]))
    assert client.post(address, data).status_code == 302
    after = stored(event)
    assert (after.capacity, [quota.seats for quota in after.quotas.all()]) == (3, [1])
