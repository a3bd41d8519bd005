"""Calendars to subscribe to: all that a calendar program needs to keep its copy true."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, timedelta

from events.calendar.components import calendar, event_lines
from events.calendar.entries import Entry
from events.calendar.lines import as_bytes, line, text_line, uri_line
from events.calendar.zone import ZONE


def feed(
    entries: Iterable[Entry],
    name: str,
    language: str,
    refresh: timedelta,
    *,
    description: str = "",
    address: str = "",
    busy: bool = False,
) -> bytes:
    """The calendar of these entries, in the order of time: the same bytes for the same entries, whenever it is written.

    `refresh`: how often to ask again. `address`: where the feed itself is. `busy`: for a person's own feed, whose
    entries take that person's time; those of a public one do not. Cancelled entries belong in it: a program that does
    not see an entry any more may keep it as it was.
    """
    ordered = sorted(entries, key=lambda entry: (entry.starts.astimezone(UTC), entry.uid))
    uids = [entry.uid for entry in ordered]
    if len(set(uids)) != len(uids):
        raise ValueError("two entries of one feed have the same uid")
    # The stamp of an entry in a feed is its last change: the instant of asking would make each answer a new one.
    told = (replace(entry, stamp=entry.changed) for entry in ordered)
    events = (event_lines(entry, busy=busy, language=language) for entry in told)
    lasts = duration(refresh)
    properties = [
        text_line("NAME", name),
        text_line("X-WR-CALNAME", name),
        *([text_line("DESCRIPTION", description), text_line("X-WR-CALDESC", description)] if description else []),
        line("X-WR-TIMEZONE", ZONE.key),
        *([uri_line("SOURCE", address, VALUE="URI")] if address else []),
        line("REFRESH-INTERVAL", lasts, VALUE="DURATION"),
        line("X-PUBLISHED-TTL", lasts),
    ]
    return as_bytes(calendar(language, "PUBLISH", properties, events))


def duration(length: timedelta) -> str:
    """A length of time as RFC 5545 (3.3.6) and ISO 8601 write it."""
    if length <= timedelta(0):
        raise ValueError("a length of time is above zero")
    days, seconds = length.days, length.seconds
    parts = [(seconds // 3600, "H"), (seconds // 60 % 60, "M"), (seconds % 60, "S")]
    clock = "".join(f"{number}{letter}" for number, letter in parts if number)
    return "P" + (f"{days}D" if days else "") + (f"T{clock}" if clock else "")
