"""What a new offer or need would change, before it is saved: numbers, never names; and what would raise the scores."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone

from matchmaking.models import MatchProfile, TagWeight
from members.enums import Direction
from members.models import Capability, Organisation, Tag
from members.queries.listings import band_of

BROAD = 0.5
"""A word that more than this part of the members mention says little about any of them."""
FEW = 10
"""Below so many members no word is called too broad."""


@dataclass(frozen=True)
class Overlap:
    """How common a word is: so many of so many members mention it or something under it."""

    mentions: int
    of: int

    @property
    def broad(self) -> bool:
        return self.of >= FEW and self.mentions > self.of * BROAD


@dataclass(frozen=True)
class Change:
    """Members on the other side that an item would bring together with its owner."""

    fully: int
    half: int  # the right thing, not mature enough
    partly: int  # a neighbour or a wider word
    overlap: Overlap

    @property
    def any(self) -> int:
        return self.fully + self.half + self.partly


def overlap(tag: int) -> Overlap:
    """How many members in matching mention this word."""
    weight = TagWeight.objects.filter(node=tag).first()
    return Overlap(weight.mentions if weight else 0, MatchProfile.objects.count())


OTHERS = """
WITH other AS (
    SELECT m.member_id FROM matchmaking_matchprofile m, members_organisation o
     WHERE o.id = %(member)s AND m.member_id <> o.id
       AND (m.orientation <> o.side OR m.orientation = 'dual')
), path AS (
    SELECT p.ancestor_id, p.distance FROM matchmaking_tagpath p
      JOIN matchmaking_tagweight w ON w.node_id = p.ancestor_id AND w.gain > 0 WHERE p.tag_id = %(tag)s
)
"""
MET_BY = f"""
{OTHERS}
SELECT count(*) FILTER (WHERE near = 0 AND band >= %(band)s),
       count(*) FILTER (WHERE near = 0 AND band < %(band)s),
       count(*) FILTER (WHERE near > 0)
  FROM (SELECT o.member_id, min(path.distance) AS near,
               max(r.offer) FILTER (WHERE path.distance = 0) AS band
          FROM other o JOIN matchmaking_reach r ON r.member_id = o.member_id AND r.offer > 0
          JOIN path ON path.ancestor_id = r.node_id GROUP BY o.member_id) met
"""  # noqa: S608  # the parts are fixed above
NEEDED_BY = f"""
{OTHERS}
SELECT count(*) FILTER (WHERE best = 2), count(*) FILTER (WHERE best = 1), count(*) FILTER (WHERE best = 0)
  FROM (SELECT o.member_id, max(CASE WHEN above.ancestor_id IS NULL THEN 0
                                     WHEN CASE WHEN c.trl >= 7 THEN 3 WHEN c.trl >= 4 THEN 2 ELSE 1 END <= %(band)s
                                     THEN 2 ELSE 1 END) AS best
          FROM other o
          JOIN members_capability c ON c.organisation_id = o.member_id AND c.direction = 'sought'
           AND c.visibility IN ('public', 'members')
           AND (c.expires_on IS NULL OR c.expires_on >= (now() AT TIME ZONE 'Europe/Bucharest')::date)
          JOIN matchmaking_tagpath below ON below.tag_id = c.tag_id
          JOIN path ON path.ancestor_id = below.ancestor_id
          LEFT JOIN matchmaking_tagpath here ON here.tag_id = c.tag_id AND here.distance = 0
          LEFT JOIN path above ON above.ancestor_id = here.ancestor_id
         GROUP BY o.member_id) needed
"""  # noqa: S608  # the parts are fixed above


def would_change(member: int, direction: str, tag: int, trl: int | None = None) -> Change:
    """How many members could answer this need, or need this offer, if it stood in the profile of `member`.

    Only what others share is counted: no number depends on an item that the reader may not see.
    """
    statement = MET_BY if direction == Direction.SOUGHT else NEEDED_BY
    values: dict[str, Any] = {"member": member, "tag": tag, "band": band_of(trl or 1)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        fully, half, partly = cursor.fetchone()
    return Change(fully, half, partly, overlap(tag))


@dataclass(frozen=True)
class Hint:
    """One thing that would raise the member's scores.

    `code`: no_side, no_offers, no_needs, no_maturity (an offer without TRL), immature (needs that ask for more),
    broad (a word that many mention), run_out (an item past its day), unscored (a word that does not count).
    """

    code: str
    tag: Tag | None = None
    count: int = 0
    of: int = 0
    sought: bool = False  # the word stands among the needs


def hints(organisation: Organisation) -> list[Hint]:
    """What the profile lacks for better matches, the weightiest first."""
    items = list(organisation.capabilities.select_related("tag").order_by("id"))
    found = [] if organisation.side else [Hint("no_side")]
    for direction, code in ((Direction.SOUGHT, "no_needs"), (Direction.OFFERED, "no_offers")):
        if not any(item.direction == direction for item in items):
            found.append(Hint(code))
    today = timezone.localdate()
    found += [
        Hint("run_out", item.tag, sought=_sought(item)) for item in items if item.expires_on and item.expires_on < today
    ]
    known = {row.node_id: row for row in TagWeight.objects.filter(node__in=[item.tag_id for item in items])}
    of = MatchProfile.objects.count()
    for item in items:
        weight = known.get(item.tag_id)
        if weight is None and item.tag.merged_into_id is None:
            found.append(Hint("unscored", item.tag, sought=_sought(item)))
        elif weight is not None and Overlap(weight.mentions, of).broad:
            found.append(Hint("broad", item.tag, weight.mentions, of, _sought(item)))
    return found + _maturity(organisation, items)


def _sought(item: Capability) -> bool:
    return item.direction == Direction.SOUGHT


def _maturity(organisation: Organisation, items: list[Capability]) -> list[Hint]:
    """Offers that members need in a more mature state than is stated."""
    offers = [item for item in items if item.direction == Direction.OFFERED and (item.trl or 1) < 7]
    found = []
    for item in offers:
        more = would_change(organisation.pk, Direction.OFFERED, item.tag_id, item.trl).half
        if more:
            found.append(Hint("immature" if item.trl else "no_maturity", item.tag, more))
    return found
