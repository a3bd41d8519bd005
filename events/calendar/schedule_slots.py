"""One event of a schedule's XML as a slot."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from events.calendar.elements import Element
from events.calendar.fields import is_web_address
from events.calendar.problems import Problems, Refused
from events.calendar.schedules import Link, Slot, Speaker
from events.calendar.zone import ZONE, exists_twice, never_exists

LONGEST = timedelta(hours=24)
YEARS = range(1970, 2200)

_CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?", re.ASCII)


@dataclass(frozen=True)
class Surroundings:
    """What a slot takes from around it when it does not say so itself. One that begins before the hour of `change`
    belongs to the next day of the calendar."""

    day: date
    room: str
    zone: tzinfo
    change: time


def slot_of(event: Element, around: Surroundings, problems: Problems) -> Slot:
    """The slot of an `<event>`, on Romania's clock. Raises Refused when it cannot be read whole."""
    title = title_of(event)
    if not title:
        raise Refused("schedule_title_missing", event.line)
    return Slot(
        starts=_starts(event, around, title, problems),
        length=_length(event),
        title=title,
        key=event.attribute("id"),
        guid=event.attribute("guid"),
        subtitle=event.told("subtitle"),
        room=event.told("room") or around.room,
        track=event.told("track"),
        kind=event.told("type"),
        language=event.told("language").lower(),
        abstract=event.told("abstract"),
        text=event.told("description"),
        address=web_address(event.told("url"), event.line, title, problems),
        speakers=tuple(_speakers(event)),
        links=tuple(_links(event, title, problems)),
        line=event.line,
    )


def title_of(event: Element) -> str:
    return " ".join(event.told("title").split())


def clock(text: str) -> time | None:
    """A time of the day as 9:30 or 09:30:00."""
    found = _CLOCK.fullmatch(text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59 or int(found[3] or 0) > 59:
        return None
    return time(int(found[1]), int(found[2]), int(found[3] or 0))


def web_address(address: str, line: int, title: str, problems: Problems) -> str:
    """An address that a browser may be led to; another is left out, which is noted."""
    if address and not is_web_address(address):
        problems.note("schedule_address_left_out", line, title)
        return ""
    return address


def _starts(event: Element, around: Surroundings, title: str, problems: Problems) -> datetime:
    """`<date>` is the whole instant; old programs write only `<start>`, the time on the programme's day."""
    told, start = event.told("date"), clock(event.told("start"))
    element = event.child("date") or event.child("start") or event
    try:
        read = datetime.fromisoformat(told) if told else None
    except ValueError as error:
        raise Refused("schedule_time_broken", element.line, value=told[:40]) from error
    if read is None:
        if start is None:
            raise Refused("schedule_time_broken", element.line, value=event.told("start")[:40])
        later = timedelta(days=1 if start < around.change else 0)
        read = datetime.combine(around.day + later, start)
    elif start is not None and read.time().replace(second=0) != start.replace(second=0):
        problems.note("schedule_times_differ", element.line, title, date=told[:40], start=f"{start:%H:%M}")
    if read.year not in YEARS:
        raise Refused("calendar_year", element.line, first=YEARS[0], last=YEARS[-1])
    if read.tzinfo is None:
        read = read.replace(tzinfo=around.zone)
        shown = f"{read:%Y-%m-%d %H:%M}"
        if never_exists(read):
            raise Refused("calendar_time_never", element.line, value=shown)
        if exists_twice(read):
            problems.note("calendar_time_twice", element.line, title, value=shown)
    return read.astimezone(UTC).astimezone(ZONE)


def _length(event: Element) -> timedelta:
    told = event.told("duration")
    element = event.child("duration") or event
    found = _CLOCK.fullmatch(told)
    if not found or int(found[2]) > 59:
        raise Refused("schedule_length_broken", element.line, value=told[:40])
    length = timedelta(hours=int(found[1]), minutes=int(found[2]), seconds=int(found[3] or 0))
    if not timedelta(0) < length <= LONGEST:
        raise Refused("schedule_length_broken", element.line, value=told[:40])
    return length


def _speakers(event: Element) -> list[Speaker]:
    persons = event.child("persons")
    found = persons.all("person") if persons else iter(())
    read = [Speaker(" ".join(person.text.split()), person.attribute("id")) for person in found]
    return [speaker for speaker in read if speaker.name]


def _links(event: Element, title: str, problems: Problems) -> list[Link]:
    links = event.child("links")
    read = []
    for link in links.all("link") if links else ():
        address = web_address(link.attribute("href") or link.text, link.line, title, problems)
        if address:
            read.append(Link(address, " ".join(link.text.split())))
    return read
