"""Lists of events: what is to come, one month, the archive; always of what this person may see."""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from events.enums import EventState, MaterialAccess
from events.models import Event
from events.models.event import EventQuerySet
from events.permissions import visible_to
from members.permissions import Anyone
from members.rules.deadlines import BUCHAREST

HOME = 3


def upcoming(user: Anyone) -> EventQuerySet:
    """What is not over, soonest first, the cancelled ones too: whoever had it in mind must read that it is off."""
    return visible_to(user).announced().upcoming(timezone.now())


def archive(user: Anyone) -> EventQuerySet:
    """What has taken place, latest first."""
    return visible_to(user).filter(state=EventState.PUBLISHED).past(timezone.now())


def with_public_materials(events: EventQuerySet) -> EventQuerySet:
    """Those whose slides or recordings anybody who sees the event may open."""
    return events.filter(materials__access=MaterialAccess.PUBLIC).distinct()


def drafts() -> EventQuerySet:
    """What the office has not announced yet."""
    return Event.objects.filter(state=EventState.DRAFT).order_by("starts_at", "pk")


def month_bounds(year: int, month: int) -> tuple[datetime, datetime]:
    """The first instant of a month in Bucharest and of the next one, in UTC."""
    first = date(year, month, 1)
    following = first + timedelta(days=monthrange(year, month)[1])
    begin, end = (datetime.combine(day, time(), BUCHAREST).astimezone(UTC) for day in (first, following))
    return begin, end


def month(user: Anyone, year: int, number: int) -> dict[date, list[Event]]:
    """The days of a month that have events, each with them in order; one of several days stands on each of its days."""
    begin, end = month_bounds(year, number)
    seen = visible_to(user).announced().filter(starts_at__lt=end, ends_at__gt=begin).order_by("starts_at", "pk")
    days: dict[date, list[Event]] = {}
    for event in seen:
        for day in days_of(event):
            if (day.year, day.month) == (year, number):
                days.setdefault(day, []).append(event)
    return dict(sorted(days.items()))


def days_of(event: Event) -> list[date]:
    """Every day in Bucharest on which an event is on; until midnight is not the day that begins then."""
    first = timezone.localtime(event.starts_at).date()
    last = timezone.localtime(event.ends_at - timedelta(microseconds=1)).date()
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def next_events(user: Anyone) -> list[Event]:
    """The next events for the home page: published, not begun."""
    coming = visible_to(user).published().filter(starts_at__gt=timezone.now())
    return list(coming.order_by("starts_at", "pk")[:HOME])


def searched(events: EventQuerySet, words: str) -> EventQuerySet:
    """Those whose title, summary, place or speakers hold every word."""
    for word in words.split()[:8]:
        held = Q()
        for column in ("title_ro", "title_en", "summary_ro", "summary_en", "place_name"):
            held |= Q(**{f"{column}__icontains": word})
        events = events.filter(held | Q(sessions__talks__speaker__full_name__icontains=word)).distinct()
    return events
