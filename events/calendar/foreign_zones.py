"""The time zones that a read calendar names: of the world's database, of Windows, or described in the file itself.

What a file describes is worked out here, year by year, for the rules that time zones have (RFC 5545, 3.6.5). A general
reader of recurrences would follow a rule without any day, such as 31 February, to the year 9999.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from events.calendar.contents import Component

MOST_OBSERVANCES = 300
MOST_CHANGES = 30
"""About one year: its own, and those before and after it. No government has changed its clocks so often."""
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNDERSTOOD = {"FREQ", "BYMONTH", "BYDAY", "BYMONTHDAY", "UNTIL", "INTERVAL", "WKST"}

_OFFSET = re.compile(r"([+-])(\d\d)([0-5]\d)([0-5]\d)?")
_BY_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")


@dataclass(frozen=True)
class Change:
    """The clocks go from one offset to another when they show `at`, still by the old one."""

    at: datetime
    before: timedelta
    after: timedelta


@dataclass(frozen=True)
class Yearly:
    """The day of a change, every year: a month, and a weekday, days of the month, or both."""

    month: int
    nth: int
    weekday: int | None
    days: frozenset[int]
    until: datetime | None

    def day(self, year: int) -> int | None:
        length = calendar.monthrange(year, self.month)[1]
        allowed = {day if day > 0 else length + 1 + day for day in self.days} or set(range(1, length + 1))
        fitting = [
            day
            for day in range(1, length + 1)
            if day in allowed and self.weekday in (None, calendar.weekday(year, self.month, day))
        ]
        at = self.nth - 1 if self.nth > 0 else self.nth
        return fitting[at] if -len(fitting) <= at < len(fitting) else None


@dataclass(frozen=True)
class Observance:
    """STANDARD or DAYLIGHT: its first change, and the rule or the list of the others."""

    start: datetime
    before: timedelta
    after: timedelta
    rule: Yearly | None
    listed: tuple[datetime, ...]

    def changes(self, year: int) -> list[Change]:
        """Those that decide about a moment of the year: the last before it, those in it, the first after it."""
        return [Change(at, self.before, self.after) for at in (self.start, *self.listed, *self._repeated(year))]

    def _repeated(self, year: int) -> list[datetime]:
        if not self.rule:
            return []
        until = self.rule.until
        years = {year - 1, year, year + 1} | ({until.year - 1, until.year} if until else set())
        found = []
        for candidate in years:
            day = self.rule.day(candidate) if self.start.year <= candidate <= year + 1 else None
            if day:
                at = self.start.replace(year=candidate, month=self.rule.month, day=day)
                found += [at] if self.start <= at and (not until or at <= until) else []
        return found


class DescribedZone(tzinfo):
    """A time zone as its file describes it."""

    def __init__(self, observances: tuple[Observance, ...]) -> None:
        self._observances = observances
        self._years: dict[int, list[Change]] = {}

    def utcoffset(self, moment: datetime | None) -> timedelta | None:
        """As PEP 495 wants it: in a gap and in an hour that comes twice, `fold` 0 is by the old offset.

        Raises ValueError when the description is not one of a clock.
        """
        if moment is None:
            return None
        wall = moment.replace(tzinfo=None, fold=0)
        changes = self._changes(wall.year)
        offset = changes[0].before
        for change in changes:
            edges = (change.at, change.at + (change.after - change.before))
            if wall >= (min(edges) if moment.fold else max(edges)):
                offset = change.after
        return offset

    def dst(self, moment: datetime | None) -> None:
        """Not told: nothing here asks for it."""

    def tzname(self, moment: datetime | None) -> None:
        """Not told: nothing here asks for it."""

    def _changes(self, year: int) -> list[Change]:
        if year not in self._years:
            every = (change for observance in self._observances for change in observance.changes(year))
            ordered = sorted(every, key=lambda change: change.at)
            near = [change for change in ordered if year - 1 <= change.at.year <= year + 1]
            before = [change for change in ordered if change.at.year < year - 1][-1:]
            if len(near) > MOST_CHANGES:
                raise ValueError(f"{len(near)} changes of the clock about {year}")
            self._years[year] = (before + near) or ordered[:1]
        return self._years[year]


@cache
def known_zone(name: str) -> ZoneInfo | None:
    """The zone of a database name, of a Windows name, or of a path that ends in a database name."""
    known = available_timezones()
    if name in known:
        return ZoneInfo(name)
    if name in WINDOWS_TO_OLSON:
        return ZoneInfo(WINDOWS_TO_OLSON[name])
    parts = name.strip("/").split("/")
    for length in (3, 2):
        tail = "/".join(parts[-length:])
        if len(parts) > length and tail in known:
            return ZoneInfo(tail)
    return None


def described_zone(component: Component) -> DescribedZone | None:
    """The zone of a VTIMEZONE; None when it has a rule that time zones do not have, or is damaged."""
    parts = [part for part in component.parts if part.name in ("STANDARD", "DAYLIGHT")]
    if component.damage or not 0 < len(parts) <= MOST_OBSERVANCES or any(part.damage for part in parts):
        return None
    try:
        return DescribedZone(tuple(_observance(part) for part in parts))
    except (ValueError, KeyError, OverflowError):
        return None


def _observance(component: Component) -> Observance:
    values = {line.name: line.value.strip() for line in component.lines}
    before = _offset(values["TZOFFSETFROM"])
    listed = ",".join(line.value for line in component.lines if line.name == "RDATE")
    return Observance(
        start=_wall(values["DTSTART"]),
        before=before,
        after=_offset(values["TZOFFSETTO"]),
        rule=_rule(values["RRULE"], _wall(values["DTSTART"]), before) if "RRULE" in values else None,
        listed=tuple(_wall(value) for value in listed.split(",") if value),
    )


def _rule(text: str, start: datetime, before: timedelta) -> Yearly:
    parts = dict(part.split("=", 1) for part in text.upper().rstrip(";").split(";"))
    if parts.get("FREQ") != "YEARLY" or parts.get("INTERVAL", "1") != "1" or not parts.keys() <= UNDERSTOOD:
        raise ValueError(text)
    nth, weekday = 1, None
    if "BYDAY" in parts:
        found = _BY_DAY.fullmatch(parts["BYDAY"])
        if not found:
            raise ValueError(text)
        nth, weekday = int(found[1] or 1), WEEKDAYS.index(found[2])
    days = {int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day}
    if weekday is None and not days:
        days = {start.day}
    month = int(parts.get("BYMONTH", start.month))
    if not 1 <= month <= 12 or not all(1 <= abs(day) <= 31 for day in days):
        raise ValueError(text)
    return Yearly(month, nth, weekday, frozenset(days), _until(parts.get("UNTIL", ""), before))


def _until(text: str, before: timedelta) -> datetime | None:
    """The last change that there may be, by the clock that is in force before it."""
    if not text:
        return None
    if len(text) == 8:
        text += "T235959"
    until = _wall(text.removesuffix("Z"))
    return until + before if text.endswith("Z") else until


def _wall(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%S")  # noqa: DTZ007 (a clock face, before its zone is known)


def _offset(text: str) -> timedelta:
    found = _OFFSET.fullmatch(text)
    if not found or int(found[2]) > 23:
        raise ValueError(text)
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -size if found[1] == "-" else size
