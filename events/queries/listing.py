"""Lists of events: what is to come, one month, the archive; always of what this person may see."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from cluster_portal.database import standing_cursor
from events.enums import EventState, MaterialAccess
from events.models import Event, Material, Talk
from events.models.event import EventQuerySet
from events.permissions import visible_to
from events.queries.seen import Seen, seen_text
from members.models import Tag
from members.permissions import Anyone
from members.rules.deadlines import BUCHAREST

HOME = 3


def upcoming(user: Anyone, now: datetime) -> EventQuerySet:
    """What is not over, soonest first, the cancelled ones too: whoever had it in mind must read that it is off."""
    return visible_to(user).announced().upcoming(now)


def archive(user: Anyone, now: datetime) -> EventQuerySet:
    """What has taken place, latest first."""
    return visible_to(user).filter(state=EventState.PUBLISHED).past(now)


def with_public_materials(events: EventQuerySet) -> EventQuerySet:
    """Those whose slides or recordings anybody who sees the event may open."""
    return events.filter(Exists(Material.objects.filter(event=OuterRef("pk"), access=MaterialAccess.PUBLIC)))


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


class Look(NamedTuple):
    """An event of a list by what its row is remembered by."""

    pk: int
    changed_at: str
    state: str
    starts_at: str


@dataclass(frozen=True)
class Listed:
    """A page of a list, how many events there are in all, and the capabilities that the whole list could be cut by.

    Those are one text, by which the form of the filters is remembered.
    """

    looks: list[Look]
    total: int
    words: str


LISTED = """
SELECT * FROM (WITH seen AS MATERIALIZED ({seen}), found AS MATERIALIZED ({found})
SELECT (SELECT json_agg(json_build_array(f.id, f.changed_at, f.state, f.starts_at))
          FROM (SELECT id, changed_at, state, starts_at FROM found OFFSET %s LIMIT %s) f),
       (SELECT count(*) FROM found),
       (SELECT json_agg(json_build_array(t.id, t.name_ro, t.name_en) ORDER BY t.position)::text FROM members_tag t
         WHERE t.id IN (SELECT x.tag_id FROM events_event_tags x WHERE x.event_id = ANY(ARRAY(SELECT id FROM seen))))
) listed
"""  # every event that one sees is looked at, to be counted: to step over some of them costs nothing more


def listed(user: Anyone, seen: Seen, found: EventQuerySet | None, first: int, count: int) -> Listed:
    """What a page of a list is made of, in one query; `found`: what the filters leave of what the reader sees."""
    columns = ("id", "changed_at", "state", "starts_at")
    whole, values = seen_text(user, seen, *columns)
    part, more = (
        found.values_list(*columns).query.sql_with_params() if found is not None else ("SELECT * FROM seen", ())
    )
    with standing_cursor() as cursor:
        cursor.execute(LISTED.format(seen=whole, found=part), [*values, *more, first, count])
        looks, total, words = cursor.fetchone() or (None, 0, None)
    return Listed([Look(*one) for one in looks or ()], total, words or "")


def tags_of(events: EventQuerySet) -> QuerySet[Tag]:
    """The capabilities that these events are about."""
    tags: QuerySet[Tag] = Tag.objects.filter(events__in=events.order_by().values("pk")).distinct()
    return tags


def searched(events: EventQuerySet, words: str) -> EventQuerySet:
    """Those whose title, summary, place or speakers hold every word."""
    for word in words.split()[:8]:
        held = Q()
        for column in ("title_ro", "title_en", "summary_ro", "summary_en", "place_name"):
            held |= Q(**{f"{column}__icontains": word})
        speaks = Talk.objects.filter(session__event=OuterRef("pk"), speaker__full_name__icontains=word)
        events = events.filter(held | Exists(speaks))
    return events
