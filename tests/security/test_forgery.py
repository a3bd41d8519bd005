"""Forms sent by other sites, methods that pretend to be others, and looks that must not act."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client

from cluster_portal.common.models import OutgoingMail, User
from tests import factories

pytestmark = pytest.mark.django_db
CSRF = settings.CSRF_COOKIE_NAME
HIDDEN = (
    "/.git/config",
    "/.env",
    "/backup",
    "/admin/doc/",
    "/metrics",
    "/__debug__/",
    "/media/",
    "/debug",
    "/wp-login.php",
)


def strict(person: User | None = None) -> tuple[Client, str]:
    """A browser that checks tokens, and its token."""
    browser = Client(enforce_csrf_checks=True)
    if person:
        browser.force_login(person)
    browser.get("/accounts/login/" if person is None else "/accounts/logout/")
    return browser, str(browser.cookies[CSRF].value)


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://testserver.evil.example", "http://testserver:81"]
)
def test_a_right_token_from_another_site_is_refused(cluster: Any, origin: str) -> None:
    browser, token = strict()
    data = {"login": factories.a_user().email, "password": factories.PASSWORD, "csrfmiddlewaretoken": token}
    assert browser.post("/accounts/login/", data, headers={"origin": origin}).status_code == 403
    assert browser.post("/accounts/login/", data, headers={"origin": "http://testserver"}).status_code == 302


def test_the_token_of_somebody_else_opens_nothing(cluster: Any) -> None:
    _theirs, token = strict(factories.a_user())
    mine, own = strict(factories.a_user())
    assert mine.post("/accounts/logout/", {"csrfmiddlewaretoken": token}).status_code == 403
    assert mine.post("/accounts/logout/", {"csrfmiddlewaretoken": own}).status_code == 302


def test_nobody_is_signed_in_by_a_form_of_another_site(cluster: Any) -> None:
    person = factories.a_user()
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/accounts/login/", {"login": person.email, "password": factories.PASSWORD})
    assert answer.status_code == 403 and settings.SESSION_COOKIE_NAME not in browser.cookies


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "POST", "TRACE", "OPTIONS"])
def test_a_look_stays_a_look_whatever_method_it_pretends_to_be(cluster: Any, client: Client, method: str) -> None:
    client.force_login(factories.a_user())
    headers = {"x-http-method-override": method, "x-http-method": method, "x-method-override": method}
    assert client.get("/accounts/logout/", {"_method": method}, headers=headers).status_code == 200
    assert client.get("/accounts/email/").status_code == 200
    assert client.generic("TRACE", "/members/").status_code == 405


def test_opening_the_link_of_a_letter_confirms_nothing_by_itself(cluster: Any, client: Client) -> None:
    """Mail scanners open every link."""
    new = {"email": "nou@example.org", "password1": "correct horse 9", "password2": "correct horse 9"}
    client.post("/accounts/signup/", new)
    text = OutgoingMail.objects.get(kind="account/email_confirmation_signup").text
    link = next(word for word in text.split() if "/confirm-email/" in word)
    assert Client().get(link).status_code == 200
    assert not EmailAddress.objects.get(email=new["email"]).verified


@pytest.mark.parametrize("path", HIDDEN)
def test_what_attackers_look_for_first_is_not_there(cluster: Any, client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
