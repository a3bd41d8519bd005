"""Every letter of membership with the same invented people and days, so that its whole text can be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from cluster_portal.common.models import User
from members import emails
from members.enums import AccessRole, DecidingBody
from members.models import (
    AdhesionRequest,
    Capability,
    ChangeRequest,
    Invitation,
    Organisation,
    Representation,
    Resolution,
    Round,
    Seat,
    Tag,
    TagSuggestion,
)
from members.queries.statute import statute_in_force
from tests import factories

BUCHAREST = ZoneInfo("Europe/Bucharest")
TODAY = datetime(2026, 9, 21, 10, 30, tzinfo=BUCHAREST)
HOSTILE = "<script>alert('x')</script> & \"Co\""


@dataclass
class World:
    """An organisation on its way into the cluster, seen by its applicant and by a director."""

    applicant: User
    director: User
    organisation: Organisation
    request: AdhesionRequest
    vote: Round
    seat: Seat
    resolution: Resolution
    invitation: Invitation
    change: ChangeRequest


def a_world(language: str, name: str = "Atelierul de Lut SRL", words: str = "Lipsește dovada contribuției.") -> World:
    """Rows that a letter looks up are in the database; what it only prints is not."""
    applicant = factories.a_user("ilinca@example.org", full_name="Ilinca Vrânceanu", language=language)
    president = factories.a_director("p@example.org", "president", full_name="Petru Sârbu", language=language)
    director = factories.a_director("d@example.org", full_name="Dana Țepeș", language=language)
    organisation = factories.an_organisation(name, slug="atelierul-de-lut")
    statute = statute_in_force()
    request = AdhesionRequest.objects.create(organisation=organisation, applicant=applicant)
    request.number, request.statute, request.membership_type_id = "2026-031", statute, "associate"
    request.completion_due_on = date(2026, 10, 21)
    request.objections_until = date(2026, 10, 6)
    request.decision_due_on = date(2026, 10, 21)
    closes_at = datetime(2026, 9, 28, 23, 59, tzinfo=BUCHAREST)
    vote = Round(pk=1, request=request, statute=statute, number=1, opened_by=president, closes_at=closes_at)
    resolution = Resolution(
        pk=1, year=2026, number=12, request=request, round=vote, statute=statute, motive=words, decided_at=TODAY
    )
    return World(
        applicant=applicant,
        director=director,
        organisation=organisation,
        request=request,
        vote=vote,
        seat=Seat(round=vote, user=director),
        resolution=resolution,
        invitation=Invitation(
            pk=1,
            organisation=organisation,
            email="coleg@example.org",
            role=AccessRole.CONTRIBUTOR,
            invited_by=applicant,
            expires_at=datetime(2026, 10, 5, 10, 30, tzinfo=BUCHAREST),
        ),
        change=ChangeRequest(
            pk=1,
            organisation=organisation,
            changes={"legal_name": ["Atelierul de Lut SRL", "Lut și Foc SRL"], "trade_register": ["", "J40/1/2020"]},
            state="accepted",
            asked_by=applicant,
            asked_at=TODAY,
        ),
    )


def _returned(world: World) -> None:
    items = [
        {
            "name_ro": "Certificat constatator ONRC",
            "name_en": "Trade register excerpt",
            "note": "Este mai vechi de 90 de zile.",
        },
        {"name_ro": "Act constitutiv", "name_en": "Articles of association", "note": ""},
        {"name_ro": "", "name_en": "", "note": world.resolution.motive},
    ]
    emails.adhesion_returned(world.request, 1, items, "Vă rugăm să ne scrieți dacă aveți întrebări.")


def _complete_at_once(world: World) -> None:
    world.request.objections_until = None
    emails.adhesion_complete(world.request, 1)


def _meeting(world: World) -> None:
    world.vote.procedure = "meeting"
    emails.board_asked(world.vote, world.seat)


def _by_the_assembly(send: Callable[[AdhesionRequest, Resolution], None]) -> Callable[[World], None]:
    def letter(world: World) -> None:
        world.resolution.body = DecidingBody.ASSEMBLY
        send(world.request, world.resolution)

    return letter


def _rejected(request: AdhesionRequest, resolution: Resolution) -> None:
    emails.adhesion_rejected(request, resolution, date(2026, 9, 21))


def _capability(world: World, direction: str) -> Capability:
    """Something that the organisation states, with its representative to hear of it."""
    Representation.objects.create(organisation=world.organisation, user=world.applicant, role=AccessRole.REPRESENTATIVE)
    tag = Tag.objects.get(code="c2-sdr")
    ends = date(2026, 10, 1)
    return Capability(pk=1, organisation=world.organisation, tag=tag, direction=direction, expires_on=ends)


def _unsure(world: World) -> None:
    factories.an_office_person("birou@example.org", full_name="Camelia Birou", language=world.applicant.language)
    emails.classification_unsure(_capability(world, "offered"), 1)


def _refused(world: World) -> None:
    world.change.state, world.change.answer = "refused", world.resolution.motive
    emails.change_answered(world.change)


def _suggestion(world: World, state: str) -> TagSuggestion:
    word = None if state == "declined" else Tag(pk=1, code="swarms", name_ro="Roiuri", name_en="Swarms")
    return TagSuggestion(
        pk=1,
        organisation=world.organisation,
        direction="offered",
        name="Roiuri de drone",
        state=state,
        word=word,
        answer=world.resolution.motive if state == "declined" else "",
        asked_by=world.applicant,
        asked_at=TODAY,
    )


CASES: dict[str, Callable[[World], None]] = {
    "adhesion_received": lambda world: emails.adhesion_received(world.request, 1),
    "adhesion_returned": _returned,
    "adhesion_complete": lambda world: emails.adhesion_complete(world.request, 1),
    "adhesion_complete.at_once": _complete_at_once,
    "adhesion_lapsed": lambda world: emails.adhesion_lapsed(world.request, 1),
    "adhesion_adjourned.tie": lambda world: emails.adhesion_adjourned(world.request, 1, "tie"),
    "adhesion_adjourned.no_quorum": lambda world: emails.adhesion_adjourned(world.request, 1, "no_quorum"),
    "adhesion_adjourned.too_few": lambda world: emails.adhesion_adjourned(world.request, 1, "too_few"),
    "adhesion_adjourned.meeting": lambda world: emails.adhesion_adjourned(world.request, 1, "meeting"),
    "adhesion_approved": lambda world: emails.adhesion_approved(world.request, world.resolution),
    "adhesion_approved.appeal": _by_the_assembly(emails.adhesion_approved),
    "adhesion_rejected": lambda world: _rejected(world.request, world.resolution),
    "adhesion_rejected.appeal": _by_the_assembly(_rejected),
    "board_asked": lambda world: emails.board_asked(world.vote, world.seat),
    "board_asked.meeting": _meeting,
    "board_reminded": lambda world: emails.board_reminded(world.vote, world.seat, date(2026, 9, 24)),
    "decision_overdue": lambda world: emails.decision_overdue(world.request, world.seat.user, date(2026, 11, 2)),
    "colleague_invited": lambda world: emails.colleague_invited(world.invitation, "the-key", world.applicant.language),
    "change_answered.accepted": lambda world: emails.change_answered(world.change),
    "change_answered.refused": _refused,
    "classification_unsure": _unsure,
    "suggestion_answered.promoted": lambda world: emails.suggestion_answered(_suggestion(world, "promoted")),
    "suggestion_answered.merged": lambda world: emails.suggestion_answered(_suggestion(world, "merged")),
    "suggestion_answered.declined": lambda world: emails.suggestion_answered(_suggestion(world, "declined")),
    "capability_expiring.offer": lambda world: emails.capability_expiring(_capability(world, "offered")),
    "capability_expiring.need": lambda world: emails.capability_expiring(_capability(world, "sought")),
}
