"""What an import would do: entries of a calendar as drafts, slots of a programme as sessions; nothing is written."""

import uuid
from dataclasses import dataclass
from datetime import UTC, timedelta

from events.calendar import Problem, ReadEvent, Slot, read_calendar, read_schedule
from events.models import Event, Session
from events.rules.windows import check_session
from members.rules.errors import RuleError

ENTRIES = uuid.UUID("7a1de6b4-6a5e-5f0b-9a53-0a7b5c1d9e21")
"""The space of names of entries that came from elsewhere."""


@dataclass(frozen=True)
class PlannedEvent:
    """An entry, the key that its event has or gets, and why it stays out ("": it does not)."""

    read: ReadEvent
    key: uuid.UUID
    skip: str = ""  # known, cancelled


@dataclass(frozen=True)
class PlannedSession:
    """A slot, the key that its session has or gets, and why it stays out."""

    slot: Slot
    key: uuid.UUID
    skip: str = ""  # known, outside


@dataclass(frozen=True)
class CalendarPlan:
    rows: tuple[PlannedEvent, ...]
    problems: tuple[Problem, ...]

    @property
    def new(self) -> list[PlannedEvent]:
        return [row for row in self.rows if not row.skip]


@dataclass(frozen=True)
class SchedulePlan:
    rows: tuple[PlannedSession, ...]
    problems: tuple[Problem, ...]

    @property
    def new(self) -> list[PlannedSession]:
        return [row for row in self.rows if not row.skip]


def calendar_plan(content: bytes) -> CalendarPlan:
    """The entries of an .ics file; what came by an earlier import, or was exported from here, is known."""
    reading = read_calendar(content)
    keys = {id(entry): _key_of(entry) for entry in reading.events}
    own = {id(entry): _own_key(entry.uid) for entry in reading.events}
    wanted = {key for key in (*keys.values(), *own.values()) if key}
    there = set(Event.objects.filter(key__in=wanted).values_list("key", flat=True))
    nameless = [entry for entry in reading.events if not entry.uid]
    starts = [entry.starts.astimezone(UTC) for entry in nameless]
    alike = set(Event.objects.filter(starts_at__in=starts).values_list("title_ro", "starts_at"))
    rows = []
    for entry in reading.events:
        known = keys[id(entry)] in there or own[id(entry)] in there
        known |= not entry.uid and (entry.title[:160], entry.starts.astimezone(UTC)) in alike
        skip = "known" if known else "cancelled" if entry.cancelled else ""
        rows.append(PlannedEvent(entry, keys[id(entry)], skip))
    return CalendarPlan(tuple(rows), reading.problems)


def _key_of(entry: ReadEvent) -> uuid.UUID:
    name = entry.uid or f"{entry.title}|{entry.starts.astimezone(UTC).isoformat()}"
    return uuid.uuid5(ENTRIES, name)


def _own_key(uid: str) -> uuid.UUID | None:
    """The key in a name that this portal gave."""
    try:
        return uuid.UUID(uid.partition("@")[0])
    except ValueError:
        return None


def schedule_plan(event: Event, content: bytes) -> SchedulePlan:
    """The slots of a programme in XML; those outside the event stay out."""
    reading = read_schedule(content)
    slots = [slot for day in reading.schedule.days for slot in day.slots] if reading.schedule else []
    known = set(Session.objects.filter(event=event).values_list("key", flat=True))
    rows = []
    for slot in slots:
        key = uuid.uuid5(event.key, slot.guid or slot.key or f"{slot.title}|{slot.starts.isoformat()}|{slot.room}")
        skip = "known" if key in known or _own_key(slot.guid) in known else "" if _inside(event, slot) else "outside"
        rows.append(PlannedSession(slot, key, skip))
    return SchedulePlan(tuple(rows), reading.problems)


def _inside(event: Event, slot: Slot) -> bool:
    try:
        check_session(slot.starts, slot.starts + max(slot.length, timedelta(0)), event.starts_at, event.ends_at)
    except RuleError:
        return False
    return True
