"""Rounds and voting rules of every lawful kind, for property tests."""

from hypothesis import strategies as st

from members.rules.ballots import Choice, Count, MajorityRule, QuorumRule, VotingRule
from members.rules.voting import BASES_OF_MAJORITY, MajorityKind, QuorumKind

MOST_DIRECTORS = 7

fractions = st.tuples(st.integers(1, 6), st.integers(1, 6)).map(lambda pair: (min(pair), max(pair)))


@st.composite
def quorums(draw: st.DrawFn) -> QuorumRule:
    kinds: list[QuorumKind] = ["half_plus_one", "fraction", "count"]
    kind = draw(st.sampled_from(kinds))
    p, q = draw(fractions)
    return QuorumRule(
        kind=kind,
        base=draw(st.sampled_from(["in_office", "eligible"])),
        p=p,
        q=q,
        count=draw(st.integers(1, MOST_DIRECTORS + 1)),
        presence=draw(st.sampled_from(["none", "president_or_vice"])),
    )


@st.composite
def majorities(draw: st.DrawFn) -> MajorityRule:
    kinds: list[MajorityKind] = ["simple_cast", "majority_present", "absolute", "qualified"]
    kind = draw(st.sampled_from(kinds))
    p, q = draw(fractions)
    return MajorityRule(
        kind=kind,
        base=draw(st.sampled_from(BASES_OF_MAJORITY[kind])),
        p=p,
        q=q,
        inclusive=draw(st.booleans()) if p < q else True,
    )


def votings() -> st.SearchStrategy[VotingRule]:
    return st.builds(
        VotingRule,
        quorum=quorums(),
        majority=majorities(),
        tie=st.sampled_from(["rejected", "chair_casting", "postpone"]),
        second_quorum=st.none() | quorums(),
    )


@st.composite
def counts(draw: st.DrawFn, least_open: int = 0) -> Count:
    """A round, written or at a meeting, with at least so many ballots still open."""
    in_office = draw(st.integers(least_open, MOST_DIRECTORS))
    recused = draw(st.integers(0, in_office - least_open))
    left = in_office - recused - least_open
    for_ = draw(st.integers(0, left))
    against = draw(st.integers(0, left - for_))
    abstain = draw(st.integers(0, left - for_ - against))
    votes = for_ + against + abstain
    present = draw(st.none() | st.integers(votes, in_office - recused))
    return Count(in_office, recused, for_, against, abstain, present)


@st.composite
def circumstances(draw: st.DrawFn, count: Count) -> dict[str, object]:
    """The chair's own ballot is one of those counted."""
    cast = [
        choice for choice, number in zip(Choice, (count.for_, count.against, count.abstain), strict=True) if number > 0
    ]
    return {
        "convening": draw(st.integers(1, 2)),
        "chair": draw(st.sampled_from([None, *cast])),
        "chair_present": draw(st.booleans()),
        "earlier_ties": draw(st.integers(0, 1)),
    }
