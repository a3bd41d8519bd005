"""The directory in a real browser: results change in place, the way back works, and no script is needed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.members.directory.conftest import listed


@pytest.fixture
def members(transactional_db: None) -> None:
    for name, side in (("Atelierul Civil", "civil"), ("Atelierul Dual", "dual"), ("Uzina Dual", "dual")):
        listed(name, ("isr-radar",), side=side)


def test_results_change_in_place(members: None, server: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{server}/members/")
    page.evaluate("window.stays = true")
    page.check("#side-dual")
    expect(page.locator("#found")).to_have_text("2 of 3 members")
    assert page.url == f"{server}/members/?side=dual"
    assert page.evaluate("document.activeElement.id") == "side-dual"
    expect(page.locator("#told")).to_have_text("2 of 3 members")
    page.fill("#q", "uzina")
    page.press("#q", "Enter")
    expect(page.locator("#found")).to_have_text("1 of 3 members")
    page.click(".chip")
    expect(page.locator("#side-dual")).not_to_be_checked()
    page.go_back()
    expect(page.locator("#side-dual")).to_be_checked()
    assert page.evaluate("window.stays") and not said


def test_a_cell_of_the_matrix_filters_and_leads_back(members: None, server: str, page: Page) -> None:
    page.goto(f"{server}/members/?side=civil")
    page.click("a.cell")
    expect(page.locator("a.cell[aria-current]")).to_have_count(1)
    assert "cell=isr" in page.url and "side=civil" in page.url
    page.click("a.cell[aria-current]")
    expect(page.locator("a.cell[aria-current]")).to_have_count(0)


def test_it_works_without_javascript(members: None, server: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{server}/members/?sort=newest")
    page.check("#side-dual")
    page.click("text=Show members")
    assert page.inner_text("#found") == "2 of 3 members"
    assert "sort=newest" in page.url
    page.click("text=Uzina Dual")
    assert page.inner_text("h1") == "Uzina Dual"
    context.close()


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_no_page_is_wider_than_its_window(members: None, server: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in ("/", "/members/", "/members/uzina-dual/", "/statute/", "/members/join/", "/events/", "/matchmaking/"):
        page.goto(f"{server}{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)
