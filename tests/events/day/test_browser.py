"""The real door in a real browser: what happens without a connection waits, and counts once."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from events.models import Registration, ScanReceipt
from tests import factories
from tests.events import seminars
from tests.events.day.conftest import on_its_day, register


@pytest.mark.django_db(transaction=True)
def test_arrivals_without_a_connection_wait_and_count_once(cluster: Any, server: str, page: Page) -> None:
    event = seminars.a_seminar()
    register(event, "Ana Pop", "Ștefan Țuțea", "Dan Rus")
    on_its_day(event)
    path = f"/events/manage/{event.pk}/door/"
    mistakes: list[str] = []
    page.on("console", lambda message: mistakes.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/accounts/login/?next={path}")
    page.fill("[name=login]", seminars.office().email)
    page.fill("[name=password]", factories.PASSWORD)
    page.click("main form button")
    page.wait_for_url(f"**{path}", wait_until="load")
    expect(page.get_by_text("0 of 3 here")).to_be_visible()

    page.context.set_offline(True)
    page.get_by_label("Find a person").fill("tutea")
    expect(page.locator("[data-checkin-row]:visible")).to_have_count(1)
    page.get_by_label("Find a person").press("Enter")  # stays on the page, which could not be loaded now
    page.get_by_role("button", name="Arrived Ștefan Țuțea").click()
    ana = Registration.objects.get(full_name="Ana Pop")
    page.get_by_label("Code of a ticket or a badge").fill(str(ana.key))
    page.get_by_label("Code of a ticket or a badge").press("Enter")
    expect(page.get_by_text("2 check-ins wait to be sent.")).to_be_visible()
    expect(page.get_by_text("2 of 3 here")).to_be_visible()
    assert not ScanReceipt.objects.exists()

    page.context.set_offline(False)
    expect(page.locator("[data-checkin-page]")).to_have_attribute("data-waiting", "0", timeout=40_000)
    expect(page.locator(f"[data-checkin-row='{ana.key}'] [data-checkin-said]")).to_have_text(re.compile("Arrived at"))
    page.reload()
    expect(page.get_by_text("2 of 3 here")).to_be_visible()
    assert ScanReceipt.objects.count() == 2
    page.get_by_role("button", name="Undo Ana Pop").click()
    expect(page.get_by_text("1 of 3 here")).to_be_visible()
    expect(page.locator("[data-checkin-page]")).to_have_attribute("data-waiting", "0", timeout=40_000)
    assert Registration.objects.filter(checked_in_at__isnull=False).count() == 1
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    assert [line for line in mistakes if "ERR_INTERNET_DISCONNECTED" not in line] == []
