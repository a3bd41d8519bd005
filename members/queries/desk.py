"""What waits on a desk: for the office the files by what is next, for a director the rounds, for both the counts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cluster_portal.common.models import MailState, OutgoingMail, User
from members.enums import AdhesionState, ChangeState
from members.models import AdhesionRequest, Ballot, ChangeRequest, Organisation, Resolution, Round, Seat
from members.permissions import standing
from members.queries.board import standings_of
from members.queries.search import FEW
from members.queries.tally import Tally, tally
from members.rules.deadlines import days_left, local_day
from members.rules.text import fold

OFFICE_DAYS = 7
"""A new file that the office has not looked at for so long is called late; the portal's own measure, no statute's."""
MOST = 200
"""So many files are laid out on the first page; the list has them all."""
LATELY = timedelta(days=30)

FOUND = 500
"""So many organisations of one name are looked through; who searches for less should write more of it."""

BEFORE_DECISION = (
    AdhesionState.COMPLETE,
    AdhesionState.OBJECTION,
    AdhesionState.DELIBERATION,
    AdhesionState.ADJOURNED,
)


@dataclass(frozen=True)
class Term:
    """What a file waits for: `kind` is check, completion, objections, decision or appeal."""

    kind: str
    until: date | None
    left: int | None
    age: int

    @property
    def late(self) -> bool:
        if self.kind == "check":
            return self.age > OFFICE_DAYS
        return self.left is not None and self.left < 0

    @property
    def late_by(self) -> int:
        """Days past the term."""
        return self.age - OFFICE_DAYS if self.left is None else -self.left

    @property
    def soon(self) -> bool:
        return self.left is not None and 0 <= self.left <= 7


_UNTIL = {
    AdhesionState.RETURNED: ("completion", "completion_due_on"),
    AdhesionState.OBJECTION: ("objections", "objections_until"),
    AdhesionState.COMPLETE: ("decision", "decision_due_on"),
    AdhesionState.DELIBERATION: ("decision", "decision_due_on"),
    AdhesionState.ADJOURNED: ("decision", "decision_due_on"),
}


def term_of(request: AdhesionRequest, today: date) -> Term | None:
    """The term that runs for a file in its present state, or None when none does."""
    age = (today - local_day(request.submitted_at)).days if request.submitted_at else 0
    if request.state in {AdhesionState.SUBMITTED, AdhesionState.APPEALED}:
        return Term("check" if request.state == AdhesionState.SUBMITTED else "appeal", None, None, age)
    if request.state not in _UNTIL:
        return None
    kind, column = _UNTIL[AdhesionState(request.state)]
    until = getattr(request, column)
    return Term(kind, until, days_left(until, today) if until else None, age)


_DIGITS = re.compile(r"(?:RO)?\s*(\d{2,10})", re.IGNORECASE)
_FOREIGN_NUMBER = re.compile(r"[A-Z]{2}[0-9A-Z]{2,18}", re.IGNORECASE)


def is_found(key: str, term: str) -> Func:
    """A condition: the organisation with this key is found by tax number, or by a part of its name.

    Typing mistakes are forgiven, as in the directory, when hardly any name has the part as it was typed: to compare
    hundreds of names letter by letter that have it anyway cost most of the page. What is found is gathered first, as
    an array: a planner that may join it reads the whole table instead.
    """
    found = ArraySubquery(_found(term))
    return Func(F(key), found, arg_joiner=" = ANY(", template="%(expressions)s)", output_field=BooleanField())


def _found(term: str) -> QuerySet[Organisation, Any]:
    """Each way has its own index."""
    names = Organisation.objects.order_by()
    digits = _DIGITS.fullmatch(term)
    if digits:
        return names.filter(country="RO", tax_id=digits[1]).values("pk")
    if _FOREIGN_NUMBER.fullmatch(term) and any(letter.isdigit() for letter in term):
        return names.filter(country=term[:2].upper(), tax_id=term.upper()).values("pk")
    name = fold(term)
    exact = names.filter(sort_key__contains=name)
    many = Subquery(exact.annotate(many=Func("pk", function="count")).values("many"))
    alike = names.alias(many=many).filter(many__lt=FEW, sort_key__trigram_word_similar=name)
    return exact.values("pk")[:FOUND].union(alike.values("pk")[:FOUND], all=True)  # an "or" would use no index


def queue() -> QuerySet[AdhesionRequest]:
    """The requests as the desk lists them: those that were sent at least once, with their open round."""
    open_round = Round.objects.open().filter(request=OuterRef("pk"))
    return (
        AdhesionRequest.objects.submitted_once()
        .select_related("organisation")
        .defer("submitted_file", "contribution", "motive", *_LONG_TEXTS)
        .annotate(round_closes_at=Subquery(open_round.values("closes_at")[:1]))
    )


_LONG_TEXTS = ("organisation__description_ro", "organisation__description_en")


@dataclass(frozen=True)
class Line:
    """A file on the first page, with its term."""

    request: AdhesionRequest
    term: Term | None


@dataclass(frozen=True)
class OfficeDesk:
    """The office's queue: each list oldest first."""

    new: list[Line]
    returned: list[Line]
    objection: list[Line]
    complete: list[Line]
    overdue: list[Line]
    appealed: list[Line]
    rounds: list[Tally]
    changes: list[ChangeRequest]
    letters: int
    more: bool


