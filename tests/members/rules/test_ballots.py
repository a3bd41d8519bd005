"""The vectors of the statute model and the single rules of counting."""

import pytest

from members.rules.ballots import (
    Choice,
    Count,
    MajorityRule,
    QuorumRule,
    Result,
    VotingRule,
    decide,
    enough_eligible,
    progress,
    quorum_need,
    settled,
)
from members.rules.errors import RuleError

HALF = QuorumRule()
HALF_OF_OFFICE = QuorumRule(base="in_office")
THIRD = QuorumRule(kind="fraction", p=1, q=3)
SIMPLE = MajorityRule()
OF_PRESENT = MajorityRule(kind="majority_present", base="present")
ABSOLUTE = MajorityRule(kind="absolute", base="in_office")


def two_thirds(base: str, *, inclusive: bool = True) -> MajorityRule:
    return MajorityRule(kind="qualified", base=base, p=2, q=3, inclusive=inclusive)  # type: ignore[arg-type]


VECTORS = [
    # id, n, r, p, y, a, b, quorum, majority, convening, need, result
    ("C1", 7, 0, 4, 2, 1, 1, HALF, SIMPLE, 1, 4, Result.ADOPTED),
    ("C2", 7, 0, 4, 2, 1, 1, HALF, OF_PRESENT, 1, 4, Result.REJECTED),
    ("C3", 7, 0, 4, 3, 1, 0, HALF, ABSOLUTE, 1, 4, Result.REJECTED),
    ("C4", 7, 0, 3, 3, 0, 0, HALF, SIMPLE, 1, 4, Result.NO_QUORUM),
    ("C5", 7, 0, 3, 3, 0, 0, HALF, SIMPLE, 2, 3, Result.ADOPTED),
    ("C6", 6, 0, 4, 2, 2, 0, HALF, SIMPLE, 1, 4, Result.TIE),
    ("C7", 9, 0, 9, 6, 3, 0, HALF, two_thirds("present"), 1, 5, Result.ADOPTED),
    ("C8", 9, 0, 9, 6, 3, 0, HALF, two_thirds("present", inclusive=False), 1, 5, Result.REJECTED),
    ("C9", 7, 2, 3, 2, 1, 0, HALF, SIMPLE, 1, 3, Result.ADOPTED),
    ("C10", 7, 2, 3, 2, 1, 0, HALF_OF_OFFICE, SIMPLE, 1, 4, Result.NO_QUORUM),
    ("C11", 5, 0, 5, 1, 0, 4, HALF, SIMPLE, 1, 3, Result.ADOPTED),
    ("C12", 5, 0, 5, 1, 0, 4, HALF, OF_PRESENT, 1, 3, Result.REJECTED),
    ("C13", 7, 0, 7, 5, 2, 0, HALF, two_thirds("in_office"), 1, 4, Result.ADOPTED),
    ("C14", 7, 1, 6, 4, 2, 0, HALF, two_thirds("in_office"), 1, 4, Result.REJECTED),
    ("C15", 7, 1, 6, 4, 2, 0, HALF, two_thirds("eligible"), 1, 4, Result.ADOPTED),
]


@pytest.mark.parametrize("written", [False, True], ids=["meeting", "written"])
@pytest.mark.parametrize("vector", VECTORS, ids=[vector[0] for vector in VECTORS])
def test_every_vector_of_the_statute_model_is_reproduced(vector: tuple, written: bool) -> None:
    _, n, r, p, y, a, b, quorum, majority, convening, need, result = vector
    assert p == y + a + b, "all vectors have every director present vote, so both procedures agree"
    count = Count(in_office=n, recused=r, for_=y, against=a, abstain=b, present=None if written else p)
    voting = VotingRule(quorum=quorum, majority=majority, second_quorum=THIRD)
    assert quorum_need(voting.quorum_at(convening), count) == need
    assert decide(voting, count, convening=convening) is result


def test_an_adoption_by_few_is_said_aloud() -> None:
    tally = progress(VotingRule(), Count(in_office=5, for_=1, abstain=4))
    assert tally.result_if_closed_now is Result.ADOPTED
    assert [(one.code, dict(one.params)) for one in tally.warnings] == [("few_in_favour", {"for": 1, "eligible": 5})]


@pytest.mark.parametrize(("in_favour", "eligible", "few"), [(1, 3, False), (1, 4, True), (2, 6, False), (2, 7, True)])
def test_few_are_fewer_than_a_third_of_those_eligible(in_favour: int, eligible: int, few: bool) -> None:
    tally = progress(VotingRule(), Count(in_office=eligible, for_=in_favour, abstain=eligible - in_favour))
    assert [one.code for one in tally.warnings] == (["few_in_favour"] if few else [])


