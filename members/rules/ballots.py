"""The outcome of one round: what it comes to, whether it is already settled, and what is still needed.

Choices made where the statute leaves room:
- Nobody for or against is a rejection, not a tie.
- `Result.TIE` means one thing: the matter is postponed to a new round. A statute that postpones does so
  once, hence the second tie on the same matter (`earlier_ties=1`) is a rejection. A casting vote that is
  not given, because the chair abstained, is recused or is absent, leaves the matter without a majority:
  rejected.
- The lighter quorum of a second convening applies to a round convened again for lack of quorum
  (`convening=2`), not to a round that follows a tie.
- Early closing treats the ballots already sent as final. A director may change a ballot until the round
  closes; a settled round closes in the transaction of the ballot that settled it, so no promised change is
  taken away.
- Whoever was seen at a meeting stays counted as present; somebody absent may still arrive.
"""

from dataclasses import dataclass, replace

from members.rules.errors import Remark
from members.rules.voting import (
    Choice,
    Count,
    MajorityRule,
    QuorumRule,
    Result,
    TieRule,
    VotingRule,
    has_majority,
    is_tie,
    quorum_base,
    quorum_met,
    quorum_need,
)

__all__ = [
    "Choice",
    "Count",
    "MajorityRule",
    "Progress",
    "QuorumRule",
    "Result",
    "VotingRule",
    "decide",
    "enough_eligible",
    "for_needed",
    "progress",
    "quorum_need",
    "settled",
]


@dataclass(frozen=True)
class _Round:
    """A round as it stands: the rule, the numbers, and the circumstances that are not numbers."""

    voting: VotingRule
    count: Count
    convening: int
    chair: Choice | None
    chair_present: bool
    earlier_ties: int

    def result(self) -> Result:
        quorum = self.voting.quorum_at(self.convening)
        if not quorum_met(quorum, self.count, chair_present=self.chair_present):
            return Result.NO_QUORUM
        if is_tie(self.voting.majority, self.count):
            return _break_tie(self.voting.tie, self.chair, self.earlier_ties)
        return Result.ADOPTED if has_majority(self.voting.majority, self.count) else Result.REJECTED

    def after(self, choice: Choice, number: int, *, chair_open: bool) -> "_Round":
        """The round after so many more ballots of one kind; when all are in, the chair's is among them."""
        if number == 0:
            return self
        last = number == self.count.open
        return replace(
            self,
            count=self.count.plus(choice, number),
            chair=choice if self.chair is None and chair_open and last else self.chair,
            chair_present=True,
        )


@dataclass(frozen=True)
class Progress:
    """What the Board's desk shows of a round; `for_needed=None` means that adoption is out of reach."""

    quorum_need: int
    quorum_base: int
    present: int
    eligible: int
    open: int
    quorum_reached: bool
    for_needed: int | None
    result_if_closed_now: Result
    settled: Result | None
    warnings: tuple[Remark, ...]


def decide(
    voting: VotingRule,
    count: Count,
    *,
    convening: int = 1,
    chair: Choice | None = None,
    chair_present: bool = True,
    earlier_ties: int = 0,
) -> Result:
    """The result if the round closed with this count.

    `chair` is the chair's own ballot, already counted in `count`; it breaks a tie where the statute gives a
    casting vote. `chair_present`: the president or a vice-president is present or, in a written procedure, has
    sent a ballot. `earlier_ties` is how many rounds on this matter have already ended in a tie.
    """
    return _Round(voting, count, convening, chair, chair_present, earlier_ties).result()


def settled(
    voting: VotingRule,
    count: Count,
    *,
    convening: int = 1,
    chair: Choice | None = None,
    chair_present: bool = True,
    earlier_ties: int = 0,
    chair_open: bool = True,
) -> Result | None:
    """The result that no way of casting the open ballots, or of not casting them, can change; else None.

    `chair_open`: the chair is eligible and may still vote (asked only while `chair` is None). Three endings
    say all: nobody else votes (least presence), everybody else is for (best for adoption), everybody else
    is against (worst for adoption, full presence). No other ending gives a result outside theirs; a test
    tries every ending.
    """
    return _settled(_Round(voting, count, convening, chair, chair_present, earlier_ties), chair_open)


