"""The meetings of a participant as calendar entries."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from matchmaking.calendar import MeetingEntry
from matchmaking.models import DayMember
from matchmaking.queries.day_parts import timetable_of


def entries_of(member: DayMember, language: str) -> list[MeetingEntry]:
    """Confirmed meetings in their order, in words of this language."""
    day = member.day
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    address = f"{settings.SITE_URL}{reverse('matchmaking:day', args=[day.key])}"
    with translation.override(language):
        return [
            MeetingEntry(
                uid=f"meeting-{placed.meeting.key}@{host}",
                sequence=placed.meeting.sequence,
                stamp=day.published_at or day.created_at,
                starts=placed.starts,
                ends=placed.ends,
                title=_("Meeting with %(name)s") % {"name": placed.people[0].organisation.display_name},
                place=", ".join(
                    part for part in (day.place, _("table %(number)s") % {"number": placed.meeting.table + 1}) if part
                ),
                url=address,
            )
            for placed in timetable_of(member, only_confirmed=True)
        ]
