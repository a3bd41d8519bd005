"""A frab or pentabarf schedule in XML, with everything that is wrong with it: each slot is read whole or not at all."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, tzinfo

from events.calendar import elements
from events.calendar.elements import Element
from events.calendar.foreign_zones import known_zone
from events.calendar.problems import Problem, Problems, Refused
from events.calendar.schedule_slots import YEARS, Surroundings, clock, slot_of, title_of, web_address
from events.calendar.schedules import Day, Schedule, Slot
from events.calendar.zone import ZONE

MOST_BYTES = 2_000_000
MOST_SLOTS = 5_000


@dataclass(frozen=True)
class ScheduleReading:
    """`schedule` is None when the file is none. Every slot is in it, or is the cause of a problem that is `refused`."""

    schedule: Schedule | None
    problems: tuple[Problem, ...]


def read_schedule(content: bytes) -> ScheduleReading:
    """The programme in an XML file. Never raises: a file that is none is one problem and no schedule."""
    if len(content) > MOST_BYTES:
        return ScheduleReading(None, (Problem("file_too_large", params={"most": MOST_BYTES // 1_000_000}),))
    problems = Problems()
    try:
        root = elements.read(content)
        if root.name != "schedule":
            raise Refused("schedule_none", root.line, name=root.name[:60])
        if sum(1 for day in root.all("day") for _ in _events(day)) > MOST_SLOTS:
            raise Refused("file_too_many", root.line, most=MOST_SLOTS)
    except Refused as refused:
        return ScheduleReading(None, (refused.as_problem(),))
    conference = root.child("conference") or Element("conference", root.line, {})
    days = _Days(conference, problems).read(root)
    if not any(day.slots for day in days):
        problems.add(Problem("schedule_empty"))
    schedule = Schedule(
        title=" ".join(conference.told("title").split()),
        days=days,
        acronym=conference.told("acronym"),
        version=root.told("version") or conference.told("release"),
        address=web_address(conference.told("base_url"), conference.line, "", problems),
    )
    return ScheduleReading(schedule, problems.told())


def _events(day: Element) -> Iterator[tuple[str, Element]]:
    """The events of a day with the name of the room around them; some programs write them without a room."""
    for room in day.all("room"):
        for event in room.all("event"):
            yield room.attribute("name"), event
    for event in day.all("event"):
        yield "", event


class _Days:
    """The days of one file, in which no slot may stand twice."""

    def __init__(self, conference: Element, problems: Problems) -> None:
        self.problems = problems
        self.seen: dict[str, int] = {}
        self.change = clock(conference.told("day_change")) or time()
        name = conference.told("time_zone_name")
        zone = known_zone(name) if name else ZONE
        if not zone:
            problems.note("schedule_zone_unknown", conference.line, zone=name[:60])
        self.zone: tzinfo = zone or ZONE

    def read(self, root: Element) -> tuple[Day, ...]:
        days = []
        for element in root.all("day"):
            try:
                day = date.fromisoformat(element.attribute("date")[:10])
                days.append(Day(day, tuple(self._slots(element, day))))
            except ValueError:
                value = element.attribute("date")[:40]
                self.problems.add(Problem("schedule_day_broken", element.line, {"value": value}))
        return tuple(days)

    def _slots(self, element: Element, day: date) -> Iterator[Slot]:
        if day.year not in YEARS:
            raise ValueError(day)
        for room, event in _events(element):
            try:
                slot = slot_of(event, Surroundings(day, room, self.zone, self.change), self.problems)
                self._take(slot)
            except Refused as refused:
                self.problems.add(refused.as_problem(title_of(event)))
            else:
                yield slot

    def _take(self, slot: Slot) -> None:
        key = slot.guid or slot.key
        if key in self.seen:
            raise Refused("schedule_key_twice", slot.line, key=key[:60], first=self.seen[key])
        if key:
            self.seen[key] = slot.line
