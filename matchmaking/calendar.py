"""A timetable as a calendar file (RFC 5545): an entry a meeting, in UTC, which every calendar program converts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event

PRODUCT = "-//Cluster portal//Brokerage day//EN"


@dataclass(frozen=True)
class MeetingEntry:
    """One meeting as a calendar keeps it; `uid` stays and `sequence` grows when it moves. Times are aware."""

    uid: str
    sequence: int
    stamp: datetime
    starts: datetime
    ends: datetime
    title: str
    place: str
    url: str


def timetable_file(entries: Iterable[MeetingEntry], *, cancelled: bool = False) -> bytes:
    """The calendar file of one participant; the same entries give the same bytes.

    `cancelled`: the file takes these meetings out of the calendar again.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    for entry in entries:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", entry.stamp.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", entry.starts.astimezone(UTC))
        event.add("dtend", entry.ends.astimezone(UTC))
        event.add("summary", entry.title)
        event.add("location", entry.place)
        event.add("url", entry.url)
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
