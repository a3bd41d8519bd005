"""A round as one reader may see it: seats, and the figures only where the statute shows them."""

from dataclasses import dataclass

from members.models import AdhesionRequest, Resolution, Round
from members.permissions import Anyone, can_see_ballots, is_director, is_tied_to
from members.queries.board import SeatView, Standings, standings


@dataclass(frozen=True)
class Tally:
    """`figures`: for, against and abstentions may be shown, during the round to directors alone and only where the
    statute counts openly (`counted`); `ballots`: who voted how may be shown.
    """

    standings: Standings
    mine: SeatView | None
    figures: bool
    counted: bool
    ballots: bool
    tied: bool

    @property
    def states(self) -> list[str]:
        """A word a director for the drawing of seats; order says nothing, the drawing sorts them."""
        return [self._word(view) for view in self.standings.seats]

    def _word(self, view: SeatView) -> str:
        word = "recused" if view.seat.recused else "cast" if view.ballot else "open"
        if self.mine is None or view.seat.pk != self.mine.seat.pk:
            return word
        return "you" if word == "open" else f"you-{word}"

    @property
    def recused(self) -> list[SeatView]:
        """Who stepped aside: named in the minutes."""
        return [view for view in self.standings.seats if view.seat.recused]

    @property
    def reached(self) -> int:
        """How many count for the quorum so far."""
        return self.standings.progress.present

    @property
    def more(self) -> int:
        """How many more must take part for the quorum."""
        return max(self.standings.progress.quorum_need - self.standings.progress.present, 0)


def tally(vote: Round, user: Anyone, now: Standings | None = None, *, tied: bool | None = None) -> Tally:
    """The round for this reader. A recused director sees that others voted, never how.

    `now` and `tied` spare their queries where the caller knows them.
    """
    now = now or standings(vote)
    aside = is_tied_to(user, vote.request) if tied is None else tied
    closed = vote.closed_at is not None
    counted = vote.statute.parameters.tally_during_round == "counts"
    return Tally(
        standings=now,
        mine=next((view for view in now.seats if view.seat.user_id == user.pk), None),
        figures=not aside and (closed or (counted and is_director(user))),
        counted=counted,
        ballots=closed and can_see_ballots(user, vote),
        tied=aside,
    )


def open_round_of(request: AdhesionRequest) -> Round | None:
    return request.rounds.open().select_related("statute", "opened_by", "request").first()


def closed_rounds_of(request: AdhesionRequest) -> list[Round]:
    """Earlier rounds, newest first."""
    return list(
        request.rounds.filter(closed_at__isnull=False)
        .select_related("statute", "opened_by", "request")
        .order_by("-number")
    )


def last_resolution(request: AdhesionRequest) -> Resolution | None:
    return request.resolutions.order_by("id").last()
