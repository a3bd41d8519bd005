"""Events at which members meet, for apps that do not know each other: one app says what takes place and who comes,
another says what it has made of it. `cluster_portal.urls` brings them together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cluster_portal.common.models import in_reach


@dataclass(frozen=True)
class Attending:
    """An organisation that comes for sure, and the names of those people it sends who agreed to be shown."""

    organisation: int
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gathering:
    """One event as another app may use it; `href` is its page for the office."""

    key: UUID
    title_ro: str
    title_en: str
    place: str
    starts_at: datetime
    href: str
    attending: tuple[Attending, ...] = ()

    @property
    def title(self) -> str:
        return in_reach(self.title_ro, self.title_en)


@dataclass(frozen=True)
class Companion:
    """What another app has, or can make, for a gathering: its page for the office, and whether it is there already."""

    href: str
    made: bool


@dataclass(frozen=True)
class Host:
    """An app with events: `find` one by its key, with who attends; `upcoming`: those to come, without."""

    find: Callable[[UUID], Gathering | None]
    upcoming: Callable[[], Sequence[Gathering]]


HOSTS: list[Host] = []
COMPANIONS: list[Callable[[UUID], Companion]] = []


def host(one: Host) -> None:
    """Let an app offer its events."""
    if one not in HOSTS:
        HOSTS.append(one)


def accompany(source: Callable[[UUID], Companion]) -> None:
    """Let an app say what it has for an event."""
    if source not in COMPANIONS:
        COMPANIONS.append(source)


def gathering(key: UUID) -> Gathering | None:
    """The event with this key, whoever has it."""
    return next((found for one in HOSTS if (found := one.find(key)) is not None), None)


def upcoming() -> list[Gathering]:
    """Every event to come at which members meet, soonest first."""
    return sorted((found for one in HOSTS for found in one.upcoming()), key=lambda found: found.starts_at)


def companions(key: UUID) -> list[Companion]:
    """What other apps have, or can make, for this event."""
    return [source(key) for source in COMPANIONS]
