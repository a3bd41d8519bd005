"""One seat, from the draft to the certificate: the office, a member and a guest in browsers, with real letters."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from cluster_portal.common.models import Cluster
from events.models import AttendanceCertificate, Event
from events.queries.invariants import INVARIANTS
from events.rules.local_time import local
from tests import factories
from tests.browser.windows import Opened, letter
from tests.conftest import Sink
from tests.events import seminars

pytestmark = pytest.mark.django_db(transaction=True)
GUEST = "oaspete@example.org"


def link(text: str, ending: str) -> str:
    """Where a letter leads, below the address of the portal."""
    found = re.search(rf"https?://[^/\s]+(/events/\S*{ending})(?=\s)", text)
    assert found is not None, text
    return found[1]


def announce(office: Page) -> Event:
    """The office writes an event with one seat, in both languages, for guests as well, and publishes it."""
    begins = local(timezone.now() + timedelta(hours=3))
    office.goto("/events/manage/new/")
    office.get_by_label("Title in Romanian").fill("Seminar de detecție")
    office.get_by_label("Title in English").fill("Seminar on detection")
    office.get_by_label("Starts at").fill(f"{begins:%Y-%m-%dT%H:%M}")
    office.get_by_label("Ends at").fill(f"{begins + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    office.locator("main .btn--primary").click()
    event = Event.objects.get()
    overview = f"/events/manage/{event.pk}/"
    expect(office.get_by_text("Before it is published the event needs:")).to_be_visible()
    for section, typed in (
        ("texts", {"summary_ro": "Detectoare pentru ateliere.", "summary_en": "Detectors for workshops."}),
        ("place", {"place_name": "Sala Mare", "place_address": "Strada Lungă 1, Sibiu"}),
        ("seats", {"capacity": "1"}),
    ):
        office.goto(f"{overview}{section}/")
        for name, value in typed.items():
            office.locator(f"#id_{name}").fill(value)
        office.locator("main .btn--primary").click()
        office.wait_for_url(f"**{overview}")
    office.get_by_role("button", name="Publish").click()
    expect(office.get_by_text("Nobody is registered yet")).to_be_visible()
    return Event.objects.get()


def takes_a_seat(member: Page, event: Event) -> None:
    member.goto(f"/events/{event.slug}/")
    member.get_by_role("link", name="Register", exact=True).click()
    member.locator("main .btn--primary").click()
    expect(member.get_by_role("heading", name="Confirmed")).to_be_visible()
    expect(member.locator(".qr").first).to_be_visible()


def asks_as_guest(guest: Page, event: Event, sink: Sink) -> None:
    """In Romanian: the place exists only after the link of the letter, and then there is none left."""
    guest.goto(f"/events/{event.slug}/")
    guest.locator("a[href$='/guest/']").click()
    guest.locator("#id_full_name").fill("Ștefan Țuțea")
    guest.locator("#id_email").fill(GUEST)
    guest.locator("main .btn--primary").click()
    expect(guest.locator("main")).to_contain_text(GUEST)
    guest.goto(link(letter(sink, GUEST, "confirmați adresa"), "/confirm/"))
    guest.locator("main .btn--primary").click()
    expect(guest.locator("main")).to_contain_text("numărul 1 din 1")


def test_one_seat_from_the_draft_to_the_certificate(
    opened: Opened, cluster: Cluster, smtp_sink: Sink, live_worker: Any
) -> None:
    person = factories.a_member("Atelierul Înălțimii").organisation.representations.get().user
    office, member, guest = opened(seminars.office(), "en"), opened(person, "en"), opened(None, "ro")
    event = announce(office)
    takes_a_seat(member, event)
    asks_as_guest(guest, event, smtp_sink)

    member.get_by_role("link", name="Cancel the registration").click()
    member.get_by_role("button", name="Cancel the registration").click()
    expect(member.locator("main")).to_contain_text("Cancelled")
    guest.goto(link(letter(smtp_sink, GUEST, "S-a eliberat un loc"), "/"))
    guest.locator("main .btn--primary").click()
    expect(guest.locator("main h2").first).to_have_text("Confirmată")
    assert "Seminar de detecție" in letter(smtp_sink, GUEST, "Sala Mare")

    office.goto(f"/events/manage/{event.pk}/door/")
    office.get_by_role("button", name="Arrived Ștefan Țuțea").click()
    expect(office.get_by_text("1 of 1 here")).to_be_visible()
    expect(office.locator("[data-checkin-page]")).to_have_attribute("data-waiting", "0", timeout=20_000)
    seminars.over(event)
    office.goto(f"/events/manage/{event.pk}/certificates/")
    office.get_by_role("link", name="Issue 1 certificate").click()
    office.get_by_role("button", name="Issue 1 certificate").click()
    expect(office.get_by_role("heading", name="1 issued")).to_be_visible()

    certificate = AttendanceCertificate.objects.get()
    words = letter(smtp_sink, GUEST, certificate.code)
    paper = guest.request.get(link(words, "/certificate/"))
    assert paper.ok and certificate.code in "".join(
        one.extract_text() for one in PdfReader(BytesIO(paper.body())).pages
    )
    guest.goto(link(words, f"/{certificate.code}/"))
    expect(guest.locator("main")).to_contain_text("Ștefan Țuțea")
    expect(guest.locator("main h1")).to_contain_text("autentic")
    assert {one.name: one.violations() for one in INVARIANTS if one.violations()} == {}
