"""What waits for a person in matchmaking: interests, proposals and invitations that their members have not answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.common.coming import Awaited
from matchmaking.enums import Answer, ProposalState
from matchmaking.models import CallInvitation, Interest, MatchProfile, ProposalSide
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
    return [*lines, *_invitations(own)] if own else []


def _invitations(own: Sequence[int]) -> Sequence[Awaited]:
    """The teams that want one of these members."""
    open_ones = CallInvitation.objects.open().filter(member__in=own).order_by("expires_on", "pk")
    return [
        Awaited(
            organisation=member,
            text=_("An invitation to a team waits for your answer until %(day)s")
            % {"day": date_format(day, "DATE_FORMAT")},
            href=reverse("matchmaking:call-invitation", args=[key]),
        )
        for member, key, day in open_ones.values_list("member", "key", "expires_on")
    ]


def _line(member: int, words: str, door: str, slug: str) -> Awaited:
    return Awaited(organisation=member, text=words, href=f"{reverse(door)}?member={slug}")
