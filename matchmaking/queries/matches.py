"""A member's own list: the best partners with their reasons, and places for members that few lists show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Value, Window

from matchmaking.models import (
    BrokerPair,
    Interest,
    Introduction,
    ListSeen,
    NotInterested,
    Pair,
    Reach,
    TagPath,
)
from matchmaking.queries.reasons import Reason, reasons_of
from matchmaking.rules.places import PLACES, SHOWN
from members.enums import REGIONS
from members.models import Organisation, Tag
from members.permissions import Anyone

TOP = 20
ORDER = ("-score", "-references", "tie")
"""Equal scores go by what the partner has proved, then by a fixed hash of the two: no alphabet, no row order."""


@dataclass(frozen=True)
class Match:
    """A partner with its place in the list. `placed`: it is here because few lists show it, not by its score."""

    pair: Pair
    reasons: list[Reason] = field(default_factory=list)
    placed: bool = False

    @property
    def partner(self) -> Organisation:
        return self.pair.partner

    @property
    def interested(self) -> bool:
        """Whether the member's own interest in this partner waits."""
        return bool(getattr(self.pair, "sent", False))

    @property
    def introduced(self) -> bool:
        return bool(getattr(self.pair, "introduced", False))

    @property
    def gained(self) -> list[Reason]:
        """Needs of the member that the partner meets."""
        return [reason for reason in self.reasons if reason.mine]

    @property
    def given(self) -> list[Reason]:
        """Needs of the partner that the member meets."""
        return [reason for reason in self.reasons if not reason.mine]


@dataclass(frozen=True)
class Matches:
    """The best of the list, who got a place in it last night, and how long it is."""

    best: list[Match]
    places: list[Match]
    count: int

    @property
    def first(self) -> list[Match]:
        """Those that stand before the places."""
        return self.best[:SHOWN] if self.places else self.best

    @property
    def rest(self) -> list[Match]:
        return self.best[len(self.first) :]

    @property
    def ranked(self) -> list[Match]:
        """All of them by their score."""
        return sorted([*self.best, *self.places], key=lambda match: -match.pair.score)


def pairs_of(member: int) -> "QuerySet[Pair]":
    """Everybody that the member matches, best first, without those it does not want to see."""
    aside = NotInterested.objects.filter(member=member, partner=OuterRef("partner"))
    return Pair.objects.filter(~Exists(aside), member=member).select_related("partner").order_by(*ORDER)


def _told(pairs: "QuerySet[Pair]", member: int) -> "QuerySet[Pair]":
    """With what stands between the two, as the member may know it."""
    live = Introduction.objects.live()
    return pairs.annotate(
        sent=Exists(Interest.objects.waiting().filter(member=member, partner=OuterRef("partner"))),
        introduced=Exists(
            live.filter(Q(first=member, second=OuterRef("partner")) | Q(second=member, first=OuterRef("partner")))
        ),
    )


# ------------------------------------------------------------------ narrowing
def in_region(pairs: "QuerySet[Pair]", region: str) -> "QuerySet[Pair]":
    """Partners of one development region."""
    return pairs.filter(partner__county__in=REGIONS.get(region, ()))


def with_word(pairs: "QuerySet[Pair]", tag: int) -> "QuerySet[Pair]":
    """Partners that share an offer or a need at or below this word."""
    word = TagPath.objects.filter(tag=tag, distance=0).values("ancestor")  # a merged word counts as its heir
    shared = Reach.objects.filter(Q(offer__gt=0) | Q(met_3__gt=0), member=OuterRef("partner"), node__in=word)
    return pairs.filter(Exists(shared))


def mature(pairs: "QuerySet[Pair]", band: int) -> "QuerySet[Pair]":
    """Partners that share an offer of this band of maturity, or a higher one."""
    return pairs.filter(Exists(Reach.objects.filter(member=OuterRef("partner"), offer__gte=band)))


def newer_than(pairs: "QuerySet[Pair]", seen: ListSeen | None) -> "QuerySet[Pair]":
    """Partners that did not stand in the list when it was last marked as seen; all, when it never was."""
    return pairs if seen is None else pairs.exclude(partner__in=seen.partners)


def seen_by(user: Anyone, member: int) -> ListSeen | None:
    """When this person last marked the list of a member as seen."""
    return ListSeen.objects.filter(member=member, user=user.pk).first()


def words_of(member: int) -> "QuerySet[Tag]":
    """The words of a member's own offers and needs, by which it may narrow its list."""
    words: QuerySet[Tag] = Tag.objects.filter(capabilities__organisation=member).distinct().order_by("position")
    return words


