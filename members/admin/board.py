"""The Board's buttons on a file: open a round, step aside, vote, mark presence, close, call to a meeting; results."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from members.actions import board
from members.actions.voting import vote_on
from members.admin.files import file_page
from members.admin.pages import (
    LIST,
    address,
    aside_page,
    done,
    of_a_file,
    only,
    page,
    person,
    status_of,
    submitted_or_404,
    told,
)
from members.enums import Choice
from members.forms.desk import ASIDE, BallotForm, DemandForm, OpenRoundForm, PresenceForm, StepAsideForm
from members.models import AdhesionRequest, Round
from members.permissions import can_see_ballots, can_vote, is_director, leads_the_board
from members.queries.statute import statute_of
from members.queries.tally import last_resolution, open_round_of, tally
from members.rules.deadlines import written_closes_on
from members.rules.errors import RuleError


def _round(adhesion: AdhesionRequest) -> Round:
    """The round that is open, else the last one: a button pressed too late is answered by its sentence."""
    found = open_round_of(adhesion) or adhesion.rounds.order_by("number").last()
    if found is None:
        raise Http404
    return found


@require_POST
@of_a_file
def ballot_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Vote, or step aside, as the button says."""
    only(is_director(request.user))
    vote = _round(adhesion)
    seat = vote.seats.filter(user=person(request)).first()
    form = BallotForm(request.POST, declared=bool(seat and seat.declared_at))
    if not form.is_valid():
        if vote.closed_at is None:
            return file_page(request, adhesion, form=form, status=422)
        return _too_late(request, adhesion, vote, form)
    choice, motive = form.cleaned_data["choice"], form.cleaned_data["motive"]
    try:
        if choice == ASIDE:
            words = form.cleaned_data["interest_words"]
            board.declare_interest(vote.pk, by=person(request), has_interest=True, interest=words)
            return done(request, _("You stepped aside; the minutes will name you."), reverse(LIST))
        now = vote_on(vote.pk, by=person(request), choice=choice, motive=motive)
    except RuleError as error:
        return file_page(
            request, adhesion, form=form, refusal=told(error, adhesion), kept=motive, status=status_of(error)
        )
    return done(request, _voted(now, choice), address(adhesion))


def _too_late(request: HttpRequest, adhesion: AdhesionRequest, vote: Round, form: BallotForm) -> HttpResponse:
    """The round closed while the ballot was being written: 409, with what was typed."""
    error = RuleError("round_closed", {"at": vote.closed_at, "result": vote.result})
    kept = form.data.get("motive", "")
    return file_page(request, adhesion, refusal=told(error, adhesion), kept=kept, status=409)


def _voted(vote: Round, choice: str) -> str:
    """What the next page says."""
    if vote.closed_at is None:
        return _("Your vote is recorded: %(choice)s. You may change it until the round closes.") % {
            "choice": Choice(choice).label
        }
    resolution = last_resolution(vote.request)
    said = _("Your vote is recorded: %(choice)s. It settled the matter and closed the round.") % {
        "choice": Choice(choice).label
    }
    return f"{said} {_('Resolution %(number)s.') % {'number': resolution}}" if resolution else said


