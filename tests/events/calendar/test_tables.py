"""Events as JSON and CSV."""

from __future__ import annotations

import csv
import json
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from hypothesis import given

from events.calendar import COLUMNS, Entry, as_csv, as_json
from events.calendar.texts import tidy
from members.rules.spreadsheets import DANGEROUS, harmless
from tests.events.calendar.made import SEMINAR, entry, local
from tests.events.calendar.strategies import entries

HEAD = {column: column.upper() for column in COLUMNS}
STATES = {True: "cancelled", False: "held"}


def events(*entries: Entry) -> list[dict[str, Any]]:
    group = json.loads(as_json(entries, "Evenimente", "ro"))
    assert (group["@type"], group["title"], group["locale"]) == ("Group", "Evenimente", "ro")
    found: list[dict[str, Any]] = group["entries"]
    return found


def rows(*entries: Entry) -> list[dict[str, str]]:
    content = as_csv(entries, HEAD, STATES)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_an_event_as_jscalendar() -> None:
    (event,) = events(SEMINAR)
    assert event == {
        "@type": "Event",
        "uid": "7d3a9b52@portal.example.org",
        "sequence": 2,
        "updated": "2026-08-30T11:05:00Z",
        "title": "Detecție chimică: metode, aparate; încercări",
        "locale": "ro",
        "start": "2026-10-14T10:00:00",
        "timeZone": "Europe/Bucharest",
        "duration": "PT2H30M",
        "status": "confirmed",
        "description": "Prima sesiune\nA doua sesiune: C:\\Nou",
        "locations": {"1": {"@type": "Location", "name": "Sala Unirii, Brașov"}},
        "links": {"1": {"@type": "Link", "href": "https://portal.example.org/events/detectie/", "rel": "describedby"}},
        "keywords": {"Radar": True, "Senzori, lasere": True},
        "replyTo": {"imip": "mailto:office@example.org"},
    }


def test_days_clock_changes_and_cancellations_in_json() -> None:
    days, long, second = events(
        entry(starts=local(2026, 10, 24), ends=local(2026, 10, 27), all_day=True, cancelled=True),
        entry(starts=local(2026, 10, 24, 12), ends=local(2026, 10, 25, 12, 0, 5)),
        entry(starts=local(2026, 10, 25, 3, 30, fold=1), ends=local(2026, 10, 25, 5)),
    )
    assert (days["start"], days["duration"], days["showWithoutTime"]) == ("2026-10-24T00:00:00", "P3D", True)
    assert days["status"] == "cancelled"
    assert (long["start"], long["duration"]) == ("2026-10-24T12:00:00", "PT25H0M5S")
    assert (second["start"], second["timeZone"]) == ("2026-10-25T01:30:00", "Etc/UTC")


def test_a_row_of_the_table() -> None:
    (row,) = rows(SEMINAR)
    assert list(row) == list(HEAD.values())
    assert (row["STARTS"], row["ENDS"], row["ALL_DAY"]) == ("2026-10-14 10:00", "2026-10-14 12:30", "0")
    assert (row["CATEGORIES"], row["STATE"]) == ("Radar; Senzori, lasere", "held")
    assert row["TEXT"] == SEMINAR.text
    (row,) = rows(entry(starts=local(2026, 10, 14), ends=local(2026, 10, 16), all_day=True, cancelled=True))
    assert (row["STARTS"], row["ENDS"], row["ALL_DAY"]) == ("2026-10-14", "2026-10-15", "1")
    assert row["STATE"] == "cancelled"


@pytest.mark.parametrize("start", DANGEROUS)
@pytest.mark.parametrize("before", ["", " ", "\xa0"])
def test_no_cell_is_a_formula(start: str, before: str) -> None:
    text = f"{before}{start}HYPERLINK(1)"
    (row,) = rows(entry(title=text, text=text, place=text, categories=(text,), organizer_name=text))
    for column in ("TITLE", "TEXT", "PLACE", "CATEGORIES", "ORGANIZER_NAME"):
        assert row[column].startswith("'")


@given(entries())
def test_any_text_comes_back(given_entry: Entry) -> None:
    (row,) = rows(given_entry)
    (event,) = events(given_entry)
    assert row["TITLE"] == harmless(tidy(given_entry.title))
    assert event["title"] == tidy(given_entry.title)
    assert event.get("description", "") == tidy(given_entry.text)
    assert given_entry.ends - given_entry.starts >= timedelta(0)
