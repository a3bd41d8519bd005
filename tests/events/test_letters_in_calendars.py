"""What calendar programs demand of a letter with an entry, held against every letter of events in both languages.

The demands: RFC 5545 (the file), RFC 5546 (methods and what each has to hold), RFC 6047 (the parts of the letter), and
what Outlook, Google and Apple add: the calendar is the last alternative, its type names its method, the organiser is
the sender, the attendee is the reader, an update has the same UID and a greater SEQUENCE.
"""

from __future__ import annotations

import email
import re
from datetime import timedelta
from email.message import EmailMessage, MIMEPart
from email.policy import default
from typing import Any

import pytest
import time_machine
from django.test import override_settings
from icalendar import Calendar

from cluster_portal.common import delivery
from cluster_portal.common.models import Cluster, OutgoingMail
from events import tasks
from events.actions import changing, editing, notices, registering
from events.actions.steps import Hand
from events.models import Event, Registration
from tests import factories
from tests.events import seminars
from tests.letters.cases import TODAY
from tests.letters.events import CASES, an_occasion

pytestmark = pytest.mark.django_db
METHODS = {
    "registered": "REQUEST",
    "approved": "REQUEST",
    "changed": "REQUEST",
    "reminder": "REQUEST",
    "postponed": "CANCEL",
    "cancelled": "CANCEL",
    "registration_cancelled": "CANCEL",
}
"""The letters of people who have a place; nobody else has an entry that could change."""
ZONED = re.compile(r";TZID=([^:;]+)")


def parts_of(mail: OutgoingMail, cluster: Cluster) -> tuple[EmailMessage, MIMEPart, MIMEPart]:
    """The letter as it arrives, its calendar among the alternatives, and the copy beside it."""
    message = email.message_from_bytes(delivery.as_message(mail, cluster).as_bytes(), policy=default)
    assert isinstance(message, EmailMessage)
    assert message.get_content_type() == "multipart/mixed"
    alternatives, beside = message.iter_parts()
    assert alternatives.get_content_type() == "multipart/alternative"
    ways = list(alternatives.iter_parts())
    assert [way.get_content_type() for way in ways] == ["text/plain", "text/html", "text/calendar"]
    return message, ways[-1], beside


def entry_in(mail: OutgoingMail, cluster: Cluster) -> Any:
    """The entry of a letter, once everything around it is as programs demand it."""
    message, part, beside = parts_of(mail, cluster)
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    assert content == beside.get_payload(decode=True)
    assert (beside.get_content_type(), beside.get_content_disposition()) == ("application/ics", "attachment")
    assert str(beside.get_filename()).endswith(".ics")
    assert part.get_content_disposition() is None
    assert str(part.get_param("charset")).lower() == "utf-8"
    _lines_are_whole(content)
    calendar = Calendar.from_ical(content)
    assert part.get_param("method") == calendar["METHOD"]
    assert (calendar["VERSION"], calendar["CALSCALE"]) == ("2.0", "GREGORIAN") and calendar["PRODID"]
    (event,) = calendar.events
    zones = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    assert set(ZONED.findall(content.decode())) <= zones
    _people_are_those_of_the_letter(event, message)
    _has_what_its_method_needs(event, str(calendar["METHOD"]))
    return event


def _lines_are_whole(content: bytes) -> None:
    assert content.endswith(b"\r\n") and content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")
    lines = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in lines)
    for line in lines:
        line.decode("utf-8")  # no letter is torn apart by a fold
    names = [re.split(rb"[:;]", line)[0] for line in lines if not line.startswith(b" ")]
    for once in (b"METHOD", b"UID", b"DTSTAMP", b"SEQUENCE", b"ORGANIZER", b"ATTENDEE", b"SUMMARY", b"STATUS"):
        assert names.count(once) == 1, once


def _people_are_those_of_the_letter(event: Any, message: EmailMessage) -> None:
    (sender,), (reader,) = message["From"].addresses, message["To"].addresses
    assert event["ORGANIZER"] == f"mailto:{sender.addr_spec}"
    assert event["ATTENDEE"] == f"mailto:{reader.addr_spec}"
    assert "SENT-BY" not in event["ORGANIZER"].params  # Google calls such an organiser unknown


