"""Invitations to a consortium: sent by the lead of a call, answered by the member, ended by the timetable."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.actions.calls import opened, seated
from matchmaking.actions.export_control import care
from matchmaking.actions.introductions import introduce
from matchmaking.actions.pairs import in_matching, lock, speaking
from matchmaking.enums import InvitationState, Origin
from matchmaking.models import Call, CallInvitation, Introduction
from matchmaking.queries.consortium import grounds
from matchmaking.queries.reasons import common_ground
from members.models import Organisation
from members.rules.errors import RuleError


@dataclass(frozen=True)
class Wanted:
    """A member to invite, and the places of the call for which it is wanted (tags)."""

    member: int
    tags: tuple[int, ...] = ()


@transaction.atomic
def invite(
    pk: int, wanted: Sequence[Wanted], *, by: User, message: str = "", confirms: bool = False
) -> list[CallInvitation]:
    """Invite one member or a whole team. Who has been invited to this call before is passed over, so that a second
    click does no harm; a team larger than the call allows is refused whole.

    `confirms`: that no controlled technology is exchanged without authorisation, where offers of a side ask for it.
    """
    call, sides = opened(pk, *(one.member for one in wanted))
    speaking(by, call.lead_id)
    if call.deadline < timezone.localdate():
        raise RuleError("call_deadline_over")
    known = set(call.invitations.values_list("member_id", flat=True))
    fresh = {one.member: one for one in wanted if one.member not in known and one.member in sides}
    if 1 + seated(call) + len(fresh) > call.size:
        raise RuleError("call_team_full", {"size": call.size})
    return [_invite(call, sides, one, by, message.strip(), confirms) for _pk, one in sorted(fresh.items())]


def _invite(
    call: Call, sides: dict[int, Organisation], one: Wanted, by: User, message: str, confirms: bool
) -> CallInvitation:
    lead, member = sides[call.lead_id], sides[one.member]
    in_matching(lead.pk, member.pk)
    _care(call, lead, member, by=by, confirms=confirms)
    invitation = CallInvitation.objects.create(
        call=call,
        member=member,
        message=message,
        sent_by=by,
        expires_on=min(timezone.localdate() + timedelta(days=call.answer_days), call.deadline),
    )
    invitation.wanted_for.set(call.places.filter(tag__in=one.tags).values_list("tag", flat=True))
    audit.record("call_invitation_sent", invitation, by=by)
    emails.call_invited(invitation)
    return invitation


def _care(call: Call, member: Organisation, partner: Organisation, *, by: User, confirms: bool) -> bool:
    """What either could give the other, and what either brings to the places of the call; whether it is controlled."""
    reasons = [*common_ground(member.pk, partner.pk), *grounds(call, member.pk, partner.pk)]
    return care(member, partner, reasons, by=by, confirms=confirms)


def _opened(pk: int) -> tuple[CallInvitation, dict[int, Organisation]]:
    """The invitation with its call and both sides locked, the organisations first."""
    ends = CallInvitation.objects.values_list("call__lead_id", "member_id", "call_id").get(pk=pk)
    sides = lock(*ends[:2])
    Call.objects.select_for_update().get(pk=ends[2])
    return CallInvitation.objects.select_related("call").select_for_update(of=("self",)).get(pk=pk), sides


@transaction.atomic
def accept_call(pk: int, *, by: User, confirms: bool = False) -> CallInvitation:
    """Say yes for the invited member: it belongs to the team, and is introduced to the lead unless they are already."""
    invitation, sides = _opened(pk)
    call = invitation.call
    speaking(by, invitation.member_id)
    if invitation.state == InvitationState.ACCEPTED:
        return invitation
    if invitation.state != InvitationState.INVITED:
        raise RuleError("call_invitation_over")
    lead, member = sides[call.lead_id], sides[invitation.member_id]
    in_matching(member.pk, lead.pk)
    touched = _care(call, member, lead, by=by, confirms=confirms)
    introduction = Introduction.objects.live().between(lead.pk, member.pk).first()
    if introduction is None:
        introduction = introduce(
            {lead.pk: (invitation.sent_by, invitation.sent_at), member.pk: (by, timezone.now())},
            origin=Origin.CALL,
            controlled=touched,
            by=by,
        )
    _answer(invitation, InvitationState.ACCEPTED, by, introduction=introduction)
    emails.call_accepted(invitation)
    return invitation


@transaction.atomic
def decline_call(pk: int, *, by: User, reason: str = "") -> CallInvitation:
    """Say no. The lead is told that it is a no, so that it can ask somebody else; the reason stays with the member."""
    invitation, _sides = _opened(pk)
    speaking(by, invitation.member_id)
    if invitation.state == InvitationState.DECLINED:
        return invitation
    if invitation.state != InvitationState.INVITED:
        raise RuleError("call_invitation_over")
    invitation.reason = reason.strip()
    _answer(invitation, InvitationState.DECLINED, by)
    emails.call_declined(invitation)
    return invitation


def _answer(
    invitation: CallInvitation, state: InvitationState, by: User, introduction: Introduction | None = None
) -> None:
    invitation.state, invitation.introduction = state, introduction
    invitation.answered_by, invitation.answered_at = by, timezone.now()
    invitation.save()
    audit.record(f"call_invitation_{state}", invitation, by=by)


@transaction.atomic
def withdraw_call_invitation(pk: int, *, by: User) -> CallInvitation:
    """Take an invitation back while it waits; the member is told."""
    invitation, _sides = _opened(pk)
    speaking(by, invitation.call.lead_id)
    if invitation.state == InvitationState.WITHDRAWN:
        return invitation
    if invitation.state != InvitationState.INVITED:
        raise RuleError("call_invitation_over")
    _end(invitation, InvitationState.WITHDRAWN, by)
    emails.call_over(invitation)
    return invitation


def _end(invitation: CallInvitation, state: InvitationState, by: User | None) -> None:
    invitation.state = state
    invitation.save(update_fields=["state"])
    audit.record(f"call_invitation_{state}", invitation, by=by)


@transaction.atomic
def expire_call_invitation(pk: int) -> None:
    """End an invitation whose last day has passed; the lead is told that no answer came."""
    invitation, _sides = _opened(pk)
    if invitation.state == InvitationState.INVITED and invitation.expires_on < timezone.localdate():
        _end(invitation, InvitationState.EXPIRED, None)
        emails.call_unanswered(invitation)


@transaction.atomic
def remind_call_invitation(pk: int) -> None:
    """Write to the invited member that has not answered yet; once."""
    invitation = CallInvitation.objects.select_related("call__lead", "member").get(pk=pk)
    if invitation.state == InvitationState.INVITED:
        emails.call_reminder(invitation)


def end_calls(organisation: int) -> None:
    """End the invitations that wait for this member, and those of its own calls: it has left matchmaking.

    Runs inside the transaction of the cause, with the organisation locked. The other side reads what it would read of
    an invitation without an answer, or of one that was taken back.
    """
    waiting = CallInvitation.objects.open().filter(Q(member=organisation) | Q(call__lead=organisation))
    for invitation in waiting.select_for_update(of=("self",)).select_related("call__lead", "member").order_by("pk"):
        _end(invitation, InvitationState.ENDED, None)
        if invitation.member_id == organisation:
            emails.call_unanswered(invitation)
        else:
            emails.call_over(invitation)
