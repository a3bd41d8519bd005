"""A programme as frab writes it, in XML and in JSON: what apps of conferences and video teams read."""

import json
from datetime import UTC, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from xml.etree import ElementTree as ET

from events.calendar import elements
from events.calendar.schedules import Day, Schedule, Slot
from events.calendar.texts import tidy
from events.calendar.zone import ZONE

PROGRAM = "cluster-portal"
TIMESLOT = "00:05"
SCHEMA = "https://c3voc.de/schedule/schema.json"


def schedule_xml(schedule: Schedule) -> bytes:
    numbers = _numbers(schedule)
    root = ET.Element("schedule")
    elements.add(root, "generator", name=PROGRAM)
    elements.add(root, "version", schedule.version)
    conference = elements.add(root, "conference")
    for name, value in _conference(schedule).items():
        elements.add(conference, name, str(value))
    for index, day in enumerate(schedule.days, start=1):
        starts, ends = _bounds(day)
        element = elements.add(root, "day", index=str(index), date=day.day.isoformat(), start=starts, end=ends)
        for name, slots in day.rooms.items():
            room = elements.add(element, "room", name=name)
            for slot in slots:
                _event(room, slot, schedule, numbers[slot])
    return elements.as_bytes(root)


def _event(room: ET.Element, slot: Slot, schedule: Schedule, number: int) -> None:
    event = elements.add(room, "event", guid=_guid(slot, schedule, number), id=str(number))
    for name, value in _words(slot).items():
        elements.add(event, name, value)
    persons = elements.add(event, "persons")
    for speaker in slot.speakers:
        elements.add(persons, "person", speaker.name, id=speaker.key)
    links = elements.add(event, "links")
    for link in slot.links:
        elements.add(links, "link", link.title or link.address, href=link.address)
    elements.add(event, "attachments")


def schedule_json(schedule: Schedule) -> bytes:
    numbers = _numbers(schedule)
    days = []
    for index, day in enumerate(schedule.days, start=1):
        starts, ends = _bounds(day)
        rooms = {
            tidy(name): [_as_object(slot, schedule, numbers[slot]) for slot in slots]
            for name, slots in day.rooms.items()
        }
        days.append({"index": index, "date": f"{day.day}", "day_start": starts, "day_end": ends, "rooms": rooms})
    told = _conference(schedule)
    names = dict.fromkeys(name for day in schedule.days for name in day.rooms)
    conference = {
        **{name: value for name, value in told.items() if name not in ("days", "base_url")},
        "daysCount": told["days"],
        "rooms": [{"name": tidy(name)} for name in names],
        "days": days,
    }
    body = {"version": schedule.version, "base_url": schedule.address, "conference": conference}
    whole = {"$schema": SCHEMA, "generator": {"name": PROGRAM}, "schedule": body}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode() + b"\n"


def _as_object(slot: Slot, schedule: Schedule, number: int) -> dict[str, object]:
    return {
        "guid": _guid(slot, schedule, number),
        "id": number,
        **{name: tidy(value) for name, value in _words(slot).items()},
        "persons": [
            {**({"id": int(speaker.key)} if _is_number(speaker.key) else {}), "public_name": tidy(speaker.name)}
            for speaker in slot.speakers
        ],
        "links": [{"title": tidy(link.title or link.address), "url": link.address} for link in slot.links],
        "attachments": [],
    }


def _conference(schedule: Schedule) -> dict[str, str | int]:
    days = [day.day for day in schedule.days]
    return {
        "acronym": schedule.acronym,
        "title": tidy(schedule.title),
        "start": min(days).isoformat() if days else "",
        "end": max(days).isoformat() if days else "",
        "days": len(days),
        "timeslot_duration": TIMESLOT,
        "base_url": schedule.address,
        "time_zone_name": ZONE.key,
    }


def _words(slot: Slot) -> dict[str, str]:
    """What both forms say with the same names."""
    starts = slot.starts.astimezone(ZONE)
    return {
        "date": starts.isoformat(),
        "start": f"{starts:%H:%M}",
        "duration": _duration(slot.length),
        "room": slot.room,
        "slug": f"{PROGRAM}-{slot.key}" if slot.key else "",
        "url": slot.address,
        "title": slot.title,
        "subtitle": slot.subtitle,
        "track": slot.track,
        "type": slot.kind,
        "language": slot.language,
        "abstract": slot.abstract,
        "description": slot.text,
    }


def _bounds(day: Day) -> tuple[str, str]:
    if not day.slots:
        return "", ""
    starts = min(slot.starts.astimezone(UTC) for slot in day.slots)
    ends = max(slot.ends.astimezone(UTC) for slot in day.slots)
    return starts.astimezone(ZONE).isoformat(), ends.astimezone(ZONE).isoformat()


def _duration(length: timedelta) -> str:
    minutes = length // timedelta(minutes=1)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _numbers(schedule: Schedule) -> dict[Slot, int]:
    """A whole number for each slot, as frab wants: its own key where that is one, else one that nobody has."""
    slots = [slot for day in schedule.days for slot in day.slots]
    free = max((int(slot.key) for slot in slots if _is_number(slot.key)), default=0)
    numbers: dict[Slot, int] = {}
    taken: set[int] = set()
    for slot in slots:
        own = int(slot.key) if _is_number(slot.key) else 0
        if not own or own in taken:
            free += 1
            own = free
        numbers[slot] = own
        taken.add(own)
    return numbers


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10


def _guid(slot: Slot, schedule: Schedule, number: int) -> str:
    """The slot's own name where it is a UUID, else one that is the same each time."""
    try:
        return str(UUID(slot.guid))
    except ValueError:
        return str(uuid5(NAMESPACE_URL, f"{schedule.address}#{slot.guid or number}"))
