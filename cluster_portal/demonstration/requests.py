"""Requests of the demonstration in every state, each brought there by the people and the actions that really do it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.demonstration.documents import attach
from cluster_portal.demonstration.organisations import describe, staff
from cluster_portal.demonstration.reading import Company, Scenario
from members.actions import adhesion, board, office
from members.enums import AccessRole, AdhesionState, Procedure
from members.models import AdhesionRequest, Declaration, DeclarationTick, Representation, Round
from members.queries.statute import statute_in_force

AGAINST = (
    "Contribuția nu este dovedită: lipsesc referințe și nu există un partener de service în țară.",
    "Oferta se suprapune cu a doi membri, fără ceva nou.",
    "Organizația nu a răspuns la întrebările secretariatului.",
    "Aștept întâi raportul de încercări promis în cerere.",
)


@dataclass
class Stage:
    """Who is there: the Board in the order of its seats, the office, the applicants, and what they bring."""

    board: list[User]
    office: User
    people: dict[str, User]
    companies: dict[str, Company]
    scenario: Scenario

    def draft(self, key: str, *, documents: int | None = None) -> AdhesionRequest:
        """A draft with everything the statute asks for, or with the first few `documents` only."""
        company = self.companies[key]
        request = adhesion.start_adhesion(by=self.people[key])
        describe(request.organisation, company)
        staff(request.organisation, company, self.people[key], [])
        words = self.scenario.words[key]
        request.contribution, request.motive = words["contribution"], words["motive"]
        request.membership_type_id = "associate"
        request.steps_done = ["organisation", "representative", "role", "evidence"]
        request.save()
        asked = [item.code for item in statute_in_force().parameters.required_documents if item.code != "certs"]
        attach(request, asked[:documents])
        if documents is None:
            DeclarationTick.objects.bulk_create(
                DeclarationTick(
                    request=request, declaration=text, by=request.applicant, language=request.applicant.language
                )
                for text in Declaration.objects.all()
            )
        return request

    def submitted(self, key: str) -> AdhesionRequest:
        request = self.draft(key)
        return adhesion.submit_adhesion(request.pk, by=request.applicant)

    def complete(self, key: str) -> AdhesionRequest:
        """Declared complete; where the statute lets members object, the term has just begun."""
        return office.declare_complete(self.submitted(key).pk, by=self.office)

    def ready(self, key: str) -> AdhesionRequest:
        """Complete, with the term for objections over: its last day is set to yesterday, then the timetable acts."""
        request = self.complete(key)
        if request.state == AdhesionState.OBJECTION:
            yesterday = timezone.localdate() - timedelta(days=1)
            AdhesionRequest.objects.filter(pk=request.pk).update(objections_until=yesterday)
            office.end_objections(request.pk)
        return AdhesionRequest.objects.get(pk=request.pk)

    def voted(self, key: str, choices: str, procedure: str = Procedure.WRITTEN) -> Round:
        """A round in which the directors vote in turn: + for, - against, 0 abstains, . not yet."""
        vote = board.open_round(self.ready(key).pk, by=self.board[0], procedure=procedure)
        words = {"+": "for", "-": "against", "0": "abstain"}
        for index, (director, sign) in enumerate(zip(self.board, choices, strict=False)):
            vote.refresh_from_db()
            if sign not in words or vote.closed_at is not None:
                continue
            board.declare_interest(vote.pk, by=director, has_interest=False)
            motive = AGAINST[index % len(AGAINST)] if sign == "-" else ""
            board.cast_ballot(vote.pk, by=director, choice=words[sign], motive=motive)
        vote.refresh_from_db()
        return vote

    def met(self, key: str, choices: str) -> Round:
        """A meeting: whoever voted was present; the secretary closes the vote."""
        vote = self.voted(key, choices, Procedure.MEETING)
        secretary = self.board[2]
        present = [seat.pk for seat in vote.seats.all() if seat.ballots.exists()]
        board.record_presence(vote.pk, by=secretary, seats=present)
        board.close_meeting(vote.pk, by=secretary)
        return vote


def play(stage: Stage) -> None:
    """Bring every request of the scenario to its state."""
    paths: dict[str, Callable[[str], object]] = {
        "approved": lambda key: stage.voted(key, "++++" if len(key) % 2 else "+0++++"),
        "approved_at_a_meeting": lambda key: stage.met(key, "+++-+."),
        "draft": lambda key: stage.draft(key, documents=3),
        "submitted": stage.submitted,
        "returned": lambda key: returned(stage, key),
        "window": stage.complete,
        "waiting": stage.ready,
        "live": lambda key: live(stage, key),
        "adjourned": lambda key: adjourned(stage, key),
        "rejected": lambda key: stage.voted(key, "+----"),
        "appealed": lambda key: appealed(stage, key),
        "withdrawn": lambda key: withdrawn(stage, key),
        "lapsed": lambda key: lapsed(stage, key),
    }
    for path, keys in stage.scenario.requests.items():
        for key in keys:
            paths[path](key)


def returned(stage: Stage, key: str) -> AdhesionRequest:
    items: list[office.ReturnItem] = [
        {"code": "onrc", "note": "Certificatul trebuie să arate și punctele de lucru."},
        {"code": "mandate", "note": "Lipsește semnătura reprezentantului legal."},
    ]
    note = "Restul dosarului este în ordine; vă așteptăm completările."
    return office.return_request(stage.submitted(key).pk, by=stage.office, items=items, note=note)


def live(stage: Stage, key: str) -> Round:
    """Four of seven have voted and one has stepped aside, who used to act for the applicant."""
    former = stage.board[-1]
    vote = stage.voted(key, "+.+-0")
    applicant = stage.people[key]
    Representation.objects.create(
        organisation=vote.request.organisation,
        user=former,
        role=AccessRole.CONTRIBUTOR,
        ended_at=timezone.now(),
        ended_by=applicant,
    )
    board.declare_interest(
        vote.pk, by=former, has_interest=True, interest="Am fost consultantă a solicitantului până anul trecut."
    )
    return vote


def adjourned(stage: Stage, key: str) -> AdhesionRequest:
    """Equal votes where the statute then postpones; else a director asks for a meeting."""
    if statute_in_force().parameters.voting(board.MATTER).tie == "postpone":
        return stage.voted(key, "+-+-+-0").request
    vote = stage.voted(key, "+.0")
    reasons = "Doresc să ascultăm solicitantul înainte de vot."
    return board.demand_meeting(vote.pk, by=stage.board[4], reasons=reasons)


def appealed(stage: Stage, key: str) -> AdhesionRequest:
    request = stage.voted(key, "0----").request
    reasons = "Am depus raportul de încercări la 10 zile după cerere; vă rugăm să îl luați în considerare."
    return adhesion.appeal(request.pk, by=request.applicant, reasons=reasons)


def withdrawn(stage: Stage, key: str) -> AdhesionRequest:
    request = stage.submitted(key)
    return adhesion.withdraw_adhesion(request.pk, by=request.applicant)


def lapsed(stage: Stage, key: str) -> AdhesionRequest:
    """Returned and not completed: the last day is set to yesterday, then the timetable acts."""
    items: list[office.ReturnItem] = [{"code": "join_decision", "note": "Lipsește hotărârea adunării generale."}]
    request = office.return_request(stage.submitted(key).pk, by=stage.office, items=items)
    yesterday = timezone.localdate() - timedelta(days=1)
    AdhesionRequest.objects.filter(pk=request.pk).update(completion_due_on=yesterday)
    office.lapse(request.pk)
    return AdhesionRequest.objects.get(pk=request.pk)
