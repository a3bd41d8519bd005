"""Interests, proposals and introductions as one side sees them, and what the timetable has to look at."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, QuerySet
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

    @property
    def waits(self) -> bool:
        return self.state == InterestState.OPEN

    @property
    def label(self) -> str:
        """The state in words."""
        return str(InterestState(self.state).label)


def rows_sent_by(member: int) -> QuerySet[Interest]:
    """What a member has sent, newest first; show each row `as_sent` only."""
    rows = Interest.objects.filter(member=member).select_related(
        "partner", "about", "introduction__first", "introduction__second"
    )
    return rows.order_by("-id")


def sent_by(member: int) -> list[Sent]:
    """What a member has sent, as it may know it."""
    return [as_sent(row) for row in rows_sent_by(member)]


def as_sent(row: Interest) -> Sent:
    """An interest without what its sender must not learn: that it was declined, and so that a side left meanwhile."""
    state = row.state
    if state == InterestState.DECLINED:
        state = InterestState.EXPIRED if row.told_at else InterestState.OPEN
    elif state == InterestState.ENDED:  # a declined one reads "no answer came" at that moment: so must this
        state = InterestState.EXPIRED
    return Sent(row.key, row.partner, row.about, row.message, state, row.sent_at, row.expires_on, row.introduction)


def received_by(member: int) -> QuerySet[Interest]:
    """What waits for this member's answer, the oldest first. Interests that their sender took back are not in it."""
    return (
        Interest.objects.open()
        .filter(partner=member, member__match_profile__isnull=False)
        .select_related("member", "about")
        .order_by("id")
    )


def answered_by(member: int) -> QuerySet[Interest]:
    """What this member has answered, newest first. Whoever declined finds it here for its own memory."""
    answered = Interest.objects.filter(partner=member, state__in=(InterestState.ACCEPTED, InterestState.DECLINED))
    return answered.select_related("member", "about", "introduction", "answered_by").order_by("-answered_at", "-id")


def interest_of(key: UUID) -> Interest | None:
    """One interest with both sides."""
    return (
        Interest.objects.select_related("member", "partner", "about", "introduction", "answered_by")
        .filter(key=key)
        .first()
    )


def introductions_of(member: int) -> QuerySet[Introduction]:
    """Introductions of a member, newest first, with their stages."""
    return Introduction.objects.of(member).select_related("first", "second").prefetch_related("stages").order_by("-id")


def introduction_of(key: UUID) -> Introduction | None:
    """One introduction with both sides and everything that they have told."""
    stages = Prefetch("stages", Stage.objects.select_related("member"))
    return Introduction.objects.select_related("first", "second").prefetch_related(stages).filter(key=key).first()


def stage_of(introduction: Introduction, member: int) -> Stage | None:
    """Where one side says they are: the newest of its stages."""
    stages = [stage for stage in introduction.stages.all() if stage.member_id == member]
    return stages[-1] if stages else None


@dataclass(frozen=True)
class Proposed:
    """A proposal of the office as one side may know it. `partner` is None while the other side is not named.

    `state` is open, made or over: why nothing came of it stays between the other side and the office. `other` is the
    id of the other side, for what the portal looks up itself; no page shows it.
    """

    key: UUID
    partner: Organisation | None
    words: str
    answer: str
    expires_on: date
    made_at: datetime
    state: str
    introduction: UUID | None
    pk: int = field(repr=False)
    other: int = field(repr=False)

    @property
    def open(self) -> bool:
        return self.state == ProposalState.OPEN

    @property
    def answer_label(self) -> str:
        return str(Answer(self.answer).label)


def proposals_to(member: int) -> list[Proposed]:
    """What the office proposes to a member and still waits for its answer, or for the other side's."""
    return _proposed(ProposalSide.objects.filter(member=member, proposal__state=ProposalState.OPEN), member)


def proposal_to(member: int, key: UUID) -> Proposed | None:
    """One proposal, whatever has become of it."""
    return next(iter(_proposed(ProposalSide.objects.filter(member=member, proposal__key=key), member)), None)


def _proposed(mine: QuerySet[ProposalSide], member: int) -> list[Proposed]:
    """The own sides first, then the other side of just these: one may be made, or answered, in between."""
    sides = list(mine.select_related("proposal__introduction").order_by("-proposal"))
    both = ProposalSide.objects.filter(proposal__in=[side.proposal_id for side in sides])
    others = {side.proposal_id: side for side in both.exclude(member=member).select_related("member")}
    return [_as_proposed(side, others[side.proposal_id]) for side in sides]


def _as_proposed(mine: ProposalSide, other: ProposalSide) -> Proposed:
    proposal = mine.proposal
    shown = {ProposalState.OPEN: "open", ProposalState.MADE: "made"}
    return Proposed(
        key=proposal.key,
        partner=other.member if other.named or proposal.state == ProposalState.MADE else None,
        words=other.words,
        answer=mine.answer,
        expires_on=proposal.expires_on,
        made_at=proposal.made_at,
        state=shown.get(ProposalState(proposal.state), "over"),
        introduction=proposal.introduction.key if proposal.introduction else None,
        pk=proposal.pk,
        other=other.member_id,
    )


# ------------------------------------------------------------------ export control
def controlled(reasons: list[Reason]) -> list[str]:
    """Offers of a match on the dual-use list, as "3E Word" in the reader's language; each once."""
    marked = [reason for reason in reasons if reason.control == ControlClass.DUAL_USE]
    return sorted({f"{reason.control_number} {reason.offered.name}" for reason in marked})


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