def office_desk(user: User, today: date) -> OfficeDesk:
    """Everything that the office has to look at; the number of queries does not grow with it."""
    found = list(
        AdhesionRequest.objects.open()
        .submitted_once()
        .select_related("organisation")
        .defer("submitted_file", "contribution", "motive", *_LONG_TEXTS)
        .order_by("submitted_at", "id")[: MOST + 1]
    )
    lines = [Line(request, term_of(request, today)) for request in found[:MOST]]

    def of(*states: str) -> list[Line]:
        return [line for line in lines if line.request.state in states]

    return OfficeDesk(
        new=of("submitted"),
        returned=sorted(of("returned"), key=lambda line: line.request.completion_due_on or today),
        objection=sorted(of("objection"), key=lambda line: line.request.objections_until or today),
        complete=of("complete"),
        overdue=[line for line in of(*BEFORE_DECISION) if _overdue(line.request, today)],
        appealed=of("appealed"),
        rounds=_seen_by(user, Round.objects.open()),
        changes=list(
            ChangeRequest.objects.filter(state=ChangeState.PENDING)
            .select_related("organisation", "asked_by")
            .order_by("asked_at", "id")[:MOST]
        ),
        letters=OutgoingMail.objects.filter(state=MailState.FAILED).count(),
        more=len(found) > MOST,
    )


def _overdue(request: AdhesionRequest, today: date) -> bool:
    return request.decision_due_on is not None and request.decision_due_on < today


@dataclass(frozen=True)
class DirectorDesk:
    """What waits for one director. `to_open`: files complete that wait for a round, for who may open one."""

    to_vote: list[Tally]
    voted: list[Tally]
    aside: list[Tally]
    to_open: list[Line]
    decided: list[Resolution]


def director_desk(user: User, today: date) -> DirectorDesk:
    """The rounds in which this director sits, and what was decided lately."""
    seen = _seen_by(user, Round.objects.open().filter(seats__user=user))
    free = [one for one in seen if not one.tied and one.mine and not one.mine.seat.recused]
    return DirectorDesk(
        to_vote=[one for one in free if one.mine and one.mine.ballot is None],
        voted=[one for one in free if one.mine and one.mine.ballot is not None],
        aside=[one for one in seen if one not in free],
        to_open=_waiting_for_a_round(today),
        decided=list(
            Resolution.objects.filter(decided_at__gte=timezone.now() - LATELY)
            .select_related("request__organisation", "round")
            .order_by("-decided_at", "-id")[:10]
        ),
    )