def _has_what_its_method_needs(event: Any, method: str) -> None:
    assert event["UID"] and event["SUMMARY"] and event["DTSTART"]
    assert event["DTSTAMP"].to_ical().endswith(b"Z")
    if method == "CANCEL":
        assert event["STATUS"] == "CANCELLED"
        return
    assert event["STATUS"] == "CONFIRMED"
    wanted = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE", "ROLE": "REQ-PARTICIPANT", "CUTYPE": "INDIVIDUAL"}
    assert {name: str(event["ATTENDEE"].params[name]) for name in wanted} == wanted


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("letter", CASES)
def test_every_letter_with_an_entry_is_what_calendars_take(cluster: Cluster, letter: str, language: str) -> None:
    with time_machine.travel(TODAY, tick=False):
        world = an_occasion(language, name="Ștefan „Fane” Țuțuianu-Brătășanu, dr. ing.; șef: secție 'Încercări'")
        CASES[letter](world)
    mail = OutgoingMail.objects.get()
    kind = letter.partition(".")[0]
    found = [one.method for one in mail.attachments.all()]
    assert found == ([METHODS[kind]] if kind in METHODS else [])
    if found:
        entry_in(mail, cluster)


@override_settings(DEFAULT_FROM_EMAIL="Portal <letters@example.org>")
def test_the_organiser_is_the_sender_of_the_letter(cluster: Cluster) -> None:
    assert cluster.email != "letters@example.org"
    seminars.a_registration(seminars.a_seminar())
    event = entry_in(OutgoingMail.objects.get(kind="events/registered"), cluster)
    assert event["ORGANIZER"] == "mailto:letters@example.org"
    assert event["ORGANIZER"].params["CN"] == cluster.short_name


def entries(registration: Registration, cluster: Cluster) -> list[tuple[str, int, str]]:
    """(letter, SEQUENCE, UID) of every letter with an entry, in their order."""
    mails = OutgoingMail.objects.filter(recipient=registration.email, attachments__isnull=False).order_by("pk")
    found = [(mail.kind.removeprefix("events/"), entry_in(mail, cluster)) for mail in mails]
    return [(kind, int(event["SEQUENCE"]), str(event["UID"])) for kind, event in found]


def test_each_letter_of_a_long_story_is_newer_than_the_one_before(cluster: Cluster) -> None:
    event, office = seminars.a_seminar(), seminars.office()
    gone, stays = (seminars.a_registration(event, factories.a_user()) for _who in range(2))
    with time_machine.travel(event.starts_at - timedelta(days=6)):
        notices.remind_week(stays.pk)
        event = Event.objects.get(pk=event.pk)
        editing.edit_event(event.pk, by=office, version=event.version, values={"place_name": "Sala Mică"})
        tasks.tell_registrants()
        registering.cancel_registration(gone.pk, Hand(gone.user))
        changing.postpone(event.pk, by=office, reason="Snow.")
        tasks.tell_registrants()
        later = event.starts_at + timedelta(days=30)
        changing.reschedule(event.pk, by=office, starts_at=later, ends_at=later + timedelta(hours=2))
        tasks.tell_registrants()
        changing.cancel_event(event.pk, by=office, reason="Snow again.")
        tasks.tell_registrants()
    told, left = entries(stays, cluster), entries(gone, cluster)
    assert [kind for kind, _number, _uid in told] == [
        "registered", "reminder", "changed", "postponed", "changed", "cancelled",
    ]  # fmt: skip
    numbers = [number for _kind, number, _uid in told]
    assert numbers[0] == numbers[1] and numbers[1:] == sorted(set(numbers[1:]))
    assert [kind for kind, _number, _uid in left] == ["registered", "changed", "registration_cancelled"]
    assert [number for _kind, number, _uid in left] == sorted({number for _kind, number, _uid in left})
    assert len({uid for _kind, _number, uid in told}) == len({uid for _kind, _number, uid in left}) == 1
    assert told[0][2] != left[0][2]
