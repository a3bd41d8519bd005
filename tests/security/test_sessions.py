"""Sessions: a number that somebody planted is never taken over, a new one at every step, the old one opens nothing."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.test import Client

from cluster_portal.common.models import OutgoingMail, User
from tests import factories
from tests.runtime.test_http import code

pytestmark = pytest.mark.django_db
SID = settings.SESSION_COOKIE_NAME
OWN = "/accounts/email/"


def signs_in(browser: Client, person: User) -> Any:
    return browser.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})


def sid(browser: Client) -> str:
    return str(browser.cookies[SID].value)


def opens(number: str, page: str = OWN) -> bool:
    """Whether this session's number alone opens a page that only its owner may see."""
    browser = Client()
    browser.cookies[SID] = number
    return bool(browser.get(page).status_code == 200)


@pytest.mark.parametrize("number", ["a" * 32, "planted", "", "x" * 5_000, "../../etc"])
def test_a_number_that_was_never_given_out_is_not_taken_over(cluster: Any, client: Client, number: str) -> None:
    client.cookies[SID] = number
    signs_in(client, factories.a_user())
    assert sid(client) != number and opens(sid(client))
    assert not opens(number)


def test_a_strangers_real_session_gives_way_to_a_new_one_at_the_sign_in(cluster: Any, client: Client) -> None:
    planted = SessionStore()
    planted["left"] = "by the attacker"
    planted.save()
    client.cookies[SID] = str(planted.session_key)
    signs_in(client, factories.a_user())
    assert sid(client) != planted.session_key
    assert not opens(str(planted.session_key)) and not planted.exists(str(planted.session_key))


@pytest.mark.usefixtures("still_clock")
def test_the_number_changes_with_the_second_factor(cluster: Any, client: Client) -> None:
    person, secret = factories.a_user(), generate_totp_secret()
    TOTP.activate(person, secret)
    assert signs_in(client, person)["Location"] == "/accounts/2fa/authenticate/"
    half = sid(client)
    assert not opens(half)
    client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
    assert opens(sid(client)) and sid(client) != half and not opens(half)


def test_signing_out_ends_the_session_on_the_server(cluster: Any, client: Client) -> None:
    signs_in(client, factories.a_user())
    before = sid(client)
    client.get("/accounts/logout/")
    assert opens(before), "a look at the page signs nobody out"
    answer = client.post("/accounts/logout/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not opens(before) and not Session.objects.filter(session_key=before).exists()


def test_another_password_ends_every_session(cluster: Any) -> None:
    person, here, there = factories.a_user(), Client(), Client()
    signs_in(here, person)
    signs_in(there, person)
    stolen = sid(there)
    new = "correct horse 9"
    here.post("/accounts/password/change/", {"oldpassword": factories.PASSWORD, "password1": new, "password2": new})
    person.refresh_from_db()
    assert person.check_password(new)
    assert not opens(stolen)


def test_another_address_ends_every_other_session(cluster: Any) -> None:
    person, here, there = factories.a_user(), Client(), Client()
    signs_in(here, person)
    signs_in(there, person)
    stolen = sid(there)
    here.post("/accounts/reauthenticate/", {"password": factories.PASSWORD})
    here.post(OWN, {"email": "new@example.org", "action_add": "1"})
    text = OutgoingMail.objects.get(kind="account/email_confirmation", recipient="new@example.org").text
    link = next(word for word in text.split() if "/confirm-email/" in word)
    here.post(link)
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert not opens(stolen) and opens(sid(here))


def test_who_is_switched_off_is_out_at_once_and_cannot_come_back(cluster: Any, client: Client) -> None:
    person = factories.a_user()
    signs_in(client, person)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(OWN).status_code == 302
    again = Client()
    signs_in(again, person)
    assert SID not in again.cookies or not opens(sid(again))


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(cluster: Any, client: Client) -> None:
    client.get("/accounts/login/")
    signs_in(client, factories.a_user())
    for cookie in client.cookies.values():
        assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/", cookie
    assert set(client.cookies) <= {SID, settings.CSRF_COOKIE_NAME}
