"""Guessing a password ends, counted for all web processes together, also while Valkey is gone."""

import re
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

import pytest

from tests import factories
from tests.conftest import served

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
OWN = "/accounts/email/"


def asked(browser: OpenerDirector, address: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    """The status and the page, wherever the answer led."""
    try:
        with browser.open(address, urlencode(form).encode() if form else None, timeout=30) as answer:
            return answer.status, answer.read().decode() + answer.url
    except HTTPError as refusal:
        return refusal.code, refusal.read().decode()


def sign_in(browser: OpenerDirector, site: str, email: str, password: str) -> tuple[int, str]:
    _status, page = asked(browser, f"{site}/accounts/login/")
    (token,) = set(TOKEN.findall(page))
    return asked(
        browser, f"{site}/accounts/login/", {"login": email, "password": password, "csrfmiddlewaretoken": token}
    )


@pytest.mark.django_db(transaction=True)
def test_without_valkey_people_sign_in_and_guessing_ends(cluster: object, tmp_path: Path) -> None:
    person, other = factories.a_user(), factories.a_user()
    with served(tmp_path, PORTAL_TEST_REDIS_URL=f"unix://{tmp_path}/nowhere.sock") as site:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        assert sign_in(browser, site, other.email, factories.PASSWORD)[0] == 200
        assert other.email in asked(browser, site + OWN)[1]  # the session stands in the database
        guesser = build_opener(HTTPCookieProcessor(CookieJar()))
        answers = [sign_in(guesser, site, person.email, f"guess {number}") for number in range(12)]
        assert any(status == 429 or "Too many" in page for status, page in answers)
        sign_in(guesser, site, person.email, factories.PASSWORD)
        assert person.email not in asked(guesser, site + OWN)[1]  # the right one comes too late
        assert other.email in asked(browser, site + OWN)[1]
