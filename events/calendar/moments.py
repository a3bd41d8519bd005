"""When a read entry starts and ends, on Romania's clock."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from icalendar.prop import vDuration

from events.calendar.contents import Component, ContentLine
from events.calendar.fields import Fields, parameter
from events.calendar.foreign_zones import DescribedZone, described_zone, known_zone
from events.calendar.problems import Refused
from events.calendar.zone import ZONE, exists_twice, never_exists

YEARS = range(1970, 2200)
LONGEST = timedelta(days=366)

_MOMENT = re.compile(r"(\d{8})T(\d{6})(Z?)")
_DAY = re.compile(r"\d{8}")


class Zones:
    """The time zones that one file may name: those of the world, and those that it describes itself."""

    def __init__(self, parts: Iterable[Component]) -> None:
        self._described: dict[str, DescribedZone | None] = {}
        for part in parts:
            if part.name == "VTIMEZONE":
                names = [line.value.strip() for line in part.lines if line.name == "TZID"]
                self._described[next(iter(names), "")] = described_zone(part)

    def named(self, name: str) -> tzinfo | None:
        """The world's zone of that name before the file's own: programs write theirs for the years that they know."""
        if name in self._described and name.count("/") != 1:
            return self._described[name] or known_zone(name)
        return known_zone(name) or self._described.get(name)


@dataclass(frozen=True)
class Span:
    starts: datetime
    ends: datetime
    all_day: bool


def span_of(fields: Fields, zones: Zones) -> Span:
    """Start and end of an entry. Raises Refused when they cannot be told, or when the end is before the start."""
    line = fields.first("DTSTART")
    if not line:
        raise Refused("calendar_start_missing", fields.line)
    starts = moment(line, fields, zones)
    ends = _end(starts, fields, zones)
    first, last = (value if isinstance(value, datetime) else _midnight(value) for value in (starts, ends))
    told = fields.first("DTEND") or fields.first("DURATION") or line
    if last.astimezone(UTC) < first.astimezone(UTC):
        raise Refused("calendar_end_before_start", told.number)
    if last.astimezone(UTC) - first.astimezone(UTC) > LONGEST:
        raise Refused("calendar_too_long", told.number, most=LONGEST.days)
    return Span(first.astimezone(ZONE), last.astimezone(ZONE), not isinstance(starts, datetime))


def _end(starts: datetime | date, fields: Fields, zones: Zones) -> datetime | date:
    """What DTEND or DURATION says. Without them a day lasts a day, and a moment has no end, which is noted (3.6.1).

    An all-day entry whose end is its first day is one that took the end for included: it lasts that day.
    """
    timed = isinstance(starts, datetime)
    line = fields.first("DTEND")
    if line:
        ends = moment(line, fields, zones)
        if isinstance(ends, datetime) != timed:
            raise Refused("calendar_end_of_other_kind", line.number)
    else:
        ends = _after_duration(starts, fields)
    return starts + timedelta(days=1) if not timed and ends == starts else ends


def _after_duration(starts: datetime | date, fields: Fields) -> datetime | date:
    """Days and weeks go by the calendar, hours and minutes by the clock that never changes (3.3.6)."""
    line = fields.first("DURATION")
    if not line:
        if isinstance(starts, datetime):
            fields.problems.note("calendar_end_missing", fields.line, fields.title)
        return starts
    try:
        value = line.value.strip().upper()
        lasts, days = _length(value), _length(value.partition("T")[0])
        if isinstance(starts, datetime):
            return (starts + days).astimezone(UTC) + (lasts - days)
        if lasts != days:
            raise ValueError(value)
        return starts + days
    except (ValueError, OverflowError) as error:
        raise Refused("calendar_duration_broken", line.number, value=line.value[:40]) from error


def _length(text: str) -> timedelta:
    length: timedelta = vDuration.from_ical(text)  # type: ignore[no-untyped-call]
    return length


def moment(line: ContentLine, fields: Fields, zones: Zones) -> datetime | date:
    """A day, or an instant in its own zone; times without a zone are Romania's.

    Raises Refused for what is neither, for a zone that nobody knows, for a time that the clocks skip. A time that
    comes twice is the first of the two (3.3.5), and that is noted.
    """
    value = line.value.strip().upper()
    found = _MOMENT.fullmatch(value)
    day = found[1] if found else value
    if not _DAY.fullmatch(day) or not day.isascii():
        raise Refused("calendar_time_broken", line.number, value=line.value[:40])
    try:
        read = datetime.strptime(day + (found[2] if found else "000000"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise Refused("calendar_time_broken", line.number, value=line.value[:40]) from error
    if read.year not in YEARS:
        raise Refused("calendar_year", line.number, first=YEARS[0], last=YEARS[-1])
    if not found:
        return read.date()
    return read if found[3] else _local(read, line, fields, zones)


def _local(read: datetime, line: ContentLine, fields: Fields, zones: Zones) -> datetime:
    name = parameter(line, "TZID").strip()
    zone = zones.named(name) if name else ZONE
    if not zone:
        raise Refused("calendar_zone_unknown", line.number, zone=name[:60])
    read = read.replace(tzinfo=zone)
    shown = f"{read:%Y-%m-%d %H:%M}"
    try:
        skipped, twice = never_exists(read), exists_twice(read)
    except ValueError as error:
        raise Refused("calendar_zone_unknown", line.number, zone=name[:60]) from error
    if skipped:
        raise Refused("calendar_time_never", line.number, value=shown)
    if twice:
        fields.note("calendar_time_twice", line, value=shown)
    return read


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), ZONE)
