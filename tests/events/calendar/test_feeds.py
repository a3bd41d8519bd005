"""Feeds, read back by two parsers that wrote none of it: equal to what went in, whatever the texts hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import vobject
from hypothesis import given
from icalendar import Calendar

from events.calendar import Entry, feed, invitation, read_calendar
from events.calendar.feeds import duration
from events.calendar.texts import tidy
from events.calendar.zone import ZONE
from tests.events.calendar.made import SEMINAR, entry, local
from tests.events.calendar.strategies import entries

REFRESH = timedelta(hours=4)
LOCAL = ";TZID=Europe/Bucharest:"


def utc(*numbers: int) -> datetime:
    return datetime(*numbers, tzinfo=UTC)  # type: ignore[arg-type, misc]


def written(*entries: Entry, **options: Any) -> bytes:
    return feed(entries, "Evenimente", "ro", REFRESH, **options)


def only(content: bytes) -> Any:
    (event,) = Calendar.from_ical(content).events
    return event


def lines(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def test_a_feed_says_what_calendar_programs_ask() -> None:
    told = lines(written(SEMINAR, description="Toate", address="https://portal.example.org/events/calendar.ics"))
    assert told[: told.index("BEGIN:VTIMEZONE")] == [
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cluster portal//Events//RO", "CALSCALE:GREGORIAN"),
        *("METHOD:PUBLISH", "NAME:Evenimente", "X-WR-CALNAME:Evenimente", "DESCRIPTION:Toate", "X-WR-CALDESC:Toate"),
        *("X-WR-TIMEZONE:Europe/Bucharest", "SOURCE;VALUE=URI:https://portal.example.org/events/calendar.ics"),
        *("REFRESH-INTERVAL;VALUE=DURATION:PT4H", "X-PUBLISHED-TTL:PT4H"),
    ]
    assert "ATTENDEE" not in "".join(told)
    assert "SUMMARY;LANGUAGE=ro:Detecție chimică: metode\\, aparate\\; încercări" in told


def test_a_feed_without_entries_is_still_a_calendar() -> None:
    content = written()
    assert Calendar.from_ical(content).events == []
    assert content.count(b"BEGIN:VTIMEZONE") == 1


def test_the_same_entries_make_the_same_bytes_in_whatever_order_they_come() -> None:
    first, second = entry(uid="a"), entry(uid="b", starts=local(2026, 10, 13, 9), ends=local(2026, 10, 13, 10))
    assert written(first, second) == written(second, first)
    assert written(first) == written(replace(first, stamp=first.stamp + timedelta(minutes=5)))
    assert [event["UID"] for event in Calendar.from_ical(written(first, second)).events] == ["b", "a"]


def test_two_entries_never_share_a_uid() -> None:
    with pytest.raises(ValueError, match="same uid"):
        written(SEMINAR, entry(title="Other"))


def test_a_cancelled_entry_stays_and_takes_nobody_s_time() -> None:
    event = only(written(entry(cancelled=True), busy=True))
    assert (event["STATUS"], event["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert only(written(SEMINAR))["STATUS"] == "CONFIRMED"


def test_only_a_person_s_own_feed_takes_time() -> None:
    assert only(written(SEMINAR))["TRANSP"] == "TRANSPARENT"
    assert only(written(SEMINAR, busy=True))["TRANSP"] == "OPAQUE"


@pytest.mark.parametrize(
    ("starts", "ends", "first", "after"),
    [
        (local(2026, 10, 14), local(2026, 10, 15), date(2026, 10, 14), date(2026, 10, 15)),
        (local(2026, 10, 14), local(2026, 10, 14), date(2026, 10, 14), date(2026, 10, 15)),
        (local(2026, 10, 14, 9), local(2026, 10, 16, 17), date(2026, 10, 14), date(2026, 10, 17)),
        (local(2026, 10, 24), local(2026, 10, 27), date(2026, 10, 24), date(2026, 10, 27)),
        (local(2026, 12, 31), local(2027, 1, 1, 0, 0, 1), date(2026, 12, 31), date(2027, 1, 2)),
        # The evening before in UTC is the day itself in Romania.
        (
            datetime(2026, 10, 13, 21, tzinfo=UTC),
            datetime(2026, 10, 14, 21, tzinfo=UTC),
            date(2026, 10, 14),
            date(2026, 10, 15),
        ),
    ],
)
def test_days_end_before_the_next_one(starts: datetime, ends: datetime, first: date, after: date) -> None:
    content = written(entry(starts=starts, ends=ends, all_day=True))
    event = only(content)
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (first, after)
    assert f"DTSTART;VALUE=DATE:{first:%Y%m%d}" in lines(content)


@pytest.mark.parametrize(
    ("starts", "ends", "first", "last"),
    [
        (local(2026, 3, 29, 2), local(2026, 3, 29, 4), f"{LOCAL}20260329T020000", f"{LOCAL}20260329T040000"),
        (local(2026, 10, 25, 2), local(2026, 10, 25, 3, 30), ":20261024T230000Z", ":20261025T003000Z"),
        (local(2026, 10, 25, 3), local(2026, 10, 25, 3, fold=1), ":20261025T000000Z", ":20261025T010000Z"),
        (local(2026, 10, 14, 10), local(2026, 10, 14, 10), f"{LOCAL}20261014T100000", None),
        (utc(1996, 7, 1, 9), utc(1996, 7, 1, 10), ":19960701T090000Z", ":19960701T100000Z"),
    ],
)
def test_a_time_is_never_in_doubt(starts: datetime, ends: datetime, first: str, last: str | None) -> None:
    content = written(entry(starts=starts, ends=ends))
    told = [line for line in lines(content) if line.startswith(("DTSTART", "DTEND"))][2:]
    assert told == [f"DTSTART{first}", *([f"DTEND{last}"] if last else [])]


def test_an_entry_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before"):
        entry(ends=local(2026, 10, 14, 9))
    with pytest.raises(ValueError, match="ends before"):
        entry(starts=local(2026, 10, 25, 3, 10, fold=1), ends=local(2026, 10, 25, 3, 50))
    with pytest.raises(ValueError, match="time zone"):
        entry(starts=SEMINAR.starts.replace(tzinfo=None))
    with pytest.raises(ValueError, match="uid"):
        entry(uid="")
    with pytest.raises(ValueError, match="sequence"):
        entry(sequence=-1)


@pytest.mark.parametrize(
    ("length", "told"),
    [
        (timedelta(hours=4), "PT4H"),
        (timedelta(days=1), "P1D"),
        (timedelta(days=1, minutes=90), "P1DT1H30M"),
        (timedelta(seconds=5), "PT5S"),
    ],
)
def test_lengths_of_time(length: timedelta, told: str) -> None:
    assert duration(length) == told


def test_a_length_of_nothing_is_none() -> None:
    with pytest.raises(ValueError, match="above zero"):
        duration(timedelta(0))


@given(entries())
def test_lines_are_short_end_rightly_and_cut_no_letter(given_entry: Entry) -> None:
    content = written(given_entry)
    assert content.endswith(b"END:VCALENDAR\r\n")
    pieces = content.split(b"\r\n")
    assert max(map(len, pieces)) <= 75
    for piece in pieces:
        text = piece.decode()  # each piece alone is UTF-8
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", text)
        assert not re.search(r"(?<!\\)(?:\\\\)*\\$", text)  # and no escape is cut


@given(entries())
def test_icalendar_reads_back_what_went_in(given_entry: Entry) -> None:
    event = only(written(given_entry))
    assert str(event["SUMMARY"]) == tidy(given_entry.title)
    assert str(event.get("DESCRIPTION", "")) == tidy(given_entry.text)
    assert str(event.get("LOCATION", "")) == tidy(given_entry.place)
    assert (str(event["UID"]), event["SEQUENCE"]) == (given_entry.uid, given_entry.sequence)
    assert event["LAST-MODIFIED"].dt == given_entry.changed
    assert event["DTSTAMP"].dt == given_entry.changed
    assert (event["STATUS"] == "CANCELLED") is given_entry.cancelled
    if given_entry.categories:
        assert [str(category) for category in event["CATEGORIES"].cats] == [tidy(c) for c in given_entry.categories]
    if given_entry.all_day:
        assert event["DTSTART"].dt == given_entry.first_day
        assert event["DTEND"].dt == given_entry.last_day + timedelta(days=1)
    else:
        assert event["DTSTART"].dt.astimezone(UTC) == given_entry.starts
        assert event.end.astimezone(UTC) == given_entry.ends


@given(entries())
def test_vobject_reads_back_what_went_in(given_entry: Entry) -> None:
    event = vobject.readOne(invitation(given_entry, "PUBLISH", "", "").decode()).vevent
    assert event.summary.value == tidy(given_entry.title)
    if given_entry.text:
        assert event.description.value == tidy(given_entry.text)
    if given_entry.place:
        assert event.location.value == tidy(given_entry.place)
    assert (event.uid.value, event.sequence.value) == (given_entry.uid, str(given_entry.sequence))
    if given_entry.all_day:
        assert event.dtstart.value == given_entry.first_day
        assert event.dtend.value == given_entry.last_day + timedelta(days=1)
    else:
        assert event.dtstart.value.astimezone(UTC) == given_entry.starts
        assert getattr(event, "dtend", event.dtstart).value.astimezone(UTC) == given_entry.ends


@given(entries())
def test_the_portal_reads_back_what_went_in(given_entry: Entry) -> None:
    reading = read_calendar(written(given_entry))
    title = " ".join(tidy(given_entry.title).split())
    if not title:
        assert [problem.code for problem in reading.problems if problem.refused] == ["calendar_title_missing"]
        return
    (event,) = reading.events
    assert event.title == title
    assert (event.text, event.place) == (tidy(given_entry.text).strip(), tidy(given_entry.place).strip())
    assert (event.uid, event.sequence, event.url) == (given_entry.uid, given_entry.sequence, given_entry.url)
    assert (event.cancelled, event.changed) == (given_entry.cancelled, given_entry.changed)
    categories = [tidy(category).strip() for category in given_entry.categories]
    assert event.categories == tuple(dict.fromkeys(category for category in categories if category))
    assert event.organizer_email == given_entry.organizer_email
    assert event.organizer_name == " ".join(tidy(given_entry.organizer_name).split()).replace('"', "'")
    if given_entry.all_day:
        assert (event.starts.date(), event.ends.date()) == (
            given_entry.first_day,
            given_entry.last_day + timedelta(days=1),
        )
        assert event.all_day and event.starts.tzinfo is ZONE
    else:
        assert (event.starts.astimezone(UTC), event.ends.astimezone(UTC)) == (given_entry.starts, given_entry.ends)
