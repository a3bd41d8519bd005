"""In a real browser: a step saves itself, two windows meet, a session ends, a large file is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Page, expect

from cluster_portal.common.models import User
from members.actions.adhesion import start_adhesion
from members.models import AdhesionRequest
from tests import factories
from tests.members.adhesion.conftest import page as path_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft(server: str, page: Page) -> AdhesionRequest:
    """A draft whose applicant is signed in in the browser."""
    factories.a_cluster()
    applicant = factories.a_user("ana@example.org")
    sign_in(server, page, applicant)
    return start_adhesion(by=applicant)


def sign_in(server: str, page: Page, user: User) -> None:
    client = Client()
    client.force_login(user)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server}])


def quick(page: Page) -> None:
    """Twenty seconds pass in a moment."""
    page.clock.install()


def test_a_step_saves_itself_and_says_when(server: str, page: Page, draft: AdhesionRequest) -> None:
    quick(page)
    page.goto(server + path_of(draft, "evidence"))
    page.fill("#id_contribution", "A laboratory for two weeks a year.")
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.clock.fast_forward(21_000)
    expect(page.locator("[data-draft-status]")).to_contain_text("Draft saved at")
    draft.refresh_from_db()
    assert draft.contribution == "A laboratory for two weeks a year."
    page.fill("#id_contribution", "A laboratory, and two operators.")
    page.click("text=Save and go to documents")
    page.wait_for_url("**/documents/")
    draft.refresh_from_db()
    assert draft.contribution == "A laboratory, and two operators."


def test_a_session_that_ended_keeps_the_text_in_the_browser_and_after_the_sign_in(
    server: str, page: Page, draft: AdhesionRequest
) -> None:
    quick(page)
    page.goto(server + path_of(draft, "evidence"))
    Session.objects.all().delete()
    page.fill("#id_contribution", "Typed before the end.")
    with page.expect_response(lambda answer: answer.status == 401):
        page.clock.fast_forward(21_000)
    expect(page.locator("[data-draft-status]")).to_contain_text("You have been signed out")
    page.click("text=Save and go to documents")
    page.fill("input[name=login]", "ana@example.org")
    page.fill("input[name=password]", factories.PASSWORD)
    page.click("main form button")
    expect(page.locator("#id_contribution")).to_have_value("Typed before the end.")
    page.click("text=Save and go to documents")
    page.wait_for_url("**/documents/")
    draft.refresh_from_db()
    assert draft.contribution == "Typed before the end."


def test_two_windows_are_shown_side_by_side(server: str, page: Page, draft: AdhesionRequest) -> None:
    other = page.context.new_page()
    for window in (page, other):
        window.goto(server + path_of(draft, "evidence"))
    page.fill("#id_contribution", "From the first window.")
    page.click("text=Save and go to documents")
    page.wait_for_url("**/documents/")
    other.fill("#id_contribution", "From the second window.")
    other.click("text=Save and go to documents")
    expect(other.locator("h1")).to_have_text("This step was changed in another window")
    for words in ("From the first window.", "From the second window."):
        expect(other.locator(".versions")).to_contain_text(words)
    other.click("text=What you typed here")
    other.click("text=Save my choice")
    other.wait_for_url("**/documents/")
    draft.refresh_from_db()
    assert draft.contribution == "From the second window."


def test_fields_of_the_other_country_step_back(server: str, page: Page, draft: AdhesionRequest) -> None:
    page.goto(server + path_of(draft, "organisation"))
    expect(page.locator("#id_lei")).to_be_hidden()
    page.select_option("#id_country", "DE")
    expect(page.locator("#id_lei")).to_be_visible()
    expect(page.locator("#id_county")).to_be_hidden()


def test_thirty_megabytes_get_a_sentence_and_not_a_broken_connection(
    server: str, page: Page, draft: AdhesionRequest, tmp_path: Any
) -> None:
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-1.7\n" + b"x" * 30 * 1024 * 1024)
    page.goto(server + path_of(draft, "documents"))
    place = page.locator("#const_act")
    place.locator("input[type=file]").set_input_files(large)
    place.locator("button", has_text="Upload").click()
    expect(page.locator(".errors")).to_contain_text("larger than 15 MB")
    expect(page.locator("#const_act .wrong")).to_contain_text("larger than 15 MB")
