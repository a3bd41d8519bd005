"""Reads the matrix: the doors of the portal, where each one is, and what it answers to whom."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.permissions.world import ROLES, World

MATRIX = Path(__file__).with_name("matrix.csv")
PARTS = {"people": "person", "offers": "offer", "needs": "offer", "certificates": "certificate"}
PK_OF = {
    "members:certificate": "certificate",
    "members:people-role": "colleague",
    "members:people-remove": "colleague",
    "members:invitation-revoke": "invitation",
}
"""Which part of a thing an address means by `pk`, where it is not the thing itself."""


@dataclass(frozen=True)
class Row:
    """A door, the thing it opens on, the method, and the answer for each role."""

    line: int
    door: str
    thing: str
    method: str
    answers: dict[str, str]

    def __str__(self) -> str:
        return f"{self.method} {self.door} on {self.thing or 'nothing'} (line {self.line})"


def read() -> Iterator[Row]:
    """The lines of the matrix as they are written."""
    for number, line in enumerate(MATRIX.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith(("#", "door,")):
            continue
        cells = [cell.strip() for cell in next(csv.reader([line]))]
        assert len(cells) == 3 + len(ROLES), f"line {number} of matrix.csv has {len(cells)} cells"
        yield Row(number, cells[0], cells[1], cells[2], dict(zip(ROLES, cells[3:], strict=True)))


def rows() -> list[Row]:
    """Every row; `admin:*_add` stands for each table of the desk that has no row of its own for it."""
    written = list(read())
    known = {(row.door, row.method) for row in written}
    found = []
    for row in written:
        if "*" not in row.door:
            found.append(row)
            continue
        for model in admin.site._registry:
            between = "/" if row.door.startswith("/") else "_"
            door = row.door.replace("*", f"{model._meta.app_label}{between}{model._meta.model_name}")
            if (door, row.method) not in known:
                thing = model._meta.label_lower if row.thing == "each" else ""
                found.append(Row(row.line, door, thing, row.method, row.answers))
    return found


def needed(name: str) -> set[str]:
    """The names of the parts of an address."""
    resolver: Any = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    found = resolver.reverse_dict.getlist(name.rsplit(":", maxsplit=1)[-1])
    return {parameter for possibility in found for parameter in possibility[0][0][1]}


def address(row: Row, world: World) -> str:
    """Where the door is in this world."""
    thing: dict[str, Any] = world.things[row.thing] if row.thing else {}
    if row.door.startswith("/"):
        return row.door.format(**thing)
    way, _mark, query = row.door.partition("?")
    name, _space, word = way.partition(" ")
    wanted = {}
    for part in needed(name):
        if part == "object_id":
            wanted[part] = thing["pk"]
        elif part == "pk" and word in PARTS:
            wanted[part] = thing[PARTS[word]]
        elif part == "pk":
            wanted[part] = thing[PK_OF.get(name, "pk")]
        elif part in thing and part != "kind":
            wanted[part] = thing[part]
        else:
            wanted[part] = word
    path = reverse(name, kwargs=wanted)
    return f"{path}?{query.format(**thing)}" if query else path


def told(response: HttpResponse, method: str = "GET", *, wrote: bool = True) -> str:
    """An answer in the words of the matrix: a status, L sign-in, F second factor, P password again, 303 sent on.

    A POST that wrote and shows a page is 200+; one that is sent on without having written anything is sent `back`.
    """
    if response.status_code not in {301, 302, 303}:
        return f"{response.status_code}{'+' if method == 'POST' and wrote and response.status_code == 200 else ''}"
    if method == "POST" and wrote:
        return "303"
    path = response["Location"].split("?")[0]
    if path.startswith(("http://", "https://")):
        path = "/" + path.split("/", 3)[3]
    if path in {"/accounts/login/", "/admin/login/"}:
        return "L"
    if path == "/accounts/reauthenticate/":
        return "P"
    if path in {"/accounts/2fa/", "/accounts/2fa/reauthenticate/"}:
        return "F"
    return "303" if method == "GET" else "back"


def patterns(resolver: Any = None, space: str = "", before: str = "") -> Iterator[tuple[str, str, Any]]:
    """Every address of the portal: its name (ending in ? when it has none), its pattern and its view."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{space}{entry.namespace}:" if entry.namespace else space, route)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name or '?'}", route, entry.callback
