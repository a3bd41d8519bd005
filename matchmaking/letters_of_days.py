"""The letters of a brokerage day, to the representatives of each participant, in their language."""

from typing import Any

from cluster_portal.common import outbox
from cluster_portal.common.outbox import Attachment
from matchmaking.calendar import timetable_file
from matchmaking.models import BrokerageDay, DayMember
from matchmaking.queries.day_parts import timetable_of
from matchmaking.queries.entries import entries_of
from matchmaking.queries.introductions import hears
from members.emails import link


def _post(letter: str, member: DayMember, cause: str, *, calendar: bool = False, **context: Any) -> None:
    day: BrokerageDay = member.day
    for person in hears(member.organisation_id):
        files: tuple[Attachment, ...] = ()
        if calendar and (entries := entries_of(member, person.language)):
            content = timetable_file(entries)
            files = (Attachment("meetings.ics", "text/calendar", content),)
        outbox.post(
            f"matchmaking/{letter}",
            person,
            cause=f"{letter}:{member.pk}:{cause}",
            about=day,
            attachments=files,
            day=day,
            organisation=member.organisation,
            link=link("matchmaking:day", day.key),
            **context,
        )


def wishes_open(member: DayMember) -> None:
    """Whom would you like to meet? Once for each time that wishes are opened."""
    _post("wishes_open", member, str(member.day.version))


def timetable(member: DayMember) -> None:
    """Your timetable, with a calendar file; without a meeting where nothing fitted or the member came later."""
    meetings = timetable_of(member, only_confirmed=True)
    _post("timetable", member, "published", calendar=True, meetings=meetings)


def timetable_changed(member: DayMember) -> None:
    """Your timetable is another now."""
    day = BrokerageDay.objects.get(pk=member.day_id)
    meetings = timetable_of(member, only_confirmed=True)
    _post("timetable_changed", member, str(day.inputs), calendar=True, meetings=meetings)


def day_cancelled(member: DayMember, reason: str) -> None:
    """The day is called off, and why."""
    _post("day_cancelled", member, "cancelled", reason=reason)
