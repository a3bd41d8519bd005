"""Every door of the portal, tried as every role: `matrix.csv` is the promise, this file tries it.

Whatever is refused must not have changed a single row, and a thing that one may not know of answers like one that
never was.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from tests.architecture.test_public_pages import listed
from tests.permissions.doors import Row, address, rows
from tests.permissions.payloads import payload
from tests.permissions.playing import Try, attempt, go
from tests.permissions.world import ROLES, World, client_of

pytestmark = [pytest.mark.django_db, pytest.mark.long]
WRITES = {"303", "200+"}
NEVER: dict[str, Any] = {
    "code": "no-such-code",
    "material": UUID(int=9),
    "slug": "no-such-member",
    "key": UUID(int=9),
    "document": UUID(int=9),
    "name": "never",
    "form": "csv",
    "token": "no-such-key",
}
NUMBER = 987654321
FOUND = set(listed("[found]"))


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Thousands of refusals are what is asked for; only what breaks is worth a line."""
    caplog.set_level(logging.ERROR, "django.request")


@pytest.mark.parametrize("roles", [ROLES[:6], ROLES[6:]], ids=["outside", "desks"])
def test_every_door_answers_every_role_as_promised(world: World, roles: tuple[str, ...]) -> None:
    wrong = []
    for role in roles:
        browser = client_of(world, role, raise_request_exception=False)
        wrong += [f"{role}: {line}" for row in rows() for line in broken(browser, row, world, role)]
    assert not wrong, "\n".join(wrong)


def broken(browser: Client, row: Row, world: World, role: str) -> Iterator[str]:
    """What this door does not keep of its promise to this role."""
    promised = row.answers[role]
    found = attempt(browser, row, world)
    for place in world.canaries.sung(found.body.decode(errors="replace"), role):
        yield f"{row}: shows the {place}"
    if found.told != promised:
        yield f"{row}: {found.told}, promised {promised}"
    elif found.written and (row.method == "GET" or promised not in WRITES):
        yield f"{row}: answered {promised} but wrote {found.written} rows"
    elif kept_out(found) == may_be_found(browser, found):
        yield f"{row}: tells search engines {'to keep out' if kept_out(found) else 'that they may keep it'}"
    elif promised == "404" and row.thing:
        stand_in = attempt_never(browser, row, world)
        if seen(found) != seen(stand_in):
            yield f"{row}: its 404 differs from that of a thing that never was ({stand_in.path})"


def kept_out(found: Try) -> bool:
    return found.response.headers.get("X-Robots-Tag") == "noindex"


def may_be_found(browser: Client, found: Try) -> bool:
    """Only what is marked so in the list of public pages, and only as a stranger sees it."""
    stranger = settings.SESSION_COOKIE_NAME not in browser.cookies
    if found.response.status_code != 200 or not stranger or "?" in found.path:
        return False
    return f"/{resolve(found.path).route}" in FOUND


def attempt_never(client: Client, row: Row, world: World) -> Try:
    """The same door on a thing that never was; of a foreign part, under the same owner."""
    thing, kept = world.things[row.thing], {"slug", "key"} if row.thing.startswith("foreign_") else set()
    other = {name: value if name in kept else NEVER.get(name, NUMBER) for name, value in thing.items()}
    world.things["stand-in"] = other | {
        name: thing[name] for name in ("digest", "app_label", "number") if name in thing
    }
    path = address(Row(row.line, row.door, "stand-in", row.method, row.answers), world)
    return go(client, row.method, path, payload(row.door, world, thing) if row.method == "POST" else {})


def seen(one: Try) -> tuple[int, list[tuple[str, str]], str]:
    """All that a reader can tell one answer from another by, without the address that they asked for."""
    text = one.body.decode(errors="replace").replace(one.path, "PATH").replace(quote(one.path, safe=""), "PATH")
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", text)
    not_of_the_thing = {"Content-Length", "Expires"}  # the path may be longer, the second another one
    headers = sorted(item for item in one.response.headers.items() if item[0] not in not_of_the_thing)
    return one.response.status_code, headers, text