def _seen_by(user: User, rounds: QuerySet[Round]) -> list[Tally]:
    """These rounds as this person may see them, soonest to close first."""
    votes = list(rounds.select_related("request__organisation", "statute").order_by("closes_at", "id")[:MOST])
    known = {vote.statute_id: vote.statute for vote in votes}
    for vote in votes:
        vote.statute = known[vote.statute_id]  # read its rules once
    now = standings_of(votes)
    tied = tied_among(user, votes)
    return [tally(vote, user, now[vote.pk], tied=vote.request_id in tied) for vote in votes]


def tied_among(user: User, votes: Iterable[Round]) -> set[int]:
    """Request ids of these rounds whose files this director may not open."""
    requests = AdhesionRequest.objects.filter(pk__in=[vote.request_id for vote in votes])
    return set(tied_requests(user, requests).values_list("pk", flat=True))


def tied_requests(user: User, among: QuerySet[AdhesionRequest] | None = None) -> QuerySet[AdhesionRequest]:
    """The requests of which this person is the applicant, represents or represented the applicant, or stepped aside:
    the same condition as `permissions.is_tied_to`, for many.
    """
    requests = AdhesionRequest.objects.all() if among is None else among
    represented = user.representations.values("organisation_id")
    aside = Seat.objects.filter(user=user, recused=True).values("round__request_id")
    return requests.filter(Q(applicant=user) | Q(organisation__in=represented) | Q(pk__in=aside))


def _waiting_for_a_round(today: date) -> list[Line]:
    """Complete files without an open round, past the time for objections."""
    requests = (
        AdhesionRequest.objects.filter(state__in=BEFORE_DECISION)
        .exclude(state=AdhesionState.OBJECTION, objections_until__gte=today)
        .exclude(Exists(Round.objects.open().filter(request=OuterRef("pk"))))
        .select_related("organisation")
        .defer("submitted_file", "contribution", "motive", *_LONG_TEXTS)
        .order_by(Coalesce("decision_due_on", Value(date.max)), "id")[:MOST]
    )
    return [Line(request, term_of(request, today)) for request in requests]


def menu_counts(user: User) -> dict[str, int]:
    """How many things wait for this person, in one query: check, changes, letters (office), vote (director)."""
    who = standing(user)
    parts: list[QuerySet[Any, Any]] = []
    if who.office or who.superuser:
        waiting = AdhesionRequest.objects.filter(state__in=["submitted", "appealed"])
        parts += [
            _counted("check", waiting),
            _counted("changes", ChangeRequest.objects.filter(state=ChangeState.PENDING)),
            _counted("letters", OutgoingMail.objects.filter(state=MailState.FAILED)),
        ]
    if who.director:
        mine = Seat.objects.filter(user=user, recused=False, round__closed_at__isnull=True)
        parts.append(_counted("vote", mine.exclude(Exists(Ballot.objects.filter(seat=OuterRef("pk"))))))
    if not parts:
        return {}
    first, *rest = parts
    rows = first.union(*rest, all=True) if rest else first
    return {str(row["what_waits"]): int(row["how_many"]) for row in rows}


def _counted(kind: str, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """One row, what waits and how many, or none when nothing waits."""
    found: QuerySet[Any, Any] = rows.order_by().annotate(what_waits=Value(kind)).values("what_waits")
    counted: QuerySet[Any, Any] = found.annotate(how_many=Count("pk"))
    return counted


def next_to_vote(user: User, after: int) -> AdhesionRequest | None:
    """The next file on which this director has not voted yet; `after` is the request just left."""
    seats = Seat.objects.filter(user=user, recused=False, round__closed_at__isnull=True)
    unvoted = seats.exclude(Exists(Ballot.objects.filter(seat=OuterRef("pk")))).exclude(round__request=after)
    mine = unvoted.exclude(round__request__in=tied_requests(user)).select_related("round__request__organisation")
    seat = mine.order_by("round__closes_at", "round__request_id").first()
    return seat.round.request if seat else None
