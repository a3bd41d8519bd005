"""A session that ends in the middle of a form: what was typed is there again after the sign-in."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cluster_portal.common import unsent
from cluster_portal.common.models import User
from members.models import AdhesionRequest
from tests import factories
from tests.members.adhesion import corpus
from tests.members.adhesion.conftest import ORGANISATION, opened, page

pytestmark = pytest.mark.django_db
HERE = "http://testserver"


def signed_in(client: Client, user: User, answer: Any) -> Any:
    """Follow a redirection to the sign-in, sign in as people do, and follow where that leads."""
    assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    asked = client.get(answer["Location"])
    said = client.post(answer["Location"], {"login": user.email, "password": factories.PASSWORD}, follow=True)
    return asked, said


def expired(client: Client) -> None:
    """The session row is gone; the browser still sends its cookie."""
    Session.objects.all().delete()


def test_every_typed_text_is_back_in_the_step_after_the_sign_in(
    browser_of: Client, applicant: User, draft: AdhesionRequest
) -> None:
    path = page(draft, "organisation")
    hidden = opened(browser_of, draft, "organisation")
    expired(browser_of)
    answer = browser_of.post(path, {**ORGANISATION, **hidden}, headers={"referer": f"{HERE}{path}"})
    asked, said = signed_in(browser_of, applicant, answer)
    assert "what you typed waits for you" in asked.content.decode()
    assert said.request["PATH_INFO"] == path
    form = said.context["form"]
    assert {name: form[name].value() for name in ORGANISATION} == ORGANISATION
    assert "before you were signed out" in said.content.decode()
    draft.refresh_from_db()
    assert draft.organisation.legal_name == ""  # nothing is saved without its person
    saved = {**ORGANISATION, "version": said.context["version"], "seen": said.context["seen"]}
    assert browser_of.post(path, saved).status_code == 303
    assert "before you were signed out" not in browser_of.get(path).content.decode()


def test_what_another_window_saved_meanwhile_is_compared_and_not_overwritten(
    browser_of: Client, applicant: User, draft: AdhesionRequest
) -> None:
    path = page(draft, "evidence")
    hidden = opened(browser_of, draft, "evidence")
    expired(browser_of)
    answer = browser_of.post(path, {**hidden, "contribution": "Mine."}, headers={"referer": f"{HERE}{path}"})
    other = Client()
    other.force_login(applicant)
    other.post(path, {"contribution": "The other window's."})
    _asked, said = signed_in(browser_of, applicant, answer)
    sent = {"contribution": "Mine.", "version": said.context["version"], "seen": said.context["seen"]}
    assert browser_of.post(path, sent).status_code == 409


def test_files_cannot_wait_and_the_page_says_so(browser_of: Client, applicant: User, draft: AdhesionRequest) -> None:
    expired(browser_of)
    upload = SimpleUploadedFile("act.pdf", corpus.pdf())
    answer = browser_of.post(
        reverse("members:document-add", args=[draft.key, "const_act"]),
        {"const_act-file": upload, "const_act-issued_on": "2026-03-01"},
        headers={"referer": f"{HERE}{page(draft, 'documents')}"},
    )
    asked, said = signed_in(browser_of, applicant, answer)
    assert "please choose them again" in asked.content.decode()
    assert said.request["PATH_INFO"] == page(draft, "documents")
    assert 'value="2026-03-01"' in said.content.decode()


def test_a_form_that_saves_itself_is_told_of_the_sign_out(browser_of: Client, draft: AdhesionRequest) -> None:
    expired(browser_of)
    answer = browser_of.post(page(draft, "evidence"), {"contribution": "Mine."}, headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (401, {"signed_out": True})


def test_an_address_that_only_takes_posts_leads_back_to_the_page_of_its_button(
    browser_of: Client, draft: AdhesionRequest
) -> None:
    expired(browser_of)
    path = reverse("members:request-submit", args=[draft.key])
    answer = browser_of.post(path, headers={"referer": f"{HERE}{page(draft, 'review')}"})
    assert answer["Location"] == f"/accounts/login/?next={page(draft, 'review')}"


@pytest.mark.parametrize(
    "referer",
    ["https://evil.example/x", "//evil.example", "javascript:alert(1)", "", "http://testserver//evil.example/"],
)
def test_a_foreign_page_left_is_never_led_back_to(browser_of: Client, draft: AdhesionRequest, referer: str) -> None:
    expired(browser_of)
    answer = browser_of.post(page(draft, "evidence"), {"contribution": "x"}, headers={"referer": referer})
    assert answer["Location"] == f"/accounts/login/?next={page(draft, 'evidence')}"


def test_what_is_saved_can_be_taken_instead(browser_of: Client, applicant: User, draft: AdhesionRequest) -> None:
    path = page(draft, "evidence")
    expired(browser_of)
    answer = browser_of.post(path, {"contribution": "Mine."}, headers={"referer": f"{HERE}{path}"})
    signed_in(browser_of, applicant, answer)
    assert browser_of.get(f"{path}?saved").context["form"]["contribution"].value() == ""
    assert browser_of.get(path).context["unsent"] is None


def test_another_person_at_the_same_browser_sees_nothing_of_it(
    browser_of: Client, applicant: User, draft: AdhesionRequest
) -> None:
    path = page(draft, "evidence")
    expired(browser_of)
    answer = browser_of.post(path, {"contribution": "A secret."}, headers={"referer": f"{HERE}{path}"})
    _asked, said = signed_in(browser_of, factories.a_user(), answer)
    assert said.status_code == 404 and "A secret." not in said.content.decode()


def test_it_does_not_wait_for_ever(
    browser_of: Client, applicant: User, draft: AdhesionRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = page(draft, "evidence")
    expired(browser_of)
    answer = browser_of.post(path, {"contribution": "Mine."}, headers={"referer": f"{HERE}{path}"})
    later = time.time() + unsent.KEPT_SECONDS + 60
    monkeypatch.setattr(time, "time", lambda: later)
    _asked, said = signed_in(browser_of, applicant, answer)
    assert said.context["form"]["contribution"].value() == ""


def test_a_text_too_long_to_wait_is_not_kept(browser_of: Client, draft: AdhesionRequest) -> None:
    path = page(draft, "evidence")
    expired(browser_of)
    browser_of.post(path, {"contribution": "x" * (unsent.MOST_CHARACTERS + 1)}, headers={"referer": f"{HERE}{path}"})
    assert not any("unsent" in row.get_decoded() for row in Session.objects.all())


# --- The form has grown old -------------------------------------------------------------------------------------------
@pytest.fixture
def strict(applicant: User) -> Client:
    """A browser whose forms are checked for their token."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(applicant)
    return client


