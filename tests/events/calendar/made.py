"""Entries for the tests of calendars."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from events.calendar import Entry
from events.calendar.zone import ZONE

WRITTEN = datetime(2026, 9, 1, 8, tzinfo=UTC)

SEMINAR = Entry(
    uid="7d3a9b52@portal.example.org",
    sequence=2,
    stamp=WRITTEN,
    starts=datetime(2026, 10, 14, 10, tzinfo=ZONE),
    ends=datetime(2026, 10, 14, 12, 30, tzinfo=ZONE),
    all_day=False,
    title="Detecție chimică: metode, aparate; încercări",
    text="Prima sesiune\nA doua sesiune: C:\\Nou",
    place="Sala Unirii, Brașov",
    url="https://portal.example.org/events/detectie/",
    categories=("Radar", "Senzori, lasere"),
    cancelled=False,
    changed=datetime(2026, 8, 30, 14, 5, tzinfo=ZONE),
    organizer_name="Clusterul Exemplu",
    organizer_email="office@example.org",
)


def local(*numbers: int, fold: int = 0) -> datetime:
    """A time of Romania's clock."""
    return datetime(*numbers, fold=fold, tzinfo=ZONE)  # type: ignore[arg-type, misc]


def entry(**changes: Any) -> Entry:
    return replace(SEMINAR, **changes)


def calendar(*lines: str) -> bytes:
    """A calendar file with these lines in it; an entry is `event(…)`."""
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *lines, "END:VCALENDAR", ""]).encode()


def event(*lines: str, uid: str = "a@example.org", title: str = "Seminar", start: str = "20261014T100000") -> str:
    """A VEVENT with an hour's start; a field that is "" is left out."""
    named = {"UID": uid, "SUMMARY": title, "DTSTART": start}
    told = [f"{name}:{value}" for name, value in named.items() if value]
    return "\r\n".join(["BEGIN:VEVENT", *told, *lines, "END:VEVENT"])
