"""The office brokers: it proposes two members to each other, and neither need be named before both say yes."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.actions.export_control import care
from matchmaking.actions.introductions import introduce
from matchmaking.actions.pairs import in_matching, lock, speaking
from matchmaking.enums import Answer, Origin, ProposalState
from matchmaking.models import Introduction, Proposal, ProposalSide
from matchmaking.permissions import can_broker
from matchmaking.queries.reasons import common_ground
from members.enums import Visibility
from members.models import Capability, Organisation
from members.permissions import forget_standing
from members.rules.errors import RuleError
from members.rules.text import fold

DAYS = 30
SHARED = {Visibility.PUBLIC, Visibility.MEMBERS}


@dataclass(frozen=True)
class Proposed:
    """One side as the office proposes it. `words` is what the other side reads about it; `item` the offer or need."""

    member: int
    words: str
    named: bool = True
    item: int | None = None


@transaction.atomic
def propose(one: Proposed, other: Proposed, *, by: User) -> Proposal:
    """Propose two members to each other. Whose item only the office may see is never named to the other side."""
    sides = lock(one.member, other.member)
    forget_standing(by)
    if not can_broker(by):
        raise RuleError("only_office_brokers")
    in_matching(one.member, other.member)
    if Introduction.objects.live().between(one.member, other.member).exists():
        raise RuleError("introduced_already")
    both = Proposal.objects.filter(state=ProposalState.OPEN, sides__member=one.member)
    if both.filter(pk__in=Proposal.objects.filter(sides__member=other.member)).exists():
        raise RuleError("proposal_waits")
    proposal = Proposal.objects.create(made_by=by, expires_on=timezone.localdate() + timedelta(days=DAYS))
    for side in (one, other):
        _add(proposal, side, sides[side.member])
    audit.record("proposal_made", proposal, by=by)
    emails.proposal_received(proposal)
    return proposal


def _add(proposal: Proposal, side: Proposed, organisation: Organisation) -> None:
    words = side.words.strip()
    if not words:
        raise RuleError("words_missing")
    item = Capability.objects.filter(pk=side.item, organisation=organisation).first() if side.item else None
    named = side.named and (item is None or item.visibility in SHARED)
    if not named:
        _keep_unknown(words, organisation)
    ProposalSide.objects.create(proposal=proposal, member=organisation, item=item, named=named, words=words)


def _keep_unknown(words: str, organisation: Organisation) -> None:
    """Refuse words that say who it is: its names and its addresses on the internet."""
    text = fold(words)
    domain = organisation.website.partition("://")[2].removeprefix("www.").partition("/")[0]
    for name in (organisation.legal_name, organisation.short_name, domain, organisation.email):
        if name and fold(name) in text:
            raise RuleError("words_name_the_owner", {"name": name})


@transaction.atomic
def answer_proposal(
    pk: int, member: int, *, by: User, yes: bool, reason: str = "", confirms: bool = False
) -> Introduction | None:
    """Answer for one side. The second yes introduces the two; a no stays between this side and the office."""
    proposal, sides = _opened(pk)
    if member not in sides:
        raise RuleError("not_your_member")
    speaking(by, member)
    if proposal.state != ProposalState.OPEN:
        raise RuleError("proposal_over")
    rows = {row.member_id: row for row in proposal.sides.select_for_update(of=("self",)).select_related("answered_by")}
    mine = rows.pop(member)
    (theirs,) = rows.values()
    touched = False
    if yes:
        in_matching(member, theirs.member_id)
        # Everything that only the office may see counts too: nothing controlled slips through unseen.
        ground = common_ground(member, theirs.member_id, yours_all=True)
        touched = care(sides[member], sides[theirs.member_id], ground, by=by, confirms=confirms)
    mine.answer, mine.reason = (Answer.YES if yes else Answer.NO), reason.strip()
    mine.answered_by, mine.answered_at = by, timezone.now()
    mine.save()
    audit.record("proposal_answered", proposal, by=by, answer=str(mine.answer))
    if theirs.answer != Answer.YES or not yes:
        return None
    assert theirs.answered_by is not None
    assert theirs.answered_at is not None
    introduction = introduce(
        {member: (by, timezone.now()), theirs.member_id: (theirs.answered_by, theirs.answered_at)},
        origin=Origin.OFFICE,
        controlled=touched,
        by=by,
        brokered_by=proposal.made_by,
    )
    proposal.state, proposal.introduction = ProposalState.MADE, introduction
    proposal.save(update_fields=["state", "introduction"])
    return introduction


def _opened(pk: int) -> tuple[Proposal, dict[int, Organisation]]:
    members = ProposalSide.objects.filter(proposal=pk).values_list("member_id", flat=True)
    sides = lock(*members)
    return Proposal.objects.select_for_update().get(pk=pk), sides


@transaction.atomic
def withdraw_proposal(pk: int, *, by: User) -> Proposal:
    """Take a proposal back while it waits; who said yes is told that nothing comes of it."""
    proposal, _sides = _opened(pk)
    forget_standing(by)
    if not can_broker(by):
        raise RuleError("only_office_brokers")
    if proposal.state == ProposalState.WITHDRAWN:
        return proposal
    _end(proposal, ProposalState.WITHDRAWN, by)
    return proposal


@transaction.atomic
def expire_proposal(pk: int) -> None:
    """End a proposal whose last day has passed; a no and no answer at all read the same to the other side."""
    proposal, _sides = _opened(pk)
    if proposal.state == ProposalState.OPEN and proposal.expires_on < timezone.localdate():
        refused = proposal.sides.filter(answer=Answer.NO).exists()
        _end(proposal, ProposalState.REFUSED if refused else ProposalState.EXPIRED, None)


def _end(proposal: Proposal, state: ProposalState, by: User | None) -> None:
    if proposal.state != ProposalState.OPEN:
        raise RuleError("proposal_over")
    proposal.state = state
    proposal.save(update_fields=["state"])
    audit.record("proposal_withdrawn" if state == ProposalState.WITHDRAWN else "proposal_expired", proposal, by=by)
    emails.proposal_over(proposal)


@transaction.atomic
def remind_proposal(pk: int) -> None:
    """Write to a side that has not answered yet; once."""
    side = ProposalSide.objects.select_related("proposal", "member").get(pk=pk)
    if side.answer == Answer.WAITING and side.proposal.state == ProposalState.OPEN:
        emails.proposal_reminder(side)
