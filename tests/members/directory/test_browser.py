"""The directory in a real browser: results change in place, the way back works, and no script is needed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Request, expect

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


def test_htmx_does_nothing_that_the_policy_forbids_and_keeps_no_page(members: None, server: str, page: Page) -> None:
    page.goto(f"{server}/members/")
    wanted = {
        "allowEval": False,
        "allowScriptTags": False,
        "historyCacheSize": 0,
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
    }
    assert page.evaluate("names => Object.fromEntries(names.map(one => [one, htmx.config[one]]))", [*wanted]) == wanted
    page.check("#side-dual")
    expect(page.locator("#found")).to_have_text("2 of 3 members")
    assert page.evaluate("localStorage.length") == 0


def fetches(request: Request) -> bool:
    return request.resource_type == "xhr"


@contextmanager
def slow(page: Page) -> Iterator[None]:
    """A connection on which people are faster than answers."""
    line = page.context.new_cdp_session(page)
    fast = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", {**fast, "latency": 8_000})
    yield
    line.send("Network.emulateNetworkConditions", fast)


def test_who_searches_while_a_filter_is_being_removed_sees_what_was_searched(
    members: None, server: str, page: Page
) -> None:
    page.goto(f"{server}/members/?side=dual")
    with slow(page):
        with page.expect_request(fetches):
            page.click(".chip")
        expect(page.locator("#results.htmx-request")).to_have_count(1)  # it shows that it works
        page.fill("#q", "uzina")
        with page.expect_request(fetches):
            page.press("#q", "Enter")
        expect(page.locator("#found")).to_have_text("2 of 3 members")
    expect(page.locator("#found")).to_have_text("1 of 3 members")
    expect(page.locator("#results")).to_contain_text("Uzina Dual")
    assert "q=uzina" in page.url
    page.reload()
    expect(page.locator("#found")).to_have_text("1 of 3 members")


def test_two_filters_ticked_faster_than_the_answer_both_hold(members: None, server: str, page: Page) -> None:
    page.goto(f"{server}/members/")
    with slow(page):
        for side in ("dual", "civil"):
            with page.expect_request(fetches):
                page.check(f"#side-{side}")
        expect(page.locator("#found")).to_have_text("3 members")
    expect(page.locator("#told")).to_have_text("3 members")
    expect(page.locator(".chip")).to_have_count(2)
    expect(page.locator("#side-dual")).to_be_checked()
    expect(page.locator("#side-civil")).to_be_checked()


def test_an_error_shows_itself_instead_of_the_old_results(members: None, server: str, page: Page) -> None:
    page.goto(f"{server}/members/")
    page.route("**/members/?*", lambda route: route.fulfill(status=503, body="<h1>The portal is busy</h1>"))
    page.fill("#q", "uzina")
    page.press("#q", "Enter")
    expect(page.locator("h1")).to_have_text("The portal is busy")
    page.unroute_all()
    page.reload()
    expect(page.locator("#found")).to_have_text("1 of 3 members")


def test_a_lost_connection_shows_itself_instead_of_the_old_results(members: None, server: str, page: Page) -> None:
    page.goto(f"{server}/members/")
    page.context.set_offline(True)
    page.click("#side-dual")
    expect(page).to_have_url("chrome-error://chromewebdata/")  # what a browser shows instead of a page


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
