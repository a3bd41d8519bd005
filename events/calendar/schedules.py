"""The programme of a conference: days, and slots with a room, speakers and links; what frab and pentabarf exchange."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta


@dataclass(frozen=True)
class Speaker:
    name: str
    key: str = ""
    """What the other program calls the person; "" when it does not say."""


@dataclass(frozen=True)
class Link:
    address: str
    title: str = ""


@dataclass(frozen=True)
class Slot:
    """One session. `key` is its number in the other program, `guid` its name in all of them; either may be ""."""

    starts: datetime
    length: timedelta
    title: str
    key: str = ""
    guid: str = ""
    subtitle: str = ""
    room: str = ""
    track: str = ""
    kind: str = ""
    language: str = ""
    abstract: str = ""
    text: str = ""
    address: str = ""
    speakers: tuple[Speaker, ...] = ()
    links: tuple[Link, ...] = ()
    line: int = field(default=0, compare=False)

    @property
    def ends(self) -> datetime:
        return (self.starts.astimezone(UTC) + self.length).astimezone(self.starts.tzinfo)


@dataclass(frozen=True)
class Day:
    """A day of the programme; a slot after midnight still belongs to the evening before."""

    day: date
    slots: tuple[Slot, ...] = ()

    @property
    def rooms(self) -> dict[str, list[Slot]]:
        """Slots by room, both in the order in which they stand."""
        found: dict[str, list[Slot]] = {}
        for slot in self.slots:
            found.setdefault(slot.room, []).append(slot)
        return found


@dataclass(frozen=True)
class Schedule:
    title: str
    days: tuple[Day, ...] = ()
    acronym: str = ""
    version: str = ""
    address: str = ""
