"""Interests, proposals and introductions as one side sees them, and what the timetable has to look at."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from cluster_portal.common.models import User
from matchmaking.enums import Answer, InterestState, ProposalState
from matchmaking.models import ExportConfirmation, Interest, Introduction, MatchProfile, Proposal, ProposalSide, Stage
from matchmaking.queries.reasons import Reason
from members.enums import ControlClass
from members.models import Organisation, Tag
from members.queries.adhesion import representatives

REMIND_DAYS = 7
"""How long before the last day the side that has not answered is reminded."""


@dataclass(frozen=True)
class Sent:
    """An interest as its sender may know it: a refusal looks like silence, on every page and day."""

    key: UUID
    partner: Organisation
    about: Tag | None
    message: str
    state: str
    sent_at: datetime
    expires_on: date
    introduction: Introduction | None


def sent_by(member: int) -> list[Sent]:
    """What a member has sent, newest first."""
    rows = Interest.objects.filter(member=member).select_related(
        "partner", "about", "introduction__first", "introduction__second"
    )
    return [_as_sent(row) for row in rows.order_by("-id")]


def _as_sent(row: Interest) -> Sent:
    state = row.state
    if state == InterestState.DECLINED:
        state = InterestState.EXPIRED if row.told_at else InterestState.OPEN
    return Sent(row.key, row.partner, row.about, row.message, state, row.sent_at, row.expires_on, row.introduction)


def received_by(member: int) -> QuerySet[Interest]:
    """What waits for this member's answer, the oldest first. Interests that their sender took back are not in it."""
    return (
        Interest.objects.open()
        .filter(partner=member, member__match_profile__isnull=False)
        .select_related("member", "about")
        .order_by("id")
    )


def introductions_of(member: int) -> QuerySet[Introduction]:
    """Introductions of a member, newest first, with their stages."""
    return Introduction.objects.of(member).select_related("first", "second").prefetch_related("stages").order_by("-id")


def stage_of(introduction: Introduction, member: int) -> Stage | None:
    """Where one side says they are: the newest of its stages."""
    stages = [stage for stage in introduction.stages.all() if stage.member_id == member]
    return stages[-1] if stages else None


@dataclass(frozen=True)
class Proposed:
    """A proposal of the office as one side may know it. `partner` is None while the other side is not named."""

    key: UUID
    partner: Organisation | None
    words: str
    answer: str
    expires_on: date
    made_at: datetime


def proposals_to(member: int) -> list[Proposed]:
    """What the office proposes to a member and still waits for its answer, or for the other side's."""
    mine = ProposalSide.objects.filter(member=member, proposal__state=ProposalState.OPEN).select_related("proposal")
    others = {
        side.proposal_id: side
        for side in ProposalSide.objects.filter(proposal__in=mine.values("proposal"))
        .exclude(member=member)
        .select_related("member")
    }
    found = []
    for side in mine.order_by("-proposal"):
        other = others[side.proposal_id]
        found.append(
            Proposed(
                key=side.proposal.key,
                partner=other.member if other.named else None,
                words=other.words,
                answer=side.answer,
                expires_on=side.proposal.expires_on,
                made_at=side.proposal.made_at,
            )
        )
    return found


# ------------------------------------------------------------------ export control
def controlled(reasons: list[Reason]) -> list[str]:
    """Offers of a match that their owner has put on the dual-use list, as "3E Word"; each once."""
    marked = [reason for reason in reasons if reason.control == ControlClass.DUAL_USE]
    return sorted({f"{reason.control_number} {reason.offered.name_en}" for reason in marked})


def unsure(reasons: list[Reason]) -> list[Reason]:
    """Reasons whose offer its owner could not classify."""
    return [reason for reason in reasons if reason.control == ControlClass.UNSURE]


def confirmed(member: int, partner: int) -> bool:
    """Whether this side has confirmed towards that one."""
    return ExportConfirmation.objects.filter(member=member, partner=partner).exists()


# ------------------------------------------------------------------ who is written to
def hears(member: int) -> list[User]:
    """Who reads the letters of a member about matchmaking: its representatives."""
    return representatives(member)


# ------------------------------------------------------------------ what the timetable looks at
def interests_over(on: date) -> QuerySet[Interest, int]:
    """Waiting interests whose last day has passed."""
    return Interest.objects.waiting().filter(expires_on__lt=on).order_by("pk").values_list("pk", flat=True)


def interests_to_remind(on: date) -> QuerySet[Interest, int]:
    """Unanswered interests whose last day is near."""
    soon = Interest.objects.open().filter(expires_on__gte=on, expires_on__lte=on + timedelta(days=REMIND_DAYS))
    return soon.order_by("pk").values_list("pk", flat=True)


def proposals_over(on: date) -> QuerySet[Proposal, int]:
    """Proposals that were not answered by both in time."""
    over = Proposal.objects.filter(state=ProposalState.OPEN, expires_on__lt=on)
    return over.order_by("pk").values_list("pk", flat=True)


def proposals_to_remind(on: date) -> QuerySet[ProposalSide, int]:
    """Sides that have not answered a proposal whose last day is near."""
    sides = ProposalSide.objects.filter(
        answer=Answer.WAITING,
        proposal__state=ProposalState.OPEN,
        proposal__expires_on__gte=on,
        proposal__expires_on__lte=on + timedelta(days=REMIND_DAYS),
    )
    return sides.order_by("pk").values_list("pk", flat=True)


def both_take_part(one: int, other: int) -> bool:
    return MatchProfile.objects.filter(pk__in=(one, other)).count() == 2


def today() -> date:
    return timezone.localdate()