def test_a_form_with_an_old_token_keeps_its_text(strict: Client, draft: AdhesionRequest) -> None:
    path = page(draft, "evidence")
    answer = strict.post(
        path,
        {"contribution": "Mine.", "csrfmiddlewaretoken": "old"},
        headers={"origin": HERE, "referer": f"{HERE}{path}"},
    )
    assert answer.status_code == 403
    assert "What you typed is not lost" in answer.content.decode()
    assert f'href="{path}"' in answer.content.decode()
    assert strict.get(path).context["form"]["contribution"].value() == "Mine."


def test_a_forged_post_from_another_site_leaves_nothing_behind(strict: Client, draft: AdhesionRequest) -> None:
    path = page(draft, "evidence")
    answer = strict.post(path, {"contribution": "Forged."}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert "Forged." not in answer.content.decode()
    assert strict.get(path).context["form"]["contribution"].value() == ""


def test_a_form_that_takes_no_part_still_shows_what_was_typed_but_never_a_password(client: Client, db: None) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(
        "/accounts/login/", {"login": "ana@example.org", "password": "my password"}, headers={"origin": HERE}
    )
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "ana@example.org" in shown and "my password" not in shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [("postcode", True), ("contribution", True), ("code", False), ("password1", False), ("csrfmiddlewaretoken", False)],
)
def test_codes_and_passwords_are_never_repeated_but_a_postcode_is(name: str, shown: bool) -> None:
    assert unsent.may_be_repeated(name) is shown
