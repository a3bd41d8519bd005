"""A timetable as a calendar file (RFC 5545): an entry a meeting, in UTC, which every calendar program converts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress

PRODUCT = "-//Cluster portal//Brokerage day//EN"


@dataclass(frozen=True)
class Organizer:
    """Who calls the meetings: the cluster, at the address that also stands in the invitations of its events."""

    name: str
    email: str


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


def timetable_file(entries: Iterable[MeetingEntry], organizer: Organizer) -> bytes:
    """The calendar file of one participant; the same entries give the same bytes."""
    return _file("PUBLISH", "CONFIRMED", entries, organizer)


def cancellation_file(entry: MeetingEntry, organizer: Organizer) -> bytes:
    """A file that takes one meeting out of the calendar again.

    A message of the method CANCEL speaks of one entry, so each meeting has a file of its own; and it names who calls
    the meeting, for programs believe a cancellation only from who does (RFC 5546).
    """
    return _file("CANCEL", "CANCELLED", [entry], organizer)


def _file(method: str, status: str, entries: Iterable[MeetingEntry], organizer: Organizer) -> bytes:
    caller = vCalAddress(f"mailto:{organizer.email}")
    caller.params["CN"] = organizer.name
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
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
        event.add("organizer", caller)
        event.add("status", status)
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
