"""Programmes of frab and pentabarf: read whole, slot by slot, and written so that they read back equal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.calendar import (
    Day,
    Link,
    Schedule,
    ScheduleReading,
    Slot,
    Speaker,
    read_schedule,
    schedule_json,
    schedule_xml,
)
from events.calendar.schedule_reading import MOST_SLOTS
from events.calendar.texts import tidy
from tests.events.calendar.made import local
from tests.events.calendar.strategies import texts

OPENING = Slot(
    starts=local(2026, 10, 14, 10),
    length=timedelta(minutes=30),
    title="Deschidere & cuvânt <de> început",
    key="11",
    guid="7d3a9b52-1c1f-4f0e-9d53-2b6f0c6d1a11",
    subtitle="Sesiune plenară",
    room="Sala Unirii",
    track="Senzori",
    kind="lecture",
    language="ro",
    abstract="Pe scurt.",
    text="Prima frază.\nA doua.",
    address="https://portal.example.org/events/conferinta/#11",
    speakers=(Speaker("Ana Ionescu", "5"), Speaker("Ștefan Popescu", "6")),
    links=(Link("https://example.org/slides.pdf", "Prezentare"),),
)
LATE = Slot(
    starts=local(2026, 10, 15, 0, 30),
    length=timedelta(hours=1, minutes=15),
    title="After midnight",
    key="12",
    guid="7d3a9b52-1c1f-4f0e-9d53-2b6f0c6d1a12",
    room="Hall B",
)
CONFERENCE = Schedule(
    title="Zilele detecției",
    days=(Day(date(2026, 10, 14), (OPENING, LATE)), Day(date(2026, 10, 15))),
    acronym="zd2026",
    version="3",
    address="https://portal.example.org/events/conferinta/",
)

PENTABARF = """\
<?xml version="1.0" encoding="UTF-8"?>
<schedule>
  <conference>
    <title>Zile</title>
    <release>v7</release>
    <day_change>04:00:00</day_change>
  </conference>
  <day date="2026-10-14" index="1">
    <room name="Aula">
      <event id="1">
        <start>23:30</start>
        <duration>0:45:00</duration>
        <title>Seara</title>
        <persons><person id="9">Ion</person><person/></persons>
      </event>
      <event id="2">
        <start>01:00</start>
        <duration>00:30</duration>
        <title>Noaptea</title>
        <links><link href="javascript:alert(1)">no</link><link href="https://example.org/"/></links>
      </event>
    </room>
  </day>
