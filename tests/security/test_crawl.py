"""Every page with hostile text in all that people write: it stays text, no template runs it, no cache keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.test import Client

from cluster_portal.common.models import OutgoingMail
from members.actions.directory import refresh_directory
from members.models import Organisation
from tests.permissions.doors import Row, address, rows
from tests.permissions.payloads import payload
from tests.permissions.world import World, client_of

pytestmark = pytest.mark.django_db
MARK = "zqz"
HOSTILE = f"'\"><x-xss x-xss=1>{MARK}{{{{7|add:7}}}}{{0.__class__}}%(x)s&lt;x-xss&gt;</textarea></title></script>-->"
RUN = re.compile(rf"{MARK}(?:14|<class|None)")
READERS = ("S", "R", "D", "A", "V")
FOR_EVERYBODY = {"common:asset", "members:logo", "common:card", "members:card", "events:card"}
"""Files that are the same for all; a logo says itself when it is not. A card says what a stranger may read."""
OURS = {"common.OutgoingMail", "members.Text"}
"""Written by the portal itself, not by people."""


class Watch(HTMLParser):
    """Looks for elements and attributes that only the hostile text can have made."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= tag == "x-xss" or any(name == "x-xss" for name, _value in attrs)


def broken_out(html: str) -> bool:
    return Watch(html).found or bool(RUN.search(html))


def texts() -> Iterator[tuple[type[models.Model], models.Field[Any, Any]]]:
    """Every column that holds words of people."""
    for model in apps.get_models():
        named = model._meta.label not in OURS and model._meta.app_label in {"common", "members", "usersessions"}
        if not named or model._meta.proxy or not model._meta.managed or model.__name__.endswith("Event"):
            continue
        for field in model._meta.concrete_fields:
            words = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
            if words and not isinstance(field, models.EmailField | models.SlugField | models.FileField):
                yield model, field


def plant() -> int:
    """Write the hostile text wherever the database lets it be written; what it guards is tried as well."""
    planted = 0
    for model, field in texts():
        if field.name in {"code", "key", "session_key", "digest", "language", "password"}:
            continue
        text = HOSTILE[: field.max_length] if field.max_length else HOSTILE
        try:
            with transaction.atomic():
                planted += bool(model._default_manager.update(**{field.name: text}))
        except DatabaseError:
            continue
    refresh_directory(list(Organisation.objects.values_list("pk", flat=True)))
    return planted


def pages() -> Iterator[tuple[Row, str]]:
    """Every page once, with the two readers who see most of it."""
    known = set()
    for row in rows():
        readers = [role for role in READERS if row.answers[role] == "200"]
        if row.method == "GET" and readers and row.door not in known:
            known.add(row.door)
            yield from ((row, role) for role in dict.fromkeys((readers[0], readers[-1])))


@pytest.fixture
def people(world: World) -> dict[str, Client]:
    return {role: client_of(world, role) for role in (*READERS, "M")}


def test_what_people_write_is_text_everywhere_and_private_pages_are_kept_in_no_cache(
    world: World, people: dict[str, Client]
) -> None:
    where = [(row, role, address(row, world)) for row, role in pages()]
    assert plant() > 40
    wrong, kept, seen = [], [], 0
    for row, role, path in where:
        answer = people[role].get(path)
        body = answer.getvalue().decode(errors="replace")
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            seen += MARK in body
            wrong += [f"{role} {row}"] if broken_out(body) else []
        kept += [] if private_enough(answer, role, row.door) else [f"{role} {row}: {answer.headers}"]
    assert not wrong, "\n".join(wrong)
    assert not kept, "\n".join(kept)
    assert seen > 60
    assert not (letters := list(hostile_letters(world, people))), letters


def private_enough(answer: Any, role: str, door: str) -> bool:
    """Whether no cache may show this to somebody else; strangers share pages, but not their cookies."""
    if "no-store" in answer.headers.get("Cache-Control", "") or door in FOR_EVERYBODY:
        return True
    return role == "V" and "Cookie" in answer.headers.get("Vary", "") and not answer.cookies


def hostile_letters(world: World, people: dict[str, Client]) -> Iterator[str]:
    """The letters that every button writes, with the hostile text in all that they tell."""
    last, told = OutgoingMail.objects.latest("pk").pk, 0
    for row in rows():
        role = next((role for role in ("R", "A", "M", "D") if row.answers[role] in {"303", "200+"}), "")
        if row.method == "POST" and role and row.door.startswith(("members:", "admin:members")):
            mark = transaction.savepoint()
            people[role].post(address(row, world), payload(row.door, world, world.things.get(row.thing, {})))
            for letter in OutgoingMail.objects.filter(pk__gt=last):
                told += MARK in letter.html
                if broken_out(letter.html) or "\n" in letter.subject or RUN.search(letter.text + letter.subject):
                    yield letter.kind
            transaction.savepoint_rollback(mark)
    assert told > 5