def test_nobody_for_or_against_is_a_rejection_and_not_a_tie() -> None:
    for tie in ("rejected", "chair_casting", "postpone"):
        assert decide(VotingRule(tie=tie), Count(in_office=5, abstain=5)) is Result.REJECTED


def test_nothing_is_adopted_without_a_vote_for_even_by_an_inclusive_fraction() -> None:
    voting = VotingRule(majority=two_thirds("cast"))
    assert decide(voting, Count(in_office=5, abstain=5)) is Result.REJECTED


def test_a_tie_is_postponed_once_and_then_rejected() -> None:
    count = Count(in_office=6, for_=2, against=2)
    assert decide(VotingRule(), count) is Result.TIE
    assert decide(VotingRule(), count, earlier_ties=1) is Result.REJECTED


def test_a_second_convening_for_lack_of_quorum_may_still_be_postponed_by_a_tie() -> None:
    count = Count(in_office=7, for_=2, against=2)
    voting = VotingRule(second_quorum=THIRD)
    assert decide(voting, count, convening=2) is Result.TIE


@pytest.mark.parametrize(
    ("chair", "result"),
    [
        (Choice.FOR, Result.ADOPTED),
        (Choice.AGAINST, Result.REJECTED),
        (Choice.ABSTAIN, Result.REJECTED),
        (None, Result.REJECTED),
    ],
)
def test_the_chair_breaks_a_tie_only_by_a_vote_for(chair: Choice | None, result: Result) -> None:
    assert decide(VotingRule(tie="chair_casting"), Count(in_office=6, for_=2, against=2), chair=chair) is result


@pytest.mark.parametrize("chair", list(Choice))
def test_the_chairs_ballot_breaks_no_tie_where_the_statute_gives_no_casting_vote(chair: Choice) -> None:
    count = Count(in_office=6, for_=2, against=2)
    assert decide(VotingRule(tie="rejected"), count, chair=chair) is Result.REJECTED
    assert decide(VotingRule(tie="postpone"), count, chair=chair) is Result.TIE


def test_equal_votes_are_a_tie_for_the_simple_majority_only() -> None:
    count = Count(in_office=6, for_=3, against=3)
    for majority in (OF_PRESENT, ABSOLUTE, two_thirds("cast")):
        assert decide(VotingRule(majority=majority), count) is Result.REJECTED


def test_a_quorum_may_ask_for_the_president_or_a_vice_president() -> None:
    voting = VotingRule(quorum=QuorumRule(presence="president_or_vice"))
    count = Count(in_office=5, for_=5)
    assert decide(voting, count, chair_present=False) is Result.NO_QUORUM
    assert decide(voting, count, chair_present=True) is Result.ADOPTED


def test_presence_without_a_vote_counts_for_the_quorum_at_a_meeting() -> None:
    assert decide(VotingRule(), Count(in_office=7, for_=1, present=4)) is Result.ADOPTED
    assert decide(VotingRule(), Count(in_office=7, for_=1)) is Result.NO_QUORUM


def test_a_repeated_convening_keeps_the_quorum_when_the_statute_knows_no_lighter_one() -> None:
    assert decide(VotingRule(), Count(in_office=7, for_=3), convening=2) is Result.NO_QUORUM


@pytest.mark.parametrize(
    ("rule", "count", "need"),
    [
        (HALF, Count(in_office=8), 5),
        (HALF, Count(in_office=7, recused=1), 4),
        (HALF_OF_OFFICE, Count(in_office=8, recused=2), 5),
        (THIRD, Count(in_office=7), 3),
        (THIRD, Count(in_office=6), 2),
        (THIRD, Count(in_office=0), 1),
        (QuorumRule(kind="fraction", p=1, q=1), Count(in_office=7), 7),
        (QuorumRule(kind="count", count=3), Count(in_office=9), 3),
    ],
)
def test_quorums_are_rounded_as_the_statute_says(rule: QuorumRule, count: Count, need: int) -> None:
    assert quorum_need(rule, count) == need


