"""What the office reads about matchmaking as a whole: gaps, introductions, flows, exposure. Ask `can_broker`.

Everything counts what members keep for the office too; none of these figures is for anybody else.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Count, F, Max, Min, Q, QuerySet
from django.db.models.functions import TruncQuarter

from matchmaking.enums import InterestState, Origin, StageName
from matchmaking.models import Exposure, Interest, Introduction
from matchmaking.rules.periods import Period
from matchmaking.rules.places import gini
from members.enums import Side
from members.models import Capability, Organisation, Tag

# A need is met by an offer of its word or of one below it; an offer is sought by a need of its word or of one above it;
# each time by somebody else across the line, at whatever maturity. A dual member meets itself only where it is the
# lowest and the highest of the dual ones. Each step joins a row for each word to a row for each word, however many
# items there are: so no plan can take long, also where the planner knows nothing of the tables yet.
LONELY = """
WITH supply AS MATERIALIZED (
    SELECT r.node_id, bool_or(m.orientation = 'civil') AS civil, bool_or(m.orientation = 'defence') AS defence,
           min(r.member_id) FILTER (WHERE m.orientation = 'dual') AS low,
           max(r.member_id) FILTER (WHERE m.orientation = 'dual') AS high
      FROM matchmaking_reach r JOIN matchmaking_matchprofile m USING (member_id)
     WHERE r.own_offer > 0 GROUP BY r.node_id
), item AS MATERIALIZED (
    SELECT c.id, c.direction, c.weight, m.member_id, m.orientation, p.ancestor_id AS node_id
      FROM members_capability c
      JOIN matchmaking_matchprofile m ON m.member_id = c.organisation_id
      JOIN matchmaking_tagpath p ON p.tag_id = c.tag_id AND p.distance = 0
     WHERE c.expires_on IS NULL OR c.expires_on >= (now() AT TIME ZONE 'Europe/Bucharest')::date
), demand AS MATERIALIZED (
    SELECT node_id, bool_or(orientation = 'civil') AS civil, bool_or(orientation = 'defence') AS defence,
           min(member_id) FILTER (WHERE orientation = 'dual') AS low,
           max(member_id) FILTER (WHERE orientation = 'dual') AS high
      FROM item WHERE direction = 'sought' GROUP BY node_id
), answer AS MATERIALIZED (
    SELECT 'sought' AS direction, supply.* FROM supply
    UNION ALL
    SELECT 'offered', p.tag_id, bool_or(x.civil), bool_or(x.defence), min(x.low), max(x.high)
      FROM demand x JOIN matchmaking_tagpath p ON p.ancestor_id = x.node_id GROUP BY p.tag_id
), alike AS MATERIALIZED (
    SELECT direction, node_id, orientation, array_agg(id) AS ids, array_agg(member_id) AS members,
           array_agg(weight) AS weights
      FROM item GROUP BY direction, node_id, orientation
), lonely AS (
    SELECT i.id, a.direction, i.weight, i.member_id, a.node_id
      FROM alike a LEFT JOIN answer x ON x.direction = a.direction AND x.node_id = a.node_id
     CROSS JOIN LATERAL unnest(a.ids, a.members, a.weights) AS i(id, member_id, weight)
     WHERE (a.orientation <> 'civil' AND x.civil OR a.orientation <> 'defence' AND x.defence
            OR x.low <> i.member_id OR x.high <> i.member_id) IS NOT TRUE
)
"""
WORDS = """, alone AS MATERIALIZED (
    SELECT p.ancestor_id AS node_id, sum(l.unmet) AS unmet, sum(l.unsought) AS unsought
      FROM (SELECT node_id, count(*) FILTER (WHERE direction = 'sought') AS unmet,
                   count(*) FILTER (WHERE direction = 'offered') AS unsought FROM lonely GROUP BY node_id) l
      JOIN matchmaking_tagpath p ON p.tag_id = l.node_id GROUP BY p.ancestor_id
), stated AS MATERIALIZED (
    SELECT node_id, count(*) FILTER (WHERE own_offer > 0) AS offers, count(*) FILTER (WHERE own_met_3 > 0) AS needs
      FROM matchmaking_reach GROUP BY node_id
)
SELECT s.node_id, s.offers, s.needs, coalesce(a.unmet, 0)::bigint, coalesce(a.unsought, 0)::bigint
  FROM stated s LEFT JOIN alone a USING (node_id)