def for_needed(
    voting: VotingRule,
    count: Count,
    *,
    convening: int = 1,
    chair: Choice | None = None,
    chair_present: bool = True,
    earlier_ties: int = 0,
    chair_open: bool = True,
) -> int | None:
    """The least number of further votes for that adopts, everything else staying as it is; None if none does.

    The chair's casting vote is relied on only when every open ballot is needed, since the chair's is then
    among them. The presence that a quorum may ask for is taken to come with the further votes.
    """
    return _for_needed(_Round(voting, count, convening, chair, chair_present, earlier_ties), chair_open)


def progress(
    voting: VotingRule,
    count: Count,
    *,
    convening: int = 1,
    chair: Choice | None = None,
    chair_present: bool = True,
    earlier_ties: int = 0,
    chair_open: bool = True,
    min_eligible: int = 0,
) -> Progress:
    """Everything the tally says: "quorum 4 of 7 reached, one more vote for needed"."""
    now = _Round(voting, count, convening, chair, chair_present, earlier_ties)
    quorum = voting.quorum_at(convening)
    needed = _for_needed(now, chair_open)
    return Progress(
        quorum_need=quorum_need(quorum, count),
        quorum_base=quorum_base(quorum, count),
        present=count.present_count,
        eligible=count.eligible,
        open=count.open,
        quorum_reached=quorum_met(quorum, count, chair_present=chair_present),
        for_needed=needed,
        result_if_closed_now=now.result(),
        settled=_settled(now, chair_open),
        warnings=tuple(_warnings(now, needed, min_eligible)),
    )


def enough_eligible(count: Count, min_eligible: int) -> bool:
    """Whether the Board may decide at all; with fewer eligible directors the matter goes to the assembly."""
    return count.eligible >= min_eligible


def _settled(now: _Round, chair_open: bool) -> Result | None:
    endings = (
        now,
        *(now.after(way, now.count.open, chair_open=chair_open) for way in (Choice.FOR, Choice.AGAINST)),
    )
    results = {ending.result() for ending in endings}
    return results.pop() if len(results) == 1 else None


def _for_needed(now: _Round, chair_open: bool) -> int | None:
    for more in range(now.count.open + 1):
        if now.after(Choice.FOR, more, chair_open=chair_open).result() is Result.ADOPTED:
            return more
    return None


def _break_tie(tie: TieRule, chair: Choice | None, earlier_ties: int) -> Result:
    if tie == "chair_casting" and chair == Choice.FOR:
        return Result.ADOPTED
    if tie == "postpone" and earlier_ties == 0:
        return Result.TIE
    return Result.REJECTED


def _warnings(now: _Round, needed: int | None, min_eligible: int) -> list[Remark]:
    """What a chair should know before closing; none of it forbids anything."""
    count = now.count
    found: list[Remark] = []
    quorum = now.voting.quorum_at(now.convening)
    result = now.result()
    if not enough_eligible(count, min_eligible):
        found.append(Remark("too_few_eligible", {"eligible": count.eligible, "needed": min_eligible}))
    if quorum_need(quorum, count) > count.eligible:
        needs = {"needed": quorum_need(quorum, count), "eligible": count.eligible}
        found.append(Remark("quorum_out_of_reach", needs))
    elif quorum.presence == "president_or_vice" and not now.chair_present:
        found.append(Remark("presence_missing"))
    if result is Result.ADOPTED and 3 * count.for_ < count.eligible:
        found.append(Remark("few_in_favour", {"for": count.for_, "eligible": count.eligible}))
    if is_tie(now.voting.majority, count) and result is not Result.ADOPTED:
        found.append(Remark("votes_are_equal", {"for": count.for_, "against": count.against}))
    if needed is None:
        found.append(Remark("adoption_out_of_reach"))
    return found
