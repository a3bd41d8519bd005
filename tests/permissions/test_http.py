"""The matrix once more over real HTTP: gunicorn on the loopback, a session for each role, forms with their token.

Tried here is all that leaves the world as it is: every GET, every POST that is refused, and every POST without a token.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils.crypto import get_random_string

from cluster_portal.common.context import forget_cluster
from tests.permissions.doors import Row, address, rows, told
from tests.permissions.payloads import payload
from tests.permissions.playing import NOT_COUNTED
from tests.permissions.world import ROLES, World, build, client_of

REFUSALS = {"L", "F", "403", "404", "405", "409"}
TOKEN = get_random_string(32)
EXEMPT = {"set_language", "common:unsubscribe", "common:subscribe"}
"""Doors that take a form without a token: see the first part of the matrix, and RFC 8058 for the links of letters."""
TRIED_WITHOUT_TOKEN = {"V", "R", "S"}


@pytest.fixture
def as_in_production(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server that is started next asks staff for a second factor and shows no page of the demonstration."""
    monkeypatch.setenv("REQUIRE_STAFF_MFA", "1")
    monkeypatch.setenv("PORTAL_TEST_DEMO", "0")


@pytest.fixture
def world(transactional_db: None) -> Iterator[World]:
    yield build()
    forget_cluster()


class Browser:
    """One connection that stays open, with the cookies of one role."""

    def __init__(self, server: str, sid: str) -> None:
        parts = urlsplit(server)
        self.line = HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        self.headers = {"Host": parts.netloc, "Origin": server}
        self.cookies = {settings.CSRF_COOKIE_NAME: TOKEN} | ({settings.SESSION_COOKIE_NAME: sid} if sid else {})

    def close(self) -> None:
        self.line.close()

    def ask(self, method: str, path: str, data: dict[str, object] | None = None, *, token: bool = True) -> HttpResponse:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = self.headers | {"Cookie": cookies}
        body = b""
        if method == "POST":
            body = encode_multipart(BOUNDARY, data or {})
            headers |= {"Content-Type": MULTIPART_CONTENT} | ({"X-CSRFToken": TOKEN} if token else {})
        self.line.request(method, path, body, headers)
        answer = self.line.getresponse()
        content = answer.read()
        return HttpResponse(content, status=answer.status, headers=dict(answer.getheaders()))


def checksums() -> dict[str, int]:
    """A number for each table; a row that is added, changed or deleted changes it."""
    with connection.cursor() as cursor:
        tables = [name for name in connection.introspection.table_names(cursor) if name not in NOT_COUNTED]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT coalesce(sum(hashtext(t::text)::bigint), 0) FROM "{table}" t')
            found[table] = int(cursor.fetchone()[0])
        return found


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_every_door_answers_every_role_over_http_as_in_the_matrix(
    as_in_production: None, world: World, server: str
) -> None:
    sids = {role: client_of(world, role).cookies.get(settings.SESSION_COOKIE_NAME) for role in ROLES}
    asked = [(row, address(row, world), _sent(row, world)) for row in rows()]
    before = checksums()

    def tour(role: str) -> list[str]:
        sid = sids[role]
        with closing(Browser(server, sid.value if sid else "")) as browser:
            return [line for row, path, data in asked for line in _wrong(browser, role, row, path, data)]

    with ThreadPoolExecutor(max(4, os.cpu_count() or 1)) as threads:
        wrong = [line for lines in threads.map(tour, ROLES) for line in lines]
    assert not wrong, "\n".join(wrong)
    assert checksums() == before


def _sent(row: Row, world: World) -> dict[str, object]:
    return payload(row.door, world, world.things[row.thing] if row.thing else {}) if row.method == "POST" else {}


def _wrong(browser: Browser, role: str, row: Row, path: str, data: dict[str, object]) -> Iterator[str]:
    promised = row.answers[role]
    if row.method == "GET" or promised in REFUSALS:
        found = told(browser.ask(row.method, path, data), row.method, wrote=False)
        if found != promised:
            yield f"{role}: {row}: {found}, promised {promised}"
    if row.method == "POST" and row.door not in EXEMPT and role in TRIED_WITHOUT_TOKEN:
        found = told(browser.ask("POST", path, data, token=False), "POST", wrote=False)
        if found != "403":
            yield f"{role}: {row} without its token: {found}"
