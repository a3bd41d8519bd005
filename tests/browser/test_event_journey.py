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
TITLE = {"ro": "Seminar de detecție", "en": "Seminar on detection"}
OFFERED = {"ro": "S-a eliberat un loc", "en": "A place has come free"}
CONFIRMED = {"ro": "Confirmată", "en": "Confirmed"}
WAITING = {"ro": "numărul 1 din 1", "en": "number 1 of 1"}
HERE = {"ro": "1 din 1 prezenți", "en": "1 of 1 here"}
GENUINE = {"ro": "autentic", "en": "genuine"}


def link(text: str, ending: str) -> str:
    """Where a letter leads, below the address of the portal."""
    found = re.search(rf"https?://[^/\s]+(/events/\S*{ending})(?=\s)", text)
    assert found is not None, text
    return found[1]


def language_of(page: Page) -> str:
    return page.locator("html").get_attribute("lang") or ""


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
    expect(office.locator("main #lacking")).to_be_visible()
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
    office.locator(f"form[action='{overview}publish/'] button").click()
    expect(office.locator(f"main a[href='{overview}cancel/']")).to_be_visible()
    return Event.objects.get()


def takes_a_seat(member: Page, event: Event) -> None:
    member.goto(f"/events/{event.slug}/")
    member.locator("main a[href$='/register/'].btn").click()
    member.locator(LAST).click()
    expect(member.locator(".qr").first).to_be_visible()


def asks_as_guest(guest: Page, event: Event, sink: Sink) -> None:
    """The place exists only after the link of the letter, and then there is none left."""
    guest.goto(f"/events/{event.slug}/")
    guest.locator("a[href$='/guest/']").click()
    guest.locator("#id_full_name").fill("Ștefan Țuțea")
    guest.locator("#id_email").fill(GUEST)
    guest.locator(LAST).click()
    expect(guest.locator("main")).to_contain_text(GUEST)
    guest.goto(link(letter(sink, GUEST, "/confirm/"), "/confirm/"))
    guest.locator(LAST).click()
    expect(guest.locator("main")).to_contain_text(WAITING[language_of(guest)])
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

    member.locator("main a[href$='/cancel/']").click()
    member.locator("main form[method=post] button").click()
    expect(member.locator(".qr")).to_have_count(0)
    guest.goto(link(letter(smtp_sink, GUEST, OFFERED[languages[1]]), "/"))
    guest.locator(LAST).click()
    expect(guest.locator("main h2").first).to_have_text(CONFIRMED[languages[1]])
    assert TITLE[languages[1]] in letter(smtp_sink, GUEST, "Sala Mare")
    arrives(office, event, scripts=scripts)
    issued(office, guest, event, smtp_sink)
    assert {one.name: one.violations() for one in INVARIANTS if one.violations()} == {}


def arrives(office: Page, event: Event, *, scripts: bool) -> None:
    """At the door: kept on the phone and sent on, or sent as a form where there are no scripts."""
    office.goto(f"/events/manage/{event.pk}/door/")
    office.locator(f"form[action='/events/manage/{event.pk}/door/arrived/'][data-checkin=''] button").click()
    expect(office.locator(f"form[action='/events/manage/{event.pk}/door/undo/'] button")).to_be_visible()
    if scripts:
        expect(office.locator("[data-checkin-page]")).to_have_attribute("data-waiting", "0", timeout=20_000)
    expect(office.get_by_text(HERE[language_of(office)])).to_be_visible()
    assert Registration.objects.get(email=GUEST).checked_in_at is not None


def issued(office: Page, guest: Page, event: Event, sink: Sink) -> None:
    """The certificate: made by the office, fetched by its letter, found true by its code."""
    seminars.over(event)
    path = f"/events/manage/{event.pk}/certificates/"
    office.goto(path)
    office.locator(f"main a[href^='{path}']:not([href='{path}'])").first.click()
    office.locator(LAST).click()
    office.wait_for_url(f"**{path}")
    certificate = AttendanceCertificate.objects.get()
    words = letter(sink, GUEST, certificate.code)
    paper = guest.request.get(link(words, "/certificate/"))
    assert paper.ok and certificate.code in "".join(
        one.extract_text() for one in PdfReader(BytesIO(paper.body())).pages
    )
    guest.goto(link(words, f"/{certificate.code}/"))
    expect(guest.locator("main")).to_contain_text("Ștefan Țuțea")
    expect(guest.locator("main h1")).to_contain_text(GENUINE[language_of(guest)])
    expect(guest.locator("main")).to_contain_text(certificate.code)
