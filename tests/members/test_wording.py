"""Every code that the rules raise has a sentence, and every sentence can be filled with what the rules say."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from members import wording
from members.rules.ballots import Count, QuorumRule, VotingRule, progress
from members.rules.completeness import FileFacts, missing
from members.rules.deadlines import check_may_apply
from members.rules.errors import Remark, RuleError
from members.rules.identifiers import check_cui, ncage_warning
from members.rules.lifecycle import check
from members.rules.statute import StatuteRules

MEMBERS = Path(wording.__file__).parent
# Where a code stands in a call: the positions of the arguments that hold one.
CARRIERS = {
    "RuleError": (0,),
    "Unlawful": (0,),
    "Remark": (0,),
    "__init__": (0,),
    "add": (1,),
    "matching": (1,),
    "_tidy": (1, 2),
    "_unless": (1,),
    "_demand": (3,),
}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


def codes_in(path: Path) -> Iterator[str]:
    """The codes of a module: in raising calls, in assignments to `lack`, and returned by functions named `…_lack`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            carried = [node.args[place] for place in CARRIERS.get(name, ()) if place < len(node.args)]
        elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "lack":
            carried = [node.value]
        elif isinstance(node, ast.FunctionDef) and node.name.endswith("_lack"):
            carried = [one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value]
        else:
            continue
        for argument in carried:
            yield from words_of(argument)


def words_of(node: ast.expr) -> Iterator[str]:
    """A word, or both words of "one if … else other"."""
    if isinstance(node, ast.IfExp):
        yield from words_of(node.body)
        yield from words_of(node.orelse)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


RAISED = {code for path in sorted(MEMBERS.rglob("*.py")) for code in codes_in(path)}


def test_the_search_for_codes_finds_every_way_of_raising_them() -> None:
    assert {
        "statute_invalid",  # RuleError
        "transition_unlisted",  # Unlawful
        "few_in_favour",  # Remark
        "statute_key_missing",  # Mistakes.add
        "statute_not_country",  # matching
        "cui_missing",  # _tidy
        "name_missing",  # _unless
        "country_missing",  # _demand
        "declaration_outdated",  # lack = …
        "document_expired",  # return in …_lack
    } <= RAISED


def test_every_code_that_is_raised_has_a_sentence() -> None:
    assert RAISED - wording.SENTENCES.keys() == set()


def test_every_sentence_belongs_to_a_code_that_somebody_raises() -> None:
    assert wording.SENTENCES.keys() - RAISED == set()


def coded() -> Iterator[Any]:
    """A good part of what the rules say, as they say it."""
    yield from missing(FileFacts(), StatuteRules.defaults(), on=date(2026, 11, 23))
    voting = VotingRule(quorum=QuorumRule(kind="count", count=9))
    yield from progress(voting, Count(in_office=2, for_=1, against=1), min_eligible=3).warnings
    warning = ncage_warning("D12", "DE")
    assert warning is not None
    yield warning
    acts = (
        lambda: check("draft", "approved", "approve", "engine"),
        lambda: check("deliberation", "approved", "approve", "office"),
        lambda: check_cui("RO12345"),
        lambda: check_may_apply(date(2027, 3, 1), "exclusion", StatuteRules.defaults(), date(2027, 4, 1)),
        lambda: StatuteRules.parse({"appeal": {"days": -1}, "membership_types": [{}]}),
        lambda: Count(in_office=1, recused=2),
    )
    for act in acts:
        with pytest.raises(RuleError) as refusal:
            act()
        yield refusal.value


def test_every_sentence_is_filled_with_the_parameters_that_the_rules_give() -> None:
    for one in coded():
        said = wording.sentence(one)
        assert said.endswith((".", ":")) or one.code == "statute_invalid"
        assert "%(" not in said
        assert one.code not in said


@pytest.mark.parametrize(
    ("code", "params", "said"),
    [
        (
            "transition_other_actor",
            {"actors": ("engine", "president_or_secretary")},
            "This step is not yours to take. It belongs to the Board's vote, the president or the secretary.",
        ),
        (
            "readmission_too_early",
            {"first": date(2028, 2, 29), "article": "14"},
            "A former member may apply again from 29 February 2028 (article 14). Please come back on that day.",
        ),
        (
            "document_too_old",
            {"document": "onrc", "days": 90},
            "The document must not be older than 90 days: certificate of the trade register. Upload a newer one.",
        ),
        (
            "sponsors_missing",
            {"count": 1, "of": 2},
            "The request needs the recommendation of 1 more member. Ask one and add it here.",
        ),
    ],
)
def test_a_sentence_says_what_is_wrong_and_what_to_do(code: str, params: dict[str, Any], said: str) -> None:
    assert wording.sentence(Remark(code, params)) == said


def test_a_refused_transition_speaks_of_states_as_people_do() -> None:
    with pytest.raises(RuleError) as refusal:
        check("submitted", "approved", "approve", "engine")
    assert "from “Submitted” to “Approved”" in wording.sentence(refusal.value)


def test_the_callers_own_names_come_first() -> None:
    remark = Remark("document_missing", {"document": "form", "days": 0})
    assert wording.sentence(remark, names={"form": "the blue form"}) == "Upload the document: the blue form."


def test_the_mistakes_of_a_statute_are_told_one_by_one_with_their_paths() -> None:
    with pytest.raises(RuleError) as refusal:
        StatuteRules.parse({"appeal": {"days": -1}, "tally_during_round": "names"})
    assert wording.mistakes_of(refusal.value) == [
        "tally_during_round: is “names”; write one of: counts, turnout.",
        "appeal.days: is -1; write a number from 0 to 36500.",
    ]


def test_a_code_without_a_sentence_is_shown_as_it_is() -> None:
    assert wording.sentence(Remark("something_new", {"place": 1})) == "something_new: place=1"


def test_a_percent_sign_in_what_people_typed_does_no_harm() -> None:
    assert "100%(s)" in wording.sentence(Remark("cui_shape", {"value": "100%(s)"}))
