"""An entry as a VEVENT, and the calendar around it (RFC 5545)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from events.calendar.entries import Entry
from events.calendar.lines import in_utc, line, person_line, text_line, texts_line, uri_line
from events.calendar.zone import VTIMEZONE, ZONE, can_be_told_locally

PRODUCT = "-//Cluster portal//Events//{language}"


def calendar(language: str, method: str, properties: Iterable[str], events: Iterable[Iterable[str]]) -> Iterator[str]:
    """The lines of a whole calendar. The time zone is always there: a calendar may not be empty (3.6)."""
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield text_line("PRODID", PRODUCT.format(language=language.upper()))
    yield "CALSCALE:GREGORIAN"
    yield line("METHOD", method)
    yield from properties
    yield from VTIMEZONE
    for event in events:
        yield from event
    yield "END:VCALENDAR"


def event_lines(entry: Entry, *, busy: bool, more: Iterable[str] = (), language: str = "") -> Iterator[str]:
    """The VEVENT of an entry. `busy`: whether it takes the time of who sees it; `more`: lines of an invitation."""
    spoken = {"LANGUAGE": language} if language else {}
    yield "BEGIN:VEVENT"
    yield text_line("UID", entry.uid)
    yield line("DTSTAMP", in_utc(entry.stamp))
    yield line("SEQUENCE", str(entry.sequence))
    yield line("LAST-MODIFIED", in_utc(entry.changed))
    yield from _times(entry)
    yield text_line("SUMMARY", entry.title, **spoken)
    if entry.text:
        yield text_line("DESCRIPTION", entry.text, **spoken)
    if entry.place:
        yield text_line("LOCATION", entry.place, **spoken)
    if entry.url:
        yield uri_line("URL", entry.url)
    if entry.categories:
        yield texts_line("CATEGORIES", entry.categories)
    yield line("CLASS", "PUBLIC")
    yield line("STATUS", "CANCELLED" if entry.cancelled else "CONFIRMED")
    yield line("TRANSP", "OPAQUE" if busy and not entry.cancelled else "TRANSPARENT")
    if entry.organizer_email:
        yield person_line("ORGANIZER", entry.organizer_email, entry.organizer_name)
    yield from more
    yield "END:VEVENT"


def _times(entry: Entry) -> Iterator[str]:
    """Start and end: days, times of Bucharest, or UTC where Bucharest's clock would leave a doubt.

    An end has to be after its start (3.8.2.2); an entry without duration has none.
    """
    if entry.all_day:
        yield line("DTSTART", _day(entry.first_day), VALUE="DATE")
        yield line("DTEND", _day(entry.last_day + timedelta(days=1)), VALUE="DATE")
        return
    moments = {"DTSTART": entry.starts, "DTEND": entry.ends}
    if in_utc(entry.starts) == in_utc(entry.ends):
        del moments["DTEND"]
    local = all(can_be_told_locally(moment) for moment in moments.values())
    for name, moment in moments.items():
        if local:
            yield line(name, moment.astimezone(ZONE).strftime("%Y%m%dT%H%M%S"), TZID=ZONE.key)
        else:
            yield line(name, in_utc(moment))


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")
