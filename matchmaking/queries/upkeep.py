"""What the nightly work reads: everybody's best partners, and members with items that have run out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db import connection
from django.db.models import Count

from matchmaking.models import MatchProfile, NotInterested
from matchmaking.queries.matches import FEW, TOP
from matchmaking.rules.places import OWN_BEST, TEN, Ranked, exposure, fill
from members.enums import Visibility
from members.models import Capability

AT_ONCE = 100
"""Members whose lists one statement computes, so that none comes near the limit of time of a statement."""
BEST_OF = """
SELECT m.id, p.partner_id, p.score FROM unnest(%(members)s) AS m(id),
       LATERAL matchmaking_best(m.id, %(most)s, '{}', false, false, %(few)s) b, LATERAL (
    SELECT s.partner_id, s.score FROM matchmaking_sharedpair s
     WHERE s.member_id = m.id AND s.partner_id = ANY(b.partners)
     ORDER BY s.score DESC, s."references" DESC, s.tie LIMIT %(most)s) p
"""
RUN_OUT = """
SELECT DISTINCT c.organisation_id FROM members_capability c
  JOIN matchmaking_matchprofile m ON m.member_id = c.organisation_id
 WHERE c.expires_on < (now() AT TIME ZONE 'Europe/Bucharest')::date
   AND c.expires_on >= (now() AT TIME ZONE 'Europe/Bucharest')::date - %s ORDER BY 1
"""


def best_partners(members: Iterable[int], most: int = TEN) -> dict[int, list[tuple[int, float]]]:
    """Member -> (partner, score), best first, made only of what both sides share."""
    found: dict[int, list[tuple[int, float]]] = {}
    for some in _chunks(members, AT_ONCE):
        found |= {member: [] for member in some}
        with connection.cursor() as cursor:
            cursor.execute(BEST_OF, {"members": some, "most": most, "few": FEW})
            for member, partner, score in cursor.fetchall():
                found[member].append((partner, score))
    return found


@dataclass(frozen=True)
class Places:
    """What the night decides. `placed`: member -> members that get a place in its list; `lists`: how many show it."""

    placed: Mapping[int, Sequence[int]]
    lists: Mapping[int, int]


def places() -> Places:
    """Places for those whom few lists show, and in how many lists each member then stands, as of now."""
    members = MatchProfile.objects.order_by("pk").values_list("pk", flat=True)
    aside = set(NotInterested.objects.values_list("member_id", "partner_id"))
    lists: dict[int, Ranked] = {
        member: [row for row in rows if (member, row[0]) not in aside]
        for member, rows in best_partners(members, OWN_BEST).items()
    }
    placed = fill(lists, shared_items(), aside)
    return Places(placed, exposure(lists, placed, TOP))


def shared_items() -> dict[int, int]:
    """Member -> how many of its offers and needs others see; what it keeps for itself decides nothing here."""
    shared = Capability.objects.filter(visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS))
    return dict(shared.order_by().values_list("organisation").annotate(Count("pk")))


def run_out(days: int = 7) -> list[int]:
    """Members in matching with an offer or a need that ran out within the last days."""
    with connection.cursor() as cursor:
        cursor.execute(RUN_OUT, [days])
        return [row[0] for row in cursor.fetchall()]


def _chunks(items: Iterable[int], size: int) -> Iterator[list[int]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
