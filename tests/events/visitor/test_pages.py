"""What visitors, members and guests do on the pages of events, from the list to the certificate."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
import vobject
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import Cluster, OutgoingMail, User
from events.actions import afterwards, changing, door, programme
from events.models import Event, Feedback, Quota, Registration, Session, Speaker, Talk
from events.queries.tokens import token_of
from members.models import Tag
from tests import factories
from tests.events import seminars
from tests.found.reading import machine_data

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_cluster(cluster: Cluster) -> None:
    """Every page needs one."""


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_the_lists_of_strangers_are_as_of_now(client: Client) -> None:
    event = seminars.a_seminar(title_en="Seminar on lenses")
    assert "Seminar on lenses" in page(client, "/events/")
    with time_machine.travel(event.ends_at + timedelta(minutes=1), tick=False):
        assert "Seminar on lenses" not in page(client, "/events/")
        assert "Seminar on lenses" in page(client, "/events/archive/")
    assert "Seminar on lenses" not in page(client, "/events/archive/")


def test_the_page_of_an_event_is_one_query_for_a_stranger(client: Client) -> None:
    event = seminars.a_seminar()
    client.get(event_page := f"/events/{event.slug}/")
    with CaptureQueriesContext(connection) as asked:
        assert "Seminar on detection" in page(client, event_page)
    assert len(asked) == 1


@pytest.mark.parametrize("path", ["/events/", "/events/archive/", "/events/?kind=seminar&q=seminar"])
def test_a_list_asks_one_query_for_one_event_and_for_thirty_and_another_for_rows_that_changed(
    client: Client, path: str
) -> None:

    def more(count: int) -> None:
        for _ in range(count):
            event = seminars.a_seminar()
            if "archive" in path:
                seminars.over(event)

    more(1)
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    more(29)
    with CaptureQueriesContext(connection) as changed:
        client.get(path)
    with CaptureQueriesContext(connection) as thirty:
        text = page(client, path)
    asked = (len(one), len(changed), len(thirty))
    assert asked == (1, 2, 1), [query["sql"][:90] for query in one]
    assert "30 events" in text and text.count('class="event"') == 20


def test_pages_of_a_list_hold_every_event_once_and_none_lies_beyond_the_last(client: Client) -> None:
    events = [seminars.a_seminar(title_en=f"Seminar number {number:02}") for number in range(45)]
    found = []
    for number, count in ((1, 20), (2, 20), (3, 5)):
        text = page(client, f"/events/?page={number}")
        here = re.findall(r"Seminar number \d\d", text)
        assert len(here) == count and "45 events" in text
        found += here
    assert sorted(found) == [event.title_en for event in events]
    for beyond in ("4", "999999", "9" * 30, "0", "-1", "x", "²"):
        text = page(client, f"/events/?page={beyond}")
        assert text.count('class="event"') == (5 if beyond in ("4", "999999") else 20), beyond


def test_a_speaker_of_several_sessions_makes_an_event_be_found_once(client: Client) -> None:
    event = seminars.a_seminar()
    speaker = Speaker.objects.create(full_name="Ana Anume")
    for _part in range(2):
        session = Session.objects.create(
            event=event, title_ro="Parte", starts_at=event.starts_at, ends_at=event.ends_at
        )
        Talk.objects.create(session=session, speaker=speaker)
    assert "1 event<" in page(client, "/events/?q=anume")


def test_whatever_changes_on_the_page_of_an_event_is_there_at_the_next_visit(client: Client) -> None:
    event = seminars.a_seminar(capacity=9)
    session = Session.objects.create(event=event, title_ro="Parte", starts_at=event.starts_at, ends_at=event.ends_at)
    path = f"/events/{event.slug}/"
    speaker = Speaker.objects.create(full_name="Ana Anume")
    tag = Tag.objects.filter(active=True)[0]
    page(client, path)
    for words, change in (
        ("Another name", lambda: Event.objects.filter(pk=event.pk).update(title_ro="Another name", title_en="")),
        ("5 of 9", lambda: Event.objects.filter(pk=event.pk).update(taken=4)),
        ("Another session", lambda: Session.objects.filter(pk=session.pk).update(title_ro="Another session")),
        ("Ana Anume", lambda: Talk.objects.create(session=session, speaker=speaker)),
        ("Ioana Anume", lambda: Speaker.objects.filter(pk=speaker.pk).update(full_name="Ioana Anume")),
        ("Firma ei", lambda: Speaker.objects.filter(pk=speaker.pk).update(organisation_name="Firma ei")),
        (tag.name, lambda: event.tags.add(tag)),
        ("Alt cuvânt", lambda: Tag.objects.filter(pk=tag.pk).update(name_ro="Alt cuvânt", name_en="Alt cuvânt")),
        ("3 places kept", lambda: Quota.objects.create(event=event, side="defence", seats=3)),
    ):
        assert words not in page(client, path), words
        change()
        assert words in page(client, path), words


def test_filters_search_and_month_find_the_event_and_nothing_else(client: Client) -> None:
    event = seminars.a_seminar(title_en="Seminar on sensors", languages=["ro"])
    online = seminars.a_seminar(title_en="Webinar on codes", mode="online", online_link="https://meet.example.org/x")
    for query, found, missing in (
        ("?q=sensors", event, online),
        ("?mode=online", online, event),
        ("?language=ro", event, online),
        ("?q=%00", None, None),
    ):
        answer = client.get(f"/events/{query}")
        text = answer.content.decode()
        if found is None or missing is None:
            assert answer.status_code == 400
            continue
        assert found.title_en in text and missing.title_en not in text, query
    nothing = page(client, "/events/?q=zzz")
    assert (
        '<a class="btn btn--quiet" href="/events/">Show all</a>'
        in nothing[nothing.index("Nothing fits these choices") :]
    )
    assert "or look in the archive" in nothing
    assert "or look at what is to come" in page(client, "/events/archive/?q=zzz")
    assert "Filters, in use" in page(client, "/events/?language=ro")
    assert "Filters, in use" not in page(client, "/events/?lang=en&page=1&q=")
    day = timezone.localtime(event.starts_at)
    assert "Seminar on sensors" in page(client, f"/events/month/{day.year}/{day.month}/")
    assert client.get("/events/month/2026/13/").status_code == 404


def test_the_page_of_a_public_event_is_described_for_search_engines_and_hostile_words_stay_text(client: Client) -> None:
    event = seminars.a_seminar(title_en="</script><script>alert(1)</script>", title_ro="</script><b>")
    text = page(client, f"/events/{event.slug}/")
    assert "<script>alert" not in text
    told = next(one for one in machine_data(text) if one["@type"] == "Event")
    assert (told["name"], told["eventStatus"]) == (event.title_en, "https://schema.org/EventScheduled")
    assert told["startDate"] == timezone.localtime(event.starts_at).isoformat()
    assert told["location"][0]["name"] == event.place_name
    assert told["organizer"]["name"] == Cluster.objects.get().name_en
    assert told["offers"]["availability"] == "https://schema.org/InStock"
    hidden = seminars.a_seminar(audience="members")
    assert "ld+json" not in page(signed_in(seminars.office()), f"/events/{hidden.slug}/")


def test_a_member_registers_twice_and_is_registered_once(client: Client) -> None:
    event, user = seminars.a_seminar(), factories.a_user(full_name="Ilinca Vrânceanu")
    browser = signed_in(user)
    assert "Register" in page(browser, f"/events/{event.slug}/")
    for _ in range(2):
        assert browser.post(f"/events/{event.slug}/register/", {"agreed_to_be_shown": "on"}).status_code == 302
    registration = Registration.objects.get(event=event, user=user)
    assert (registration.state, registration.agreed_to_be_shown) == ("confirmed", True)
    text = page(browser, f"/events/registrations/{registration.key}/")
    assert "Confirmed" in text and 'class="qr"' in text
    entry = browser.get(f"/events/registrations/{registration.key}/entry.ics")
    assert vobject.readOne(entry.content.decode()).vevent.summary.value == event.title_en
    assert event.title_en in page(browser, "/events/mine/")
    assert page(signed_in(factories.a_user()), f"/events/registrations/{registration.key}/", 404)


def test_whoever_finds_no_place_waits_is_offered_one_and_takes_it(client: Client) -> None:
    event = seminars.a_seminar(1)
    first, second = factories.a_user(), factories.a_user()
    for user in (first, second):
        signed_in(user).post(f"/events/{event.slug}/register/")
    waits = Registration.objects.get(user=second)
    assert "number 1 of 1" in page(signed_in(second), f"/events/registrations/{waits.key}/")
    gives = Registration.objects.get(user=first)
    assert "Cancel the registration for" in page(signed_in(first), f"/events/registrations/{gives.key}/cancel/")
    signed_in(first).post(f"/events/registrations/{gives.key}/cancel/")
    assert "A place is yours if you take it by" in page(signed_in(second), f"/events/registrations/{waits.key}/")
    for _ in range(2):
        signed_in(second).post(f"/events/registrations/{waits.key}/accept/")
    waits.refresh_from_db()
    assert waits.state == "confirmed"


def test_a_guest_confirms_by_letter_and_manages_the_registration_by_its_key(client: Client) -> None:
    event = seminars.a_seminar()
    form = {"full_name": "Oaspete Unu", "email": "guest@example.org", "organisation_name": "Firma"}
    asked = client.post(f"/events/{event.slug}/guest/", form)
    assert "guest@example.org" in asked.content.decode()
    registration = Registration.objects.get(email="guest@example.org")
    key = f"/events/registrations/by-key/{token_of(registration)}/"
    assert key + "confirm/" in OutgoingMail.objects.get(kind="events/guest_asked").text
    client.get(key + "confirm/")
    registration.refresh_from_db()
    assert registration.state == "unconfirmed"  # a program that follows links confirms nothing
    for _ in range(2):
        assert client.post(key + "confirm/").status_code == 302
    registration.refresh_from_db()
    assert registration.state == "confirmed"
    answer = client.get(key)
    assert answer["Referrer-Policy"] == "same-origin" and "no-store" in answer["Cache-Control"]
    again = client.post(f"/events/{event.slug}/guest/", form)
    assert asked.content.decode().split("<main")[1] == again.content.decode().split("<main")[1]
    client.post(key + "cancel/")
    registration.refresh_from_db()
    assert registration.state == "cancelled"
    assert page(client, "/events/registrations/by-key/nothing/", 404)


def test_a_guest_form_says_what_is_wrong_and_keeps_what_was_typed(client: Client) -> None:
    event = seminars.a_seminar()
    text = client.post(f"/events/{event.slug}/guest/", {"full_name": "Ana", "email": "no-address"}).content.decode()
    assert 'value="Ana"' in text and "email" in text and not Registration.objects.exists()


def test_guests_are_counted_so_that_nobody_is_flooded_with_letters(client: Client) -> None:
    event = seminars.a_seminar()
    told = [
        client.post(f"/events/{event.slug}/guest/", {"full_name": "A", "email": f"g{n}@example.org"}).status_code
        for n in range(12)
    ]
    assert told == [200] * 10 + [429] * 2


def test_colleagues_are_registered_from_pasted_lines_and_once(client: Client) -> None:
    event, user = seminars.a_seminar(), factories.a_user()
    organisation = factories.a_member(user=user).organisation
    browser = signed_in(user)
    lines = "Ana Pop, ana@example.org\nDan Rus\tdan@example.org\n\nIon Ene <ion@example.org>"
    form = {"organisation": organisation.pk, "people": lines}
    for _ in range(2):
        browser.post(f"/events/{event.slug}/colleagues/", form)
    assert Registration.objects.filter(event=event, organisation=organisation).count() == 3
    wrong = browser.post(f"/events/{event.slug}/colleagues/", {**form, "people": "Ana Pop\nx, y"}).content.decode()
    assert "Line 1" in wrong and "Line 2" in wrong and "Ana Pop" in wrong
    assert signed_in(factories.a_user()).get(f"/events/{event.slug}/colleagues/").status_code == 403


def test_closed_registration_says_why(client: Client) -> None:
    event = seminars.a_seminar(closes_at=timezone.now() + timedelta(days=1))
    Event.objects.filter(pk=event.pk).update(closes_at=timezone.now() - timedelta(hours=1))
    browser = signed_in(factories.a_user())
    assert "Registration closed on" in page(browser, f"/events/{event.slug}/")
    assert "Registration closed on" in page(browser, f"/events/{event.slug}/register/", 409)
    assert browser.post(f"/events/{event.slug}/register/").status_code == 409
    assert not Registration.objects.exists()


def test_feeds_read_by_another_parser_hold_the_events_and_a_mark(client: Client) -> None:
    shown, off = seminars.a_seminar(title_en="Shown, with; signs"), seminars.a_seminar(title_en="Off")
    changing.cancel_event(off.pk, by=seminars.office(), reason="Snow.")
    seminars.a_seminar(title_en="Members only", audience="members")
    answer = client.get("/events/feed.ics?language=en")
    read = {event.summary.value: event for event in vobject.readOne(answer.content.decode()).vevent_list}
    assert set(read) == {"Shown, with; signs", "Off"}
    assert read["Off"].status.value == "CANCELLED"
    assert read["Shown, with; signs"].dtstart.value == shown.starts_at
    assert client.get("/events/feed.ics?language=en", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    news = client.get("/events/news.atom")
    assert news["Content-Type"].startswith("application/atom+xml") and b"Members only" not in news.content


def test_ones_own_calendar_is_opened_by_its_key_until_it_is_ended(client: Client) -> None:
    user, event = factories.a_user(), seminars.a_seminar()
    seminars.a_registration(event, user)
    browser = signed_in(user)
    text = browser.post("/events/calendars/make/", {"scope": "mine"}).content.decode()
    address = re.search(r"https?://[^/<\s]+(/events/calendars/[-\w]+\.ics)", text)
    assert address is not None
    path = address[1]
    assert path not in page(browser, "/events/calendars/")  # shown once
    answer = client.get(path)
    assert [one.summary.value for one in vobject.readOne(answer.content.decode()).vevent_list] == [event.title]
    assert client.get(path[:-6] + "xx.ics").status_code == 404
    feed = user.feed_tokens.get()
    assert signed_in(factories.a_user()).post(f"/events/calendars/{feed.pk}/revoke/").status_code == 404
    browser.post(f"/events/calendars/{feed.pk}/revoke/")
    assert client.get(path).status_code == 404


def test_afterwards_there_are_feedback_once_and_a_certificate_that_anybody_can_check(client: Client) -> None:
    registration = _certified()
    browser, key = signed_in(registration.user), f"/events/registrations/{registration.key}/"
    assert "Certificate of attendance" in page(browser, key)
    wrong = browser.post(f"{key}feedback/", {"text": "Good."}).content.decode()
    assert "Good." in wrong and not Feedback.objects.exists()
    for _ in range(2):
        browser.post(f"{key}feedback/", {"overall": "5", "text": "Good."})
    assert Feedback.objects.get().overall == 5
    pdf = browser.get(f"{key}certificate/")
    assert pdf["Content-Type"] == "application/pdf" and pdf.content.startswith(b"%PDF")
    code = registration.certificate.code
    assert registration.full_name in page(client, f"/events/certificates/{code.lower().replace('-', '')}/")
    assert "No certificate has this code" in page(client, "/events/certificates/AAAA-BBBB-CCCC/", 404)
    assert client.get("/events/certificates/", {"code": code})["Location"].endswith(f"/{code}/")


def _certified() -> Any:
    event = seminars.a_seminar()
    registration = seminars.a_registration(event)
    now = timezone.now()
    Event.objects.filter(pk=event.pk).update(starts_at=now - timedelta(hours=3), ends_at=now + timedelta(hours=1))
    door.check_in(registration.pk, by=seminars.office(), scan=uuid4())
    Event.objects.filter(pk=event.pk).update(ends_at=now - timedelta(hours=1))
    afterwards.issue_certificates(event.pk, by=seminars.office())
    return Registration.objects.select_related("user", "certificate").get(pk=registration.pk)


def test_answers_to_questions_are_asked_kept_and_changed(client: Client) -> None:
    event = seminars.a_seminar()
    question = programme.save_question(
        event.pk, by=seminars.office(),
        values={"kind": "choice", "text_ro": "Prânz?", "text_en": "Lunch?", "choices_ro": ["Da", "Nu"],
                "choices_en": ["Yes", "No"], "required": True},
    )  # fmt: skip
    user = factories.a_user()
    browser = signed_in(user)
    missing = browser.post(f"/events/{event.slug}/register/").content.decode()
    assert "Lunch?" in missing and not Registration.objects.exists()
    browser.post(f"/events/{event.slug}/register/", {f"question_{question.pk}": "1"})
    registration = Registration.objects.get(user=user)
    browser.post(f"/events/registrations/{registration.key}/answers/", {f"question_{question.pk}": "2"})
    assert registration.answers.get().shown == "No"


def test_what_is_there_in_the_other_language_only_says_so_once_beside_it(client: Client) -> None:
    event = seminars.a_seminar(title_ro="Detecție", title_en="", summary_ro="Despre detectoare.", summary_en="")
    both = seminars.a_seminar(title_ro="Textile", title_en="Textiles", summary_ro="Despre fire.", summary_en="")
    assert page(client, "/events/").count('<span class="tongue">in Romanian</span>') == 2
    whole = page(client, f"/events/{event.slug}/")
    assert '<h1 lang="ro">Detecție</h1>' in whole and whole.count('class="tongue"') == 2  # its title and its summary
    assert page(client, f"/events/{both.slug}/").count('class="tongue"') == 1
