"""Romania's clock as our calendars describe it, against the time zone database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar

from events.calendar import invitation
from events.calendar.zone import RULES_HOLD_FROM, ZONE, can_be_told_locally, exists_twice, never_exists
from tests.events.calendar.made import SEMINAR, local

WRITTEN = invitation(SEMINAR, "PUBLISH", "", "")


@pytest.mark.parametrize(
    ("summer", "winter"),
    [
        (date(2026, 3, 29), date(2026, 10, 25)),
        (date(2027, 3, 28), date(2027, 10, 31)),
        (date(2028, 3, 26), date(2028, 10, 29)),
    ],
)
def test_the_clocks_change_on_these_nights(summer: date, winter: date) -> None:
    zone = Calendar.from_ical(WRITTEN).timezones[0].to_tz(lookup_tzid=False)
    for day, before, after in ((summer, 2, 3), (winter, 3, 2)):
        for hour, offset in ((2, before), (5, after)):
            moment = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
            assert moment.utcoffset() == timedelta(hours=offset)
            assert moment.replace(tzinfo=ZONE).utcoffset() == timedelta(hours=offset)


def test_the_written_rules_are_those_of_the_database_for_forty_years() -> None:
    theirs = Calendar.from_ical(WRITTEN).timezones[0].to_tz(lookup_tzid=False)
    others = vobject.readOne(WRITTEN.decode()).vtimezone.tzinfo
    day = RULES_HOLD_FROM.replace(hour=0) + timedelta(days=1)
    while day.year < 2038:
        moment, next_day = day.replace(tzinfo=ZONE), (day + timedelta(days=1)).replace(tzinfo=ZONE)
        hours = range(24) if moment.utcoffset() != next_day.utcoffset() else range(12, 13) if day.day == 15 else ()
        for hour in hours:
            moment = moment.replace(hour=hour)
            if not never_exists(moment):
                assert moment.replace(tzinfo=theirs).utcoffset() == moment.utcoffset(), moment
                assert moment.replace(tzinfo=others).utcoffset() == moment.utcoffset(), moment
        day += timedelta(days=1)


def test_the_hour_that_is_skipped_and_the_hour_that_comes_twice() -> None:
    assert never_exists(local(2026, 3, 29, 3, 30)) and not exists_twice(local(2026, 3, 29, 3, 30))
    assert exists_twice(local(2026, 10, 25, 3, 30)) and not never_exists(local(2026, 10, 25, 3, 30))
    for hour in (2, 4):
        for day in (local(2026, 3, 29, hour, 30), local(2026, 10, 25, hour, 30)):
            assert not never_exists(day) and not exists_twice(day)
    assert not exists_twice(datetime(2026, 10, 25, 0, 30, tzinfo=UTC))


def test_what_can_be_said_with_the_local_clock() -> None:
    assert can_be_told_locally(local(2026, 10, 25, 2, 59))
    assert can_be_told_locally(local(2026, 10, 25, 4))
    assert not can_be_told_locally(local(2026, 10, 25, 3, 30))
    assert not can_be_told_locally(local(2026, 10, 25, 3, 30, fold=1))
    assert not can_be_told_locally(datetime(1996, 7, 1, tzinfo=UTC))
