"""In a real browser: accessible by axe's rules, no breach of the CSP, nothing wider than the screen, both themes."""

from collections.abc import Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, Page

from cluster_portal.common.models import Cluster

Scheme = Literal["light", "dark"]
PAGES = ("/style-guide/", "/privacy/", "/accessibility/", "/accounts/login/", "/accounts/signup/", "/no/such/page/")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture
def address(live_server: Any, settings: Any, cluster: Cluster) -> str:
    settings.DEMO = True
    return str(live_server.url)


@pytest.fixture(params=["light", "dark"])
def themed(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    scheme: Scheme = request.param
    context = browser.new_context(locale="en-GB", color_scheme=scheme, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def test_axe_finds_nothing_and_the_policy_is_kept(address: str, themed: Page) -> None:
    said: list[str] = []
    themed.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    for path in PAGES:
        themed.goto(address + path)
        themed.wait_for_load_state("networkidle")
        found = Axe().run(themed, options=RULES).response["violations"]
        assert [(path, rule["id"], [node["target"] for node in rule["nodes"]]) for rule in found] == []
    assert [text for text in said if "404" not in text] == []


def test_the_check_itself_sees_a_planted_fault_and_a_planted_breach(address: str, page: Page) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{address}/privacy/")
    page.evaluate("document.querySelector('h1').innerHTML = '<img src=\"/x.png\" style=\"color: red\">'")
    found = {rule["id"] for rule in Axe().run(page, options=RULES).response["violations"]}
    assert "image-alt" in found
    assert any("Content Security Policy" in text for text in said)


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_nothing_is_wider_than_the_screen(address: str, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_keyboard_meets_the_skip_link_first_and_it_leads_to_the_content(address: str, page: Page) -> None:
    page.goto(f"{address}/privacy/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_every_target_is_at_least_twenty_four_pixels_high(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{address}/style-guide/")
    small = page.evaluate(
        """() => [...document.querySelectorAll("nav a, .me a, .link, .btn, .chip, .pager a, .steps a, .foot a,"
             + ".crumbs a, input:not([type=hidden], [tabindex='-1']), select, textarea")]
             .filter((one) => !one.closest("label") && one.checkVisibility())
             .map((one) => [one.outerHTML.slice(0, 80), one.getBoundingClientRect().height])
             .filter(([, height]) => height > 0 && height < 24)"""
    )
    assert small == []


def test_nothing_moves_for_who_asked_for_less_motion(address: str, browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/style-guide/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll("*")].filter((one) => ["", "::before", "::after"].some((part) => {
             const {transitionDuration, animationDuration, scrollBehavior} = getComputedStyle(one, part);
             return parseFloat(transitionDuration) > 0.001 || parseFloat(animationDuration) > 0.001
               || scrollBehavior === "smooth";
           })).map((one) => one.outerHTML.slice(0, 80))"""
    )
    context.close()
    assert moving == []


def test_the_drawings_are_painted(address: str, page: Page, tmp_path: Path) -> None:
    page.goto(f"{address}/style-guide/")
    page.wait_for_load_state("networkidle")
    icon = page.locator(".status .icon use").first
    assert icon.evaluate("(one) => one.getBBox().width") > 0
    page.goto(f"{address}/style-guide/#letters")
    assert page.frame_locator(".letter__page").locator("h1").inner_text() == "Your request was received"


def test_nine_ticks_are_painted_of_which_the_reached_ones_are_dark(address: str, page: Page) -> None:
    page.goto(f"{address}/style-guide/")
    drawing = page.locator(".trl svg").nth(1)  # level 4
    shot = Image.open(BytesIO(drawing.screenshot(scale="css"))).convert("L")
    middle = shot.height // 2
    row = shot.crop((0, middle, shot.width, middle + 1)).tobytes()
    ground = max(row)
    runs = [min(run) for marked, run in groupby(row, lambda value: value < ground - 20) if marked]
    assert len(runs) == 9
    assert [run < min(runs[4:]) - 60 for run in runs] == [True] * 4 + [False] * 5


def test_each_half_disc_of_a_cell_is_painted_on_its_own_side(address: str, page: Page) -> None:
    page.goto(f"{address}/style-guide/")
    painted = page.locator(".cell svg").evaluate_all(
        """(drawings) => drawings.map((one) => {
             one.scrollIntoView({ block: "center", behavior: "instant" });
             const box = one.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
             const side = (shown) => shown.matches("circle") ? shown.classList[0] : "";
             const seen = [-3, 3].map((shift) => side(document.elementFromPoint(x + shift, y)));
             return [...one.children].map(side).join() + " " + seen;
           })"""
    )
    assert set(painted) == {
        "side-civil,side-defence side-civil,side-defence",
        "side-civil side-civil,",
        "side-defence ,side-defence",
    }