</schedule>
"""


def read(content: str | bytes) -> ScheduleReading:
    return read_schedule(content if isinstance(content, bytes) else content.encode())


def slots(reading: ScheduleReading) -> list[Slot]:
    assert reading.schedule
    return [slot for day in reading.schedule.days for slot in day.slots]


def codes(reading: ScheduleReading, *, refused: bool = True) -> list[tuple[str, int]]:
    return [(problem.code, problem.line) for problem in reading.problems if problem.refused is refused]


def test_a_programme_reads_back_as_it_was_written() -> None:
    reading = read(schedule_xml(CONFERENCE))
    assert reading == ScheduleReading(CONFERENCE, ())


def test_the_same_programme_makes_the_same_bytes() -> None:
    assert schedule_xml(CONFERENCE) == schedule_xml(CONFERENCE)
    assert schedule_xml(CONFERENCE).startswith(b'<?xml version="1.0" encoding="utf-8"?>\n<schedule>')


def test_pentabarf_tells_less_and_is_understood() -> None:
    reading = read(PENTABARF)
    assert reading.schedule
    assert (reading.schedule.title, reading.schedule.version) == ("Zile", "v7")
    evening, night = slots(reading)
    assert (evening.starts, evening.length) == (local(2026, 10, 14, 23, 30), timedelta(minutes=45))
    assert (evening.room, evening.speakers) == ("Aula", (Speaker("Ion", "9"),))
    assert night.starts == local(2026, 10, 15, 1)
    assert night.links == (Link("https://example.org/"),)
    assert codes(reading) == []
    assert codes(reading, refused=False) == [("schedule_address_left_out", 20)]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("<title>Seara</title>", "", "schedule_title_missing", 10),
        ("<start>23:30</start>", "<start>25:30</start>", "schedule_time_broken", 11),
        ("<start>23:30</start>", "", "schedule_time_broken", 10),
        ("<start>23:30</start>", "<date>14 October</date>", "schedule_time_broken", 11),
        ("<start>23:30</start>", "<date>0001-01-01T10:00:00</date>", "calendar_year", 11),
        ("<start>23:30</start>", "<date>2026-03-29T03:30:00</date>", "calendar_time_never", 11),
        ("<duration>0:45:00</duration>", "<duration>45 minutes</duration>", "schedule_length_broken", 12),
        ("<duration>0:45:00</duration>", "<duration>00:00</duration>", "schedule_length_broken", 12),
        ("<duration>0:45:00</duration>", "<duration>25:00</duration>", "schedule_length_broken", 12),
        ("<duration>0:45:00</duration>", "", "schedule_length_broken", 10),
    ],
)
def test_a_slot_that_cannot_be_read_is_left_out_and_the_others_stay(old: str, new: str, code: str, line: int) -> None:
    reading = read(PENTABARF.replace(old, new))
    assert [slot.title for slot in slots(reading)] == ["Noaptea"]
    assert codes(reading) == [(code, line)]


def test_the_same_slot_twice_is_one() -> None:
    reading = read(PENTABARF.replace('id="2"', 'id="1"'))
    assert [slot.title for slot in slots(reading)] == ["Seara"]
    assert codes(reading) == [("schedule_key_twice", 16)]
    assert reading.problems[0].params == {"key": "1", "first": 10}


def test_times_with_an_offset_without_one_and_in_doubt() -> None:
    told = PENTABARF.replace("<title>Zile</title>", "<title>Zile</title><time_zone_name>Europe/London</time_zone_name>")
    reading = read(told.replace("<start>23:30</start>", "<date>2026-10-14T22:30:00+00:00</date><start>23:30</start>"))
    evening, night = slots(reading)
    assert evening.starts.astimezone(UTC) == datetime(2026, 10, 14, 22, 30, tzinfo=UTC)
    assert night.starts == local(2026, 10, 15, 3)
    assert ("schedule_times_differ", 11) in codes(reading, refused=False)
    twice = read(PENTABARF.replace("<start>23:30</start>", "<date>2026-10-25T03:30:00</date>"))
    assert slots(twice)[0].starts.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert ("calendar_time_twice", 11) in codes(twice, refused=False)
    nowhere = read(told.replace("Europe/London", "Mars/Olympus"))
    assert slots(nowhere)[0].starts == local(2026, 10, 14, 23, 30)
    assert ("schedule_zone_unknown", 3) in codes(nowhere, refused=False)


def test_a_day_without_a_date_is_left_out() -> None:
    reading = read(PENTABARF.replace('date="2026-10-14"', 'date="Wednesday"'))
    assert codes(reading) == [("schedule_empty", 1), ("schedule_day_broken", 8)]


BOMB = (
    '<?xml version="1.0"?>\n<!DOCTYPE schedule [\n<!ENTITY a "aaaaaaaaaa">\n'
    + "".join(f'<!ENTITY {name} "{f"&{inner};" * 10}">\n' for name, inner in zip("bcdefgh", "abcdefg", strict=True))
    + "]>\n<schedule>&h;</schedule>"
)
FILE = '<!DOCTYPE schedule [<!ENTITY x SYSTEM "file:///etc/passwd">]><schedule><version>&x;</version></schedule>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (BOMB, "xml_entities"),
        (FILE, "xml_entities"),
        ('<!DOCTYPE schedule SYSTEM "https://example.org/schedule.dtd"><schedule/>', "xml_entities"),
        ("<schedule>&undefined;</schedule>", "xml_broken"),
        (PENTABARF[:-20], "xml_broken"),
        ("", "xml_broken"),
        ("not xml", "xml_broken"),
        (b"\x00\x01", "xml_broken"),
        ('<?xml version="1.0" encoding="no-such"?><schedule/>', "xml_broken"),
        ("<a>" * 200 + "</a>" * 200, "xml_broken"),
        ("<rss/>", "schedule_none"),
        ("<schedule>" + " " * 2_000_000 + "</schedule>", "file_too_large"),
        ('<schedule><day date="2026-10-14">' + "<event/>" * (MOST_SLOTS + 1) + "</day></schedule>", "file_too_many"),
    ],
)
def test_a_file_that_is_no_programme(content: str | bytes, code: str) -> None:
    reading = read(content)
    assert reading.schedule is None
    assert [problem.code for problem in reading.problems] == [code]


def test_a_programme_without_slots_says_so() -> None:
    assert codes(read("<schedule/>")) == [("schedule_empty", 1)]


def test_the_line_of_broken_xml() -> None:
    reading = read(PENTABARF.replace("</room>", "</rom>"))
    assert codes(reading) == [("xml_broken", 22)]


def test_old_encodings_are_read() -> None:
    content = PENTABARF.replace("UTF-8", "windows-1250").replace("Seara", "Întâlnire").encode("cp1250")
    assert slots(read(content))[0].title == "Întâlnire"


def test_the_json_of_frab() -> None:
    whole = json.loads(schedule_json(CONFERENCE))
    conference: dict[str, Any] = whole["schedule"]["conference"]
    assert whole["$schema"] == "https://c3voc.de/schedule/schema.json"
    assert (whole["schedule"]["version"], whole["schedule"]["base_url"]) == ("3", CONFERENCE.address)
    assert {name: value for name, value in conference.items() if name != "days"} == {
        "acronym": "zd2026",
        "title": "Zilele detecției",
        "start": "2026-10-14",
        "end": "2026-10-15",
        "daysCount": 2,
        "timeslot_duration": "00:05",
        "time_zone_name": "Europe/Bucharest",
        "rooms": [{"name": "Sala Unirii"}, {"name": "Hall B"}],
    }
    first, second = conference["days"]
    assert (first["index"], first["day_start"], first["day_end"]) == (
        1,
        "2026-10-14T10:00:00+03:00",
        "2026-10-15T01:45:00+03:00",
    )
    assert second["rooms"] == {}
    assert first["rooms"]["Sala Unirii"] == [
        {
            "guid": "7d3a9b52-1c1f-4f0e-9d53-2b6f0c6d1a11",
            "id": 11,
            "date": "2026-10-14T10:00:00+03:00",
            "start": "10:00",
            "duration": "00:30",
            "room": "Sala Unirii",
            "slug": "cluster-portal-11",
            "url": "https://portal.example.org/events/conferinta/#11",
            "title": "Deschidere & cuvânt <de> început",
            "subtitle": "Sesiune plenară",
            "track": "Senzori",
            "type": "lecture",
            "language": "ro",
            "abstract": "Pe scurt.",
            "description": "Prima frază.\nA doua.",
            "persons": [{"id": 5, "public_name": "Ana Ionescu"}, {"id": 6, "public_name": "Ștefan Popescu"}],
            "links": [{"title": "Prezentare", "url": "https://example.org/slides.pdf"}],
            "attachments": [],
        }
    ]


def test_every_slot_has_a_number_and_a_guid_of_its_own() -> None:
    names = [("", "", "A"), ("7", "x", "B"), ("7", "", "C")]
    unnamed = [replace(OPENING, key=key, guid=guid, room=room) for key, guid, room in names]
    days = (Day(date(2026, 10, 14), tuple(unnamed)),)
    one, two = (json.loads(schedule_json(replace(CONFERENCE, days=days))) for _ in range(2))
    assert one == two
    found = [slot for room in one["schedule"]["conference"]["days"][0]["rooms"].values() for slot in room]
    assert [slot["id"] for slot in found] == [8, 7, 9]
    assert len({slot["guid"] for slot in found}) == 3
    assert codes(read(schedule_xml(replace(CONFERENCE, days=days)))) == []


@st.composite
def slot(draw: st.DrawFn, number: int) -> Slot:
    minute = draw(st.integers(0, 23 * 60))
    return Slot(
        starts=local(2026, 10, 14) + timedelta(minutes=minute),
        length=timedelta(minutes=draw(st.integers(1, 24 * 60))),
        title=draw(texts.filter(lambda text: bool(tidy(text).strip()))),
        key=f"{number}",
        guid=f"7d3a9b52-1c1f-4f0e-9d53-{number:012}",
        room=draw(texts),
        abstract=draw(texts),
        text=draw(texts),
        track=draw(texts),
        speakers=tuple(draw(st.lists(texts.filter(lambda text: bool(tidy(text).strip())).map(Speaker), max_size=3))),
    )


@settings(max_examples=40)
@given(st.integers(0, 4).flatmap(lambda count: st.tuples(*(slot(number) for number in range(1, count + 1)))))
def test_any_programme_reads_back(given_slots: tuple[Slot, ...]) -> None:
    def words(text: str) -> str:
        return " ".join(tidy(text).split())

    by_room = [slot for slots in Day(date(2026, 10, 14), given_slots).rooms.values() for slot in slots]
    expected = [
        replace(
            slot,
            title=words(slot.title),
            room=tidy(slot.room).strip(),
            abstract=tidy(slot.abstract).strip(),
            text=tidy(slot.text).strip(),
            track=tidy(slot.track).strip(),
            speakers=tuple(Speaker(words(speaker.name)) for speaker in slot.speakers),
        )
        for slot in by_room
    ]
    schedule = replace(CONFERENCE, days=(Day(date(2026, 10, 14), given_slots),))
    assert slots(read(schedule_xml(schedule))) == expected
    json.loads(schedule_json(schedule))
