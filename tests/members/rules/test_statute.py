"""Statute parameters: usual values, round trips, and every mistake told with its path."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules.errors import RuleError
from members.rules.statute import (
    Declaration,
    MajorityRule,
    Matter,
    MembershipType,
    QuorumRule,
    RequiredDocument,
    StatuteRules,
    WrittenProcedure,
)


def mistakes(written: Any) -> list[tuple[str, str]]:
    with pytest.raises(RuleError) as refusal:
        StatuteRules.parse(written)
    assert refusal.value.code == "statute_invalid"
    found: Any = refusal.value.params["mistakes"]
    return [(one.params["path"], one.code) for one in found]


def test_the_usual_values_are_those_of_the_statute_model() -> None:
    rules = StatuteRules.defaults()
    assert (rules.completion_grace_days, rules.objection_window_days, rules.decision_deadline_days) == (
        30,
        15,
        30,
    )
    assert (rules.result_notice_days, rules.withdrawal_notice_days, rules.review_interval_months) == (
        3,
        30,
        12,
    )
    assert (rules.readmission_wait_days.exclusion, rules.readmission_wait_days.withdrawal) == (365, 0)
    assert (rules.min_eligible, rules.president_veto, rules.assembly_confirmation) == (3, False, False)
    assert (rules.exclusion.hearing_days, rules.appeal.organ, rules.appeal.days) == (15, "assembly", 30)
    assert rules.suspension_effects == ("no_vote", "hidden_from_offer")
    assert rules.tally_during_round == "counts"
    assert [one.code for one in rules.membership_types] == [
        "founding",
        "associate",
        "supporting",
        "honorary",
        "observer",
    ]


def test_the_usual_majorities_are_those_of_the_statute_model() -> None:
    rules = StatuteRules.defaults()
    assert rules.voting("admission").majority == MajorityRule("simple_cast", "cast")
    assert rules.voting("exclusion").majority == MajorityRule("absolute", "in_office")
    assert rules.voting("statute_change").majority == MajorityRule("qualified", "present", 2, 3, True)
    assert {rules.voting(matter).quorum for matter in Matter} == {QuorumRule("half_plus_one", "eligible")}
    assert {rules.voting(matter).second_quorum for matter in Matter} == {None}
    assert {rules.written(matter) for matter in Matter} == {WrittenProcedure(True, 3, True)}


def test_the_usual_documents_and_declarations_are_those_of_the_statute_model() -> None:
    rules = StatuteRules.defaults()
    required = {one.code for one in rules.required_documents if not one.optional}
    assert required == {"form", "reg_cert", "onrc", "const_act", "join_decision", "mandate", "presentation"}
    assert RequiredDocument("onrc", "trade_register", 90) in rules.required_documents
    assert Declaration("decl_export", "1", "not_purely_civil") in rules.declarations


def test_nothing_written_means_the_usual_values() -> None:
    assert StatuteRules.parse({}) == StatuteRules.defaults()


def test_what_is_written_is_read_and_the_rest_of_its_table_stays_usual() -> None:
    rules = StatuteRules.parse(
        {
            "objection_window_days": 0,
            "matters": {
                "admission": {
                    "quorum": {"presence": "president_or_vice"},
                    "second_quorum": {"kind": "fraction", "p": 1, "q": 3},
                    "majority": {"kind": "absolute"},
                    "tie": "chair_casting",
                }
            },
            "written_procedure": {"exclusion": {"allowed": False}},
            "membership_types": [{"code": "ally", "vote": "none", "max_term_months": 24}],
            "articles": {"completion_grace_days": "12", "matters.admission": "7"},
        }
    )
    assert rules.objection_window_days == 0
    assert rules.voting("admission").quorum == QuorumRule(presence="president_or_vice")
    assert rules.voting("admission").majority == MajorityRule("absolute", "in_office")
    assert rules.voting("admission").quorum_at(2) == QuorumRule("fraction", p=1, q=3)
    assert rules.voting("exclusion") == StatuteRules.defaults().voting("exclusion")
    assert not rules.written("exclusion").allowed
    assert rules.written("admission").allowed
    assert rules.membership_types == (MembershipType("ally", vote="none", max_term_months=24),)


def test_the_article_of_a_parameter_is_its_own_or_its_tables_or_the_one_on_adhesion() -> None:
    rules = StatuteRules.parse({"articles": {"matters": "6", "matters.admission": "7", "exclusion": "14"}})
    assert rules.article("matters.admission") == "7"
    assert rules.article("matters.exclusion") == "6"
    assert rules.article("exclusion.grounds") == "14"
    assert rules.article("completion_grace_days") == "11"


@pytest.mark.parametrize("matter", ["dissolution", ""])
def test_a_matter_that_the_statute_does_not_know_is_refused(matter: str) -> None:
    for ask in (StatuteRules.defaults().voting, StatuteRules.defaults().written):
        with pytest.raises(RuleError) as refusal:
            ask(matter)
        assert refusal.value.code == "matter_unknown"


def admission(**parts: Any) -> dict[str, Any]:
    return {"matters": {"admission": parts}}


def other(**parts: Any) -> dict[str, Any]:
    return {"matters": {"other": parts}}


def documents(*asked: Any) -> dict[str, Any]:
    return {"required_documents": list(asked)}


MISTAKES: list[tuple[Any, str, str]] = [
    ({"quorumm": 1}, "quorumm", "statute_key_unknown"),
    ({7: 1}, "7", "statute_key_unknown"),
    ("rules", "", "statute_not_table"),
    ({"eligibility": []}, "eligibility", "statute_not_table"),
    ({"min_eligible": 0}, "min_eligible", "statute_out_of_range"),
    ({"objection_window_days": -1}, "objection_window_days", "statute_out_of_range"),
    ({"appeal": {"days": -30}}, "appeal.days", "statute_out_of_range"),
    ({"result_notice_days": 10**9}, "result_notice_days", "statute_out_of_range"),
    ({"result_notice_days": "3"}, "result_notice_days", "statute_not_whole"),
    ({"result_notice_days": 3.0}, "result_notice_days", "statute_not_whole"),
    ({"result_notice_days": True}, "result_notice_days", "statute_not_whole"),
    ({"result_notice_days": None}, "result_notice_days", "statute_not_whole"),
    ({"president_veto": 1}, "president_veto", "statute_not_flag"),
    ({"tally_during_round": "names"}, "tally_during_round", "statute_not_one_of"),
    ({"suspension_effects": "no_vote"}, "suspension_effects", "statute_not_list"),
    ({"suspension_effects": ["no_coffee"]}, "suspension_effects[0]", "statute_not_one_of"),
    ({"suspension_effects": ["no_vote", "no_vote"]}, "suspension_effects", "statute_twice"),
    ({"exclusion": {"grounds": ["no reason"]}}, "exclusion.grounds[0]", "statute_not_code"),
    ({"eligibility": {"countries": ["ro"]}}, "eligibility.countries[0]", "statute_not_country"),
    ({"membership_types": []}, "membership_types", "statute_list_too_short"),
    ({"membership_types": [{}]}, "membership_types[0].code", "statute_key_missing"),
    ({"membership_types": [{"code": "a"}, {"code": "a"}]}, "membership_types", "statute_twice"),
    (documents({"code": "a", "for_whom": "bank"}), "required_documents[0].for_whom", "statute_not_one_of"),
    ({"declarations": [{"code": "a", "version": 1}]}, "declarations[0].version", "statute_not_version"),
    ({"matters": {"admision": {}}}, "matters.admision", "statute_key_unknown"),
    (admission(quorum={"kind": "fraction", "p": 3, "q": 2}), "matters.admission.quorum", "fraction_impossible"),
    (admission(quorum={"kind": "count"}), "matters.admission.quorum", "quorum_count_impossible"),
    (admission(quorum={"q": 0}), "matters.admission.quorum.q", "statute_out_of_range"),
    (admission(second_quorum={"kind": "half"}), "matters.admission.second_quorum.kind", "statute_not_one_of"),
    (other(majority={"kind": "absolute", "base": "cast"}), "matters.other.majority", "majority_base_impossible"),
    (other(majority={"kind": "qualified", "p": 5, "q": 3}), "matters.other.majority", "fraction_impossible"),
    (other(majority={"kind": "qualified", "p": 1, "q": 1}), "matters.other.majority", "more_than_all"),
    ({"written_procedure": {"other": {"min_days": -3}}}, "written_procedure.other.min_days", "statute_out_of_range"),
    ({"articles": []}, "articles", "statute_not_table"),
    ({"articles": {"completion_days": "12"}}, "articles.completion_days", "statute_article_of_nothing"),
    ({"articles": {"matters.admision": "12"}}, "articles.matters.admision", "statute_article_of_nothing"),
    ({"articles": {"min_eligible.x": "12"}}, "articles.min_eligible.x", "statute_article_of_nothing"),
    ({"articles": {"appeal": 12}}, "articles.appeal", "statute_article_not_text"),
    ({"articles": {"appeal": " "}}, "articles.appeal", "statute_article_not_text"),
]


@pytest.mark.parametrize(("written", "path", "code"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_a_mistake_is_told_with_its_path(written: Any, path: str, code: str) -> None:
    assert mistakes(written) == [(path, code)]


def test_all_mistakes_are_told_at_once() -> None:
    written = {
        "president_veto": "no",
        "typo": 1,
        "appeal": {"organ": "court", "days": -1},
        "membership_types": [{"code": "a", "vote": "half"}, 5],
    }
    assert sorted(mistakes(written)) == [
        ("appeal.days", "statute_out_of_range"),
        ("appeal.organ", "statute_not_one_of"),
        ("membership_types[0].vote", "statute_not_one_of"),
        ("membership_types[1]", "statute_not_table"),
        ("president_veto", "statute_not_flag"),
        ("typo", "statute_key_unknown"),
    ]


def test_articles_may_name_the_entry_of_a_list_by_its_code() -> None:
    rules = StatuteRules.parse({"articles": {"required_documents.onrc": "9"}})
    assert rules.article("required_documents.onrc") == "9"
    assert rules.article("required_documents.mandate") == "11"


def test_the_rules_survive_a_journey_through_json() -> None:
    rules = StatuteRules.defaults()
    assert StatuteRules.parse(json.loads(json.dumps(rules.to_dict()))) == rules


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "completion_grace_days": st.integers(1, 400),
            "president_veto": st.booleans(),
            "suspension_effects": st.lists(st.sampled_from(["no_vote", "no_login"]), unique=True),
            "readmission_wait_days": st.fixed_dictionaries({}, optional={"exclusion": st.integers(0, 999)}),
            "matters": st.dictionaries(
                st.sampled_from([matter.value for matter in Matter]),
                st.fixed_dictionaries(
                    {},
                    optional={
                        "tie": st.sampled_from(["rejected", "postpone"]),
                        "second_quorum": st.none() | st.just({"kind": "count", "count": 2}),
                        "majority": st.sampled_from(
                            [
                                {"kind": "majority_present"},
                                {"kind": "qualified", "base": "cast", "p": 3, "q": 4},
                            ]
                        ),
                    },
                ),
            ),
        },
    )
)
def test_whatever_is_read_is_written_back_the_same(written: dict[str, Any]) -> None:
    rules = StatuteRules.parse(written)
    assert StatuteRules.parse(rules.to_dict()) == rules


NESTED = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["kind", "code", "admission", "days", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


def refusal_of(written: dict[str, Any]) -> RuleError | None:
    try:
        StatuteRules.parse(written)
    except RuleError as refusal:
        return refusal
    return None


@given(st.dictionaries(st.sampled_from(sorted(StatuteRules.defaults().to_dict())), NESTED, max_size=4))
def test_nonsense_is_refused_in_words_and_never_crashes(written: dict[str, Any]) -> None:
    refusal = refusal_of(written)
    assert refusal is None or (refusal.code == "statute_invalid" and refusal.params["mistakes"])
