"""The member's side in a real browser: words are found while one types, with the strict policy in force."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from members.models import Capability
from tests import factories
from tests.members.profile.conftest import World


@pytest.mark.django_db(transaction=True)
def test_a_need_is_found_by_typing_and_saved(world: World, server: str, page: Page) -> None:
    mistakes: list[str] = []
    page.on("console", lambda message: mistakes.append(message.text) if message.type == "error" else None)
    page.goto(f"{server}/accounts/login/?next=/members/prut/edit/needs/add/")
    page.fill("[name=login]", world.representative.email)
    page.fill("[name=password]", factories.PASSWORD)
    page.click("main form button")
    page.wait_for_url("**/needs/add/", wait_until="load")
    page.locator("#q").press_sequentially("biosenz")
    expect(page.locator("#words h2")).to_contain_text("word")
    page.locator("#words a", has_text="Biosensors").first.click()
    page.get_by_label("Dual", exact=True).check()
    page.get_by_label("Must: without it there is no match").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator("table")).to_contain_text("Biosensors")
    assert Capability.objects.get(direction="sought").weight == 2
    assert mistakes == []
