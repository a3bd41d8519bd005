"""Every letter of matchmaking, in the world of the other letters: its organisation and a partner that it may meet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from matchmaking import emails
from matchmaking.models import Call, CallInvitation, Interest, Introduction, Opportunity, Proposal, ProposalSide
from matchmaking.queries.digest import NewMatches, Told
from matchmaking.queries.reasons import Reason, Relation
from matchmaking.queries.searches import Found
from members.enums import AccessRole
from members.models import Organisation, Person, Representation, Tag
from tests import factories
from tests.letters.cases import TODAY, World

MESSAGE = "Am citit despre radioul dumneavoastră și avem un laborator de încercări."


def _partner(world: World) -> Organisation:
    """The other side; nobody hears for it, so each letter goes to one person."""
    return factories.an_organisation(
        "Institutul de Radio Militar", slug="institutul-de-radio", side="defence", email="radio@example.org", phone=""
    )


def _interest(world: World, *, sent: bool = False) -> Interest:
    """From the partner to the organisation, or (`sent`) the other way round."""
    Representation.objects.create(organisation=world.organisation, user=world.applicant, role=AccessRole.REPRESENTATIVE)
    ends = (world.organisation, _partner(world)) if sent else (_partner(world), world.organisation)
    return Interest(
        pk=1,
        key=UUID(int=1),
        member=ends[0],
        partner=ends[1],
        about=Tag.objects.get(code="c2-sdr"),
        message=world.resolution.motive if world.resolution.motive.startswith("<") else MESSAGE,
        sent_at=TODAY,
        expires_on=date(2026, 10, 21),
    )


def _introduced(*, controlled: bool) -> Callable[[World], None]:
    def send(world: World) -> None:
        interest = _interest(world)
        partner = interest.member
        Person.objects.create(
            organisation=partner, role="technical", full_name="Ana Undă", email="ana@example.org", phone="0269 123 456"
        )
        Organisation.objects.filter(pk=partner.pk).update(show_contact="contact", show_people="contact")
        partner.refresh_from_db()
        first, second = sorted((world.organisation, partner), key=lambda one: one.pk)
        introduction = Introduction(pk=1, key=UUID(int=1), first=first, second=second, controlled=controlled)
        emails.introduced(introduction, {partner.pk: world.director, world.organisation.pk: world.applicant})

    return send


def _proposal(world: World, *, named: bool, answer: dict[str, Any] | None = None) -> ProposalSide:
    """The side of the organisation in a proposal."""
    interest = _interest(world)
    proposal = Proposal.objects.create(key=UUID(int=1), made_by=world.director, expires_on=date(2026, 10, 21))
    words = (
        world.resolution.motive if world.resolution.motive.startswith("<") else "Caută un radio definit prin software."
    )
    ProposalSide.objects.create(proposal=proposal, member=interest.member, named=named, words=words)
    return ProposalSide.objects.create(
        proposal=proposal, member=world.organisation, words="Face radiouri.", **(answer or {})
    )


def _over(*, named: bool) -> Callable[[World], None]:
    def send(world: World) -> None:
        yes = {"answer": "yes", "answered_by": world.applicant, "answered_at": TODAY}
        emails.proposal_over(_proposal(world, named=named, answer=yes).proposal)

    return send


def _unsure(world: World) -> None:
    factories.an_office_person("birou@example.org", full_name="Camelia Birou", language=world.applicant.language)
    tag = Tag.objects.get(code="c2-sdr")
    reason = Reason(
        partner=2, mine=True, need=tag, met_at=tag, offered=tag, relation=Relation.EXACT, must=True, trl_asked=7,
        trl_offered=8, maturity=1.0, references=2, mentions=2, of=40, covered=1.0, points=0.3, need_item=1,
        offered_item=2, control="unsure", control_number="",
    )  # fmt: skip
    emails.control_unsure(reason, world.organisation, _partner(world))


def _opportunities(rhythm: str) -> Callable[[World], None]:
    """A need and an offer of the organisation, told to the director."""

    def send(world: World) -> None:
        words = world.resolution.motive if world.resolution.motive.startswith("<") else "Căutăm radiouri portabile."
        values = {"note_ro": words, "note_en": words}
        need = factories.a_capability(
            world.organisation, "c2-sdr", direction="sought", expires_on=date(2026, 12, 1), **values
        )
        offer = factories.a_capability(world.organisation, "serv-emc", trl=7)
        for number, item in enumerate((need, offer), start=1):
            Opportunity.objects.filter(pk=item.pk).update(key=UUID(int=number))
        rows = [Opportunity.objects.select_related("capability__organisation").get(pk=one.pk) for one in (need, offer)]
        emails.opportunities(
            world.director, rhythm, [Found(rows[0], ["Radio", "Nevoi"]), Found(rows[1], ["Încercări"])]
        )

    return send


def _new_matches(world: World) -> None:
    radio, tests = (Tag.objects.get(code=code) for code in ("c2-sdr", "serv-emc"))
    told = Told(_partner(world), 62, [radio], [radio, tests])
    emails.new_matches(world.director, [NewMatches(world.organisation, [told])])


def _invitation(world: World, *, sent: bool = False) -> CallInvitation:
    """From the partner to the organisation, or (`sent`) the other way round."""
    Representation.objects.create(organisation=world.organisation, user=world.applicant, role=AccessRole.REPRESENTATIVE)
    ends = (world.organisation, _partner(world)) if sent else (_partner(world), world.organisation)
    hostile = world.resolution.motive.startswith("<")
    call = Call.objects.create(
        lead=ends[0],
        title=world.resolution.motive[:200] if hostile else "EDF 2027: rețele tactice",
        text="Pe scurt.",
        deadline=date(2026, 11, 30),
        made_by=world.director,
    )
    invitation = CallInvitation.objects.create(
        call=call,
        member=ends[1],
        message=world.resolution.motive if hostile else MESSAGE,
        sent_by=world.director,
        sent_at=TODAY,
        expires_on=date(2026, 10, 5),
    )
    invitation.wanted_for.set(Tag.objects.filter(code__in=["c2-sdr", "serv-emc"]))
    return invitation


CASES: dict[str, Callable[[World], None]] = {
    "interest_received": lambda world: emails.interest_received(_interest(world)),
    "interest_reminder": lambda world: emails.interest_reminder(_interest(world)),
    "interest_expired": lambda world: emails.interest_expired(_interest(world, sent=True)),
    "introduced": _introduced(controlled=False),
    "introduced.controlled": _introduced(controlled=True),
    "proposal_received": lambda world: emails.proposal_received(_proposal(world, named=True).proposal),
    "proposal_received.unnamed": lambda world: emails.proposal_received(_proposal(world, named=False).proposal),
    "proposal_reminder": lambda world: emails.proposal_reminder(_proposal(world, named=True)),
    "proposal_reminder.unnamed": lambda world: emails.proposal_reminder(_proposal(world, named=False)),
    "proposal_over": _over(named=True),
    "proposal_over.unnamed": _over(named=False),
    "control_unsure": _unsure,
    "opportunities": _opportunities("instant"),
    "opportunities.weekly": _opportunities("weekly"),
    "new_matches": _new_matches,
    "call_invited": lambda world: emails.call_invited(_invitation(world)),
    "call_reminder": lambda world: emails.call_reminder(_invitation(world)),
    "call_over": lambda world: emails.call_over(_invitation(world)),
    "call_accepted": lambda world: emails.call_accepted(_invitation(world, sent=True)),
    "call_declined": lambda world: emails.call_declined(_invitation(world, sent=True)),
    "call_unanswered": lambda world: emails.call_unanswered(_invitation(world, sent=True)),
}
