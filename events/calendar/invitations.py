"""The calendar file of a letter, which makes, changes or removes one entry of the reader's calendar (RFC 5546)."""

from collections.abc import Iterator
from dataclasses import replace

from events.calendar.components import calendar, event_lines
from events.calendar.entries import Entry
from events.calendar.lines import as_bytes, person_line

METHODS = ("REQUEST", "CANCEL", "PUBLISH")


def invitation(entry: Entry, method: str, attendee_name: str, attendee_email: str) -> bytes:
    """The file to attach as `text/calendar; method=…; charset=utf-8`, with the same method.

    REQUEST makes the entry or, with the same uid and a greater sequence, changes it: the person has registered, so it
    stands as accepted and asks for no answer. CANCEL removes it, be it that the event or that the registration was
    cancelled. PUBLISH only shows it and names no attendee.
    """
    if method not in METHODS:
        raise ValueError(f"{method!r} is none of {', '.join(METHODS)}")
    if method == "REQUEST" and entry.cancelled:
        raise ValueError(f"{entry.uid!r} is cancelled: nobody can be asked to it")
    _check_address(entry.organizer_email)
    if method == "CANCEL":
        # Each person's file names that person alone, so for its reader the whole entry is cancelled.
        entry = replace(entry, cancelled=True)
    attendee = () if method == "PUBLISH" else tuple(_attendee(attendee_name, attendee_email, method))
    event = event_lines(entry, busy=True, more=attendee)
    return as_bytes(calendar("en", method, (), [event]))


def _attendee(name: str, email: str, method: str) -> Iterator[str]:
    _check_address(email)
    state = {"PARTSTAT": "ACCEPTED", "RSVP": "FALSE"} if method == "REQUEST" else {}
    yield person_line("ATTENDEE", email, name, CUTYPE="INDIVIDUAL", ROLE="REQ-PARTICIPANT", **state)


def _check_address(email: str) -> None:
    name, at, host = email.rpartition("@")
    if not (name and at and host) or email != "".join(email.split()):
        raise ValueError(f"{email!r} is no e-mail address")