"""
ITEMS = """
SELECT l.id FROM lonely l JOIN members_tag t ON t.id = l.node_id JOIN members_organisation o ON o.id = l.member_id
 WHERE l.direction = %s
 ORDER BY CASE WHEN l.direction = 'sought' THEN -l.weight ELSE 0 END, t.position, o.sort_key, l.id
"""


@dataclass(frozen=True)
class Gap:
    """A word of the tree: how many members offer and need it or a word below it, and what stays without an answer."""

    word: Tag
    level: int
    offers: int
    needs: int
    unmet: int
    unsought: int


def gap_map() -> list[Gap]:
    """Every word that counts in matching, in the order of the tree, roots at level 0 (two queries)."""
    with connection.cursor() as cursor:
        cursor.execute(LONELY + WORDS)
        counts = {row[0]: row[1:] for row in cursor.fetchall()}
    below: dict[int | None, list[Tag]] = {}
    for word in Tag.objects.filter(merged_into__isnull=True, scored=True).order_by("position", "pk"):
        below.setdefault(word.parent_id, []).append(word)
    found: list[Gap] = []
    waiting = [(word, 0) for word in reversed(below.get(None, []))]
    while waiting:
        word, level = waiting.pop()
        if word.active or word.pk in counts:
            found.append(Gap(word, level, *counts.get(word.pk, (0, 0, 0, 0))))
        waiting += [(child, level + 1) for child in reversed(below.get(word.pk, []))]
    return found


def lonely(direction: str) -> list[int]:
    """Needs that nobody meets (musts first), or offers that nobody seeks; by word and member."""
    with connection.cursor() as cursor:
        cursor.execute(LONELY + ITEMS, [direction])
        return [row[0] for row in cursor.fetchall()]


def items(ids: list[int]) -> list[Capability]:
    """Offers and needs with their members and words, in the order of `ids`."""
    found = Capability.objects.select_related("organisation", "tag__parent").in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


# ------------------------------------------------------------------ from an interest to a contract
STEPS = (StageName.MET, StageName.NDA, StageName.PILOT, StageName.PROJECT, StageName.CONTRACT, StageName.CLOSED)


@dataclass(frozen=True)
class Funnel:
    """What began in a period and how far it has come by now. `stages`: introductions of which a side says so."""

    interests: int
    yes: int
    introductions: int
    origins: Mapping[str, int]
    stages: Mapping[str, int]


def funnel(period: Period) -> Funnel:
    """Interests sent and introductions made in the period (two queries)."""
    sent = _within(Interest.objects.all(), "sent_at", period).aggregate(
        interests=Count("pk"), yes=Count("pk", filter=Q(state=InterestState.ACCEPTED))
    )
    reached = {name.value: Q(stages__name=name) for name in STEPS}
    reached["closed"] |= Q(closed_at__isnull=False)
    made = _within(Introduction.objects.all(), "made_at", period).aggregate(
        introductions=Count("pk", distinct=True),
        **{f"origin_{name}": Count("pk", filter=Q(origin=name), distinct=True) for name in Origin.values},
        **{f"stage_{name}": Count("pk", filter=known, distinct=True) for name, known in reached.items()},
    )
    return Funnel(
        **sent,
        introductions=made["introductions"],
        origins={name: made[f"origin_{name}"] for name in Origin.values},
        stages={name: made[f"stage_{name}"] for name in reached},
    )


def began() -> datetime | None:
    """When the first interest was sent or the first introduction made."""
    first = Interest.objects.aggregate(at=Min("sent_at"))["at"], Introduction.objects.aggregate(at=Min("made_at"))["at"]
    return min((at for at in first if at), default=None)


def _within(rows: "QuerySet[Any]", field: str, period: Period) -> "QuerySet[Any]":
    if period.begin is None or period.end is None:
        return rows
    return rows.filter(**{f"{field}__date__gte": period.begin, f"{field}__date__lt": period.end})


# ------------------------------------------------------------------ across the line
Ends = tuple[str, str]
"""The side of who asked, and of who was asked."""
PAIRS: tuple[Ends, ...] = tuple((one, other) for one in Side.values for other in Side.values)


@dataclass(frozen=True)
class Flows:
    """A quarter: interests by the sides of who asked and who was asked, those with a yes, and introductions made."""

    quarter: datetime
    asked: Mapping[Ends, int]
    yes: Mapping[Ends, int]
    introductions: int

    def _of(self, counts: Mapping[Ends, int], pair: Ends | None) -> int:
        if pair is not None:
            return counts.get(pair, 0)
        return sum(number for ends, number in counts.items() if Side.DUAL in ends)

    def told(self) -> list[tuple[int, int]]:
        """Asked and answered yes: civil to defence, defence to civil, with a dual member on either side."""
        ways = ((Side.CIVIL.value, Side.DEFENCE.value), (Side.DEFENCE.value, Side.CIVIL.value), None)
        return [(self._of(self.asked, way), self._of(self.yes, way)) for way in ways]


def flows() -> list[Flows]:
    """Quarter by quarter, the newest first; sides as they are today (two queries)."""
    asked: dict[datetime, dict[Ends, int]] = {}
    yes: dict[datetime, dict[Ends, int]] = {}
    interests = Interest.objects.annotate(quarter=TruncQuarter("sent_at"))
    for row in (
        interests.values("quarter", one=F("member__side"), other=F("partner__side"))
        .order_by("quarter")
        .annotate(asked=Count("pk"), yes=Count("pk", filter=Q(state=InterestState.ACCEPTED)))
    ):
        ends = (row["one"], row["other"])
        asked.setdefault(row["quarter"], {})[ends] = row["asked"]
        yes.setdefault(row["quarter"], {})[ends] = row["yes"]
    quarters = Introduction.objects.annotate(quarter=TruncQuarter("made_at")).values("quarter").order_by("quarter")
    made = dict(quarters.annotate(number=Count("pk")).values_list("quarter", "number"))
    return [
        Flows(quarter, asked.get(quarter, {}), yes.get(quarter, {}), made.get(quarter, 0))
        for quarter in sorted(asked.keys() | made.keys(), reverse=True)
    ]


# ------------------------------------------------------------------ who is seen
@dataclass(frozen=True)
class Seen:
    """How members are spread over the lists. `spread`: in how many lists -> how many members."""

    members: int
    unseen: int
    gini: float
    spread: Mapping[int, int]
    computed_at: datetime | None


def seen() -> Seen:
    """Figures of the last night, of those who are in matching now (two queries)."""
    rows = Exposure.objects.filter(member__match_profile__isnull=False)
    spread = dict(rows.values("lists").order_by("lists").annotate(number=Count("pk")).values_list("lists", "number"))
    counts = [lists for lists, number in spread.items() for _one in range(number)]
    at = rows.aggregate(at=Max("computed_at"))["at"]
    return Seen(len(counts), spread.get(0, 0), gini(counts), spread, at)


def exposed() -> QuerySet[Organisation]:
    """Everybody in matching with `lists`, those first whom the fewest lists show; empty for who came since."""
    rows = Organisation.objects.filter(match_profile__isnull=False).annotate(lists=F("exposure__lists"))
    return rows.order_by(F("lists").asc(nulls_first=True), "sort_key", "pk")
