"""Why two members match: every need that the other side meets, where the words meet, its points of the score."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connection

from matchmaking.models import MatchProfile, Pair
from matchmaking.models.views import PairBase
from members.models import Tag
from members.queries.listings import band_of


class Relation(StrEnum):
    """How what is offered stands to what is needed, in the tree."""

    EXACT = "exact"
    CHILD = "child"  # a kind of what is needed: meets it fully
    PARENT = "parent"  # a wider word than the need: meets it in part
    SIBLING = "sibling"  # a neighbour under the same word: meets it in part


@dataclass(frozen=True)
class Reason:
    """One need that the other side meets. `points` of all reasons of a pair add up to its score."""

    partner: int
    mine: bool  # whether it is the need of the member whose list it is
    need: Tag
    met_at: Tag
    offered: Tag
    relation: Relation
    must: bool
    trl_asked: int | None
    trl_offered: int | None
    maturity: float  # 1 mature enough there, 0 nobody is; between: a less near offer is mature enough
    references: int
    mentions: int  # so many members …
    of: int  # … of so many mention what is needed
    covered: float  # 0 to 1: how much of this need is met
    points: float
    need_item: int
    offered_item: int
    control: str  # what the offerer says of it under the dual-use list
    control_number: str


SHARED = "c.visibility IN ('public', 'members')"
STANDS = "(c.expires_on IS NULL OR c.expires_on >= (now() AT TIME ZONE 'Europe/Bucharest')::date)"
BAND = "(CASE WHEN {0}.trl >= 7 THEN 3 WHEN {0}.trl >= 4 THEN 2 ELSE 1 END)"
OWN = "CASE WHEN {who} = %(member)s THEN %(mine_all)s ELSE %(yours_all)s END"
SEEN = f"({OWN} OR {SHARED}) AND {STANDS}"
REACHED = f"CASE WHEN ({OWN.format(who='n.giver')}) THEN r.own_offer ELSE r.offer END"
REASONS = f"""
WITH side AS MATERIALIZED (
    SELECT %(member)s::bigint AS taker, id AS giver, id AS partner FROM unnest(%(partners)s::bigint[]) AS p(id)
    UNION ALL
    SELECT id, %(member)s::bigint, id FROM unnest(%(partners)s::bigint[]) AS p(id)
), need AS MATERIALIZED (
    SELECT s.taker, s.giver, s.partner, c.id, c.tag_id, c.weight, c.trl, {BAND.format("c")} AS band
      FROM side s JOIN members_capability c ON c.organisation_id = s.taker AND c.direction = 'sought'
       AND {SEEN.format(who="s.taker")}
), path AS MATERIALIZED (
    SELECT p.tag_id, p.distance, w.node_id, w.gain, w.mentions
      FROM (SELECT DISTINCT tag_id FROM need) n JOIN matchmaking_tagpath p ON p.tag_id = n.tag_id
      JOIN matchmaking_tagweight w ON w.node_id = p.ancestor_id
), place AS MATERIALIZED (
    SELECT n.partner, n.id, n.giver, n.band, p.distance, p.node_id, p.gain
      FROM need n JOIN path p ON p.tag_id = n.tag_id
), met AS MATERIALIZED (
    SELECT n.partner, n.id, n.giver, n.band, min(n.distance) AS distance,
           (array_agg(n.node_id ORDER BY n.distance))[1] AS near_id,
           (array_agg(n.gain ORDER BY n.distance))[1] AS near_gain,
           coalesce((array_agg(n.gain ORDER BY n.distance) FILTER (WHERE n.reached >= n.band))[1], 0) AS ripe_gain
      FROM (SELECT n.*, {REACHED} AS reached
              FROM place n JOIN matchmaking_reach r ON r.node_id = n.node_id AND r.member_id = n.giver) n
     WHERE n.reached >= 1 GROUP BY n.partner, n.id, n.giver, n.band
), offer AS MATERIALIZED (
    SELECT g.giver, q.ancestor_id, q.distance, c.id, c.tag_id, c.trl, {BAND.format("c")} AS band, c."references",
           c.control, c.control_category || c.control_group AS number
      FROM (SELECT DISTINCT giver FROM side) g
      JOIN members_capability c ON c.organisation_id = g.giver AND c.direction = 'offered'
       AND {SEEN.format(who="g.giver")}
      JOIN matchmaking_tagpath q ON q.tag_id = c.tag_id
), best AS MATERIALIZED (
    SELECT DISTINCT ON (m.partner, m.id) m.partner, m.id AS need_id, m.near_id, m.distance, m.near_gain, m.ripe_gain,
           o.tag_id, o.distance AS below, o.trl, o."references", o.id, o.control, o.number
      FROM met m JOIN offer o ON o.giver = m.giver AND o.ancestor_id = m.near_id
     WHERE m.near_gain > 0
     ORDER BY m.partner, m.id, o.band >= m.band DESC, o.distance, o.trl DESC NULLS LAST, o.id
)
SELECT b.partner, n.taker = %(member)s, n.tag_id, b.near_id, b.distance, n.weight, n.trl, b.near_gain, b.ripe_gain,
       own.gain, own.mentions, n.id, b.tag_id, b.below, b.trl, b."references", b.id, b.control, b.number,
       (SELECT count(*) FROM matchmaking_matchprofile)
  FROM best b JOIN need n ON n.partner = b.partner AND n.id = b.need_id
  JOIN path own ON own.tag_id = n.tag_id AND own.distance = 0