# ------------------------------------------------------------------ the list
BEST = """
SELECT b.partners, b.total,
       ARRAY(SELECT f.partner_id FROM matchmaking_backfill f WHERE f.member_id = %(member)s ORDER BY f.rank)
  FROM matchmaking_best(
       %(member)s, %(most)s, ARRAY(SELECT n.partner_id FROM matchmaking_notinterested n WHERE n.member_id = %(member)s),
       true, %(counted)s, %(few)s) b
"""
FEW = 1_000
"""So many may be in question for a list; where common words leave more, fewer words are left aside at first."""


@dataclass(frozen=True)
class InQuestion:
    """Everybody who can be among the best of a list, in any order and with some others; how many the whole list has,
    and who got a place in it last night, in the order of their places."""

    partners: list[int]
    count: int | None
    placed: list[int]


def in_question(member: int, most: int, *, counted: bool = True, few: int = FEW) -> InQuestion:
    """Who can be among the best `most` of `pairs_of`, found without the score of every pair."""
    with connection.cursor() as cursor:
        cursor.execute(BEST, {"member": member, "most": most, "counted": counted, "few": few})
        return InQuestion(*cursor.fetchone())


class _AnyOf(Func):
    """One of these ids, sent as one array: hundreds of them one by one would cost more than what they save."""

    template = "(%(expressions)s::bigint[]))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _first(member: int, partners: list[int], most: int) -> "QuerySet[Pair]":
    """The first `most` of those in question, among whom nobody is whom the member put aside."""
    among = _AnyOf(F("partner"), Value(partners, output_field=ArrayField(BigIntegerField())))
    return Pair.objects.filter(among, member=member).order_by(*ORDER)[:most]


def top_of(member: int, most: int = TOP) -> "QuerySet[Pair]":
    """The same as the first `most` of `pairs_of`, in a part of its time, and without reading the partners."""
    return _first(member, in_question(member, most, counted=False).partners, most)


def matches(member: int, narrowed: "QuerySet[Pair] | None" = None, *, most: int = TOP) -> Matches:
    """The best `most` with their reasons, and the places of the night; at most six queries, however many there are.

    `narrowed`: pairs of the member that a filter has left; then there are no places.
    """
    ranked, placed, count = _ranked(member, most) if narrowed is None else _narrowed(member, narrowed, most)
    first = {pair.partner_id for pair in ranked[:SHOWN]}
    places = [pair for pair in placed if pair.partner_id not in first]
    others = {pair.partner_id for pair in places}
    best = [pair for pair in ranked if pair.partner_id not in others][:most]
    reasons = reasons_of(member, [*best, *places])
    return Matches(
        best=[Match(pair, reasons.get(pair.partner_id, [])) for pair in best],
        places=[Match(pair, reasons.get(pair.partner_id, []), placed=True) for pair in places],
        count=count,
    )


def _ranked(member: int, most: int) -> tuple[list[Pair], list[Pair], int]:
    """The first of the whole list, those that got a place in it last night and still match, and how long it is."""
    found = in_question(member, most + PLACES)
    ranked = list(_told(_first(member, found.partners, most + PLACES), member).select_related("partner"))
    return ranked, _placed(member, found.placed), found.count or 0


def _narrowed(member: int, narrowed: "QuerySet[Pair]", most: int) -> tuple[list[Pair], list[Pair], int]:
    ranked = list(_told(narrowed, member).annotate(of=Window(Count("*")))[: most + PLACES])
    return [*ranked], [], ranked[0].of if ranked else 0


def _placed(member: int, partners: list[int]) -> list[Pair]:
    if not partners:
        return []
    pairs = _told(pairs_of(member).filter(partner__in=partners), member)
    return sorted(pairs, key=lambda pair: partners.index(pair.partner_id))


def match_with(member: int, partner: int) -> Match | None:
    """One pair as the member sees it."""
    pair = Pair.objects.filter(member=member, partner=partner).select_related("partner").first()
    return Match(pair, reasons_of(member, [pair]).get(partner, [])) if pair else None


def by_need(found: Iterable[Match]) -> list[tuple[Tag, list[tuple[Match, Reason]]]]:
    """The same list told by what the member needs: each need with who meets it, best covered first."""
    grouped: dict[int, list[tuple[Match, Reason]]] = defaultdict(list)
    for match in found:
        for reason in match.gained:
            grouped[reason.need.pk].append((match, reason))
    told = [
        (rows[0][1].need, sorted(rows, key=lambda row: (-row[1].covered, -row[1].references)))
        for rows in grouped.values()
    ]
    return sorted(told, key=lambda one: -max(reason.points for _match, reason in one[1]))


def broker_matches(member: int, *, most: int = TOP) -> list[tuple[BrokerPair, list[Reason]]]:
    """The office's list of one member: items of both sides that only the office sees count too. Ask `can_broker`."""
    pairs = list(BrokerPair.objects.filter(member=member).select_related("partner").order_by(*ORDER)[:most])
    reasons = reasons_of(member, pairs, mine_all=True, yours_all=True)
    return [(pair, reasons.get(pair.partner_id, [])) for pair in pairs]
