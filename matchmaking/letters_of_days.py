"""The letters of a brokerage day, to the representatives of each participant, in their language."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils import timezone

from cluster_portal.common import outbox
from cluster_portal.common.outbox import Attachment
from matchmaking.calendar import cancellation_file, timetable_file
from matchmaking.models import BrokerageDay, DayMember
from matchmaking.queries.brokerage import Placed
from matchmaking.queries.day_parts import timetable_of
from matchmaking.queries.entries import ended_entries_of, entries_of, organizer
from matchmaking.queries.introductions import hears
from members.emails import link


def _post(
    letter: str, member: DayMember, cause: str, *, calendar: bool = False, gone: Sequence[Placed] = (), **context: Any
) -> None:
    """`calendar`: with the timetable as a file; `gone`: meetings, each with a file that takes it out of it."""
    day: BrokerageDay = member.day
    for person in hears(member.organisation_id):
        outbox.post(
            f"matchmaking/{letter}",
            person,
            cause=f"{letter}:{member.pk}:{cause}",
            about=day,
            attachments=tuple(_files(member, person.language, calendar, gone)),
            day=day,
            organisation=member.organisation,
            link=link("matchmaking:day", day.key),
            gone=gone,
            **context,
        )


def _files(member: DayMember, language: str, calendar: bool, gone: Sequence[Placed]) -> Iterator[Attachment]:
    if calendar and (entries := entries_of(member, language)):
        yield Attachment("meetings.ics", "text/calendar", timetable_file(entries, organizer()))
    ended = ended_entries_of(member, gone, language, timezone.now())
    for number, entry in enumerate(ended, start=1):
        name = "cancelled-meeting.ics" if len(ended) == 1 else f"cancelled-meeting-{number}.ics"
        yield Attachment(name, "text/calendar", cancellation_file(entry, organizer()))


def wishes_open(member: DayMember) -> None:
    """Whom would you like to meet? Once for each time that wishes are opened."""
    _post("wishes_open", member, str(member.day.version))


def timetable(member: DayMember) -> None:
    """Your timetable, with a calendar file; without a meeting where nothing fitted or the member came later."""
    meetings = timetable_of(member, only_confirmed=True)
    _post("timetable", member, "published", calendar=True, meetings=meetings)


def timetable_changed(member: DayMember, gone: Sequence[Placed] = ()) -> None:
    """Your timetable is another now; `gone` is what no longer takes place."""
    day = BrokerageDay.objects.get(pk=member.day_id)
    meetings = timetable_of(member, only_confirmed=True)
    _post("timetable_changed", member, str(day.inputs), calendar=True, gone=gone, meetings=meetings)


def day_left(member: DayMember, gone: Sequence[Placed]) -> None:
    """You do not come any more: these meetings are out of your calendar and free for others."""
    day = BrokerageDay.objects.get(pk=member.day_id)
    _post("day_left", member, str(day.inputs), gone=gone)


def day_cancelled(member: DayMember, reason: str) -> None:
    """The day is called off, and why."""
    _post("day_cancelled", member, "cancelled", gone=timetable_of(member, only_confirmed=True), reason=reason)
