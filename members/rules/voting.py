"""The numbers of one round and the rules of quorum and majority they are held against, in whole numbers only.

Words: in office = directors with a mandate when the round opened; recused = those who may not vote on this
matter; eligible = in office minus recused; present = eligible directors at the meeting or, in a written
procedure, those who sent a ballot, abstentions included; cast = votes for and against, abstentions left
out.

A quorum is at least one person, and without a single vote for nothing is adopted, whatever the base.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from members.rules.errors import RuleError

QuorumKind = Literal["half_plus_one", "fraction", "count"]
QuorumBase = Literal["in_office", "eligible"]
Presence = Literal["none", "president_or_vice"]
MajorityKind = Literal["simple_cast", "majority_present", "absolute", "qualified"]
MajorityBase = Literal["cast", "present", "eligible", "in_office"]
TieRule = Literal["rejected", "chair_casting", "postpone"]

BASES_OF_MAJORITY: dict[str, tuple[MajorityBase, ...]] = {
    "simple_cast": ("cast",),
    "majority_present": ("present",),
    "absolute": ("in_office", "eligible"),
    "qualified": ("cast", "present", "eligible", "in_office"),
}


class Choice(StrEnum):
    """What one ballot says."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class Result(StrEnum):
    """What a round comes to."""

    ADOPTED = "adopted"
    REJECTED = "rejected"
    TIE = "tie"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Count:
    """The numbers of one round; `present=None` is a written procedure, where those who vote are present."""

    in_office: int
    recused: int = 0
    for_: int = 0
    against: int = 0
    abstain: int = 0
    present: int | None = None

    def __post_init__(self) -> None:
        numbers = (self.in_office, self.recused, self.for_, self.against, self.abstain, self.present_count)
        if min(numbers) < 0:
            raise RuleError("count_negative")
        if self.recused > self.in_office:
            raise RuleError("count_recused", {"recused": self.recused, "in_office": self.in_office})
        if self.present_count > self.eligible:
            raise RuleError("count_present", {"present": self.present_count, "eligible": self.eligible})
        if self.votes > self.present_count:
            raise RuleError("count_votes", {"votes": self.votes, "present": self.present_count})

    @property
    def eligible(self) -> int:
        return self.in_office - self.recused

    @property
    def votes(self) -> int:
        """Ballots sent, abstentions included."""
        return self.for_ + self.against + self.abstain

    @property
    def present_count(self) -> int:
        return self.votes if self.present is None else self.present

    @property
    def open(self) -> int:
        """Ballots that may still come."""
        return self.eligible - self.votes

    def plus(self, choice: Choice, number: int = 1) -> "Count":
        """The same round with more ballots of one kind; at a meeting, whoever votes is present."""
        present = None if self.present is None else max(self.present, self.votes + number)
        return Count(
            in_office=self.in_office,
            recused=self.recused,
            for_=self.for_ + number * (choice == Choice.FOR),
            against=self.against + number * (choice == Choice.AGAINST),
            abstain=self.abstain + number * (choice == Choice.ABSTAIN),
            present=present,
        )


@dataclass(frozen=True)
class QuorumRule:
    """How many must be present. `fraction` uses p/q, `count` uses count."""

    kind: QuorumKind = "half_plus_one"
    base: QuorumBase = "eligible"
    p: int = 0
    q: int = 1
    count: int = 0
    presence: Presence = "none"

    def __post_init__(self) -> None:
        if self.kind == "fraction" and not 0 < self.p <= self.q:
            raise RuleError("fraction_impossible", {"p": self.p, "q": self.q})
        if self.kind == "count" and self.count < 1:
            raise RuleError("quorum_count_impossible", {"count": self.count})


@dataclass(frozen=True)
class MajorityRule:
    """How many must be for. Only `qualified` uses p/q and inclusive ("at least" instead of "more than")."""

    kind: MajorityKind = "simple_cast"
    base: MajorityBase = "cast"
    p: int = 1
    q: int = 2
    inclusive: bool = False

    def __post_init__(self) -> None:
        if self.base not in BASES_OF_MAJORITY[self.kind]:
            raise RuleError("majority_base_impossible", {"kind": self.kind, "base": self.base})
        if self.kind == "qualified" and not 0 < self.p <= self.q:
            raise RuleError("fraction_impossible", {"p": self.p, "q": self.q})
        if self.kind == "qualified" and not self.inclusive and self.p == self.q:
            raise RuleError("more_than_all")


@dataclass(frozen=True)
class VotingRule:
    """How one kind of matter is decided."""

    quorum: QuorumRule = QuorumRule()
    majority: MajorityRule = MajorityRule()
    tie: TieRule = "postpone"
    second_quorum: QuorumRule | None = None

    def quorum_at(self, convening: int) -> QuorumRule:
        """The quorum of the first convening, or the one of a repeated convening where there is one."""
        if convening > 1 and self.second_quorum is not None:
            return self.second_quorum
        return self.quorum


def quorum_base(rule: QuorumRule, count: Count) -> int:
    """The number that the quorum is a part of: "4 of 7" has base 7."""
    return count.eligible if rule.base == "eligible" else count.in_office


def quorum_need(rule: QuorumRule, count: Count) -> int:
    """How many must be present: ⌊N/2⌋ + 1, or ⌈N·p/q⌉, or a number; never less than one."""
    base = quorum_base(rule, count)
    if rule.kind == "half_plus_one":
        return base // 2 + 1
    if rule.kind == "fraction":
        return max(1, -(-base * rule.p // rule.q))
    return rule.count


def quorum_met(rule: QuorumRule, count: Count, *, chair_present: bool = True) -> bool:
    """Enough are present, and the president or a vice-president among them where the statute asks for it."""
    if rule.presence == "president_or_vice" and not chair_present:
        return False
    return count.present_count >= quorum_need(rule, count)


def majority_base(rule: MajorityRule, count: Count) -> int:
    """The number that the votes for are compared with."""
    return {
        "cast": count.for_ + count.against,
        "present": count.present_count,
        "eligible": count.eligible,
        "in_office": count.in_office,
    }[rule.base]


def has_majority(rule: MajorityRule, count: Count) -> bool:
    """Whether the votes for suffice, quorum and tie left aside."""
    if count.for_ == 0:
        return False
    base = majority_base(rule, count)
    if rule.kind != "qualified":
        return 2 * count.for_ > base
    if rule.inclusive:
        return count.for_ * rule.q >= rule.p * base
    return count.for_ * rule.q > rule.p * base


def is_tie(rule: MajorityRule, count: Count) -> bool:
    """As many for as against, which only a simple majority of the votes cast calls a tie."""
    return rule.kind == "simple_cast" and count.for_ == count.against > 0
