"""The figures printed in docs/statute.md are what the rules compute."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from members.rules.ballots import (
    Choice,
    Count,
    MajorityRule,
    QuorumRule,
    VotingRule,
    decide,
    quorum_need,
    settled,
)
from members.rules.statute import StatuteRules

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "statute.md").read_text(encoding="utf-8")
VECTORS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in TEXT.splitlines() if re.match(r"\| C\d", line)
]
EXAMPLE = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TEXT.splitlines()
    if re.match(r"\| .*(three sent|fourth|fifth)", line)
]


def majority_of(words: str) -> MajorityRule:
    """The majority that the table names in words."""
    if words.startswith("simple_cast"):
        return MajorityRule(kind="simple_cast", base="cast")
    if words == "majority_present":
        return MajorityRule(kind="majority_present", base="present")
    if words == "absolute of in_office":
        return MajorityRule(kind="absolute", base="in_office")
    found = re.fullmatch(r"(\d)/(\d) of (present|in_office|eligible), (inclusive|exclusive)", words)
    assert found is not None, words
    return MajorityRule(
        kind="qualified",
        base=found[3],  # type: ignore[arg-type]  # the pattern allows three of the bases only
        p=int(found[1]),
        q=int(found[2]),
        inclusive=found[4] == "inclusive",
    )


def test_all_fifteen_vectors_are_printed() -> None:
    assert [row[0] for row in VECTORS] == [f"C{number}" for number in range(1, 16)]


@pytest.mark.parametrize("row", VECTORS, ids=lambda row: row[0])
def test_a_printed_vector_is_what_the_rules_compute(row: list[str]) -> None:
    n, r, p, y, a, b = (int(cell) for cell in row[1:7])
    words, need, result = row[7:]
    rule = VotingRule(
        quorum=QuorumRule(base="in_office" if words.endswith("quorum of in_office") else "eligible"),
        majority=majority_of(words),
        second_quorum=QuorumRule(kind="fraction", p=1, q=3) if "second convening" in words else None,
    )
    convening = 2 if "second convening" in words else 1
    count = Count(in_office=n, recused=r, present=p, for_=y, against=a, abstain=b)
    assert quorum_need(rule.quorum_at(convening), count) == int(need)
    assert decide(rule, count, convening=convening).value.replace("_", " ") == result


@pytest.mark.parametrize("row", EXAMPLE, ids=lambda row: row[0])
def test_the_worked_example_is_what_the_rules_compute(row: list[str]) -> None:
    y, a, b, p = (int(cell) for cell in row[1:5])
    count = Count(in_office=7, recused=1, for_=y, against=a, abstain=b)
    assert count.present_count == p
    assert quorum_need(QuorumRule(), count) == 4
    for words, told in (("simple_cast", row[6]), ("majority_present", row[7])):
        result = decide(VotingRule(majority=majority_of(words)), count)
        assert result.value.replace("_", " ") == told.split(":")[0]


def test_the_worked_example_closes_early_only_where_the_text_says_so() -> None:
    simple, present = (VotingRule(majority=majority_of(words)) for words in ("simple_cast", "majority_present"))
    fourth = Count(in_office=7, recused=1, for_=2, against=1, abstain=1)
    fifth = fourth.plus(Choice.FOR)
    assert len(EXAMPLE) == 3
    assert settled(simple, fourth) is None
    assert settled(simple, fifth) is decide(simple, fifth)
    assert settled(present, fifth) is None


def test_every_parameter_is_explained() -> None:
    missing = [one.name for one in fields(StatuteRules) if f"`{one.name}`" not in TEXT]
    assert missing == []
