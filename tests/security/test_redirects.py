"""Wherever an address says where to go next, it leads to a page of the portal or nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

import pytest
from django.test import Client

from cluster_portal.common.models import Cluster
from tests import factories

pytestmark = pytest.mark.django_db
HERE = "http://testserver"
ELSEWHERE = [
    "//evil.example", "///evil.example", "////evil.example", "\\\\evil.example", "/\\evil.example", "\\/evil.example",
    "/\\/evil.example", "https:evil.example", "https:/evil.example", "https://evil.example", "http:///evil.example",
    "HTTPS://evil.example", "https://testserver@evil.example", "https://testserver.evil.example",
    "https://evil.example/testserver", "https://evil.example#testserver", "https://evil.example?http://testserver/",
    "//testserver@evil.example", "//evil.example:80", "//[::ffff:1.2.3.4]", "http://[::1].evil.example",
    "@evil.example",
    ".evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
    "\tjavascript:alert(1)", "\x01javascript:alert(1)", "vbscript:x", "data:text/html,<script>alert(1)</script>",
    "file:///etc/passwd", "blob:http://testserver/x", "ftp://evil.example", "mailto:x@evil.example",
    "\r\nLocation: https://evil.example", "/\r\nSet-Cookie: evil=1", "/%0d%0aSet-Cookie:evil=1", "/\t/evil.example",
    "/\n/evil.example", " //evil.example", "\u2215\u2215evil.example", "\uff0f\uff0fevil.example",
    "/\u2044evil.example",
    "//evil\u3002example", "//\u202eelpmaxe.live", "/..//evil.example", "/.//evil.example", "//evil.example/%2f..",
    "http:evil.example", "//", "///", "https://", ":", "?next=//evil.example", "x" * 600,
]  # fmt: skip


LEADS = {"href", "action", "formaction", "src", "data-hx-get", "data-hx-post"}


class Addresses(HTMLParser):
    """What a page can lead to: links, forms and the like."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [
            value or "" for name, value in attrs if name in {"href", "action", "formaction", "src", "content"}
        ]


def leaves(address: str, page: str) -> bool:
    """Whether a browser would go elsewhere; to a browser a backslash is a slash, and blanks inside do not count."""
    seen = "".join(letter for letter in address.strip().replace("\\", "/") if ord(letter) > 31)
    parts = urlsplit(urljoin(HERE + page, seen))
    return parts.scheme not in {"http", "https"} or parts.netloc != "testserver"


def led_to(answer: Any, page: str) -> Iterator[str]:
    """Addresses in this answer that lead out of the portal; the office's own is no prey."""
    if "Location" in answer.headers and leaves(answer["Location"], page):
        yield answer["Location"]
    if answer.status_code == 200:
        known = f"mailto:{Cluster.objects.get().email}"
        for address in Addresses(answer.content.decode()).found:
            if leaves(address, page) and not address.startswith(known):
                yield address


@pytest.fixture(autouse=True)
def without_limits(settings: Any) -> None:
    settings.ACCOUNT_RATE_LIMITS = False


READ = ("/accounts/login/", "/accounts/signup/", "/admin/login/")
READ_SIGNED_IN = ("/accounts/login/", "/accounts/logout/", "/accounts/reauthenticate/")


def test_no_page_leads_elsewhere_because_its_address_says_so(cluster: Any) -> None:
    stranger, person = Client(), Client()
    person.force_login(factories.a_user())
    found = []
    for next_page in ELSEWHERE:
        for browser, pages in ((stranger, READ), (person, READ_SIGNED_IN)):
            for page in pages:
                answer = browser.get(page, {"next": next_page}, headers={"referer": quote(next_page, safe=":/@")})
                assert answer.status_code < 500
                found += [f"{page} {next_page!r}: {address}" for address in led_to(answer, page)]
    assert not found, "\n".join(found)


def test_no_form_leads_elsewhere_because_somebody_added_a_field(cluster: Any) -> None:
    user = factories.a_user()
    office = factories.an_office_person()
    sent: dict[str, tuple[Any, dict[str, str]]] = {
        "/accounts/login/": (None, {"login": user.email, "password": factories.PASSWORD}),
        "/admin/login/": (None, {"login": office.email, "password": factories.PASSWORD}),
        "/accounts/reauthenticate/": (user, {"password": factories.PASSWORD}),
        "/accounts/logout/": (user, {}),
        "/language/": (None, {"language": "ro"}),
    }
    found = []
    for next_page in ELSEWHERE:
        for page, (who, data) in sent.items():
            browser = Client()
            if who:
                browser.force_login(who)
            answer = browser.post(page, {**data, "next": next_page})
            assert answer.status_code < 500
            found += [f"{page} {next_page!r}: {address}" for address in led_to(answer, page)]
    assert not found, "\n".join(found)