"""  # noqa: S608  # the parts are fixed above
"""Each step joins what the one before has left, a few hundred rows, to one more table: so it takes milliseconds also
where the planner knows nothing yet, as in a cluster that was loaded a minute ago."""


def reasons_of(
    member: int, pairs: Collection[PairBase], *, mine_all: bool = True, yours_all: bool = False
) -> dict[int, list[Reason]]:
    """Partner -> reasons of its pair, the weightiest first.

    `mine_all`: the member's office-only items count; `yours_all`: the partners' too, which only the office may see.
    """
    known: dict[int, PairBase] = {pair.partner_id: pair for pair in pairs}  # type: ignore[attr-defined]  # of each view
    if not known:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            REASONS,
            {"member": member, "partners": list(known), "mine_all": mine_all, "yours_all": yours_all},
        )
        rows = cursor.fetchall()
    totals = _totals([member, *known], member, mine_all, yours_all)
    tags = Tag.objects.in_bulk({pk for row in rows for pk in (row[2], row[3], row[12])})
    found: dict[int, list[Reason]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(_reason(row, known[row[0]], totals[member if row[1] else row[0]], tags))
    for reasons in found.values():
        reasons.sort(key=lambda reason: (-reason.points, reason.need_item))
    return found


def common_ground(member: int, partner: int, *, yours_all: bool = False) -> list[Reason]:
    """What either could give the other, on whatever side they stand, without points: what export control looks at."""
    meeting = Pair(member_id=member, partner_id=partner, gains=1.0, gives=1.0, score=0.0)
    return reasons_of(member, [meeting], yours_all=yours_all).get(partner, [])


def _totals(members: Collection[int], member: int, mine_all: bool, yours_all: bool) -> dict[int, float]:
    rows = MatchProfile.objects.filter(pk__in=members).values_list("pk", "need_total", "own_need_total")
    return {pk: own if (mine_all if pk == member else yours_all) else shared for pk, shared, own in rows}


def _reason(row: tuple[Any, ...], pair: PairBase, total: float, tags: dict[int, Tag]) -> Reason:
    partner, mine, need, near, distance, weight, trl, near_gain, ripe_gain, gain, mentions, need_item = row[:12]
    offered, offer_distance, offer_trl, references, offered_item, control, number, members = row[12:]
    credit = weight * (near_gain + ripe_gain) / 2
    return Reason(
        partner=partner,
        mine=mine,
        need=tags[need],
        met_at=tags[near],
        offered=tags[offered],
        relation=_relation(distance, offer_distance),
        must=weight == 2,
        trl_asked=trl,
        trl_offered=offer_trl,
        maturity=ripe_gain / near_gain,
        references=references,
        mentions=mentions,
        of=members,
        covered=credit / (weight * gain),
        points=credit / total * worth(pair, mine),
        need_item=need_item,
        offered_item=offered_item,
        control=control,
        control_number=number,
    )


def _relation(distance: int, offer_distance: int) -> Relation:
    if distance == 0:
        return Relation.EXACT if offer_distance == 0 else Relation.CHILD
    return Relation.PARENT if offer_distance == 0 else Relation.SIBLING


def worth(pair: PairBase, mine: bool) -> float:
    """Points of the score for one whole share of what a side needs: the score is homogeneous, so Euler's rule holds."""
    gains, gives = pair.gains, pair.gives
    harmony = 2 * gains * gives / (gains + gives)
    kappa = 3 * pair.score / (gains + gives + harmony)
    other = gives if mine else gains
    return kappa / 3 * (1 + 2 * (other / (gains + gives)) ** 2)


def mature_enough(asked: int | None, offered: int | None) -> bool:
    """Whether an offer of this maturity meets a need fully; both count in the three bands."""
    return band_of(offered or 1) >= band_of(asked or 1)
