"""When a letter of the timetable is due, and from when on it comes too late to be of use."""

from datetime import datetime, timedelta
from enum import StrEnum

from events.rules.local_time import days_before

WEEK, DAY = 7, 1
THANKS_AFTER = timedelta(hours=1)
THANKS_UNTIL = timedelta(days=14)
"""Thanks later than this would only puzzle."""
RENEWAL_DAYS = 30
"""How long before a training runs out its person is told."""


class Kind(StrEnum):
    WEEK = "week"
    DAY = "day"
    THANKS = "thanks"


class Time(StrEnum):
    """What the clock says about one letter to one person."""

    EARLY = "early"
    DUE = "due"
    LATE = "late"
    NEEDLESS = "needless"


def due_at(kind: str, starts_at: datetime, ends_at: datetime) -> datetime:
    """When a letter leaves at the earliest: reminders a week and a day before, by the wall clock."""
    if kind == Kind.THANKS:
        return ends_at + THANKS_AFTER
    return days_before(starts_at, WEEK if kind == Kind.WEEK else DAY)


def late_from(kind: str, starts_at: datetime, ends_at: datetime) -> datetime:
    """From when on it is no longer sent: a reminder once the next one is due or the event has begun."""
    if kind == Kind.THANKS:
        return ends_at + THANKS_UNTIL
    return days_before(starts_at, DAY) if kind == Kind.WEEK else starts_at


def time_of(kind: str, starts_at: datetime, ends_at: datetime, confirmed_at: datetime, now: datetime) -> Time:
    """Whether a letter is to be sent now. Who was confirmed after it was due has just been told and needs none."""
    due = due_at(kind, starts_at, ends_at)
    if kind != Kind.THANKS and confirmed_at > due:
        return Time.NEEDLESS
    if now < due:
        return Time.EARLY
    return Time.DUE if now < late_from(kind, starts_at, ends_at) else Time.LATE
