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
from events.models import AttendanceCertificate, Event, Registration
from events.queries.invariants import INVARIANTS
from events.rules.local_time import local
from tests import factories
from tests.browser.windows import Opened, letter
from tests.conftest import Sink
from tests.events import seminars

pytestmark = pytest.mark.django_db(transaction=True)
GUEST = "oaspete@example.org"
LAST = "main .btn--primary"
SAID = {
    "en": {
        "lacking": "Before it is published the event needs:", "publish": "Publish",
        "nobody": "Nobody is registered yet",
        "register": "Register", "confirmed": "Confirmed", "address": "confirm your address", "waiting": "number 1 of 1",
        "cancel": "Cancel the registration", "cancelled": "Cancelled", "offered": "A place has come free",
        "title": "Seminar on detection", "arrived": "Arrived Ștefan Țuțea", "here": "1 of 1 here",
        "issue": "Issue 1 certificate", "issued": "1 issued", "genuine": "genuine",
    },
    "ro": {
        "lacking": "Înainte de publicare, evenimentul are nevoie de:", "publish": "Publicați",
        "nobody": "Nu s-a înscris nimeni încă", "register": "Înscrieți-vă", "confirmed": "Confirmată",
        "address": "confirmați adresa", "waiting": "numărul 1 din 1", "cancel": "Anulați înscrierea",
        "cancelled": "Anulată", "offered": "S-a eliberat un loc", "title": "Seminar de detecție",
        "arrived": "A sosit Ștefan Țuțea", "here": "1 din 1 prezenți", "issue": "Emiteți 1 certificat",
        "issued": "1 emis", "genuine": "autentic",
    },
}  # fmt: skip
"""What the pages and letters say on the way, in the language of who reads them."""


def link(text: str, ending: str) -> str:
    """Where a letter leads, below the address of the portal."""
    found = re.search(rf"https?://[^/\s]+(/events/\S*{ending})(?=\s)", text)
    assert found is not None, text
    return found[1]


def said(page: Page) -> dict[str, str]:
    return SAID[page.locator("html").get_attribute("lang") or ""]


def announce(office: Page) -> Event:
    """The office writes an event with one seat, in both languages, for guests as well, and publishes it."""
    begins = local(timezone.now() + timedelta(hours=3))
    office.goto("/events/manage/new/")
    office.locator("#id_title_ro").fill("Seminar de detecție")
    office.locator("#id_title_en").fill("Seminar on detection")
    office.locator("#id_starts_at").fill(f"{begins:%Y-%m-%dT%H:%M}")
    office.locator("#id_ends_at").fill(f"{begins + timedelta(hours=2):%Y-%m-%dT%H:%M}")
    office.locator(LAST).click()
    event = Event.objects.get()
    overview = f"/events/manage/{event.pk}/"
    words = said(office)
    expect(office.get_by_text(words["lacking"])).to_be_visible()
    for section, typed in (
        ("texts", {"summary_ro": "Detectoare pentru ateliere.", "summary_en": "Detectors for workshops."}),
        ("place", {"place_name": "Sala Mare", "place_address": "Strada Lungă 1, Sibiu"}),
        ("seats", {"capacity": "1"}),
    ):
        office.goto(f"{overview}{section}/")
        for name, value in typed.items():
            office.locator(f"#id_{name}").fill(value)
        office.locator(LAST).click()
        office.wait_for_url(f"**{overview}")
    office.get_by_role("button", name=words["publish"]).click()
    expect(office.get_by_text(words["nobody"])).to_be_visible()
    return Event.objects.get()


def takes_a_seat(member: Page, event: Event) -> None:
    member.goto(f"/events/{event.slug}/")
    words = said(member)
    member.get_by_role("link", name=words["register"], exact=True).click()
    member.locator(LAST).click()
    expect(member.get_by_role("heading", name=words["confirmed"])).to_be_visible()
    expect(member.locator(".qr").first).to_be_visible()


