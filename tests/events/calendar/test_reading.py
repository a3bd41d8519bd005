"""Calendar files of others: what can be read is read whole, and of the rest a person learns the line and the reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from events.calendar import Reading, read_calendar
from events.calendar.problems import MOST_PROBLEMS
from tests.events.calendar.made import calendar, event, local


def read(*lines: str) -> Reading:
    return read_calendar(calendar(*lines))


def codes(reading: Reading, *, refused: bool = True) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in reading.problems if problem.refused is refused]


def test_an_entry_with_everything() -> None:
    reading = read(
        event(
            "DTEND:20261014T123000",
            "DESCRIPTION:Prima\\nA doua\\, C:\\\\Nou",
            " \\; sfârșit",
            "LOCATION:Sala Unirii",
            "URL:https://example.org/seminar",
            "CATEGORIES:Radar,Senzori\\, lasere",
            "CATEGORIES:Radar",
            'ORGANIZER;CN="Clusterul: Exemplu":mailto:office@example.org',
            "SEQUENCE:7",
            "STATUS:CANCELLED",
            "LAST-MODIFIED:20260830T110500Z",
            "BEGIN:VALARM",
            "DESCRIPTION:not this one",
            "TRIGGER nonsense",
            "END:VALARM",
            "X-SOMETHING:else",
        )
    )
    (found,) = reading.events
    assert reading.problems == ()
    assert (found.uid, found.sequence, found.title, found.line) == ("a@example.org", 7, "Seminar", 4)
    assert (found.starts, found.ends, found.all_day) == (local(2026, 10, 14, 10), local(2026, 10, 14, 12, 30), False)
    assert found.text == "Prima\nA doua, C:\\Nou; sfârșit"
    assert (found.place, found.url) == ("Sala Unirii", "https://example.org/seminar")
    assert found.categories == ("Radar", "Senzori, lasere")
    assert (found.organizer_name, found.organizer_email) == ("Clusterul: Exemplu", "office@example.org")
    assert found.cancelled and found.changed == datetime(2026, 8, 30, 11, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "more", "starts", "ends"),
    [
        ("20261014T100000", "DTEND:20261014T110000", local(2026, 10, 14, 10), local(2026, 10, 14, 11)),
        ("20261014T070000Z", "DURATION:PT90M", local(2026, 10, 14, 10), local(2026, 10, 14, 11, 30)),
        ("20261014T100000", "DURATION:P1DT1H", local(2026, 10, 14, 10), local(2026, 10, 15, 11)),
        # A day by the calendar, and twenty-four hours by a clock that is not put back.
        ("20261024T120000", "DURATION:P1D", local(2026, 10, 24, 12), local(2026, 10, 25, 12)),
        ("20261024T120000", "DURATION:PT24H", local(2026, 10, 24, 12), local(2026, 10, 25, 11)),
        ("20261014", "DTEND:20261017", local(2026, 10, 14), local(2026, 10, 17)),
        ("20261014", "DTEND:20261014", local(2026, 10, 14), local(2026, 10, 15)),
        ("20261014", "DURATION:P2D", local(2026, 10, 14), local(2026, 10, 16)),
        ("20261014", "COMMENT:no end", local(2026, 10, 14), local(2026, 10, 15)),
        ("20261025", "COMMENT:a day of 25 hours", local(2026, 10, 25), local(2026, 10, 26)),
    ],
)
def test_starts_and_ends(start: str, more: str, starts: datetime, ends: datetime) -> None:
    reading = read(event(more, start=start))
    (found,) = reading.events
    assert reading.problems == ()
    assert (found.starts.astimezone(UTC), found.ends.astimezone(UTC)) == (starts.astimezone(UTC), ends.astimezone(UTC))
    assert found.all_day is (len(start) == 8)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("DTEND:20261014T090000", "calendar_end_before_start"),
        ("DURATION:-PT1H", "calendar_end_before_start"),
        ("DTEND:20261015", "calendar_end_of_other_kind"),
        ("DTEND:20281015T100000", "calendar_too_long"),
        ("DTEND:14.10.2026 11:00", "calendar_time_broken"),
        ("DTEND:20261014T250000", "calendar_time_broken"),
        ("DTEND:20261014T110000+0300", "calendar_time_broken"),
        ("DTEND:２０２６１０１４T110000", "calendar_time_broken"),
        ("DTEND:99991014T110000", "calendar_year"),
        ("DTEND;TZID=Mars/Olympus:20261014T110000", "calendar_zone_unknown"),
        ("DTEND;TZID=../../etc/passwd:20261014T110000", "calendar_zone_unknown"),
        ("DTEND:20270328T033000", "calendar_time_never"),
        ("DTEND;;VALUE=DATE-TIME:20261014T110000", "calendar_line_broken"),
        ("DTEND 20261014T110000", "calendar_line_broken"),
        ("DURATION:one hour", "calendar_duration_broken"),
        ("DURATION:P99999999999D", "calendar_duration_broken"),
        ("RRULE:FREQ=WEEKLY", "calendar_repeats"),
        ("RDATE:20261021T100000", "calendar_repeats"),
        ("RECURRENCE-ID:20261021T100000", "calendar_repeats"),
        ("DTSTART:20261014T110000", "calendar_property_twice"),
        ("UID:other", "calendar_property_twice"),
    ],
)
def test_an_entry_that_cannot_be_read_is_left_out_and_its_neighbours_stay(line: str, code: str) -> None:
    reading = read(event(uid="before"), event(line), event(uid="after"))
    assert [found.uid for found in reading.events] == ["before", "after"]
    assert codes(reading) == [(code, 13)]
    assert reading.problems[1].title == "Seminar"


def test_everything_that_is_wrong_with_an_entry_is_said_at_once() -> None:
    reading = read(event(title="", start="INVALID"))
    assert codes(reading) == [("calendar_title_missing", 4), ("calendar_time_broken", 6)]
    assert codes(read(event(title="", start=""))) == [("calendar_title_missing", 4), ("calendar_start_missing", 4)]


def test_an_hour_that_comes_twice_is_taken_as_the_first_and_that_is_said() -> None:
    reading = read(event("DTEND:20261025T040000", start="20261025T033000"))
    (found,) = reading.events
    assert found.ends.astimezone(UTC) - found.starts.astimezone(UTC) == timedelta(hours=1, minutes=30)
    assert codes(reading, refused=False) == [("calendar_time_twice", 7)]
    assert reading.problems[0].params == {"value": "2026-10-25 03:30"}


@pytest.mark.parametrize(
    ("line", "code", "at"),
    [
        ("SEQUENCE:many", "calendar_number_broken", 8),
        ("SEQUENCE:99999999999", "calendar_number_broken", 8),
        ("URL:javascript:alert(1)", "calendar_address_left_out", 8),
        ("LAST-MODIFIED:yesterday", "calendar_time_broken", 8),
        ("X-BROKEN LINE", "calendar_line_broken", 8),
        ("END:VTODO", "calendar_end_alone", 8),
    ],
)
def test_what_is_read_all_the_same_is_noted(line: str, code: str, at: int) -> None:
    reading = read(event(line, "DTEND:20261014T110000"))
    (found,) = reading.events
    assert (found.sequence, found.url, found.changed) == (0, "", None)
    assert codes(reading) == []
    assert codes(reading, refused=False) == [(code, at)]


def test_an_entry_without_end_or_uid_is_read_with_a_note() -> None:
    reading = read(event(uid=""), event(uid=""))
    assert [(found.uid, found.ends) for found in reading.events] == [("", local(2026, 10, 14, 10))] * 2
    assert codes(reading, refused=False) == [
        *(("calendar_end_missing", 4), ("calendar_uid_missing", 4)),
        *(("calendar_end_missing", 8), ("calendar_uid_missing", 8)),
    ]


def test_the_same_uid_twice_is_one_entry() -> None:
    reading = read(event("DTEND:20261014T110000"), event("DTEND:20261014T120000"))
    assert len(reading.events) == 1
    assert codes(reading) == [("calendar_uid_twice", 10)]
    assert reading.problems[0].params == {"first": 4}


def test_an_entry_that_never_ends_does_not_swallow_the_next() -> None:
    whole = event("DTEND:20261014T110000", uid="whole")
    cut = event("DTEND:20261014T110000", uid="cut").removesuffix("\r\nEND:VEVENT")
    reading = read(cut, whole)
    assert [found.uid for found in reading.events] == ["whole"]
    assert codes(reading) == [("calendar_not_ended", 4)]
    reading = read("BEGIN:X-BOX", "BEGIN:Y-BOX", "END:X-BOX", whole)
    assert [found.uid for found in reading.events] == ["whole"]


def test_a_file_that_was_cut_off_gives_what_is_whole() -> None:
    content = calendar(event("DTEND:20261014T110000"), event(uid="b"))
    reading = read_calendar(content[: content.rindex(b"DTSTART")])
    assert [found.uid for found in reading.events] == ["a@example.org"]
    assert codes(reading) == [("calendar_not_ended", 10)]
    assert codes(reading, refused=False) == [("calendar_cut_off", 12)]


def test_many_empty_entries_without_an_end_of_the_calendar() -> None:
    reading = read_calendar(b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 4000)
    assert reading.events == ()
    assert len(reading.problems) == MOST_PROBLEMS + 1
    assert reading.problems[-1].code == "file_more_problems"
    assert reading.problems[-1].params == {"count": 8001 - MOST_PROBLEMS}


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (b"", "calendar_none", 1),
        (b"\x00\x01\x02" * 500, "calendar_none", 1),
        (b"<html><body>Sign in</body></html>", "calendar_none", 1),
        (b"\xff\xfe\x00\xd8", "calendar_none", 1),
        (b"BEGIN:VEVENT\nUID:1\nEND:VEVENT\n", "calendar_none", 1),
        (calendar(), "calendar_empty", 1),
        (calendar("BEGIN:VTODO", "UID:1", "END:VTODO"), "calendar_not_an_event", 4),
        (calendar() + b"BEGIN:VEVENT\r\nEND:VEVENT\r\n", "calendar_outside", 5),
        (b"BEGIN:VCALENDAR\n" + b"X:\n" * 700_000, "file_too_large", 1),
        (calendar(*[event()] * 5_001), "file_too_many", 1),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:X\n" * 200_000, "calendar_too_deep", 11),
    ],
)
def test_a_file_that_is_no_calendar_of_events(content: bytes, code: str, line: int) -> None:
    reading = read_calendar(content)
    assert reading.events == ()
    assert (code, line) in codes(reading)


def test_a_calendar_may_hold_five_thousand_entries() -> None:
    entries = [event("DTEND:20261014T110000", uid=f"{number}") for number in range(5_000)]
    reading = read(*entries)
    assert (len(reading.events), reading.problems) == (5_000, ())


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_line_ends_and_marks_of_every_program(end: str, mark: bytes) -> None:
    content = calendar(event("DTEND:20261014T110000", title="Întâlnire")).decode().replace("\r\n", end).encode()
    reading = read_calendar(mark + content)
    assert [found.title for found in reading.events] == ["Întâlnire"]
    assert reading.problems == ()


def test_other_encodings() -> None:
    content = calendar(event("DTEND:20261014T110000", title="Întâlnire la Iași")).decode().replace("ș", "ş")
    wide = read_calendar(content.encode("utf-16"))
    assert [found.title for found in wide.events] == ["Întâlnire la Iaşi"]
    old = read_calendar(content.encode("cp1250"))
    assert [found.title for found in old.events] == ["Întâlnire la Iaşi"]
    assert codes(old, refused=False) == [("calendar_encoding", 6)]


def test_a_line_that_was_folded_in_the_middle_of_a_letter() -> None:
    title = "SUMMARY:Ștefan".encode()
    content = calendar(event("DTEND:20261014T110000", title="Seminar"))
    reading = read_calendar(content.replace(b"SUMMARY:Seminar", title[:9] + b"\r\n\t" + title[9:]))
    assert [found.title for found in reading.events] == ["Ștefan"]


def test_texts_come_without_what_a_database_cannot_hold() -> None:
    reading = read(event("DTEND:20261014T110000", "DESCRIPTION:a\x00b\x0bc", title="Semi\x00nar\\n2026"))
    (found,) = reading.events
    assert (found.title, found.text) == ("Seminar 2026", "ab\nc")
