"""Events from other programs and for them: previews with problems, drafts once, what is exported comes back known."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from events.calendar import read_calendar, read_schedule
from events.models import Event, Session, Speaker
from tests.events import seminars
from tests.events.editing.conftest import errors
from tests.events.editing.test_sections import hidden, page
from tests.permissions.payloads_editing import CALENDAR, a_schedule

pytestmark = pytest.mark.django_db
IMPORT = "/events/manage/import/"


def sent(client: Client, address: str, content: bytes) -> Any:
    return client.post(address, {"upload": SimpleUploadedFile("file", content)})


def test_a_calendar_is_shown_first_and_imported_once(client: Client) -> None:
    broken = CALENDAR.replace(
        b"END:VCALENDAR", b"BEGIN:VEVENT\r\nUID:two\r\nDTSTART:nonsense\r\nEND:VEVENT\r\nEND:VCALENDAR"
    )
    shown = sent(client, IMPORT, broken)
    text = shown.content.decode()
    assert "Imported" in text and "becomes a draft" in text and "nonsense" in text and "left out" in text
    assert not Event.objects.exists()
    for _click in range(2):
        assert client.post(f"{IMPORT}create/", hidden(shown)).status_code == 302
    event = Event.objects.get()
    assert (event.title_ro, event.state) == ("Imported", "draft")
    again = sent(client, IMPORT, broken)
    assert "is there already" in again.content.decode() and "There is nothing to import" in again.content.decode()


def test_a_very_long_calendar_becomes_drafts_in_portions(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr("events.actions.importing.MOST_AT_ONCE", 2)
    begin, end = CALENDAR.index(b"BEGIN:VEVENT"), CALENDAR.index(b"END:VCALENDAR")
    entries = [CALENDAR[begin:end].replace(b"UID:one", b"UID:n%d" % number) for number in range(5)]
    shown = sent(client, IMPORT, CALENDAR[:begin] + b"".join(entries) + CALENDAR[end:])
    for left in (3, 1):
        shown = client.post(f"{IMPORT}create/", hidden(shown))
        assert shown.status_code == 200 and shown.content.decode().count("becomes a draft") == left
        assert "2 drafts added." in shown.content.decode()
    assert client.post(f"{IMPORT}create/", hidden(shown)).status_code == 302
    assert Event.objects.count() == 5


def test_a_second_click_on_a_programme_says_that_it_is_there(client: Client) -> None:
    event = seminars.a_draft()
    shown = sent(client, page(event, "programme/import/"), a_schedule(event))
    address = page(event, "programme/import/create/")
    said = [client.post(address, hidden(shown), follow=True).content.decode() for _click in range(2)]
    assert "1 session added." in said[0]
    assert "was there already; nothing was added" in said[1] and "0 sessions" not in said[1]


def test_entries_without_a_name_are_known_by_title_and_start(client: Client) -> None:
    nameless = CALENDAR.replace(b"UID:one@example.org\r\n", b"")
    shown = sent(client, IMPORT, nameless)
    client.post(f"{IMPORT}create/", hidden(shown))
    assert "is there already" in sent(client, IMPORT, nameless).content.decode()
    assert Event.objects.count() == 1


@pytest.mark.parametrize("content", [b"no calendar", b"\xff\xfe\x00", CALENDAR[:60], b"<schedule/>"])
def test_a_file_that_is_no_calendar_is_told_and_adds_nothing(client: Client, content: bytes) -> None:
    text = sent(client, IMPORT, content).content.decode()
    assert "What is wrong with the file" in text and "There is nothing to import" in text
    assert not Event.objects.exists()


def test_an_empty_or_enormous_file_is_refused_at_the_field(client: Client) -> None:
    assert "upload" in errors(sent(client, IMPORT, b""))
    assert "upload" in errors(sent(client, IMPORT, b"x" * 2_000_001))
    lost = client.post(f"{IMPORT}create/", {"content": "bm90aGluZw=="})
    assert "got lost on the way" in client.get(lost["Location"]).content.decode()


def test_what_is_exported_as_a_calendar_is_known_when_it_comes_back(client: Client) -> None:
    seminars.a_seminar()
    seminars.a_draft(title_ro="Ciornă")
    whole = client.get("/events/manage/events.ics").content
    assert len(read_calendar(whole).events) == 2
    assert "There is nothing to import" in sent(client, IMPORT, whole).content.decode()
    drafts = client.get("/events/manage/events.csv?state=draft").content.decode("utf-8-sig")
    assert len(drafts.strip().splitlines()) == 2
    assert len(json.loads(client.get("/events/manage/events.json").content)["entries"]) == 2


def test_a_programme_fills_the_event_once(client: Client) -> None:
    event = seminars.a_draft()
    address = page(event, "programme/import/")
    shown = sent(client, address, a_schedule(event))
    assert "is added" in shown.content.decode() and not Session.objects.exists()
    for _click in range(2):
        assert client.post(page(event, "programme/import/create/"), hidden(shown)).status_code == 302
    session = Session.objects.get()
    assert (session.title_ro, session.room, session.starts_at) == ("Slot", "A", event.starts_at)
    assert Speaker.objects.get().full_name == "Ana Pop"
    assert "is there already" in sent(client, address, a_schedule(event)).content.decode()


def test_sessions_outside_the_event_stay_out_and_broken_xml_is_told(client: Client) -> None:
    event = seminars.a_draft()
    other = seminars.a_draft(starts_at=event.starts_at + timedelta(9), ends_at=event.ends_at + timedelta(9))
    address = page(event, "programme/import/")
    assert "outside the event, left out" in sent(client, address, a_schedule(other)).content.decode()
    for content in (b"<schedule", b"<!DOCTYPE x><schedule/>", CALENDAR):
        assert "What is wrong with the file" in sent(client, address, content).content.decode()


def test_a_programme_that_is_exported_is_known_when_it_comes_back(client: Client) -> None:
    event = seminars.a_draft()
    shown = sent(client, page(event, "programme/import/"), a_schedule(event))
    client.post(page(event, "programme/import/create/"), hidden(shown))
    whole = client.get(page(event, "").rstrip("/") + "/programme.xml").content
    schedule = read_schedule(whole).schedule
    assert schedule is not None and [slot.title for day in schedule.days for slot in day.slots] == ["Slot"]
    assert "is there already" in sent(client, page(event, "programme/import/"), whole).content.decode()
    assert json.loads(client.get(page(event, "").rstrip("/") + "/programme.json").content)["schedule"]
