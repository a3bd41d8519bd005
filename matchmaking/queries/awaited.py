"""What waits for a person in matchmaking: interests and proposals that their members have not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import ngettext

from cluster_portal.common.coming import Awaited
from matchmaking.enums import Answer, ProposalState
from matchmaking.models import Interest, MatchProfile, ProposalSide
from matchmaking.permissions import can_see_matches
from members.permissions import Anyone, standing


@dataclass(frozen=True)
class Waiting:
    """How many interests and proposals wait for the answer of one member, and whether it states a need that counts."""

    slug: str = ""
    interests: int = 0
    proposals: int = 0
    need_total: float = 0.0


def waiting_for(members: Sequence[int]) -> dict[int, Waiting]:
    """Member -> what waits for it, in one query; members that do not take part are left out."""
    received = Interest.objects.open().filter(partner=OuterRef("pk"), member__match_profile__isnull=False)
    asked = ProposalSide.objects.filter(
        member=OuterRef("pk"), answer=Answer.WAITING, proposal__state=ProposalState.OPEN
    )
    rows = MatchProfile.objects.filter(pk__in=members).annotate(
        interests=Coalesce(Subquery(_counted(received.values("partner"))), 0),
        proposals=Coalesce(Subquery(_counted(asked.values("member"))), 0),
    )
    columns = ("pk", "member__slug", "interests", "proposals", "own_need_total")
    return {pk: Waiting(*rest) for pk, *rest in rows.values_list(*columns)}


def _counted(rows: "QuerySet[Any, Any]") -> "QuerySet[Any, Any]":
    numbers: QuerySet[Any, Any] = rows.order_by().annotate(number=Count("*")).values("number")
    return numbers


def awaited(user: Anyone) -> Sequence[Awaited]:
    """For "My organisation": what each of this person's members has not answered yet."""
    own = [pk for pk in standing(user).representations if can_see_matches(user, pk)]
    lines = []
    for member, waiting in waiting_for(own).items() if own else ():
        if waiting.interests:
            words = ngettext(
                "%(count)d interest waits for your answer",
                "%(count)d interests wait for your answer",
                waiting.interests,
            )
            lines.append(_line(member, words % {"count": waiting.interests}, "matchmaking:interests", waiting.slug))
        if waiting.proposals:
            words = ngettext(
                "%(count)d proposal of the office waits for your answer",
                "%(count)d proposals of the office wait for your answer",
                waiting.proposals,
            )
            lines.append(_line(member, words % {"count": waiting.proposals}, "matchmaking:proposals", waiting.slug))
    return lines


def _line(member: int, words: str, door: str, slug: str) -> Awaited:
    return Awaited(organisation=member, text=words, href=f"{reverse(door)}?member={slug}")
