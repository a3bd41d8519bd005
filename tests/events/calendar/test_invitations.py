"""The calendar file of a letter: bytes that every calendar program takes as the same entry."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from events.calendar import invitation
from tests.events.calendar.made import SEMINAR, entry

GOLDEN = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Cluster portal//Events//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VTIMEZONE
TZID:Europe/Bucharest
BEGIN:DAYLIGHT
TZOFFSETFROM:+0200
TZOFFSETTO:+0300
TZNAME:EEST
DTSTART:19970330T030000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0300
TZOFFSETTO:+0200
TZNAME:EET
DTSTART:19971026T040000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:7d3a9b52@portal.example.org
DTSTAMP:20260901T080000Z
SEQUENCE:2
LAST-MODIFIED:20260830T110500Z
DTSTART;TZID=Europe/Bucharest:20261014T100000
DTEND;TZID=Europe/Bucharest:20261014T123000
SUMMARY:Detecție chimică: metode\\, aparate\\; încercări
DESCRIPTION:Prima sesiune\\nA doua sesiune: C:\\\\Nou
LOCATION:Sala Unirii\\, Brașov
URL:https://portal.example.org/events/detectie/
CATEGORIES:Radar,Senzori\\, lasere
CLASS:PUBLIC
STATUS:CONFIRMED
TRANSP:OPAQUE
ORGANIZER;CN="Clusterul Exemplu":mailto:office@example.org
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALS
 E;CN="Popescu, Ștefan":mailto:stefan+seminar@example.org
END:VEVENT
END:VCALENDAR
"""


def test_every_byte_of_an_invitation() -> None:
    written = invitation(SEMINAR, "REQUEST", "Popescu, Ștefan", "stefan+seminar@example.org")
    assert written.decode() == GOLDEN.replace("\n", "\r\n")


def test_a_cancellation_names_the_same_entry_and_cancels_it() -> None:
    read = Calendar.from_ical(invitation(entry(sequence=3), "CANCEL", "Ion", "ion@example.org"))
    (event,) = read.events
    assert read["METHOD"] == "CANCEL"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == (SEMINAR.uid, 3, "CANCELLED")
    assert event["ATTENDEE"] == "mailto:ion@example.org"
    assert "PARTSTAT" not in event["ATTENDEE"].params


def test_a_publication_names_no_attendee() -> None:
    read = Calendar.from_ical(invitation(SEMINAR, "PUBLISH", "Ion", "ion@example.org"))
    assert read["METHOD"] == "PUBLISH"
    assert "ATTENDEE" not in read.events[0]
    assert "ORGANIZER" in read.events[0]


@pytest.mark.parametrize(
    ("called", "read_back"),
    [
        ('Asociația "Clusterul"', "Asociația 'Clusterul'"),
        ("Ion\r\nATTENDEE:mailto:other@example.org", "Ion ATTENDEE:mailto:other@example.org"),
        ("Ion; Popescu: Dr.", "Ion; Popescu: Dr."),
        ("", None),
    ],
)
def test_a_name_never_breaks_out_of_its_line(called: str, read_back: str | None) -> None:
    (event,) = Calendar.from_ical(invitation(SEMINAR, "REQUEST", called, "ion@example.org")).events
    assert event["ATTENDEE"].params.get("CN") == read_back
    assert event["ATTENDEE"] == "mailto:ion@example.org"


def test_nobody_is_asked_to_a_cancelled_event() -> None:
    with pytest.raises(ValueError, match="cancelled"):
        invitation(entry(cancelled=True), "REQUEST", "Ion", "ion@example.org")


@pytest.mark.parametrize("address", ["", "ion", "@example.org", "ion@", "ion@example.org\r\nX:1", "i on@example.org"])
def test_an_invitation_needs_addresses(address: str) -> None:
    with pytest.raises(ValueError, match="e-mail"):
        invitation(SEMINAR, "REQUEST", "Ion", address)
    with pytest.raises(ValueError, match="e-mail"):
        invitation(entry(organizer_email=address), "CANCEL", "Ion", "ion@example.org")


def test_only_methods_that_calendars_know() -> None:
    with pytest.raises(ValueError, match="REPLY"):
        invitation(SEMINAR, "REPLY", "Ion", "ion@example.org")
