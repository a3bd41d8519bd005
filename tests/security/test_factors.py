"""The second factor: each code opens once, guessing ends, and nothing leads around it."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from cluster_portal.common.models import OutgoingMail, User
from tests import factories
from tests.runtime.test_http import code

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("still_clock")]
FACTOR, OWN = "/accounts/2fa/authenticate/", "/accounts/email/"


@pytest.fixture
def secret() -> str:
    return str(generate_totp_secret())


@pytest.fixture
def person(cluster: Any, secret: str) -> User:
    """Somebody of the office with an authenticator app."""
    person = factories.an_office_person()
    TOTP.activate(person, secret)
    return person


def with_password(person: User) -> Client:
    browser = Client()
    answer = browser.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    assert answer["Location"] == FACTOR
    return browser


def opens(browser: Client) -> bool:
    return bool(browser.get(OWN).status_code == 200)


def test_a_code_of_the_app_opens_once(person: User, secret: str) -> None:
    first, second, now = with_password(person), with_password(person), code(secret)
    first.post(FACTOR, {"code": now})
    told = second.post(FACTOR, {"code": now}).content.decode()
    assert opens(first) and not opens(second)
    assert "good for half a minute and opens once: type the one that it shows now" in told


def test_a_code_is_over_with_its_half_minute(person: User, secret: str) -> None:
    browser, now = with_password(person), code(secret)
    with time_machine.travel(time.time() + 30, tick=False):
        told = browser.post(FACTOR, {"code": now}).content.decode()
        assert not opens(browser) and "If that is refused too, let your phone set its time automatically." in told
        browser.post(FACTOR, {"code": code(secret)})
        assert opens(browser)


def test_a_recovery_code_opens_once(person: User) -> None:
    codes = RecoveryCodes.activate(person).get_unused_codes()
    first, second = with_password(person), with_password(person)
    first.post(FACTOR, {"code": codes[0]})
    second.post(FACTOR, {"code": codes[0]})
    assert opens(first) and not opens(second)
    assert (
        len(RecoveryCodes(Authenticator.objects.get(user=person, type="recovery_codes")).get_unused_codes())
        == len(codes) - 1
    )


def test_guessing_a_code_ends_and_the_right_one_comes_too_late(person: User, secret: str) -> None:
    browser = with_password(person)
    answers = [browser.post(FACTOR, {"code": f"{guess:06}"}).status_code for guess in range(12)]
    assert 429 in answers or "Too many" in browser.post(FACTOR, {"code": "000000"}).content.decode()
    browser.post(FACTOR, {"code": code(secret)})
    assert not opens(browser)


def test_a_new_password_does_not_lead_around_the_factor(person: User) -> None:
    Client().post("/accounts/password/reset/", {"email": person.email})
    text = OutgoingMail.objects.get(kind="account/password_reset_key").text
    (link,) = re.findall(r"http\S+/password/reset/key/\S+", text)
    browser = Client()
    page = browser.get(link, follow=True)
    browser.post(page.redirect_chain[-1][0], {"password1": "correct horse 9", "password2": "correct horse 9"})
    person.refresh_from_db()
    assert person.check_password("correct horse 9") and not opens(browser)
    assert (
        browser.post("/accounts/login/", {"login": person.email, "password": "correct horse 9"})["Location"] == FACTOR
    )


@pytest.mark.parametrize("path", ["/accounts/2fa/totp/deactivate/", "/accounts/2fa/recovery-codes/generate/"])
def test_a_session_with_the_password_alone_removes_no_factor(person: User, settings: Any, path: str) -> None:
    settings.REQUIRE_STAFF_MFA = True
    browser = Client()
    browser.force_login(person)
    browser.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    assert browser.post(path).status_code == 302
    assert Authenticator.objects.filter(user=person, type="totp").exists()
    assert not Authenticator.objects.filter(user=person, type="recovery_codes").exists()
