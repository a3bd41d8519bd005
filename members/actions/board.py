"""What the Board does: open a round, declare an interest, vote, close. The engine alone decides."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members import emails
from members.actions.rounds import abandon, conclude, record_appeal
from members.actions.steps import locked, move
from members.enums import BoardRole, Procedure
from members.models import (
    AdhesionRequest,
    Ballot,
    Directorship,
    Resolution,
    Round,
    Seat,
)
from members.permissions import can_handle_file, is_director, is_tied_to, leads_the_board
from members.queries.board import standings
from members.queries.due import WITH_THE_BOARD
from members.queries.statute import statute_of
from members.rules.ballots import Choice, Result
from members.rules.deadlines import local_day, second_convening_on, written_closes_on
from members.rules.errors import RuleError
from members.rules.lifecycle import Actor, State
from members.rules.statute import StatuteRules

MATTER = "admission"
ROUND_DAYS = timedelta(days=7)
"""How long a round lasts when nobody says otherwise and the statute asks for less."""


@transaction.atomic
def open_round(pk: int, *, by: User, procedure: str = Procedure.WRITTEN, closes_at: datetime | None = None) -> Round:
    """Open a round on a complete file: freezes the seats of the directors in office and asks them to vote.

    A written procedure lasts at least the days of the statute; without `closes_at` it closes at the end of the first
    lawful day. After a round without quorum the next one is a second convening.
    """
    request = locked(pk)
    if not leads_the_board(by):
        raise RuleError("president_or_secretary_only")
    if request.rounds.open().exists():
        raise RuleError("round_open_already")
    rules = statute_of(request).parameters
    today = timezone.localdate()
    last = request.rounds.order_by("number").last()
    if last is not None and last.result == Result.NO_QUORUM and last.closed_at is not None:
        first = second_convening_on(local_day(last.closed_at), rules)
        if today < first:
            raise RuleError("second_convening_too_early", {"first": first})
    if request.state == State.OBJECTION and request.objections_until and today <= request.objections_until:
        raise RuleError("objections_still_open", {"until": request.objections_until})
    seats = list(Directorship.objects.in_office(today).select_related("user").order_by("pk"))
    if len(seats) < rules.min_eligible:
        raise RuleError("too_few_eligible", {"eligible": len(seats), "needed": rules.min_eligible})
    closes_at = _closing_time(procedure, closes_at, today, rules)
    if request.state != State.DELIBERATION:
        move(
            request,
            State.DELIBERATION,
            "open_round",
            Actor.PRESIDENT_OR_SECRETARY,
            by=by,
            article=rules.article("written_procedure" if procedure == Procedure.WRITTEN else f"matters.{MATTER}"),
            procedure=str(procedure),
        )
    vote = Round.objects.create(
        request=request,
        statute=statute_of(request),
        matter=MATTER,
        number=(last.number if last else 0) + 1,
        convening=2 if last and last.result == Result.NO_QUORUM else 1,
        procedure=procedure,
        opened_by=by,
        closes_at=closes_at,
    )
    for mandate in seats:
        emails.board_asked(vote, Seat.objects.create(round=vote, user=mandate.user, role=mandate.role))
    audit.record("round_opened", vote, by=by, number=vote.number, procedure=str(procedure))
    return vote


def _closing_time(procedure: str, wanted: datetime | None, today: date, rules: StatuteRules) -> datetime:
    """When the round closes; a written procedure never before the days of the statute are over."""
    if procedure == Procedure.MEETING:
        return wanted or timezone.now() + ROUND_DAYS
    if not rules.written(MATTER).allowed:
        raise RuleError("written_not_allowed")
    first = _end_of(written_closes_on(today, MATTER, rules))
    if wanted is not None and wanted < first:
        raise RuleError("written_too_short", {"first": first.date(), "days": rules.written(MATTER).min_days})
    return wanted or max(first, _end_of(today + ROUND_DAYS))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59)))


def _locked_round(pk: int) -> tuple[Round, AdhesionRequest]:
    """Round and request, locked in the order that every action keeps: request first."""
    request = locked(Round.objects.values_list("request_id", flat=True).get(pk=pk))
    vote = Round.objects.select_for_update(of=("self",)).select_related("statute").get(pk=pk)
    vote.request = request
    return vote, request


def _seat(vote: Round, by: User) -> Seat:
    """The seat of this director in an open round, or a sentence why there is none."""
    if not is_director(by):
        raise RuleError("director_only")
    seat = vote.seats.filter(user=by).first()
    if seat is None:
        raise RuleError("no_seat")
    if vote.closed_at is not None:
        raise RuleError("round_closed", {"at": vote.closed_at, "result": vote.result})
    return seat


@transaction.atomic
def declare_interest(round_pk: int, *, by: User, has_interest: bool, interest: str = "") -> Seat:
    """Declare an interest or none, before voting. An interest, once declared, stays: the director steps aside."""
    vote, request = _locked_round(round_pk)
    seat = _seat(vote, by)
    if seat.recused:
        if not has_interest:
            raise RuleError("recusal_stays")
        return seat
    if not has_interest and is_tied_to(by, request):
        raise RuleError("tied")
    if has_interest and not interest.strip():
        raise RuleError("interest_needs_words")
    seat.declared_at = seat.declared_at or timezone.now()
    seat.recused = has_interest
    seat.interest = interest.strip() if has_interest else ""
    seat.save(update_fields=["declared_at", "recused", "interest"])
    audit.record("interest_declared" if has_interest else "no_interest_declared", vote, by=by)
    if has_interest:
        _close_if_settled(vote, request, by=by)
    return seat


@transaction.atomic
def cast_ballot(round_pk: int, *, by: User, choice: str, motive: str = "") -> Round:
    """Vote, or change one's vote while the round is open. The ballot that settles the outcome closes the round."""
    vote, request = _locked_round(round_pk)
    seat = _seat(vote, by)
    if seat.recused:
        raise RuleError("recused")
    if is_tied_to(by, request):
        raise RuleError("tied")
    if seat.declared_at is None:
        raise RuleError("declare_first")
    wanted = Choice(choice)
    words = motive.strip()
    if wanted is Choice.AGAINST and not words:
        raise RuleError("against_needs_motive")
    last = seat.ballots.order_by("id").last()
    if last is None or (last.choice, last.motive) != (wanted.value, words):  # a second click adds nothing
        Ballot.objects.create(seat=seat, choice=wanted.value, motive=words)
        audit.record("ballot_cast" if last is None else "ballot_changed", vote, by=by)
        _close_if_settled(vote, request, by=by)
    return vote


