"""What is to come and what waits for a person: an app says what it has, and pages of others ask without knowing it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser

from cluster_portal.common.models import User

Anyone = User | AnonymousUser


@dataclass(frozen=True)
class Coming:
    """One line: what it is, when and where, and its address."""

    title: str
    kind: str
    starts_at: datetime
    when: str
    where: str
    href: str


Source = Callable[[Anyone], Sequence[Coming]]
SOURCES: list[Source] = []


def announce(source: Source) -> None:
    """Let an app have its say: `source` returns what a person may know of. `cluster_portal.urls` names them all."""
    if source not in SOURCES:
        SOURCES.append(source)


def what_is_coming(user: Anyone) -> list[Coming]:
    """Everything that the apps announce to this person, soonest first."""
    return sorted((line for source in SOURCES for line in source(user)), key=lambda line: line.starts_at)


@dataclass(frozen=True)
class Awaited:
    """One line of what needs a person today: for which of their organisations, in words, and where it is answered.

    `organisation` is None where it is the person who is asked.
    """

    organisation: int | None
    text: str
    href: str


Asking = Callable[[Anyone], Sequence[Awaited]]
ASKING: list[Asking] = []


def ask(source: Asking) -> None:
    """Let an app say what waits for a person's answer. `cluster_portal.urls` names them all."""
    if source not in ASKING:
        ASKING.append(source)


def what_waits(user: Anyone) -> dict[int | None, list[Awaited]]:
    """Organisation (None: the person) -> everything that the apps say needs this person."""
    found: dict[int | None, list[Awaited]] = {}
    for source in ASKING:
        for line in source(user):
            found.setdefault(line.organisation, []).append(line)
    return found
