"""Several files voted from the list: each with its own declaration, vote and motive, each in its own transaction."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.actions import board
from members.actions.voting import vote_on
from members.admin.pages import only, page, person, status_of, told
from members.enums import Choice
from members.forms.desk import ASIDE, BallotForm
from members.models import Round
from members.permissions import is_director
from members.queries.board import standings_of
from members.queries.desk import tied_among
from members.queries.tally import Tally, tally
from members.rules.errors import RuleError

MOST = 30
"""So many files fit on one page of votes."""


@dataclass
class Row:
    """One file on the page: its ballot, or why there is none; after sending, what became of it."""

    vote: Round | None
    now: Tally | None
    form: BallotForm | None
    why: str = ""
    done: str = ""


def votes_view(request: HttpRequest) -> HttpResponse:
    """GET ?ids=1,2 lays the files out; POST casts the ballots that were filled in and says of each what happened."""
    only(is_director(request.user))
    ids = _ids(request)
    votes = _rounds(ids)
    known, tied = standings_of(votes), tied_among(person(request), votes)
    rows = [_row(request, tally(vote, person(request), known[vote.pk], tied=vote.request_id in tied)) for vote in votes]
    status = 200
    if request.method == "POST":
        for row in rows:
            status = max(status, _cast(request, row))
    values = {
        "title": _("Vote"),
        "rows": rows,
        "ids": ",".join(str(one) for one in ids),
        "without_round": len(ids) - len(rows),
        "open": [row for row in rows if row.form],
        "sent": request.method == "POST",
        "summary": _summary(rows) if request.method == "POST" else "",
    }
    return page(request, "votes", values, status)


def _ids(request: HttpRequest) -> list[int]:
    given = (request.POST if request.method == "POST" else request.GET).get("ids", "")
    found = [int(one) for one in given.split(",") if one.isdecimal() and len(one) < 12]
    return list(dict.fromkeys(found))[:MOST]


def _rounds(ids: list[int]) -> list[Round]:
    """The last round of each of these files: open, or closed meanwhile."""
    rounds = (
        Round.objects.filter(request__in=ids, request__number__isnull=False)
        .select_related("request__organisation", "statute")
        .order_by("request_id", "-number")
        .distinct("request_id")
    )
    return sorted(rounds, key=lambda vote: ids.index(vote.request_id))


def _row(request: HttpRequest, now: Tally) -> Row:
    vote = now.standings.round
    if now.tied or (now.mine and now.mine.seat.recused):
        return Row(vote, None, None, why=_("You have an interest in this request or stepped aside."))
    if vote.closed_at is not None:
        closed = RuleError("round_closed", {"at": vote.closed_at, "result": vote.result})
        return Row(vote, now, None, why=told(closed, vote.request))
    if now.mine is None:
        return Row(vote, now, None, why=told(RuleError("no_seat")))
    posted = request.POST if request.method == "POST" else None
    initial = {"motive": now.mine.ballot.motive} if now.mine.ballot else {}
    declared = now.mine.seat.declared_at is not None
    return Row(vote, now, BallotForm(posted, prefix=f"f{vote.request_id}", declared=declared, initial=initial))


def _cast(request: HttpRequest, row: Row) -> int:
    """Send one ballot; what was left empty stays as it is. Returns the status that the row asks for."""
    form, vote = row.form, row.vote
    if form is None or vote is None or not form.has_changed() or not form.data.get(form.add_prefix("choice")):
        return 200
    if not form.is_valid():
        return 422
    choice, values = form.cleaned_data["choice"], form.cleaned_data
    try:
        if choice == ASIDE:
            board.declare_interest(vote.pk, by=person(request), has_interest=True, interest=values["interest_words"])
            row.done = _("You stepped aside.")
        else:
            after = vote_on(vote.pk, by=person(request), choice=choice, motive=values["motive"])
            row.done = _("Recorded: %(choice)s.") % {"choice": Choice(choice).label}
            if after.closed_at is not None:
                row.done = f"{row.done} {_('It settled the matter and closed the round.')}"
    except RuleError as error:
        row.why = told(error, vote.request)
        return 409 if status_of(error) == 409 else 200
    row.form = None
    row.now = None if choice == ASIDE else tally(vote, person(request))
    return 200


def _summary(rows: list[Row]) -> str:
    number = sum(1 for row in rows if row.done)
    return ngettext("%(number)d ballot was recorded.", "%(number)d ballots were recorded.", number) % {"number": number}
