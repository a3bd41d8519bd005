"""The meetings of a participant as calendar entries."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cluster_portal.common.delivery import sender_address
from cluster_portal.common.models import Cluster
from matchmaking.calendar import MeetingEntry, Organizer
from matchmaking.models import DayMember
from matchmaking.queries.brokerage import Placed
from matchmaking.queries.day_parts import timetable_of


def entries_of(member: DayMember, language: str) -> list[MeetingEntry]:
    """Confirmed meetings in their order, in words of this language."""
    day = member.day
    return _entries(member, timetable_of(member, only_confirmed=True), language, day.published_at or day.created_at, 0)


def ended_entries_of(member: DayMember, gone: Iterable[Placed], language: str, at: datetime) -> list[MeetingEntry]:
    """Meetings that no longer take place, each one step after what the calendar has of it."""
    return _entries(member, gone, language, at, 1)


def organizer() -> Organizer:
    """The cluster, at the address that its letters come from: a cancellation is taken from nobody else."""
    return Organizer(Cluster.objects.get().short_name, sender_address())


def _entries(
    member: DayMember, meetings: Iterable[Placed], language: str, stamp: datetime, later: int
) -> list[MeetingEntry]:
    day = member.day
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    address = f"{settings.SITE_URL}{reverse('matchmaking:day', args=[day.key])}"
    with translation.override(language):
        return [
            MeetingEntry(
                uid=f"meeting-{placed.meeting.key}@{host}",
                sequence=placed.meeting.sequence + later,
                stamp=stamp,
                starts=placed.starts,
                ends=placed.ends,
                title=_("Meeting with %(name)s") % {"name": placed.people[0].organisation.display_name},
                place=", ".join(
                    part for part in (day.place, _("table %(number)s") % {"number": placed.meeting.table + 1}) if part
                ),
                url=address,
            )
            for placed in meetings
        ]