@pytest.mark.parametrize(
    ("numbers", "code"),
    [
        ({"in_office": 5, "for_": -1}, "count_negative"),
        ({"in_office": -1}, "count_negative"),
        ({"in_office": 2, "recused": 3}, "count_recused"),
        ({"in_office": 5, "recused": 2, "present": 4}, "count_present"),
        ({"in_office": 5, "for_": 6}, "count_present"),
        ({"in_office": 5, "for_": 3, "present": 2}, "count_votes"),
    ],
)
def test_impossible_counts_are_refused(numbers: dict[str, int], code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        Count(**numbers)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: QuorumRule(kind="fraction", p=3, q=2), "fraction_impossible"),
        (lambda: QuorumRule(kind="fraction"), "fraction_impossible"),
        (lambda: QuorumRule(kind="count"), "quorum_count_impossible"),
        (lambda: MajorityRule(kind="absolute"), "majority_base_impossible"),
        (lambda: MajorityRule(base="present"), "majority_base_impossible"),
        (lambda: MajorityRule(kind="qualified", base="cast", p=0, q=3), "fraction_impossible"),
        (lambda: MajorityRule(kind="qualified", base="cast", p=1, q=1), "more_than_all"),
    ],
)
def test_impossible_rules_are_refused(make: object, code: str) -> None:
    with pytest.raises(RuleError) as refusal:
        make()  # type: ignore[operator]
    assert refusal.value.code == code


def test_fewer_eligible_than_the_statute_wants_send_the_matter_to_the_assembly() -> None:
    assert not enough_eligible(Count(in_office=4, recused=2), 3)
    assert enough_eligible(Count(in_office=4, recused=1), 3)


def test_a_round_is_settled_when_the_open_ballots_cannot_change_it() -> None:
    count = Count(in_office=7, for_=4)
    assert settled(VotingRule(), count) is Result.ADOPTED
    assert settled(VotingRule(), Count(in_office=7, for_=3, against=1)) is None
    assert settled(VotingRule(), Count(in_office=7, against=4)) is Result.REJECTED


def test_a_round_that_can_lose_its_majority_among_those_present_is_not_settled() -> None:
    voting = VotingRule(majority=OF_PRESENT)
    assert settled(voting, Count(in_office=7, for_=3, abstain=1, present=4)) is None
    assert settled(voting, Count(in_office=7, for_=4, present=4)) is Result.ADOPTED


def test_a_quorum_that_nobody_can_bring_is_settled_at_once() -> None:
    voting = VotingRule(quorum=QuorumRule(kind="count", count=5))
    tally = progress(voting, Count(in_office=7, recused=3))
    assert tally.settled is Result.NO_QUORUM
    assert "quorum_out_of_reach" in [one.code for one in tally.warnings]


def test_the_tally_says_what_the_boards_desk_shows() -> None:
    tally = progress(VotingRule(majority=ABSOLUTE), Count(in_office=7, for_=3, against=1))
    assert (tally.quorum_need, tally.quorum_base, tally.present, tally.quorum_reached) == (4, 7, 4, True)
    assert (tally.for_needed, tally.open, tally.eligible) == (1, 3, 7)
    assert tally.result_if_closed_now is Result.REJECTED
    assert tally.settled is None


def test_the_tally_counts_the_votes_that_the_quorum_needs_too() -> None:
    assert progress(VotingRule(), Count(in_office=7)).for_needed == 4


def test_the_tally_says_when_adoption_is_out_of_reach() -> None:
    tally = progress(VotingRule(), Count(in_office=5, against=3))
    assert tally.for_needed is None
    assert [one.code for one in tally.warnings] == ["adoption_out_of_reach"]


def test_the_last_vote_for_may_be_the_chairs_casting_one() -> None:
    voting, count = VotingRule(tie="chair_casting"), Count(in_office=4, for_=1, against=2)
    assert progress(voting, count).for_needed == 1
    assert progress(voting, count, chair_open=False).for_needed is None
    assert settled(voting, count, chair_open=False) is Result.REJECTED


def test_the_tally_warns_of_equal_votes_of_a_missing_chair_and_of_too_few_eligible() -> None:
    voting = VotingRule(quorum=QuorumRule(presence="president_or_vice"), tie="rejected")
    tally = progress(voting, Count(in_office=2, for_=1, against=1), chair_present=False, min_eligible=3)
    assert [one.code for one in tally.warnings] == [
        "too_few_eligible",
        "presence_missing",
        "votes_are_equal",
        "adoption_out_of_reach",
    ]


def test_plain_words_from_the_database_are_as_good_as_the_enumeration() -> None:
    count = Count(in_office=6, for_=2, against=2)
    assert decide(VotingRule(tie="chair_casting"), count, chair="for") is Result.ADOPTED  # type: ignore[arg-type]
