"""The letters of matchmaking: one function each, written in the transaction of its cause.

The words are in templates/matchmaking/emails/<letter>.{subject.txt,body.txt,body.html}. Each leads to the page where it
is answered, or where one sees what came of it.
"""

from collections.abc import Mapping
from typing import Any

from cluster_portal.common import outbox
from cluster_portal.common.models import User
from cluster_portal.common.visibility import viewer
from matchmaking.enums import Answer
from matchmaking.models import Interest, Introduction, Proposal, ProposalSide
from matchmaking.queries.contacts import contacts_of
from matchmaking.queries.introductions import hears
from matchmaking.queries.reasons import Reason
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
