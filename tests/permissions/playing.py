"""Tries doors without leaving a trace: each try in a savepoint that is undone, with the rows that it wrote counted."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client

from tests.permissions.doors import Row, address, told
from tests.permissions.payloads import payload
from tests.permissions.world import World

NOT_COUNTED = ("django_session", "portal_cache", "usersessions_usersession")
"""Tables of the machinery: who is signed in, how often somebody tried."""


@dataclass(frozen=True)
class Try:
    """The answer of a door, and how many rows were inserted, changed or deleted on the way."""

    response: HttpResponse
    body: bytes
    written: int
    path: str
    method: str

    @property
    def told(self) -> str:
        """The answer in the words of the matrix."""
        return told(self.response, self.method, wrote=self.written > 0)


def written() -> int:
    """Rows written so far in this transaction, those that were rolled back included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)"
            " + pg_stat_get_xact_tuples_deleted(oid)), 0) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> ALL(%s)",
            [list(NOT_COUNTED)],
        )
        return int(cursor.fetchone()[0])


def attempt(client: Client, row: Row, world: World) -> Try:
    """Go through a door as this browser, and let it be as if nothing had happened."""
    path = address(row, world)
    data = payload(row.door, world, world.things[row.thing] if row.thing else {}) if row.method == "POST" else {}
    return go(client, row.method, path, data)


def go(client: Client, method: str, path: str, data: Any = None, **headers: str) -> Try:
    """One request; the database and the cookies are as before afterwards."""
    cookies, before = deepcopy(client.cookies), written()
    mark = transaction.savepoint()
    try:
        ask = client.post if method == "POST" else client.get
        response: HttpResponse = ask(path, data or {}, headers=headers or None)  # type: ignore[assignment]
        body = response.getvalue()  # what is streamed is written while it is read
        changed = written() - before
    finally:
        transaction.savepoint_rollback(mark)
        client.cookies = cookies
    return Try(response, body, changed, path, method)
