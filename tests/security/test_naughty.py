"""Naughty input at every door: whatever is put into an address or a form, the portal answers, and never with a 500.

Every page and every form gets a share of the corpus, in turn; NAUGHTY=all gives everything to each, which takes long.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.test import Client

from tests.permissions.doors import Row, address, rows
from tests.permissions.payloads import payload
from tests.permissions.playing import go
from tests.permissions.world import World, client_of
from tests.security.corpus import BROKEN, DAYS, NAUGHTY, NUL, NUMBERS

pytestmark = [pytest.mark.django_db, pytest.mark.long]
EVERYTHING = os.environ.get("NAUGHTY") == "all"
READERS = ("S", "M", "D", "R", "A", "V")
WRITERS = ("R", "A", "D", "M", "S", "V")
SHORT = ("", "\u202eevil\u202c", "' OR 1=1; --", "[]", *NUMBERS, *DAYS)
"""Tried in each parameter by itself: in company it would be lost when another one is refused first."""


class Turn:
    """Hands out a list in turn, so that everything in it is used somewhere."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.texts = tuple(texts)
        self.endless = itertools.cycle(self.texts)

    def take(self, count: int) -> Iterable[str]:
        return self.texts if EVERYTHING else [next(self.endless) for _time in range(count)]


@pytest.fixture
def people(world: World) -> dict[str, Client]:
    return {role: client_of(world, role, raise_request_exception=False) for role in READERS}


def doors(method: str, roles: tuple[str, ...], answers: set[str]) -> Iterator[tuple[Row, str]]:
    """Every door once, with somebody who may pass it."""
    known = set()
    for row in rows():
        role = next((role for role in roles if row.answers[role] in answers), "")
        if row.method == method and role and row.door not in known:
            known.add(row.door)
            yield row, role


def asked_for(client: Client, path: str, patch: pytest.MonkeyPatch) -> list[str]:
    """The names that this page looks for in its address."""
    names: set[str] = set()

    def watched(original: Any) -> Any:
        def look(self: QueryDict, key: Any, *rest: Any, **more: Any) -> Any:
            names.add(str(key))
            return original(self, key, *rest, **more)

        return look

    with patch.context() as watching:
        for method in ("__getitem__", "get", "getlist", "__contains__"):
            watching.setattr(QueryDict, method, watched(getattr(QueryDict, method)))
        client.get(path).getvalue()
    return sorted(names - {"csrfmiddlewaretoken"}) or ["q"]


def test_no_page_breaks_over_what_its_address_asks(
    world: World, people: dict[str, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    together, alone, broken, tried = Turn(map(quote, NAUGHTY)), Turn(map(quote, SHORT)), Turn((*BROKEN, NUL)), 0
    wrong = []
    for row, role in doors("GET", READERS, {"200"}):
        path = address(row, world)
        names = asked_for(people[role], path, monkeypatch)
        queries = ["&".join(f"{name}={text}" for name in names) for text in (*together.take(1), *broken.take(1))]
        queries += [f"{name}={text}" for name in names for text in alone.take(1)]
        for query in queries:
            answer = people[role].get(f"{path}{'&' if '?' in path else '?'}{query}")
            answer.getvalue()
            if answer.status_code >= 500 or (NUL in query and answer.status_code != 400):
                wrong.append(f"{answer.status_code}: {role} {path} with {query[:200]}")
        tried += len(queries)
    assert not wrong, "\n".join(wrong)
    assert tried > 400


def test_no_form_breaks_over_what_is_typed(world: World, people: dict[str, Client]) -> None:
    together, alone, tried = Turn(NAUGHTY), Turn(NAUGHTY), 0
    wrong = []
    for row, role in doors("POST", WRITERS, {"303", "200+"}):
        path, right = address(row, world), payload(row.door, world, world.things.get(row.thing, {}))
        texts = [name for name, value in right.items() if isinstance(value, str)]
        typed = [{**right, name: text} for name in texts for text in alone.take(1)]
        typed += [{**right, **dict.fromkeys(texts, text)} for text in together.take(1) if texts]
        for data in typed:
            status = go(people[role], "POST", path, data).response.status_code
            if status >= 500:
                wrong.append(f"{status}: {role} {row} with {str(data)[:300]}")
        tried += len(typed)
    assert not wrong, "\n".join(wrong)
    assert tried > 150
