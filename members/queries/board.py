"""Reads of the Board: who sits in a round, the tally as the statute allows it, interests that suggest themselves."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from members.enums import BoardRole, Procedure
from members.models import Ballot, Round, Seat
from members.rules.ballots import Choice, Count, Progress, Result, VotingRule, decide, enough_eligible, progress
from members.rules.statute import StatuteRules


@dataclass(frozen=True)
class SeatView:
    """A seat as the round stands: its last ballot, if any."""

    seat: Seat
    ballot: Ballot | None

    @property
    def counted(self) -> bool:
        return self.ballot is not None and not self.seat.recused

    @property
    def leads(self) -> bool:
        return self.seat.role in {BoardRole.PRESIDENT, BoardRole.VICE_PRESIDENT}


@dataclass(frozen=True)
class Standings:
    """A round with its seats, its count and what the rules say of it."""

    round: Round
    seats: tuple[SeatView, ...]
    rules: StatuteRules
    voting: VotingRule
    count: Count
    chair: Choice | None
    chair_present: bool
    chair_open: bool
    earlier_ties: int
    progress: Progress

    @property
    def settled(self) -> Result | None:
        return self.progress.settled

    @property
    def can_decide(self) -> bool:
        """Enough directors are left to decide, and one of those whom the quorum asks to be present.

        When it is False the matter is adjourned; who stepped aside does not come back.
        """
        leader_wanted = self.voting.quorum_at(self.round.convening).presence == "president_or_vice"
        leader_left = any(view.leads and not view.seat.recused for view in self.seats)
        return enough_eligible(self.count, self.rules.min_eligible) and (leader_left or not leader_wanted)

    def result(self) -> Result:
        """What the round comes to if it closes now."""
        if not self.can_decide:
            return Result.NO_QUORUM
        return decide(
            self.voting,
            self.count,
            convening=self.round.convening,
            chair=self.chair,
            chair_present=self.chair_present,
            earlier_ties=self.earlier_ties,
        )


def counted_ballots(vote: Round) -> dict[int, Ballot]:
    """Seat id -> the ballot that counts: the last one of each seat."""
    return {
        ballot.seat_id: ballot
        for ballot in Ballot.objects.filter(seat__round=vote).order_by("id").select_related("seat")
    }


def standings(vote: Round) -> Standings:
    """Count a round from its rows; the same numbers are counted again by the verifier."""
    seats = list(vote.seats.select_related("user").order_by("id"))
    earlier_ties = vote.request.rounds.filter(number__lt=vote.number, result="tie").count()
    return _counted(vote, seats, counted_ballots(vote), earlier_ties)


def standings_of(votes: Sequence[Round]) -> dict[int, Standings]:
    """Round id -> its standings, for many rounds in three queries."""
    seats: dict[int, list[Seat]] = {vote.pk: [] for vote in votes}
    for seat in Seat.objects.filter(round__in=seats).select_related("user").order_by("id"):
        seats[seat.round_id].append(seat)
    ballots: dict[int, dict[int, Ballot]] = {vote.pk: {} for vote in votes}
    for ballot in Ballot.objects.filter(seat__round__in=seats).order_by("id").select_related("seat"):
        ballots[ballot.seat.round_id][ballot.seat_id] = ballot
    requests = {vote.request_id for vote in votes}
    ties = list(Round.objects.filter(request__in=requests, result="tie").values_list("request_id", "number"))
    return {
        vote.pk: _counted(
            vote,
            seats[vote.pk],
            ballots[vote.pk],
            sum(request == vote.request_id and number < vote.number for request, number in ties),
        )
        for vote in votes
    }


def _counted(vote: Round, rows: list[Seat], last: dict[int, Ballot], earlier_ties: int) -> Standings:
    rules = vote.statute.parameters
    voting = rules.voting(vote.matter)
    seats = tuple(SeatView(seat, last.get(seat.pk)) for seat in rows)
    voters = [view for view in seats if view.counted]
    choices = [view.ballot.choice for view in voters if view.ballot]
    present: int | None = None
    if vote.procedure == Procedure.MEETING:
        present = sum(1 for view in seats if not view.seat.recused and (view.seat.present or view.ballot))
    count = Count(
        in_office=len(seats),
        recused=sum(view.seat.recused for view in seats),
        for_=choices.count(Choice.FOR.value),
        against=choices.count(Choice.AGAINST.value),
        abstain=choices.count(Choice.ABSTAIN.value),
        present=present,
    )
    chair_seat = _chair(seats)
    chair = Choice(chair_seat.ballot.choice) if chair_seat and chair_seat.ballot else None
    chair_present = any(view.leads and not view.seat.recused and (view.ballot or view.seat.present) for view in seats)
    chair_open = chair_seat is not None and chair is None
    return Standings(
        round=vote,
        seats=seats,
        rules=rules,
        voting=voting,
        count=count,
        chair=chair,
        chair_present=chair_present,
        chair_open=chair_open,
        earlier_ties=earlier_ties,
        progress=progress(
            voting,
            count,
            convening=vote.convening,
            chair=chair,
            chair_present=chair_present,
            earlier_ties=earlier_ties,
            chair_open=chair_open,
            min_eligible=rules.min_eligible,
        ),
    )


def _chair(seats: tuple[SeatView, ...]) -> SeatView | None:
    """Who presides: the president or, recused or vacant, the vice-president."""
    for role in (BoardRole.PRESIDENT, BoardRole.VICE_PRESIDENT):
        for view in seats:
            if view.seat.role == role and not view.seat.recused:
                return view
    return None


def ballots_digest(vote: Round) -> str:
    """SHA-256 over every seat and ballot of a round in order: shows whether anything changed after the closing."""
    seats = [
        [
            seat.pk,
            seat.user_id,
            seat.role,
            seat.recused,
            seat.present,
            seat.declared_at and seat.declared_at.isoformat(),
        ]
        for seat in vote.seats.order_by("id")
    ]
    ballots = [
        [ballot.pk, ballot.seat_id, ballot.choice, ballot.motive, ballot.cast_at.isoformat()]
        for ballot in Ballot.objects.filter(seat__round=vote).order_by("id")
    ]
    return hashlib.sha256(json.dumps([seats, ballots], ensure_ascii=False).encode()).hexdigest()
