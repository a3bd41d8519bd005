"""The lawful transitions of an adhesion request and of a membership, each with its verb and its actor.

No state is left but by a transition listed here. `rejected` counts as final although the applicant may
contest it within the statute's term; an appeal is decided once (`path_is_lawful` refuses a second one).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from members.rules.errors import RuleError, Unlawful


class State(StrEnum):
    """The states of an adhesion request."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    COMPLETE = "complete"
    OBJECTION = "objection"
    DELIBERATION = "deliberation"
    APPROVED = "approved"
    REJECTED = "rejected"
    ADJOURNED = "adjourned"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    APPEALED = "appealed"


class MembershipState(StrEnum):
    """The states of a membership."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    NOTICE_GIVEN = "notice_given"
    WITHDRAWN = "withdrawn"
    EXCLUDED = "excluded"
    CEASED = "ceased"


class Actor(StrEnum):
    """Who makes a transition. The engine is the collegial decision itself, never a person."""

    APPLICANT = "applicant"
    OFFICE = "office"
    PRESIDENT_OR_SECRETARY = "president_or_secretary"
    DIRECTOR = "director"
    MEMBER = "member"
    SYSTEM = "system"
    ENGINE = "engine"


AnyState = State | MembershipState
Step = tuple[str, str, str]
AnyKind = TypeVar("AnyKind", State, MembershipState)


@dataclass(frozen=True)
class Transition:
    """One lawful step."""

    source: AnyState
    target: AnyState
    verb: str
    actor: Actor


OPEN_STATES = frozenset(
    {
        State.DRAFT,
        State.SUBMITTED,
        State.RETURNED,
        State.COMPLETE,
        State.OBJECTION,
        State.DELIBERATION,
        State.ADJOURNED,
        State.APPEALED,
    }
)
FINAL_STATES = frozenset(State) - OPEN_STATES
EDITABLE_STATES = frozenset({State.DRAFT, State.RETURNED})
WITHDRAWABLE_STATES = OPEN_STATES - {State.APPEALED}

TRANSITIONS: tuple[Transition, ...] = (
    Transition(State.DRAFT, State.SUBMITTED, "submit", Actor.APPLICANT),
    Transition(State.RETURNED, State.SUBMITTED, "resubmit", Actor.APPLICANT),
    Transition(State.SUBMITTED, State.RETURNED, "return", Actor.OFFICE),
    Transition(State.RETURNED, State.LAPSED, "lapse", Actor.SYSTEM),
    Transition(State.SUBMITTED, State.COMPLETE, "declare_complete", Actor.OFFICE),
    Transition(State.COMPLETE, State.OBJECTION, "open_objections", Actor.SYSTEM),
    Transition(State.OBJECTION, State.DELIBERATION, "end_objections", Actor.SYSTEM),
    Transition(State.OBJECTION, State.DELIBERATION, "open_round", Actor.PRESIDENT_OR_SECRETARY),
    Transition(State.COMPLETE, State.DELIBERATION, "open_round", Actor.PRESIDENT_OR_SECRETARY),
    Transition(State.ADJOURNED, State.DELIBERATION, "open_round", Actor.PRESIDENT_OR_SECRETARY),
    Transition(State.DELIBERATION, State.ADJOURNED, "adjourn", Actor.ENGINE),
    Transition(State.DELIBERATION, State.ADJOURNED, "adjourn", Actor.PRESIDENT_OR_SECRETARY),
    Transition(State.DELIBERATION, State.ADJOURNED, "demand_meeting", Actor.DIRECTOR),
    Transition(State.DELIBERATION, State.APPROVED, "approve", Actor.ENGINE),
    Transition(State.DELIBERATION, State.REJECTED, "reject", Actor.ENGINE),
    Transition(State.REJECTED, State.APPEALED, "appeal", Actor.APPLICANT),
    Transition(State.APPEALED, State.APPROVED, "uphold_appeal", Actor.ENGINE),
    Transition(State.APPEALED, State.REJECTED, "dismiss_appeal", Actor.ENGINE),
    *(
        Transition(state, State.WITHDRAWN, "withdraw", Actor.APPLICANT)
        for state in State
        if state in WITHDRAWABLE_STATES
    ),
)

CURRENT_STATES = frozenset({MembershipState.ACTIVE, MembershipState.SUSPENDED, MembershipState.NOTICE_GIVEN})
ENDED_STATES = frozenset(MembershipState) - CURRENT_STATES

MEMBERSHIP_TRANSITIONS: tuple[Transition, ...] = (
    Transition(MembershipState.ACTIVE, MembershipState.SUSPENDED, "suspend", Actor.ENGINE),
    Transition(MembershipState.SUSPENDED, MembershipState.ACTIVE, "reinstate", Actor.ENGINE),
    Transition(MembershipState.ACTIVE, MembershipState.NOTICE_GIVEN, "give_notice", Actor.MEMBER),
    Transition(MembershipState.SUSPENDED, MembershipState.NOTICE_GIVEN, "give_notice", Actor.MEMBER),
    Transition(MembershipState.NOTICE_GIVEN, MembershipState.ACTIVE, "take_back_notice", Actor.MEMBER),
    Transition(MembershipState.NOTICE_GIVEN, MembershipState.SUSPENDED, "take_back_notice", Actor.MEMBER),
    Transition(MembershipState.NOTICE_GIVEN, MembershipState.WITHDRAWN, "end_notice", Actor.SYSTEM),
    Transition(MembershipState.EXCLUDED, MembershipState.ACTIVE, "overturn_exclusion", Actor.ENGINE),
    *(
        Transition(state, MembershipState.EXCLUDED, "exclude", Actor.ENGINE)
        for state in MembershipState
        if state in CURRENT_STATES
    ),
    *(
        Transition(state, MembershipState.CEASED, "cease", Actor.OFFICE)
        for state in MembershipState
        if state in CURRENT_STATES
    ),
)


def check(source: str, target: str, verb: str, actor: str) -> Transition:
    """The transition of an adhesion request, or `Unlawful` saying whether state, verb or actor is wrong."""
    return _check(TRANSITIONS, _state(State, source), _state(State, target), verb, actor)


def check_membership(source: str, target: str, verb: str, actor: str) -> Transition:
    """The transition of a membership, or `Unlawful`."""
    return _check(MEMBERSHIP_TRANSITIONS, _state(MembershipState, source), _state(MembershipState, target), verb, actor)


def targets(source: str) -> frozenset[State]:
    """Where a request in this state may go, by anybody."""
    state = _state(State, source)
    return frozenset(State(one.target) for one in TRANSITIONS if one.source is state)


def membership_targets(source: str) -> frozenset[MembershipState]:
    """Where a membership in this state may go, by anybody."""
    state = _state(MembershipState, source)
    return frozenset(MembershipState(one.target) for one in MEMBERSHIP_TRANSITIONS if one.source is state)


def path_is_lawful(steps: Sequence[Step]) -> bool:
    """Whether (source, target, verb) steps, oldest first, lead lawfully on from a draft."""
    return _is_chain(steps, State.DRAFT, TRANSITIONS) and [verb for _, _, verb in steps].count("appeal") <= 1


def membership_path_is_lawful(steps: Sequence[Step]) -> bool:
    """The same for a membership, which begins active; a notice taken back restores the state before it."""
    if not _is_chain(steps, MembershipState.ACTIVE, MEMBERSHIP_TRANSITIONS):
        return False
    before_notice = ""
    for source, target, verb in steps:
        if verb == "give_notice":
            before_notice = source
        if verb == "take_back_notice" and target != before_notice:
            return False
    return True


def _is_chain(steps: Sequence[Step], start: AnyState, lawful: Iterable[Transition]) -> bool:
    known = {(one.source.value, one.target.value, one.verb) for one in lawful}
    here = start.value
    for source, target, verb in steps:
        if source != here or (str(source), str(target), verb) not in known:
            return False
        here = str(target)
    return True


def _state(kind: type[AnyKind], value: str) -> AnyKind:
    try:
        return kind(value)
    except ValueError as error:
        raise RuleError("state_unknown", {"state": str(value)}) from error


def _check(lawful: tuple[Transition, ...], source: AnyState, target: AnyState, verb: str, actor: str) -> Transition:
    between = [one for one in lawful if one.source is source and one.target is target]
    params: dict[str, object] = {
        "source": source.value,
        "target": target.value,
        "verb": verb,
        "actor": str(actor),
        "targets": tuple(sorted({one.target.value for one in lawful if one.source is source})),
    }
    if not params["targets"]:
        raise Unlawful("transition_from_final", params)
    if not between:
        raise Unlawful("transition_unlisted", params)
    by_verb = [one for one in between if one.verb == verb]
    if not by_verb:
        raise Unlawful("transition_other_verb", params)
    for one in by_verb:
        if one.actor == actor:
            return one
    raise Unlawful("transition_other_actor", {**params, "actors": tuple(one.actor.value for one in by_verb)})
