"""Every pair of states, verb and actor: what is not listed is refused."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules.errors import RuleError, Unlawful
from members.rules.lifecycle import (
    CURRENT_STATES,
    EDITABLE_STATES,
    ENDED_STATES,
    FINAL_STATES,
    MEMBERSHIP_TRANSITIONS,
    OPEN_STATES,
    TRANSITIONS,
    WITHDRAWABLE_STATES,
    Actor,
    MembershipState,
    State,
    check,
    check_membership,
    membership_path_is_lawful,
    membership_targets,
    path_is_lawful,
    targets,
)

LAWFUL = """
draft         submit            applicant               submitted
returned      resubmit          applicant               submitted
submitted     return            office                  returned
returned      lapse             system                  lapsed
submitted     declare_complete  office                  complete
complete      open_objections   system                  objection
objection     end_objections    system                  deliberation
objection     open_round        president_or_secretary  deliberation
complete      open_round        president_or_secretary  deliberation
adjourned     open_round        president_or_secretary  deliberation
deliberation  adjourn           engine                  adjourned
deliberation  adjourn           president_or_secretary  adjourned
deliberation  demand_meeting    director                adjourned
deliberation  approve           engine                  approved
deliberation  reject            engine                  rejected
rejected      appeal            applicant               appealed
appealed      uphold_appeal     engine                  approved
appealed      dismiss_appeal    engine                  rejected
draft         withdraw          applicant               withdrawn
submitted     withdraw          applicant               withdrawn
returned      withdraw          applicant               withdrawn
complete      withdraw          applicant               withdrawn
objection     withdraw          applicant               withdrawn
deliberation  withdraw          applicant               withdrawn
adjourned     withdraw          applicant               withdrawn
"""

LAWFUL_OF_MEMBERS = """
active        suspend             engine  suspended
suspended     reinstate           engine  active
active        give_notice         member  notice_given
suspended     give_notice         member  notice_given
notice_given  take_back_notice    member  active
notice_given  take_back_notice    member  suspended
notice_given  end_notice          system  withdrawn
excluded      overturn_exclusion  engine  active
active        exclude             engine  excluded
suspended     exclude             engine  excluded
notice_given  exclude             engine  excluded
active        cease               office  ceased
suspended     cease               office  ceased
notice_given  cease               office  ceased
"""


def rows(table: str) -> set[tuple[str, ...]]:
    return {tuple(line.split()) for line in table.strip().splitlines()}


def test_the_transitions_of_a_request_are_exactly_those_of_the_statute_model() -> None:
    assert {(t.source, t.verb, t.actor, t.target) for t in TRANSITIONS} == rows(LAWFUL)
    assert len(TRANSITIONS) == len(rows(LAWFUL))


def test_the_transitions_of_a_membership_are_exactly_those_of_the_statute_model() -> None:
    assert {(t.source, t.verb, t.actor, t.target) for t in MEMBERSHIP_TRANSITIONS} == rows(LAWFUL_OF_MEMBERS)
    assert len(MEMBERSHIP_TRANSITIONS) == len(rows(LAWFUL_OF_MEMBERS))


VERBS = sorted({one.verb for one in TRANSITIONS})
MEMBER_VERBS = sorted({one.verb for one in MEMBERSHIP_TRANSITIONS})


def test_every_request_transition_that_is_not_listed_is_refused() -> None:
    lawful = rows(LAWFUL)
    for source, target, verb, actor in product(State, State, VERBS, Actor):
        if (source, verb, actor, target) in lawful:
            found = check(source, target, verb, actor)
            assert (found.source, found.target, found.verb, found.actor) == (source, target, verb, actor)
        else:
            with pytest.raises(Unlawful):
                check(source, target, verb, actor)


def test_every_membership_transition_that_is_not_listed_is_refused() -> None:
    lawful = rows(LAWFUL_OF_MEMBERS)
    for source, target, verb, actor in product(MembershipState, MembershipState, MEMBER_VERBS, Actor):
        if (source, verb, actor, target) in lawful:
            assert check_membership(source, target, verb, actor).target is target
        else:
            with pytest.raises(Unlawful):
                check_membership(source, target, verb, actor)


def test_only_the_engine_approves_and_rejects() -> None:
    deciding = [one for one in TRANSITIONS if one.target in {State.APPROVED, State.REJECTED}]
    assert {one.actor for one in deciding} == {Actor.ENGINE}


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (("withdrawn", "draft", "submit", "applicant"), "transition_from_final"),
        (("draft", "approved", "approve", "engine"), "transition_unlisted"),
        (("draft", "draft", "submit", "applicant"), "transition_unlisted"),
        (("draft", "submitted", "resubmit", "applicant"), "transition_other_verb"),
        (("deliberation", "approved", "approve", "office"), "transition_other_actor"),
    ],
)
def test_the_refusal_says_whether_state_verb_or_actor_is_wrong(step: tuple[str, ...], code: str) -> None:
    with pytest.raises(Unlawful) as refusal:
        check(*step)
    assert refusal.value.code == code
    assert (refusal.value.params["source"], refusal.value.params["target"]) == step[:2]


def test_the_refusal_of_an_actor_names_the_right_ones() -> None:
    with pytest.raises(Unlawful) as refusal:
        check("deliberation", "adjourned", "adjourn", "applicant")
    assert refusal.value.params["actors"] == ("engine", "president_or_secretary")


@pytest.mark.parametrize("word", ["", "Draft", "accepted"])
def test_an_unknown_state_is_an_error_of_its_own(word: str) -> None:
    for call in (lambda: check(word, "draft", "submit", "applicant"), lambda: targets(word)):
        with pytest.raises(RuleError) as refusal:
            call()
        assert refusal.value.code == "state_unknown"


def test_open_and_final_states_are_all_the_states() -> None:
    assert OPEN_STATES | FINAL_STATES == set(State)
    assert not OPEN_STATES & FINAL_STATES
    assert CURRENT_STATES | ENDED_STATES == set(MembershipState)


def test_every_open_state_can_still_reach_an_end() -> None:
    for state in OPEN_STATES:
        reached, frontier = {state}, {state}
        while frontier:
            frontier = {target for one in frontier for target in targets(one)} - reached
            reached |= frontier
        assert reached & {State.APPROVED, State.REJECTED, State.LAPSED, State.WITHDRAWN}


def test_a_request_is_withdrawn_from_anywhere_before_the_decision() -> None:
    assert {one.source for one in TRANSITIONS if one.verb == "withdraw"} == WITHDRAWABLE_STATES
    assert WITHDRAWABLE_STATES == OPEN_STATES - {State.APPEALED}


def test_only_drafts_and_returned_files_are_edited() -> None:
    assert EDITABLE_STATES == {one.source for one in TRANSITIONS if one.target is State.SUBMITTED}


def test_targets_say_where_one_may_go() -> None:
    assert targets("rejected") == {State.APPEALED}
    assert targets(State.APPROVED) == frozenset()
    assert membership_targets("notice_given") == {
        MembershipState.ACTIVE,
        MembershipState.SUSPENDED,
        MembershipState.WITHDRAWN,
        MembershipState.EXCLUDED,
        MembershipState.CEASED,
    }


TO_THE_BOARD = [
    ("draft", "submitted", "submit"),
    ("submitted", "returned", "return"),
    ("returned", "submitted", "resubmit"),
    ("submitted", "complete", "declare_complete"),
    ("complete", "objection", "open_objections"),
    ("objection", "deliberation", "open_round"),
]
REJECTED = [*TO_THE_BOARD, ("deliberation", "rejected", "reject")]
DISMISSED = [("rejected", "appealed", "appeal"), ("appealed", "rejected", "dismiss_appeal")]


@pytest.mark.parametrize(
    "path",
    [
        [],
        TO_THE_BOARD,
        [
            *TO_THE_BOARD,
            ("deliberation", "adjourned", "adjourn"),
            ("adjourned", "deliberation", "open_round"),
            ("deliberation", "approved", "approve"),
        ],
        [*REJECTED, *DISMISSED],
    ],
)
def test_a_lawful_path_is_recognised(path: list[tuple[str, str, str]]) -> None:
    assert path_is_lawful(path)


@pytest.mark.parametrize(
    "path",
    [
        [("submitted", "complete", "declare_complete")],
        [("draft", "submitted", "submit"), ("complete", "deliberation", "open_round")],
        [("draft", "submitted", "resubmit")],
        [("draft", "approved", "approve")],
        [("draft", "nowhere", "submit")],
        [*REJECTED, *DISMISSED, ("rejected", "appealed", "appeal")],
    ],
    ids=["not from a draft", "a gap", "another verb", "a leap", "unknown state", "a second appeal"],
)
def test_an_unlawful_path_is_recognised(path: list[tuple[str, str, str]]) -> None:
    assert not path_is_lawful(path)


@given(st.data())
def test_every_walk_along_the_transitions_with_at_most_one_appeal_is_a_lawful_path(
    data: st.DataObject,
) -> None:
    here, path = State.DRAFT, []
    for _ in range(data.draw(st.integers(0, 12))):
        ways = [one for one in TRANSITIONS if one.source is here]
        if not ways:
            break
        step = data.draw(st.sampled_from(ways))
        path.append((step.source, step.target, step.verb))
        here = State(step.target)
    appeals = [verb for _, _, verb in path].count("appeal")
    assert path_is_lawful(path) == (appeals <= 1)


def test_a_membership_path_begins_active_and_a_notice_taken_back_restores_what_was() -> None:
    suspended = [("active", "suspended", "suspend"), ("suspended", "notice_given", "give_notice")]
    assert membership_path_is_lawful([*suspended, ("notice_given", "suspended", "take_back_notice")])
    assert not membership_path_is_lawful([*suspended, ("notice_given", "active", "take_back_notice")])
    assert not membership_path_is_lawful([("suspended", "active", "reinstate")])
