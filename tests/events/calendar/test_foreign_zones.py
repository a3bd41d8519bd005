"""Time zones of others: by the names of three worlds, or as a file describes them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from events.calendar import read_calendar
from events.calendar.contents import components
from events.calendar.foreign_zones import DescribedZone, described_zone
from events.calendar.problems import Problems
from tests.events.calendar.made import calendar, event, local

BRUSSELS = """\
BEGIN:VTIMEZONE
TZID:Our office
BEGIN:STANDARD
DTSTART:16011028T030000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010325T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
END:DAYLIGHT
END:VTIMEZONE"""

NEW_YORK = """\
BEGIN:VTIMEZONE
TZID:custom
BEGIN:DAYLIGHT
DTSTART:19870405T020000
RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=1SU;UNTIL=20060402T070000Z
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19671029T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;UNTIL=20061029T060000Z
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20070311T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:20071104T020000
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
END:VTIMEZONE"""

LISTED = """\
BEGIN:VTIMEZONE
TZID:listed
BEGIN:STANDARD
DTSTART:20251026T040000
RDATE:20261025T040000,20271031T040000
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:20260329T030000
RDATE:20260329T030000
RDATE:20270328T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
END:DAYLIGHT
END:VTIMEZONE"""


def zone_of(text: str) -> DescribedZone | None:
    (whole,) = components(calendar(*text.splitlines()), Problems())
    return described_zone(whole.parts[0])


@pytest.mark.parametrize(
    ("text", "name", "years"),
    [
        (BRUSSELS, "Europe/Brussels", range(1997, 2029)),
        (NEW_YORK, "America/New_York", range(1988, 2029)),
        (LISTED, "Europe/Bucharest", range(2026, 2028)),
    ],
)
def test_a_described_zone_is_the_zone_that_it_describes(text: str, name: str, years: range) -> None:
    described, known = zone_of(text), ZoneInfo(name)
    assert described
    day = datetime(years[0], 1, 1, tzinfo=known)
    while day.year <= years[-1]:
        changes = day.utcoffset() != (day + timedelta(days=1)).utcoffset()
        for hour in range(24) if changes else range(12, 13):
            for fold in (0, 1) if changes else (0,):
                moment = day.replace(hour=hour, fold=fold)
                assert moment.replace(tzinfo=described).utcoffset() == moment.utcoffset(), moment
        day += timedelta(days=1)


def test_a_file_names_the_zone_that_it_describes() -> None:
    reading = read_calendar(
        calendar(*BRUSSELS.splitlines(), event("DTEND;TZID=Our office:20261014T113000", start="20261014T073000Z"))
    )
    (found,) = reading.events
    assert (found.starts, found.ends) == (local(2026, 10, 14, 10, 30), local(2026, 10, 14, 12, 30))


@pytest.mark.parametrize(
    ("name", "hour"),
    [
        ("Europe/Bucharest", 10),
        ("Europe/London", 12),
        ("GTB Standard Time", 10),
        ('"Romance Standard Time"', 11),
        ("/citadel.org/20210210_1/Europe/Paris", 11),
        ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", 16),
        ("UTC", 13),
    ],
)
def test_names_of_zones(name: str, hour: int) -> None:
    reading = read_calendar(calendar(event(f"DTEND;TZID={name}:20261014T100000", start="20261014T070000Z")))
    (found,) = reading.events
    assert found.ends == local(2026, 10, 14, hour)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "RRULE:FREQ=SECONDLY"),
        ("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "RRULE:FREQ=YEARLY;BYHOUR=1,2,3"),
        ("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "RRULE:FREQ=YEARLY;BYMONTH=13"),
        ("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", "RRULE:nonsense"),
        ("TZOFFSETTO:+0200", "TZOFFSETTO:+9900"),
        ("TZOFFSETTO:+0200", "X-NOTHING:1"),
        ("DTSTART:16010325T020000", "DTSTART:yesterday"),
        ("DTSTART:16010325T020000", "DTSTART"),
    ],
)
def test_a_zone_that_nobody_understands_is_said_to_be_unknown(old: str, new: str) -> None:
    lines = BRUSSELS.replace(old, new).splitlines()
    entry = event().replace("DTSTART:", "DTSTART;TZID=Our office:")
    reading = read_calendar(calendar(*lines, entry))
    assert reading.events == ()
    assert [problem.code for problem in reading.problems if problem.refused] == ["calendar_zone_unknown"]


def test_a_rule_without_any_day_changes_nothing() -> None:
    rule = "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"
    described = zone_of(BRUSSELS.replace("RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3", rule))
    assert described
    assert datetime(2026, 7, 1, tzinfo=described).utcoffset() == timedelta(hours=1)


def test_a_clock_that_changes_all_the_time_is_none() -> None:
    dates = ",".join(f"2026{month:02}{day:02}T020000" for month in range(1, 13) for day in range(1, 28, 9))
    lines = BRUSSELS.replace("DTSTART:16010325T020000", f"DTSTART:16010325T020000\nRDATE:{dates}").splitlines()
    entry = event().replace("DTSTART:", "DTSTART;TZID=Our office:")
    assert [problem.code for problem in read_calendar(calendar(*lines, entry)).problems] == ["calendar_zone_unknown"]


def test_before_its_first_change_a_zone_has_the_offset_from_which_that_goes() -> None:
    described = zone_of(LISTED)
    assert described
    assert datetime(2020, 1, 1, tzinfo=described).utcoffset() == timedelta(hours=3)
