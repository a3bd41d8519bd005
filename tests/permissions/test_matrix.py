"""Every door of the portal, tried as every role: `matrix.csv` is the promise, this file tries it.

A cell says what the answer is: a status; `L` the sign-in page, `F` the page that asks for the second factor, `303` done
and sent on. Writes that are refused must not change a single row.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import SettingsWrapper

from tests.permissions.payloads import PAYLOADS
from tests.permissions.world import ROLES, World, build, client_of

MATRIX = Path(__file__).with_name("matrix.csv")
NOT_COUNTED = ("django_session", "portal_cache", "usersessions_usersession")


@dataclass(frozen=True)
class Row:
    """A door, the thing it opens on, the method, and the answer for each role."""

    line: int
    door: str
    thing: str
    method: str
    answers: dict[str, str]


def rows() -> list[Row]:
    with MATRIX.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(line for line in file if not line.startswith("#"))
        return [
            Row(number, cells["door"], cells["thing"], cells["method"], {role: cells[role] for role in ROLES})
            for number, cells in enumerate(reader, start=2)
        ]


def address(row: Row, world: World) -> str:
    parts = world.things[row.thing] if row.thing else {}
    if row.door.startswith("/"):
        return row.door.format(**parts)
    name, _, query = row.door.partition("?")
    wanted = {key: value for key, value in parts.items() if key in needed(name)}
    if name.startswith("admin:"):
        wanted = {"object_id": parts["pk"]} if "object_id" in needed(name) else wanted
    return reverse(name, kwargs=wanted) + (f"?{query}" if query else "")


def needed(name: str) -> set[str]:
    """The names of the parts of an address."""
    from django.urls import get_resolver  # noqa: PLC0415 (the resolver is built on first use)

    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    return {parameter for possibility in resolver.reverse_dict.getlist(name.split(":")[-1]) for parameter in possibility[0][0][1]}


def told(response: HttpResponse) -> str:
    """The answer in the words of the matrix."""
    if response.status_code not in {301, 302, 303}:
        return str(response.status_code)
    target = response["Location"]
    if target.startswith(("/accounts/login/", "/admin/login/")):
        return "L"
    if target.startswith("/accounts/2fa/") or "reauthenticate" in target:
        return "F"
    return "303"


def written() -> int:
    """Rows inserted, changed or deleted so far in this transaction, rolled back ones included."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_xact_user_tables"
            " WHERE relname <> ALL(%s)",
            [list(NOT_COUNTED)],
        )
        return int(cursor.fetchone()[0])


def call(client: Client, row: Row, path: str) -> HttpResponse:
    if row.method == "POST":
        payload: dict[str, Any] = PAYLOADS.get(row.door, {})
        return client.post(path, payload() if callable(payload) else payload)  # type: ignore[return-value]
    return client.get(path)  # type: ignore[return-value]


@pytest.fixture
def world(db: None, settings: SettingsWrapper) -> Iterator[World]:
    settings.REQUIRE_STAFF_MFA = True
    made = build()
    for role in ("D", "DR", "M", "S", "N"):
        Authenticator.objects.create(user=made.people[role], type="totp", data={"secret": "none"})
    yield made


@pytest.mark.parametrize("role", ROLES)
def test_every_door_answers_this_role_as_promised(world: World, role: str) -> None:
    wrong = []
    for row in rows():
        client = client_of(world, role)
        client.raise_request_exception = False
        before = written()
        mark = transaction.savepoint()
        answer = told(call(client, row, address(row, world)))
        changed = written() - before
        transaction.savepoint_rollback(mark)
        promised = row.answers[role]
        if answer != promised:
            wrong.append(f"{row.method} {row.door} on {row.thing or '-'}: {answer}, promised {promised}")
        elif changed and (row.method == "GET" or promised in {"L", "F", "403", "404", "405", "409"}):
            wrong.append(f"{row.method} {row.door} on {row.thing or '-'}: answered {answer} but changed {changed} rows")
    assert not wrong, "\n".join(wrong)
