"""The main ways through the portal by keyboard alone, with and without scripts: to apply, and to vote."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from cluster_portal.common.models import User
from members.actions.adhesion import start_adhesion
from members.enums import Choice
from members.models import Ballot
from tests import factories
from tests.browser.world import session_of
from tests.members.adhesion.conftest import page as step_of
from tests.members.desk.conftest import LIST, door

pytestmark = pytest.mark.django_db(transaction=True)
FARTHEST = 80  # presses of Tab within which everything is reached


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def window(request: pytest.FixtureRequest, browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, locale="en-GB", base_url=server)
    yield context.new_page()
    context.close()


def as_(window: Page, server: str, person: User) -> None:
    """Sign in."""
    cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": session_of(person), "url": server}
    window.context.add_cookies([cookie])


def reach(window: Page, selector: str) -> None:
    """Press Tab until the focus is there, and see that it shows."""
    wanted = window.locator(f":focus:is({selector})")
    for _ in range(FARTHEST):
        if wanted.count():
            break
        window.keyboard.press("Tab")
    expect(wanted).to_have_count(1)
    assert wanted.evaluate("(one) => getComputedStyle(one).outlineStyle") != "none", selector


def write(window: Page, selector: str, text: str) -> None:
    reach(window, selector)
    window.keyboard.press("ControlOrMeta+a")
    window.keyboard.type(text)


def press(window: Page, selector: str, key: str = "Enter") -> None:
    reach(window, selector)
    window.keyboard.press(key)


def test_an_applicant_fills_steps_by_keyboard(server: str, window: Page, tmp_path: Any) -> None:
    factories.a_cluster()
    applicant = factories.a_user("ana@example.org")
    draft = start_adhesion(by=applicant)
    as_(window, server, applicant)

    window.goto(step_of(draft, "organisation"))
    write(window, "#id_legal_name", "Atelierul Înălțimii SRL")
    reach(window, "#id_country")
    window.keyboard.type("Roma")
    write(window, "#id_tax_id", "12345")  # its check digit is wrong
    press(window, "main .btn--primary")
    expect(window.locator(".errors")).to_contain_text("Tax number")
    press(window, ".errors a[href='#id_tax_id']")
    write(window, "#id_tax_id", factories.a_cui(1900001))
    expect(window.locator("#id_legal_name")).to_have_value("Atelierul Înălțimii SRL")
    press(window, "main .btn--primary")

    expect(window.locator("h1")).to_have_text("Representative")
    window.goto(step_of(draft, "role"))
    press(window, "#id_side_0", "Space")
    press(window, "main .btn--primary")

    expect(window.locator("h1")).to_have_text("Fields and evidence")
    press(window, ".domain:first-of-type > summary")
    press(window, ".domain[open] input[type=checkbox]", "Space")
    write(window, "#id_contribution", "A laboratory for two weeks a year.")
    press(window, "main .btn--primary")

    expect(window.locator("h1")).to_have_text("Documents")
    paper = tmp_path / "act.pdf"
    paper.write_bytes(factories.PDF)
    window.locator("#const_act input[type=file]").set_input_files(paper)  # a window of the system, not of the page
    press(window, "#const_act button.btn")
    expect(window.locator("#const_act")).to_contain_text("act.pdf")

    draft.refresh_from_db()
    assert draft.organisation.tax_id == factories.a_cui(1900001)
    assert draft.organisation.side == "civil"
    assert draft.contribution == "A laboratory for two weeks a year."
    assert draft.organisation.capabilities.count() == 1 and draft.documents.count() == 1


@pytest.fixture
def board() -> list[User]:
    factories.a_cluster()
    return factories.a_board()


def test_a_director_votes_on_one_file_by_keyboard(server: str, window: Page, board: list[User]) -> None:
    vote = factories.an_open_round(board)
    as_(window, server, board[3])
    window.goto(door(vote.request))
    press(window, "#id_interest_0", "Space")
    press(window, "button[name=choice][value=against]")
    expect(window.locator("#id_motive_error")).to_be_visible()
    write(window, "#id_motive", "The evidence does not show what the file says.")
    press(window, "button[name=choice][value=against]")
    expect(window.locator(".ballot")).to_contain_text("Your vote: Against")
    ballot = Ballot.objects.get()
    assert (ballot.choice, ballot.motive) == (Choice.AGAINST, "The evidence does not show what the file says.")


def test_a_director_votes_on_several_files_by_keyboard(server: str, window: Page, board: list[User]) -> None:
    for name in ("Prima SRL", "A doua SRL"):
        factories.an_open_round(board, legal_name=name)
    as_(window, server, board[3])
    window.goto(LIST)
    reach(window, "select[name=action]")
    window.keyboard.type("Vote")
    for box in window.locator("input[name=_selected_action]").all():
        press(window, f"[name=_selected_action][value='{box.get_attribute('value')}']", "Space")
    window.keyboard.press("Enter")

    expect(window.locator("h1")).to_have_text("Vote on several requests")
    for one in window.locator(".votes > li").all():
        row = f"#{one.get_attribute('id')}"
        press(window, f"{row} input[value=none]", "Space")
        reach(window, f"{row} [data-choices] input:checked")
        window.keyboard.press("ArrowRight")  # from "leave open" to "for"
    press(window, "main .btn--primary")
    expect(window.locator(".notice")).to_be_visible()
    assert list(Ballot.objects.values_list("choice", flat=True)) == [Choice.FOR, Choice.FOR]