@require_POST
def aside_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Declare an interest: also for a director who may not open the file."""
    only(is_director(request.user))
    adhesion = submitted_or_404(pk)
    form = StepAsideForm(request.POST)
    if not form.is_valid():
        return aside_page(request, adhesion, form)
    vote = _round(adhesion)
    try:
        board.declare_interest(
            vote.pk, by=person(request), has_interest=True, interest=form.cleaned_data["interest_words"]
        )
    except RuleError as error:
        return aside_page(request, adhesion, form, told(error, adhesion), status=status_of(error))
    return done(request, _("You stepped aside; the minutes will name you."), reverse(LIST))


@of_a_file
def open_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Open a round: written procedure with its closing, or a meeting."""
    only(leads_the_board(request.user))
    rules = statute_of(adhesion).parameters
    today = timezone.localdate()
    written = rules.written(board.MATTER)
    first = written_closes_on(today, board.MATTER, rules)
    form = OpenRoundForm(
        request.POST if request.method == "POST" else None,
        written=written.allowed,
        first=max(first, today + timedelta(days=7)),
    )
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        try:
            vote = board.open_round(
                adhesion.pk,
                by=person(request),
                procedure=form.cleaned_data["procedure"],
                closes_at=form.closes_at(),
            )
        except RuleError as error:
            refusal, status = told(error, adhesion), status_of(error)
        else:
            words = _("Round %(number)s is open; the directors were written to.") % {"number": vote.number}
            return done(request, words, address(adhesion))
    elif form.is_bound:
        status = 422
    values = {"form": form, "refusal": refusal, "rules": rules, "written": written, "first": first}
    return _page(request, "open_round", adhesion, status, **values)


@of_a_file
def presence_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Mark who is present at a meeting."""
    only(leads_the_board(request.user))
    vote = _round(adhesion)
    form = PresenceForm(
        vote.seats.select_related("user").order_by("id"), request.POST if request.method == "POST" else None
    )
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        try:
            board.record_presence(vote.pk, by=person(request), seats=form.cleaned_data["present"])
        except RuleError as error:
            refusal, status = told(error, adhesion), status_of(error)
        else:
            return done(request, _("Presence is recorded."), address(adhesion))
    elif form.is_bound:
        status = 422
    return _page(request, "presence", adhesion, status, form=form, refusal=refusal, vote=vote)


@of_a_file
def close_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Close the vote of a meeting, having read what it comes to."""
    only(leads_the_board(request.user))
    vote = _round(adhesion)
    refusal, status = "", 200
    if request.method == "POST":
        try:
            board.close_meeting(vote.pk, by=person(request))
        except RuleError as error:
            refusal, status = told(error, adhesion), status_of(error)
        else:
            return done(request, _("The round is closed."), address(adhesion))
    elif vote.closed_at is not None:
        refusal, status = told(RuleError("round_closed", {"at": vote.closed_at, "result": vote.result}), adhesion), 409
    values = {"refusal": refusal, "vote": vote, "now": tally(vote, person(request))}
    return _page(request, "close_meeting", adhesion, status, **values)


@of_a_file
def demand_view(request: HttpRequest, adhesion: AdhesionRequest) -> HttpResponse:
    """Call a written procedure to a meeting, with reasons."""
    vote = _round(adhesion)
    only(is_director(request.user))
    if vote.closed_at is None:
        only(can_vote(request.user, vote))
    form = DemandForm(request.POST if request.method == "POST" else None)
    refusal, status = "", 200
    if form.is_bound and form.is_valid():
        try:
            board.demand_meeting(vote.pk, by=person(request), reasons=form.cleaned_data["reasons"])
        except RuleError as error:
            refusal, status = told(error, adhesion), status_of(error)
        else:
            words = _("The written procedure ended without a result; the request waits for a meeting.")
            return done(request, words, address(adhesion))
    elif form.is_bound:
        status = 422
    return _page(request, "demand", adhesion, status, form=form, refusal=refusal, vote=vote)


@of_a_file
def round_view(request: HttpRequest, adhesion: AdhesionRequest, number: int) -> HttpResponse:
    """A closed round: its result, its figures and who voted how."""
    vote = adhesion.rounds.select_related("statute", "opened_by", "request").filter(number=number).first()
    if vote is None:
        raise Http404
    if not can_see_ballots(request.user, vote):
        raise PermissionDenied
    resolution = getattr(vote, "resolution", None)
    return _page(request, "round", adhesion, 200, vote=vote, now=tally(vote, person(request)), resolution=resolution)


def _page(request: HttpRequest, name: str, adhesion: AdhesionRequest, status: int, **values: object) -> HttpResponse:
    shared = {"title": adhesion.number, "adhesion": adhesion, "back": address(adhesion)}
    return page(request, name, {**shared, **values}, status)