def _close_if_settled(vote: Round, request: AdhesionRequest, *, by: User) -> None:
    """Written procedure: close as soon as the open ballots cannot change the outcome."""
    if vote.procedure != Procedure.WRITTEN:
        return
    now = standings(vote)
    if now.settled is not None or now.count.open == 0 or not now.can_decide:
        conclude(vote, request, by=by)


@transaction.atomic
def record_presence(round_pk: int, *, by: User, seats: list[int]) -> Round:
    """Mark who is present at a meeting."""
    vote, _request = _locked_round(round_pk)
    if not leads_the_board(by):
        raise RuleError("president_or_secretary_only")
    if vote.closed_at is not None:
        raise RuleError("round_closed", {"at": vote.closed_at, "result": vote.result})
    for seat in vote.seats.all():
        seat.present = seat.pk in seats
        seat.save(update_fields=["present"])
    audit.record("presence_recorded", vote, by=by, present=len(seats))
    return vote


@transaction.atomic
def close_meeting(round_pk: int, *, by: User) -> Result:
    """Close the vote of a meeting: who is absent stays uncounted."""
    vote, request = _locked_round(round_pk)
    if not leads_the_board(by):
        raise RuleError("president_or_secretary_only")
    if vote.closed_at is not None:
        raise RuleError("round_closed", {"at": vote.closed_at, "result": vote.result})
    if vote.procedure != Procedure.MEETING:
        raise RuleError("written_closes_by_itself")
    return conclude(vote, request, by=by)


@transaction.atomic
def close_when_over(round_pk: int) -> bool:
    """Close a written procedure whose time is over. Run by the timetable; harmless when repeated."""
    vote, request = _locked_round(round_pk)
    if vote.closed_at is not None or vote.procedure != Procedure.WRITTEN or timezone.now() < vote.closes_at:
        return False
    conclude(vote, request, by=None)
    return True


@transaction.atomic
def demand_meeting(round_pk: int, *, by: User, reasons: str) -> AdhesionRequest:
    """Any director may ask that a written procedure be discussed at a meeting, where the statute says so."""
    vote, request = _locked_round(round_pk)
    seat = _seat(vote, by)
    written = vote.statute.parameters.written(vote.matter)
    if seat.recused or is_tied_to(by, request):
        raise RuleError("recused" if seat.recused else "tied")
    if vote.procedure != Procedure.WRITTEN or not written.any_director_may_force_meeting:
        raise RuleError("no_meeting_on_demand")
    if not reasons.strip():
        raise RuleError("demand_needs_reasons")
    article = vote.statute.parameters.article("written_procedure")
    step = move(
        request, State.ADJOURNED, "demand_meeting", Actor.DIRECTOR, by=by, article=article, note=reasons.strip()
    )
    abandon(vote)
    emails.adhesion_adjourned(request, step.pk, "meeting")
    return request


@transaction.atomic
def remind_directors(round_pk: int) -> int:
    """Write to the directors who have neither voted nor stepped aside, once a day; returns how many letters."""
    vote, _request = _locked_round(round_pk)
    today = timezone.localdate()
    if vote.closed_at is not None or local_day(vote.opened_at) == today:
        return 0
    late = [view.seat for view in standings(vote).seats if view.ballot is None and not view.seat.recused]
    for seat in late:
        emails.board_reminded(vote, seat, today)
    vote.reminded_at = timezone.now()
    vote.save(update_fields=["reminded_at"])
    return len(late)


@transaction.atomic
def remind_leaders(pk: int) -> int:
    """Tell president and secretary of a file that should have been decided; its cause makes it once a week."""
    request = locked(pk)
    today = timezone.localdate()
    due = request.decision_due_on
    if request.state not in WITH_THE_BOARD or due is None or today <= due:
        return 0
    leading = Directorship.objects.in_office(today).filter(role__in=[BoardRole.PRESIDENT, BoardRole.SECRETARY])
    for mandate in leading.select_related("user"):
        emails.decision_overdue(request, mandate.user, today)
    return len(leading)


@transaction.atomic
def decide_appeal(pk: int, *, by: User, upheld: bool, motive: str) -> Resolution:
    """The office records what the assembly decided on an appeal."""
    request = locked(pk)
    if not can_handle_file(by):
        raise RuleError("office_only")
    if request.state != State.APPEALED:
        raise RuleError("not_appealed")
    if not motive.strip():
        raise RuleError("appeal_needs_reasons")
    return record_appeal(
        request, by=by, upheld=upheld, motive=motive.strip(), membership_type=request.membership_type_id or ""
    )
