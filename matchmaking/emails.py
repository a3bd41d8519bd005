"""The letters of matchmaking: one function each, written in the transaction of its cause.

The words are in templates/matchmaking/emails/<letter>.{subject.txt,body.txt,body.html}. Until pages of interests are
there, all links lead to the page of matches.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cluster_portal.common import outbox
from cluster_portal.common.models import User
from cluster_portal.common.visibility import viewer
from matchmaking.enums import Answer
from matchmaking.models import CallInvitation, Interest, Introduction, Proposal, ProposalSide
from matchmaking.queries.introductions import hears
from matchmaking.queries.reasons import Reason
from members.emails import link
from members.enums import PersonRole
from members.models import Organisation, Person
from members.queries.adhesion import office_people


def _to(member: int, letter: str, cause: str, about: Interest | Introduction | Proposal, **context: Any) -> None:
    for person in hears(member):
        outbox.post(
            f"matchmaking/{letter}",
            person,
            cause=f"{letter}:{cause}",
            about=about,
            link=link("matchmaking:index"),
            **context,
        )


def interest_received(interest: Interest) -> None:
    """To the member that was asked: who, about what, in which words, until when."""
    _to(interest.partner_id, "interest_received", f"{interest.pk}", interest, interest=interest)


def interest_reminder(interest: Interest) -> None:
    """To the member that was asked, once: the interest is about to run out."""
    _to(interest.partner_id, "interest_reminder", f"{interest.pk}", interest, interest=interest)


def interest_expired(interest: Interest) -> None:
    """To the sender: no answer came. The same words whether the other side said no or nothing."""
    _to(interest.member_id, "interest_expired", f"{interest.pk}", interest, interest=interest)


@dataclass(frozen=True)
class Contacts:
    """What the letter of introduction may say of the other side: its own levels of visibility decide."""

    organisation: Organisation
    person: User
    email: str
    phone: str
    people: tuple[Person, ...]


def _contacts(organisation: Organisation, person: User, reader: int) -> Contacts:
    eyes = viewer(member=True, own=[reader], partners=[organisation.pk])
    shown = eyes.may_see(organisation.show_contact, organisation.pk)
    people: tuple[Person, ...] = ()
    if eyes.may_see(organisation.show_people, organisation.pk):
        roles = (PersonRole.TECHNICAL, PersonRole.EXPORT_CONTROL)
        people = tuple(organisation.people.filter(role__in=roles, ends_on__isnull=True).order_by("id"))
    return Contacts(
        organisation, person, organisation.email if shown else "", organisation.phone if shown else "", people
    )


def introduced(introduction: Introduction, yes: Mapping[int, User]) -> None:
    """To both sides: you have been introduced, this is whom to write to. `yes`: member -> who said it for them."""
    for mine, theirs in ((introduction.first, introduction.second), (introduction.second, introduction.first)):
        _to(
            mine.pk,
            "introduced",
            f"{introduction.pk}:{mine.pk}",
            introduction,
            introduction=introduction,
            mine=mine,
            contacts=_contacts(theirs, yes[theirs.pk], mine.pk),
            profile_link=link("members:profile", theirs.slug),
        )


def proposal_received(proposal: Proposal) -> None:
    """To both sides: the office proposes a partner. The name is in it only when the other side is named."""
    for side in proposal.sides.select_related("member"):
        _to_side(side, "proposal_received")


def proposal_reminder(side: ProposalSide) -> None:
    """To a side that has not answered, once."""
    _to_side(side, "proposal_reminder")


def _to_side(side: ProposalSide, letter: str) -> None:
    other = side.proposal.sides.select_related("member").exclude(pk=side.pk).get()
    _to(
        side.member_id,
        letter,
        f"{side.pk}",
        side.proposal,
        proposal=side.proposal,
        partner=other.member if other.named else None,
        words=other.words,
    )


def proposal_over(proposal: Proposal, *, leaving: int | None = None) -> None:
    """To a side that had said yes: nothing comes of it. Why stays between the other side and the office."""
    for side in proposal.sides.select_related("member"):
        if side.answer == Answer.YES and side.member_id != leaving:
            _to_side(side, "proposal_over")


def control_unsure(reason: Reason, member: Organisation, partner: Organisation) -> None:
    """To the office, as compliance contact: two members want to meet about an offer that nobody has classified."""
    first, second = sorted((member.pk, partner.pk))
    for person in office_people():
        outbox.post(
            "matchmaking/control_unsure",
            person,
            cause=f"control_unsure:{reason.offered_item}:{first}:{second}",
            about=member,
            offer=reason.offered,
            member=member,
            partner=partner,
            link=link("members:profile", (partner if reason.mine else member).slug),
        )


# ------------------------------------------------------------------ consortia
def _of_call(invitation: CallInvitation, letter: str, *, to_lead: bool) -> None:
    call = invitation.call
    page = ("matchmaking:call", call.key) if to_lead else ("matchmaking:call-invitation", invitation.key)
    for person in hears(call.lead_id if to_lead else invitation.member_id):
        outbox.post(
            f"matchmaking/{letter}",
            person,
            cause=f"{letter}:{invitation.pk}",
            about=invitation,
            link=link(*page),
            invitation=invitation,
            call=call,
            places=list(invitation.wanted_for.order_by("position")),
        )


def call_invited(invitation: CallInvitation) -> None:
    """To the invited member: who invites, to which call, what for, until when. Nothing about others."""
    _of_call(invitation, "call_invited", to_lead=False)


def call_reminder(invitation: CallInvitation) -> None:
    """To the invited member, once: the invitation is about to run out."""
    _of_call(invitation, "call_reminder", to_lead=False)


def call_over(invitation: CallInvitation) -> None:
    """To the invited member: taken back, or the call is closed, or its lead has left."""
    _of_call(invitation, "call_over", to_lead=False)


def call_accepted(invitation: CallInvitation) -> None:
    """To the lead: a yes."""
    _of_call(invitation, "call_accepted", to_lead=True)


def call_declined(invitation: CallInvitation) -> None:
    """To the lead: a no, without its reason."""
    _of_call(invitation, "call_declined", to_lead=True)


def call_unanswered(invitation: CallInvitation) -> None:
    """To the lead: no answer came in time."""
    _of_call(invitation, "call_unanswered", to_lead=True)
