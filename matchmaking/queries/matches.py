"""A member's own list: the best partners with their reasons, and places for members that few lists show."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Window

from matchmaking.models import Backfill, BrokerPair, NotInterested, Pair, Reach
from matchmaking.queries.reasons import Reason, reasons_of
from members.enums import REGIONS
from members.models import Organisation, Tag

TOP = 20
ORDER = ("-score", "-references", "tie")
"""Equal scores go by what the partner has proved, then by a fixed hash of the two: no alphabet, no row order."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty: everything."""

    role: str = ""
    side: str = ""
    region: str = ""
    tag: int = 0
    band: int = 0
    member_since: datetime | None = None


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
    def gained(self) -> list[Reason]:
        """Needs of the member that the partner meets."""
        return [reason for reason in self.reasons if reason.mine]

    @property
    def given(self) -> list[Reason]:
        """Needs of the partner that the member meets."""
        return [reason for reason in self.reasons if not reason.mine]


@dataclass(frozen=True)
class Matches:
    """The best of the list and how long it is."""

    best: list[Match]
    places: list[Match]
    count: int


def pairs_of(member: int, wanted: Wanted | None = None) -> "QuerySet[Pair]":
    """Everybody that the member matches, best first, without those it does not want to see."""
    aside = NotInterested.objects.filter(member=member, partner=OuterRef("partner"))
    found = Pair.objects.filter(~Exists(aside), member=member)
    return _narrowed(found, wanted or Wanted()).select_related("partner").order_by(*ORDER)


def _narrowed(pairs: "QuerySet[Pair]", wanted: Wanted) -> "QuerySet[Pair]":
    exact = {"partner__helix_role": wanted.role, "partner__side": wanted.side}
    pairs = pairs.filter(**{name: value for name, value in exact.items() if value})
    if wanted.region:
        pairs = pairs.filter(partner__county__in=REGIONS.get(wanted.region, ()))
    if wanted.tag or wanted.band:
        shared = Reach.objects.filter(member=OuterRef("partner"))
        if wanted.tag:
            shared = shared.filter(Q(offer__gt=0) | Q(met_3__gt=0), node=wanted.tag)
        if wanted.band:
            shared = shared.filter(offer__gte=wanted.band)
        pairs = pairs.filter(Exists(shared))
    if wanted.member_since:
        pairs = pairs.filter(partner__memberships__admitted_on__gte=wanted.member_since.date())
    return pairs


def matches(member: int, wanted: Wanted | None = None, *, most: int = TOP) -> Matches:
    """The best `most` with their reasons, and the places of the night; at most six queries, however many there are."""
    found = pairs_of(member, wanted)
    best = list(found.annotate(of=Window(Count("*")))[:most])
    shown = {pair.partner_id for pair in best}
    places = [] if wanted else [pair for pair in _placed(member) if pair.partner_id not in shown]
    reasons = reasons_of(member, [*best, *places])
    return Matches(
        best=[Match(pair, reasons.get(pair.partner_id, [])) for pair in best],
        places=[Match(pair, reasons.get(pair.partner_id, []), placed=True) for pair in places],
        count=best[0].of if best else 0,
    )


def _placed(member: int) -> list[Pair]:
    """The members that got a place in the list last night and still match, in the order of their places."""
    placed = dict(Backfill.objects.filter(member=member).values_list("partner", "rank"))
    if not placed:
        return []
    pairs = pairs_of(member).filter(partner__in=placed)
    return sorted(pairs, key=lambda pair: placed[pair.partner_id])


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
