"""Check-in in a real browser: nothing is lost and nothing counted twice, whatever the connection does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.events.checkin.door import Door, opened

KEPT = "Object.keys(localStorage).length"
WAITING = re.compile(r"(\d+) waiting to be sent\.")


@pytest.fixture
def door() -> Iterator[Door]:
    with opened() as door:
        yield door


@pytest.fixture
def desk(page: Page, door: Door) -> Iterator[Page]:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(door.address)
    yield page
    assert [words for words in said if "Failed to load resource" not in words] == []  # no error, no broken policy


def arrive(page: Page, name: str) -> None:
    page.locator(f"[data-checkin-row={name}]").get_by_role("button", name="Arrived").click()


def state(page: Page, name: str) -> str:
    return page.locator(f"[data-checkin-row={name}] [data-checkin-said]").inner_text()


def all_sent(page: Page) -> None:
    expect(page.locator("[data-checkin-page]")).to_have_attribute("data-waiting", "0", timeout=20_000)
    assert page.evaluate(KEPT) == 0


def test_a_click_is_sent_at_once(desk: Page, door: Door) -> None:
    arrive(desk, "R-2")
    all_sent(desk)
    assert state(desk, "R-2") == "Arrived at 09:05"
    (asked,) = door.asked
    assert {name: asked[name] for name in ("csrfmiddlewaretoken", "event_id", "registration")} == {
        "csrfmiddlewaretoken": "TOKEN",
        "event_id": "EVENT-1",
        "registration": "R-2",
    }
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", asked["scan"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", asked["at"])


def test_offline_it_waits_and_is_sent_once_when_the_line_is_back(desk: Page, door: Door) -> None:
    desk.context.set_offline(True)
    for name in ("R-1", "R-2", "R-3"):
        arrive(desk, name)
        assert state(desk, name) == "Arrived, not sent yet"
    expect(desk.get_by_text("3 waiting to be sent.")).to_be_visible()
    expect(desk.get_by_text("The server cannot be reached")).to_be_visible()
    assert door.asked == []
    desk.context.set_offline(False)
    all_sent(desk)
    assert [asked["registration"] for asked in door.asked] == ["R-1", "R-2", "R-3"]
    assert [state(desk, name) for name in ("R-1", "R-2", "R-3")] == ["Arrived at 09:05"] * 3


def test_what_waits_survives_a_reload(desk: Page, door: Door) -> None:
    door.answers = ["503"] * 2
    arrive(desk, "R-1")
    expect(desk.get_by_text("1 waiting to be sent.")).to_be_visible()
    desk.reload()
    assert state(desk, "R-1") in {"Arrived, not sent yet", "Arrived at 09:05"}
    all_sent(desk)
    assert len({asked["scan"] for asked in door.asked}) == 1
    assert door.arrived == ["R-1"]


def test_a_double_click_counts_once(desk: Page, door: Door) -> None:
    form = "document.querySelector('[data-checkin-row=R-1] form')"
    desk.evaluate(f"for (let time = 0; time < 3; time++) {form}.requestSubmit()")
    desk.locator("[data-checkin-row=R-2] .btn").dblclick(force=True)
    all_sent(desk)
    assert [asked["registration"] for asked in door.asked] == ["R-1", "R-2"]


@pytest.mark.parametrize("trouble", ["503", "lost", "hotel"])
def test_it_is_sent_again_under_the_same_key_until_the_server_has_answered(
    desk: Page, door: Door, trouble: str
) -> None:
    door.answers = [trouble, trouble]
    arrive(desk, "R-1")
    expect(desk.get_by_text("The server cannot be reached")).to_be_visible()
    assert state(desk, "R-1") == "Arrived, not sent yet"
    all_sent(desk)
    assert len(door.asked) >= 3
    assert len({asked["scan"] for asked in door.asked}) == 1
    assert door.arrived == ["R-1"]


def test_one_that_always_fails_does_not_hold_up_the_others(desk: Page, door: Door) -> None:
    door.answers = ["503", "200", "503", "200", "503"]
    desk.context.set_offline(True)
    arrive(desk, "R-1")
    arrive(desk, "R-2")
    desk.context.set_offline(False)
    all_sent(desk)
    assert door.arrived == ["R-1", "R-2"]


def test_what_the_server_refuses_is_shown_and_not_sent_again(desk: Page, door: Door) -> None:
    door.answers = ["409"]
    arrive(desk, "R-3")
    expect(desk.get_by_text("Ana <Maria>: The registration was cancelled.")).to_be_visible()
    all_sent(desk)
    assert len(door.asked) == 1
    expect(desk.locator("[data-checkin-row=R-3] .btn")).to_be_enabled()


@pytest.mark.parametrize("how", ["401", "403", "login"])
def test_signed_out_keeps_everything_until_the_page_is_loaded_again(desk: Page, door: Door, how: str) -> None:
    door.answers = [how]
    arrive(desk, "R-1")
    expect(desk.get_by_text("You are signed out")).to_be_visible()
    assert desk.evaluate(KEPT) == 1
    desk.reload()
    all_sent(desk)
    assert door.arrived == ["R-1"]


def test_a_typed_code_finds_its_row_or_asks_the_server(desk: Page, door: Door) -> None:
    code = desk.get_by_label("Code")
    code.fill(" CODE-2 ")
    code.press("Enter")
    expect(desk.get_by_text("Arrived at 09:05").first).to_be_visible()
    assert code.input_value() == ""
    code.type("https://x/CODE-3")
    code.press("Enter")
    all_sent(desk)
    assert [asked.get("registration", asked["code"]) for asked in door.asked] == ["R-2", "https://x/CODE-3"]
    assert state(desk, "R-3") == "Arrived at 09:05"
    code.fill("nothing")
    code.press("Enter")
    expect(desk.get_by_text("nothing: No such code.")).to_be_visible()
    code.fill("CODE-2")
    code.press("Enter")
    expect(desk.get_by_text("Ion Pop: has arrived before")).to_be_visible()
    assert len(door.asked) == 3


def test_a_mistake_is_taken_back_on_the_line_or_off_it(desk: Page, door: Door) -> None:
    undo = desk.locator("[data-checkin-row=R-1]").get_by_role("button", name="Undo")
    expect(undo).to_be_hidden()
    arrive(desk, "R-1")
    all_sent(desk)
    undo.click()
    all_sent(desk)
    assert state(desk, "R-1") == "Taken back"
    assert door.arrived == []
    desk.context.set_offline(True)
    arrive(desk, "R-1")
    undo.click()
    assert state(desk, "R-1") == "Taken back, not sent yet"
    arrive(desk, "R-1")
    expect(desk.get_by_text("3 waiting to be sent.")).to_be_visible()
    desk.context.set_offline(False)
    all_sent(desk)
    assert state(desk, "R-1") == "Arrived at 09:05"
    assert door.arrived == ["R-1"]
    assert len(door.applied) == 5


def test_two_tabs_send_what_waits_once(desk: Page, door: Door) -> None:
    desk.context.set_offline(True)
    arrive(desk, "R-1")
    arrive(desk, "R-2")
    desk.context.set_offline(False)
    other = desk.context.new_page()
    other.goto(door.address)
    all_sent(desk)
    all_sent(other)
    assert len(door.applied) == 2
    assert door.arrived == ["R-1", "R-2"]
    expect(desk.locator("[data-checkin-row=R-1] [data-checkin-said]")).to_have_text(re.compile("Arrived at 09:05"))


def test_word_of_another_tab_may_come_before_its_storage(desk: Page, door: Door) -> None:
    desk.context.set_offline(True)
    arrive(desk, "R-1")
    expect(desk.get_by_text("1 waiting to be sent.")).to_be_visible()
    door.answers = ["503"] * 9  # this tab does not get through by itself
    desk.context.set_offline(False)
    other = desk.context.new_page()
    other.goto(f"{door.address}/portal.css")  # the same place without the script, to do its steps one by one
    other.evaluate(
        """() => {
          const [name] = Object.keys(localStorage);
          window.channel = new BroadcastChannel(name.slice(0, name.lastIndexOf(":") + 1));
          window.channel.postMessage({ row: "R-1", state: "arrived", words: "Arrived at 09:05" });
        }"""
    )
    expect(desk.get_by_text("1 waiting to be sent.")).to_be_visible()
    assert state(desk, "R-1") == "Arrived, not sent yet"
    other.evaluate("localStorage.clear()")
    expect(desk.locator("[data-checkin-page]")).to_have_attribute("data-waiting", "0")
    assert state(desk, "R-1") == "Arrived at 09:05"


def test_the_search_passes_over_marks(desk: Page) -> None:
    search = desk.get_by_label("Find a person")
    search.fill("tutea STE")
    expect(desk.locator("[data-checkin-row]:visible")).to_have_count(1)
    search.fill("nobody")
    expect(desk.get_by_text("Nobody of that name.")).to_be_visible()
    search.fill("")
    expect(desk.locator("[data-checkin-row]:visible")).to_have_count(3)


def test_it_works_without_scripts(browser: Browser, door: Door) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(door.address)
    arrive(page, "R-1")
    expect(page.locator("[data-checkin-row=R-1] .btn")).to_be_disabled()
    page.get_by_label("Code").fill("CODE-2")
    page.get_by_label("Code").press("Enter")
    expect(page.locator("[data-checkin-row=R-2] .btn")).to_be_disabled()
    assert door.arrived == ["R-1", "R-2"]
    expect(page.get_by_label("Find a person")).to_be_hidden()
    context.close()


def test_a_full_storage_falls_back_to_the_plain_form(desk: Page, door: Door) -> None:
    desk.evaluate("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; null")
    arrive(desk, "R-1")
    expect(desk.locator("[data-checkin-row=R-1] .btn")).to_be_disabled()
    desk.wait_for_url(f"{door.address}/")
    assert door.arrived == ["R-1"]
    assert "scan" not in door.asked[0]


CAMERA = """
  window.BarcodeDetector = class {
    static async getSupportedFormats() { return ["qr_code"]; }
    async detect() { return window.seen ? [{ rawValue: window.seen }] : []; }
  };
  navigator.mediaDevices.getUserMedia = async () => {
    if (window.denied) throw new DOMException("no", "NotAllowedError");
    return document.createElement("canvas").captureStream(5);
  };