def asks_as_guest(guest: Page, event: Event, sink: Sink) -> None:
    """The place exists only after the link of the letter, and then there is none left."""
    guest.goto(f"/events/{event.slug}/")
    guest.locator("a[href$='/guest/']").click()
    guest.locator("#id_full_name").fill("Ștefan Țuțea")
    guest.locator("#id_email").fill(GUEST)
    guest.locator(LAST).click()
    expect(guest.locator("main")).to_contain_text(GUEST)
    guest.goto(link(letter(sink, GUEST, said(guest)["address"]), "/confirm/"))
    guest.locator(LAST).click()
    expect(guest.locator("main")).to_contain_text(said(guest)["waiting"])
    assert Registration.objects.get(email=GUEST).state == "listed"


@pytest.mark.parametrize(("languages", "scripts"), [(("en", "ro"), True), (("ro", "en"), False)])
def test_one_seat_from_the_draft_to_the_certificate(
    opened: Opened, cluster: Cluster, smtp_sink: Sink, live_worker: Any, languages: tuple[str, str], scripts: bool
) -> None:
    """The office and the member read one language, the guest the other."""
    person = factories.a_member("Atelierul Înălțimii").organisation.representations.get().user
    office = opened(seminars.office(), languages[0], scripts=scripts)
    member, guest = opened(person, languages[0], scripts=scripts), opened(None, languages[1], scripts=scripts)
    event = announce(office)
    takes_a_seat(member, event)
    asks_as_guest(guest, event, smtp_sink)

    member.get_by_role("link", name=said(member)["cancel"]).click()
    member.get_by_role("button", name=said(member)["cancel"]).click()
    expect(member.locator("main")).to_contain_text(said(member)["cancelled"])
    expect(member.locator(".qr")).to_have_count(0)
    guest.goto(link(letter(smtp_sink, GUEST, SAID[languages[1]]["offered"]), "/"))
    guest.locator(LAST).click()
    expect(guest.locator("main h2").first).to_have_text(said(guest)["confirmed"])
    assert SAID[languages[1]]["title"] in letter(smtp_sink, GUEST, "Sala Mare")
    arrives(office, event, scripts=scripts)
    issued(office, guest, event, smtp_sink)
    assert {one.name: one.violations() for one in INVARIANTS if one.violations()} == {}


def arrives(office: Page, event: Event, *, scripts: bool) -> None:
    """At the door: kept on the phone and sent on, or sent as a form where there are no scripts."""
    office.goto(f"/events/manage/{event.pk}/door/")
    office.get_by_role("button", name=said(office)["arrived"]).click()
    expect(office.get_by_text(said(office)["here"])).to_be_visible()
    if scripts:
        expect(office.locator("[data-checkin-page]")).to_have_attribute("data-waiting", "0", timeout=20_000)
    assert Registration.objects.get(email=GUEST).checked_in_at is not None


def issued(office: Page, guest: Page, event: Event, sink: Sink) -> None:
    """The certificate: made by the office, fetched by its letter, found true by its code."""
    seminars.over(event)
    office.goto(f"/events/manage/{event.pk}/certificates/")
    office.get_by_role("link", name=said(office)["issue"]).click()
    office.get_by_role("button", name=said(office)["issue"]).click()
    expect(office.get_by_role("heading", name=said(office)["issued"])).to_be_visible()

    certificate = AttendanceCertificate.objects.get()
    words = letter(sink, GUEST, certificate.code)
    paper = guest.request.get(link(words, "/certificate/"))
    assert paper.ok and certificate.code in "".join(
        one.extract_text() for one in PdfReader(BytesIO(paper.body())).pages
    )
    guest.goto(link(words, f"/{certificate.code}/"))
    expect(guest.locator("main")).to_contain_text("Ștefan Țuțea")
    expect(guest.locator("main h1")).to_contain_text(said(guest)["genuine"])
    expect(guest.locator("main")).to_contain_text(certificate.code)
