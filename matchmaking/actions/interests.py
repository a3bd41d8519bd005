"""Double opt-in: a member expresses interest, the other side answers, and only a yes of both makes an introduction."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.actions.export_control import care
from matchmaking.actions.introductions import introduce
from matchmaking.actions.pairs import in_matching, lock, speaking
from matchmaking.enums import InterestState, Origin, ProposalState
from matchmaking.models import Interest, Introduction, Proposal
from matchmaking.queries.reasons import common_ground
from members.models import Organisation, Tag
from members.rules.errors import RuleError

DAYS = 30
"""How long an interest waits for its answer."""
MOST_WAITING = 20
"""Interests of one member that wait at a time: a letter to a stranger is not free."""


@transaction.atomic
def express_interest(
    member: int, partner: int, *, by: User, message: str, about: int | None = None, confirms: bool = False
) -> Interest:
    """Say for `member` that it would like to meet `partner`; its contacts will be shown if the other side says yes too.

    When the other side has said the same already, or does so at the same instant, the two are introduced.
    `confirms`: that no controlled technology is exchanged without authorisation, where the match asks for it.
    """
    sides = lock(member, partner)
    speaking(by, member)
    in_matching(member, partner)
    if not message.strip():
        raise RuleError("message_missing")
    _free_to_express(member, partner)
    touched = care(sides[member], sides[partner], common_ground(member, partner), by=by, confirms=confirms)
    interest = Interest.objects.create(
        member=sides[member],
        partner=sides[partner],
        about=Tag.objects.filter(pk=about).first() if about else None,
        message=message.strip(),
        sent_by=by,
        expires_on=timezone.localdate() + timedelta(days=DAYS),
    )
    audit.record("interest_expressed", interest, by=by)
    returned = Interest.objects.waiting().select_for_update().filter(member=partner, partner=member).first()
    if returned is None:
        emails.interest_received(interest)
    else:
        _accept([interest, returned], returned, by=by, touched=touched)
    return interest


def _free_to_express(member: int, partner: int) -> None:
    if Introduction.objects.live().between(member, partner).exists():
        raise RuleError("introduced_already")
    waiting = Interest.objects.waiting().filter(member=member)
    if waiting.filter(partner=partner).exists():
        raise RuleError("interest_waits")
    if waiting.count() >= MOST_WAITING:
        raise RuleError("too_many_interests", {"most": MOST_WAITING})


def _opened(pk: int) -> tuple[Interest, dict[int, Organisation]]:
    """The interest with both sides locked: the organisations first, as everywhere."""
    ends = Interest.objects.values_list("member_id", "partner_id").get(pk=pk)
    sides = lock(*ends)
    return Interest.objects.select_for_update().get(pk=pk), sides


@transaction.atomic
def accept_interest(pk: int, *, by: User, confirms: bool = False) -> Introduction:
    """Say yes for the member that was asked: both are introduced, and from now on see each other's contacts.

    Who declined before may think better of it while the other side still waits.
    """
    interest, sides = _opened(pk)
    speaking(by, interest.partner_id)
    if not Interest.objects.waiting().filter(pk=pk).exists():
        raise RuleError("interest_over")
    in_matching(interest.partner_id, interest.member_id)
    partner, member = sides[interest.partner_id], sides[interest.member_id]
    touched = care(partner, member, common_ground(partner.pk, member.pk), by=by, confirms=confirms)
    return _accept([interest], interest, by=by, touched=touched)


def _accept(interests: list[Interest], answered: Interest, *, by: User, touched: bool) -> Introduction:
    """Introduce the two. `answered` is the interest to which `by` said yes."""
    introduction = introduce(
        {answered.member_id: (answered.sent_by, answered.sent_at), answered.partner_id: (by, timezone.now())},
        origin=Origin.INTEREST,
        controlled=touched,
        by=by,
    )
    for interest in interests:
        interest.state, interest.introduction = InterestState.ACCEPTED, introduction
        interest.answered_by, interest.answered_at, interest.reason = by, timezone.now(), ""
        interest.save()
        audit.record("interest_accepted", interest, by=by)
    return introduction


@transaction.atomic
def decline_interest(pk: int, *, by: User, reason: str = "") -> Interest:
    """Say no, in silence: the sender goes on waiting and learns on the last day that no answer came.

    The reason is for the member's own memory and for the office.
    """
    interest, _sides = _opened(pk)
    speaking(by, interest.partner_id)
    if interest.state == InterestState.DECLINED:
        return interest
    if interest.state != InterestState.OPEN:
        raise RuleError("interest_over")
    interest.state, interest.reason = InterestState.DECLINED, reason.strip()
    interest.answered_by, interest.answered_at = by, timezone.now()
    interest.save()
    audit.record("interest_declined", interest, by=by)
    return interest


@transaction.atomic
def withdraw_interest(pk: int, *, by: User) -> Interest:
    """Take an interest back while it waits; whether the other side has declined is not to be learnt this way."""
    interest, _sides = _opened(pk)
    speaking(by, interest.member_id)
    if interest.state == InterestState.WITHDRAWN:
        return interest
    if not Interest.objects.waiting().filter(pk=pk).exists():
        raise RuleError("interest_over")
    interest.state = InterestState.WITHDRAWN
    interest.save(update_fields=["state"])
    audit.record("interest_withdrawn", interest, by=by)
    return interest


@transaction.atomic
def expire_interest(pk: int) -> None:
    """End an interest whose last day has passed, answered in silence or not at all: the sender reads the same words."""
    interest, _sides = _opened(pk)
    if interest.expires_on < timezone.localdate() and Interest.objects.waiting().filter(pk=pk).exists():
        _end_unanswered(interest, InterestState.EXPIRED)
        emails.interest_expired(interest)


def _end_unanswered(interest: Interest, state: InterestState) -> None:
    interest.told_at = timezone.now()
    if interest.state == InterestState.OPEN:
        interest.state = state
    interest.save(update_fields=["state", "told_at"])
    audit.record(f"interest_{state}", interest, by=None)


@transaction.atomic
def remind_interest(pk: int) -> None:
    """Write to the side that has not answered yet; once."""
    interest = Interest.objects.select_related("member", "partner", "about").get(pk=pk)
    if interest.state == InterestState.OPEN:
        emails.interest_reminder(interest)


def end_waiting(organisation: int) -> None:
    """End what waits between this organisation and others: it has left matchmaking or is in good standing no more.

    Runs inside the transaction of the cause, with the organisation locked. Who waits for it reads that no answer came.
    """
    waiting = Interest.objects.waiting().filter(Q(member=organisation) | Q(partner=organisation))
    for interest in waiting.select_for_update(of=("self",)).select_related("member", "partner", "about").order_by("pk"):
        _end_unanswered(interest, InterestState.ENDED)
        if interest.partner_id == organisation:
            emails.interest_expired(interest)
    proposals = Proposal.objects.filter(state=ProposalState.OPEN, sides__member=organisation)
    for proposal in proposals.select_for_update(of=("self",)).order_by("pk"):
        proposal.state = ProposalState.ENDED
        proposal.save(update_fields=["state"])
        audit.record("proposal_ended", proposal, by=None)
        emails.proposal_over(proposal, leaving=organisation)
