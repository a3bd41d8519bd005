"""Events of an .ics file, with everything that is wrong with the others: each entry is read whole or not at all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from events.calendar.contents import Component, components
from events.calendar.fields import Fields
from events.calendar.moments import Zones, moment, span_of
from events.calendar.problems import Problem, Problems, Refused

MOST_BYTES = 2_000_000
MOST_ENTRIES = 5_000
LONGEST_UID = 255
REPEATS = ("RRULE", "RDATE", "EXRULE", "RECURRENCE-ID")
ONCE = ("UID", "DTSTART", "DTEND", "DURATION")
"""Properties of which a second one would make the entry ambiguous; of others the first counts."""
NOT_EVENTS = {"VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY"}


@dataclass(frozen=True)
class ReadEvent:
    """An event as a file tells it. Times are of Europe/Bucharest; with `all_day`, from midnight to the midnight after
    the last day. `uid` is "" and `changed` None when the file does not say."""

    uid: str
    sequence: int
    starts: datetime
    ends: datetime
    all_day: bool
    title: str
    text: str
    place: str
    url: str
    categories: tuple[str, ...]
    cancelled: bool
    changed: datetime | None
    organizer_name: str
    organizer_email: str
    line: int


@dataclass(frozen=True)
class Reading:
    """Every entry of the file is either among the events or the cause of a problem that is `refused`."""

    events: tuple[ReadEvent, ...]
    problems: tuple[Problem, ...]


def read_calendar(content: bytes) -> Reading:
    """The events of an .ics file, in its order. Never raises: a file that is none is one problem and no events.

    Entries that repeat are refused: each meeting of the portal is an event of its own, with its own registrations, and
    a series is made there by duplicating one.
    """
    if len(content) > MOST_BYTES:
        return Reading((), (Problem("file_too_large", params={"most": MOST_BYTES // 1_000_000}),))
    problems = Problems()
    try:
        top = components(content, problems)
    except Refused as refused:
        return Reading((), (refused.as_problem(),))
    parts = [part for component in top if component.name == "VCALENDAR" for part in component.parts]
    entries = [part for part in parts if part.name == "VEVENT"]
    if all(component.name != "VCALENDAR" for component in top):
        return Reading((), (Problem("calendar_none"),))
    if len(entries) > MOST_ENTRIES:
        return Reading((), (Problem("file_too_many", params={"most": MOST_ENTRIES}),))
    _tell_of_others(top, parts, problems)
    if not entries:
        problems.add(Problem("calendar_empty"))
    events = _events(entries, Zones(parts), problems)
    return Reading(events, problems.told())


def _tell_of_others(top: Iterable[Component], parts: Iterable[Component], problems: Problems) -> None:
    """Of what is no event of the calendar, so that nobody misses it."""
    for part in parts:
        if part.name in NOT_EVENTS:
            problems.add(Problem("calendar_not_an_event", part.line, {"name": part.name}))
    for component in top:
        if component.name != "VCALENDAR":
            problems.add(Problem("calendar_outside", component.line, {"name": component.name[:60]}))
        elif component.damage:
            problems.add(replace(component.damage, refused=False))


def _events(entries: Iterable[Component], zones: Zones, problems: Problems) -> tuple[ReadEvent, ...]:
    events: list[ReadEvent] = []
    seen: dict[str, int] = {}
    for component in entries:
        fields = Fields(component, problems)
        try:
            event = _event(component, fields, zones)
        except Refused as refused:
            problems.add(refused.as_problem(fields.title))
            continue
        if event.uid in seen:
            fields.refuse("calendar_uid_twice", component.line, first=seen[event.uid])
        if fields.refused:
            continue
        if event.uid:
            seen[event.uid] = component.line
        events.append(event)
    return tuple(events)


def _event(component: Component, fields: Fields, zones: Zones) -> ReadEvent:
    _check(component, fields)
    span = span_of(fields, zones)
    organizer_name, organizer_email = fields.person("ORGANIZER")
    return ReadEvent(
        uid=_uid(fields),
        sequence=fields.number("SEQUENCE"),
        starts=span.starts,
        ends=span.ends,
        all_day=span.all_day,
        title=fields.title,
        text=fields.text("DESCRIPTION"),
        place=fields.text("LOCATION"),
        url=fields.web_address("URL"),
        categories=fields.categories(),
        cancelled=fields.text("STATUS").upper() == "CANCELLED",
        changed=_changed(fields, zones),
        organizer_name=organizer_name,
        organizer_email=organizer_email,
        line=component.line,
    )


def _check(component: Component, fields: Fields) -> None:
    """Refuses what would be read by halves. Without a title the rest is still looked at, to say all at once."""
    if component.damage:
        raise Refused(component.damage.code, component.damage.line, **component.damage.params)
    for name in REPEATS:
        for line in fields.all(name):
            raise Refused("calendar_repeats", line.number)
    for name in ONCE:
        for line in fields.all(name)[1:]:
            raise Refused("calendar_property_twice", line.number, name=name)
    if not fields.title:
        fields.refuse("calendar_title_missing", component.line)


def _uid(fields: Fields) -> str:
    uid = fields.text("UID")
    if not uid:
        fields.problems.note("calendar_uid_missing", fields.line, fields.title)
    if len(uid) > LONGEST_UID:
        raise Refused("calendar_uid_long", fields.all("UID")[0].number, most=LONGEST_UID)
    return uid


def _changed(fields: Fields, zones: Zones) -> datetime | None:
    """When the entry was last changed; a time that cannot be read is noted, for nothing hangs on it."""
    line = fields.first("LAST-MODIFIED")
    if not line:
        return None
    try:
        read = moment(line, fields, zones)
    except Refused as refused:
        fields.note(refused.code, line, **refused.params)
        return None
    return read if isinstance(read, datetime) else None
