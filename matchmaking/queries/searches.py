"""Saved searches: a person's own, which of them a new opportunity answers, and who waits for letters."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from cluster_portal.common.models import User
from matchmaking.enums import LetterRhythm
from matchmaking.models import Opportunity, OpportunityNotice, SavedSearch
from matchmaking.queries.board import board, shown
from members.permissions import viewer_of

AT_ONCE = 40
"""Opportunities that are held against all instant searches in one statement."""
PEOPLE_AT_ONCE = 200
"""People whose weekly searches one statement looks at."""
LOOK_BACK = timedelta(days=60)
"""How far back a weekly letter looks for what it has not told yet: an owner may have been away."""

# One statement for all searches: the database walks them, whatever their number, and gives back hits alone. It leaves
# out what can be known without knowing the reader; what the reader may see is asked again when the letter is written.
HITS = """
SELECT s.person_id, o.capability_id, array_agg(s.id ORDER BY s.place)
  FROM matchmaking_opportunity o
  JOIN members_capability c ON c.id = o.capability_id
  JOIN members_organisation g ON g.id = c.organisation_id
  JOIN matchmaking_savedsearch s ON s.rhythm = %(rhythm)s AND s.saved_at < o.changed_at
  JOIN common_user u ON u.id = s.person_id AND u.is_active
  LEFT JOIN members_tag t ON t.id = s.tag_id
 WHERE (%(items)s::bigint[] IS NULL OR o.capability_id = ANY(%(items)s))
   AND (%(people)s::bigint[] IS NULL OR s.person_id = ANY(%(people)s))
   AND o.changed_at > %(since)s
   AND (c.visibility <> 'office' OR u.is_staff)
   AND (s.wanted IS NULL OR o.search @@ s.wanted)
   AND (s.direction = '' OR s.direction = c.direction)
   AND (s.sides = '{}' OR c.side = ANY(s.sides))
   AND (s.roles = '{}' OR g.helix_role = ANY(s.roles))
   AND (s.kinds = '{}' OR c.kind = ANY(s.kinds))
   AND (s.county = '' OR s.county = g.county)
   AND (s.tag_id IS NULL OR coalesce(t.merged_into_id, t.id) = ANY(o.tags))
   AND (s.trl IS NULL OR c.trl >= s.trl)
   AND (s.weight IS NULL OR c.direction = 'sought' AND c.weight = s.weight)
   AND NOT EXISTS (SELECT FROM matchmaking_opportunitynotice n
                    WHERE n.person_id = s.person_id AND n.opportunity_id = o.capability_id)
 GROUP BY s.person_id, o.capability_id ORDER BY s.person_id, o.capability_id
"""
Hits = dict[int, dict[int, list[int]]]
"""Person -> opportunity -> ids of the person's searches that it answers."""


def of_person(person: User) -> QuerySet[SavedSearch]:
    """One's own searches in the order in which they were saved."""
    return SavedSearch.objects.filter(person=person).select_related("tag__merged_into").order_by("place")


def to_announce(most: int = AT_ONCE) -> list[tuple[int, datetime]]:
    """Opportunities whose letters have not been written, with the change that they are about, the oldest first."""
    waiting = Opportunity.objects.filter(announced_at__isnull=True).order_by("changed_at", "pk")
    return list(waiting.values_list("pk", "changed_at")[:most])


def instant_hits(items: Collection[int]) -> Hits:
    """Who wants to hear of these at once."""
    return _hits(LetterRhythm.INSTANT, items=list(items), people=None)


def weekly_hits() -> Iterator[tuple[int, dict[int, list[int]]]]:
    """Who wants to hear of what in this week's letter, person by person."""
    weekly = SavedSearch.objects.filter(rhythm=LetterRhythm.WEEKLY, person__is_active=True).order_by("person")
    people = list(weekly.values_list("person", flat=True).distinct())
    for start in range(0, len(people), PEOPLE_AT_ONCE):
        some = people[start : start + PEOPLE_AT_ONCE]
        yield from _hits(LetterRhythm.WEEKLY, items=None, people=some).items()


def _hits(rhythm: LetterRhythm, *, items: list[int] | None, people: list[int] | None) -> Hits:
    values = {"rhythm": rhythm.value, "items": items, "people": people, "since": timezone.now() - LOOK_BACK}
    found: Hits = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(HITS, values)
        for person, item, searches in cursor.fetchall():
            found[person][item] = searches
    return found


@dataclass(frozen=True)
class Found:
    """An opportunity in a letter, with the names of the reader's searches that it answers."""

    item: Opportunity
    searches: list[str]


def to_tell(person: User, rhythm: str, hits: dict[int, list[int]]) -> list[Found]:
    """What of these may be told to this person now: still there, visible to them, not their own, not told before,
    wanted by a search that still stands. The newest first."""
    names = dict(
        SavedSearch.objects.filter(person=person, rhythm=rhythm)
        .filter(pk__in={pk for searches in hits.values() for pk in searches})
        .values_list("pk", "name")
    )
    eyes = viewer_of(person)
    told = OpportunityNotice.objects.filter(person=person).values("opportunity")
    found = board(eyes).filter(pk__in=hits).exclude(pk__in=told).exclude(capability__organisation__in=eyes.own)
    rows = shown(found).order_by("-published_at", "pk")
    told_by = [(item, [names[pk] for pk in hits[item.pk] if pk in names]) for item in rows]
    return [Found(item, searches) for item, searches in told_by if searches]


def address_of(search: SavedSearch) -> str:
    """The query of the board's address that asks the same."""
    pairs = [
        ("q", search.text),
        ("direction", search.direction),
        ("tag", search.word.code if search.word else ""),
        ("trl", search.trl or ""),
        ("weight", search.weight or ""),
        ("county", search.county),
        *(("side", side) for side in search.sides),
        *(("role", role) for role in search.roles),
        *(("kind", kind) for kind in search.kinds),
    ]
    return urlencode([(name, value) for name, value in pairs if value])