"""


def test_a_code_before_the_camera_is_read_once(page: Page, door: Door) -> None:
    """The browser's reader of codes is not built into Chromium for Linux, so that part of the browser is ours here."""
    page.add_init_script(CAMERA)
    page.goto(door.address)
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_role("button", name="Close the camera")).to_be_visible()
    page.evaluate("window.seen = 'CODE-1'")
    expect(page.locator("[data-checkin-row=R-1] [data-checkin-said]")).to_have_text("Arrived at 09:05")
    page.evaluate("window.seen = 'https://x/CODE-2'")
    expect(page.locator("[data-checkin-row=R-2] [data-checkin-said]")).to_have_text("Arrived at 09:05")
    page.get_by_role("button", name="Close the camera").click()
    expect(page.get_by_role("button", name="Scan with the camera")).to_be_visible()
    all_sent(page)
    assert len(door.asked) == 2


def test_a_camera_that_is_not_allowed_is_said(page: Page, door: Door) -> None:
    page.add_init_script(CAMERA)
    page.goto(door.address)
    page.evaluate("window.denied = true")
    page.get_by_role("button", name="Scan with the camera").click()
    expect(page.get_by_text("The camera is not allowed.")).to_be_visible()


def test_without_a_reader_of_codes_no_button_is_shown(desk: Page) -> None:
    if desk.evaluate("'BarcodeDetector' in window"):
        desk.add_init_script("delete window.BarcodeDetector")
        desk.reload()
    expect(desk.get_by_role("button", name="Scan with the camera")).to_be_hidden()
