"""What must hold for every statute and every round, tried on generated ones."""

from fractions import Fraction
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from members.rules.ballots import (
    Choice,
    Count,
    QuorumRule,
    Result,
    VotingRule,
    decide,
    for_needed,
    progress,
    quorum_need,
    settled,
)
from tests.members.rules.strategies import circumstances, counts, quorums, votings

rounds = st.shared(counts(), key="round")
roomy = st.shared(counts(least_open=1), key="roomy")


@given(votings(), roomy, roomy.flatmap(circumstances))
def test_one_more_for_never_turns_adopted_into_anything_else(voting: VotingRule, count: Count, around: dict) -> None:
    if decide(voting, count, **around) is Result.ADOPTED:
        assert decide(voting, count.plus(Choice.FOR), **around) is Result.ADOPTED


@given(votings(), roomy, roomy.flatmap(circumstances))
def test_one_more_against_never_turns_a_failure_into_an_adoption(
    voting: VotingRule, count: Count, around: dict
) -> None:
    if decide(voting, count, **around) in (Result.REJECTED, Result.TIE):
        assert decide(voting, count.plus(Choice.AGAINST), **around) is not Result.ADOPTED


@given(votings(), roomy, roomy.flatmap(circumstances), st.sampled_from(list(Choice)))
def test_one_more_ballot_of_any_kind_never_loses_the_quorum(
    voting: VotingRule, count: Count, around: dict, choice: Choice
) -> None:
    if decide(voting, count, **around) is not Result.NO_QUORUM:
        assert decide(voting, count.plus(choice), **around) is not Result.NO_QUORUM


def test_one_more_against_may_bring_the_quorum_and_so_the_adoption() -> None:
    count = Count(in_office=7, for_=3)
    assert decide(VotingRule(), count) is Result.NO_QUORUM
    assert decide(VotingRule(), count.plus(Choice.AGAINST)) is Result.ADOPTED


def every_ending(voting: VotingRule, count: Count, around: dict, chair_open: bool) -> set[Result]:
    """The results of all ways in which the rest may vote, arrive without voting, or stay away."""
    found = set()
    for for_ in range(count.open + 1):
        for against in range(count.open + 1 - for_):
            for abstain in range(count.open + 1 - for_ - against):
                found |= endings_with(voting, count, (for_, against, abstain), around, chair_open)
    return found


def endings_with(
    voting: VotingRule, count: Count, more: tuple[int, int, int], around: dict, chair_open: bool
) -> set[Result]:
    chairs: list[Choice | None] = [around["chair"]]
    if around["chair"] is None and chair_open:
        chairs = [choice for choice, number in zip(Choice, more, strict=True) if number]
        if sum(more) < count.open or count.open == 0:
            chairs.append(None)
    found = set()
    for present in presences(count, sum(more)):
        after = Count(
            count.in_office,
            count.recused,
            count.for_ + more[0],
            count.against + more[1],
            count.abstain + more[2],
            present,
        )
        came = after.present_count > count.present_count
        for chair in chairs:
            for chair_present in {around["chair_present"], around["chair_present"] or came or sum(more) > 0}:
                found.add(decide(voting, after, **{**around, "chair": chair, "chair_present": chair_present}))
    return found


def presences(count: Count, more: int) -> list[int | None]:
    if count.present is None:
        return [None]
    return list(range(max(count.present, count.votes + more), count.eligible + 1))


@given(votings(), rounds, rounds.flatmap(circumstances), st.booleans())
def test_early_closing_never_differs_from_counting_every_ending(
    voting: VotingRule, count: Count, around: dict, chair_open: bool
) -> None:
    endings = every_ending(voting, count, around, chair_open)
    expected = endings.pop() if len(endings) == 1 else None
    assert settled(voting, count, **around, chair_open=chair_open) is expected


@given(votings(), rounds, rounds.flatmap(circumstances), st.integers(1, 3))
def test_directors_who_recuse_themselves_late_do_not_change_a_settled_written_procedure(
    voting: VotingRule, count: Count, around: dict, late: int
) -> None:
    outcome = settled(voting, count, **around)
    if outcome is None or count.present is not None or late > count.open:
        return
    fewer = Count(count.in_office, count.recused + late, count.for_, count.against, count.abstain)
    assert every_ending(voting, fewer, around, chair_open=True) == {outcome}


@given(votings(), rounds, rounds.flatmap(circumstances))
def test_a_round_without_open_ballots_is_settled_as_it_stands(voting: VotingRule, count: Count, around: dict) -> None:
    if count.open == 0:
        assert settled(voting, count, **around) is decide(voting, count, **around)


@given(votings(), rounds, rounds.flatmap(circumstances), st.booleans())
def test_the_votes_still_needed_adopt_and_one_fewer_do_not(
    voting: VotingRule, count: Count, around: dict, chair_open: bool
) -> None:
    needed = for_needed(voting, count, **around, chair_open=chair_open)
    tally = progress(voting, count, **around, chair_open=chair_open)
    assert tally.for_needed == needed
    assert (needed == 0) == (tally.result_if_closed_now is Result.ADOPTED)
    if needed is None:
        assert Result.ADOPTED not in every_ending(voting, count, around, chair_open)
    elif needed > 0:
        fewer = count.plus(Choice.FOR, needed - 1)
        came = {**around, "chair_present": around["chair_present"] or needed > 1}
        assert decide(voting, fewer, **came) is not Result.ADOPTED


@given(quorums(), rounds)
def test_the_quorum_is_the_exact_part_rounded_up(rule: QuorumRule, count: Count) -> None:
    base = count.eligible if rule.base == "eligible" else count.in_office
    exact = {
        "half_plus_one": Fraction(base, 2).__floor__() + 1,
        "fraction": max(1, ceil(Fraction(rule.p, rule.q) * base)),
        "count": rule.count,
    }
    assert quorum_need(rule, count) == exact[rule.kind]


@given(votings(), rounds, rounds.flatmap(circumstances))
def test_the_recused_count_for_nothing_where_the_base_is_the_eligible(
    voting: VotingRule, count: Count, around: dict
) -> None:
    quorum = voting.quorum_at(around["convening"])
    if quorum.base == "eligible" and voting.majority.base != "in_office":
        without = Count(count.eligible, 0, count.for_, count.against, count.abstain, count.present)
        assert decide(voting, count, **around) is decide(voting, without, **around)


@given(quorums(), st.integers(0, 7), st.integers(0, 7))
def test_recusals_do_not_lower_a_quorum_of_those_in_office(rule: QuorumRule, in_office: int, recused: int) -> None:
    if recused <= in_office and rule.base == "in_office":
        assert quorum_need(rule, Count(in_office, recused)) == quorum_need(rule, Count(in_office))
