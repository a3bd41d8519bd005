"""The clock of Romania: its rules as calendars write them, and local times that do not exist or exist twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Bucharest")

RULES_HOLD_FROM = datetime(1997, 3, 30, 1, tzinfo=UTC)
"""Since this change of clocks Romania keeps to the rules below; earlier instants are written in UTC."""

VTIMEZONE = (
    *("BEGIN:VTIMEZONE", "TZID:Europe/Bucharest"),
    *("BEGIN:DAYLIGHT", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0300", "TZNAME:EEST"),
    *("DTSTART:19970330T030000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"),
    *("BEGIN:STANDARD", "TZOFFSETFROM:+0300", "TZOFFSETTO:+0200", "TZNAME:EET"),
    *("DTSTART:19971026T040000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD"),
    "END:VTIMEZONE",
)
"""One rule for summer and one for winter: the form that every calendar program reads. A test holds them against the
time zone database, year by year."""


def exists_twice(moment: datetime) -> bool:
    """Whether the clock face of this local time comes twice, as in the night when summer time ends."""
    first, second = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first > second


def never_exists(moment: datetime) -> bool:
    """Whether the clocks skip this local time, as in the night when summer time begins."""
    first, second = moment.replace(fold=0).utcoffset(), moment.replace(fold=1).utcoffset()
    return first is not None and second is not None and first < second


def can_be_told_locally(moment: datetime) -> bool:
    """Whether a time of Bucharest's clock names this instant without doubt.

    RFC 5545 (3.3.5) reads a local time that comes twice as the first of the two, and has no word for the second.
    """
    return moment >= RULES_HOLD_FROM and not exists_twice(moment.astimezone(ZONE))
