"""The letters of matchmaking: one function each, written in the transaction of its cause.

The words are in templates/matchmaking/emails/<letter>.{subject.txt,body.txt,body.html}. Each leads to the page where it
is answered, or where one sees what came of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster_portal.common import outbox, topics
from cluster_portal.common.models import OutgoingMail, User
from cluster_portal.common.visibility import viewer
from matchmaking.enums import Answer, LetterRhythm
from matchmaking.models import CallInvitation, Interest, Introduction, Opportunity, Proposal, ProposalSide
from matchmaking.queries.contacts import contacts_of
from matchmaking.queries.digest import NewMatches
from matchmaking.queries.introductions import hears
from matchmaking.queries.reasons import Reason
from matchmaking.queries.searches import Found
from members.emails import link
from members.models import Organisation
from members.queries.adhesion import office_people


def _to(member: int, letter: str, cause: str, about: Interest | Introduction | Proposal, **context: Any) -> None:
    for person in hears(member):
        outbox.post(f"matchmaking/{letter}", person, cause=f"{letter}:{cause}", about=about, **context)


def _about_interest(member: int, letter: str, interest: Interest) -> None:
    here = link("matchmaking:interest", interest.key)
    _to(member, letter, f"{interest.pk}", interest, interest=interest, link=here)


def interest_received(interest: Interest) -> None:
    """To the member that was asked: who, about what, in which words, until when."""
    _about_interest(interest.partner_id, "interest_received", interest)


def interest_reminder(interest: Interest) -> None:
    """To the member that was asked, once: the interest is about to run out."""
    _about_interest(interest.partner_id, "interest_reminder", interest)


def interest_expired(interest: Interest) -> None:
    """To the sender: no answer came. The same words whether the other side said no or nothing."""
    _about_interest(interest.member_id, "interest_expired", interest)


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
            contacts=contacts_of(theirs, yes[theirs.pk], viewer(member=True, own=[mine.pk], partners=[theirs.pk])),
            link=link("matchmaking:introduction", introduction.key),
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
        link=link("matchmaking:proposal", side.proposal.key),
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


# ------------------------------------------------------------------ letters that people choose
SEARCHES = topics.offer(
    "matchmaking.searches",
    _("Opportunities for your searches"),
    _("Offers and needs that are new on the board and fit a search that you keep."),
)
DIGEST = topics.offer(
    "matchmaking.digest",
    _("New matches"),
    _("Once a week, partners that have come to match the member you act for."),
)
MOST_LISTED = 30
"""Opportunities that one letter names; of more it gives the number."""


@dataclass(frozen=True)
class Line:
    """An opportunity as a letter names it."""

    item: Opportunity
    searches: list[str]
    link: str


def opportunities(person: User, rhythm: str, found: Sequence[Found]) -> bool:
    """To a person: what is new on the board for their searches; whether a letter was written.

    The letter written at once is named after its oldest opportunity, which is told in no other one; the weekly one
    after its week.
    """
    first = min(one.item.pk for one in found)
    cause = _week(timezone.localdate()) if rhythm == LetterRhythm.WEEKLY else str(first)
    lines = [Line(one.item, one.searches, link("matchmaking:opportunity", one.item.key)) for one in found[:MOST_LISTED]]
    mail = outbox.post(
        "matchmaking/opportunities",
        person,
        cause=f"opportunities:{rhythm}:{cause}",
        topic=SEARCHES,
        lines=lines,
        more=len(found) - len(lines),
        total=len(found),
        weekly=rhythm == LetterRhythm.WEEKLY,
        link=link("matchmaking:opportunities"),
        choices_link=link("matchmaking:searches"),
    )
    return isinstance(mail, OutgoingMail)


def new_matches(person: User, found: Sequence[NewMatches]) -> bool:
    """To a person: matches of their members that they have not been told of; whether a letter was written."""
    mail = outbox.post(
        "matchmaking/new_matches",
        person,
        cause=f"new_matches:{_week(timezone.localdate())}",
        topic=DIGEST,
        members=found,
        total=sum(len(one.matches) for one in found),
        link=link("matchmaking:index"),
        choices_link=link("matchmaking:searches"),
    )
    return isinstance(mail, OutgoingMail)


def _week(on: date) -> str:
    year, week, _day = on.isocalendar()
    return f"{year}-{week}"


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
