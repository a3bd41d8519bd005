"""Two brokerage days of the demonstration: one whose timetable is published, one of an event with its wishes open."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from cluster_portal.common.gatherings import upcoming
from cluster_portal.common.models import User
from cluster_portal.demonstration.matching import HELLO, speaker
from matchmaking.actions import brokerage, timetables, wishes
from matchmaking.models import BrokerageDay, DayMember, MatchProfile
from matchmaking.queries.day_parts import choices_of
from matchmaking.queries.matches import matches
from members.models import Organisation

COMING = 14
"""So many members come to each day."""
FRAME = {"slot_minutes": 20, "slots": 9, "tables": 4, "breaks": [4]}


def meet(member: Organisation, office: User) -> int:
    """Both days, around the member that the sign-ins show first, by those who really do it; returns how many."""
    found = [match.partner.pk for match in matches(member.pk).best[:8]]
    others = MatchProfile.objects.exclude(pk__in=[member.pk, *found]).order_by("pk").values_list("pk", flat=True)
    people = [member.pk, *found, *others][:COMING]
    published = _day("Întâlniri între membri", "Members meet", 12, people, office)
    _wish(DayMember.objects.filter(day=published))
    brokerage.close_wishes(published.pk, by=office)
    timetables.ask_for_timetable(published.pk, by=office, seed=1)
    timetables.make_timetable(published.pk)
    timetables.publish_timetable(published.pk, by=office)
    event = next(iter(upcoming()), None)
    if event is None:
        return 1
    waiting = _day(event.title_ro, event.title_en, 0, people, office, event.starts_at, event.place, event.key)
    _wish(DayMember.objects.filter(day=waiting).exclude(organisation=member))
    return 2


def _day(
    title_ro: str, title_en: str, days: int, people: Iterable[int], office: User, starts_at: datetime | None = None,
    place: str = "Casa Țesătorilor", key: UUID | None = None,
) -> BrokerageDay:  # fmt: skip
    """A day with its participants and its wishes open."""
    at = starts_at or timezone.make_aware(datetime.combine(timezone.localdate() + timedelta(days=days), time(9, 30)))
    values = {"title_ro": title_ro, "title_en": title_en, "place": place, "starts_at": at, **FRAME}
    day = brokerage.create_day(by=office, values=values, gathering=key)
    BrokerageDay.objects.filter(pk=day.pk).update(demonstration=True)
    brokerage.add_members(day.pk, by=office, organisations=people)
    return brokerage.open_wishes(day.pk, by=office)


def _wish(parts: Iterable[DayMember]) -> None:
    """Everybody asks for its best matches, some with a few words; now and then somebody says no."""
    for place, part in enumerate(parts):
        by = speaker(part.organisation)
        choices = choices_of(part)
        said = {
            choice.partner.pk: wishes.Said("like" if rank else "must", HELLO[(place + rank) % 4] if rank < 2 else "")
            for rank, choice in enumerate(choices[: 4 + place % 4])
        }
        if place % 5 == 3:
            said[choices[-1].partner.pk] = wishes.Said("no")
        wishes.state_wishes(part.pk, by=by, said=said)
        if place % 6 == 2:
            wishes.state_hours(part.pk, by=by, away=[0, 1], most=4, attends=by.full_name)
        else:
            wishes.state_hours(part.pk, by=by, away=[], most=None, attends=by.full_name)
