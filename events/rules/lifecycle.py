"""The lawful steps of an event and of a registration, each with its verb and its actor.

No state is left but by a step listed here. The empty source is the beginning of a registration.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from members.rules.errors import Unlawful


class EventState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class RegistrationState(StrEnum):
    UNCONFIRMED = "unconfirmed"
    ASKED = "asked"
    CONFIRMED = "confirmed"
    LISTED = "listed"
    OFFERED = "offered"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"


class Actor(StrEnum):
    """Who takes a step. The list itself offers places: no person picks who is next."""

    PERSON = "person"
    OFFICE = "office"
    LIST = "list"
    SYSTEM = "system"


@dataclass(frozen=True)
class Transition:
    """One lawful step; `source` is empty where a registration begins."""

    source: str
    target: str
    verb: str
    actor: Actor


E, R = EventState, RegistrationState

EVENT_TRANSITIONS: tuple[Transition, ...] = (
    Transition(E.DRAFT, E.PUBLISHED, "publish", Actor.OFFICE),
    Transition(E.PUBLISHED, E.POSTPONED, "postpone", Actor.OFFICE),
    Transition(E.POSTPONED, E.PUBLISHED, "reschedule", Actor.OFFICE),
    Transition(E.PUBLISHED, E.CANCELLED, "cancel", Actor.OFFICE),
    Transition(E.POSTPONED, E.CANCELLED, "cancel", Actor.OFFICE),
)

LIVE_STATES = frozenset({R.UNCONFIRMED, R.ASKED, R.CONFIRMED, R.LISTED, R.OFFERED})
"""States in which an address counts as registered; there is one such registration per event and address."""
SEATED_STATES = frozenset({R.CONFIRMED, R.OFFERED})
"""States that hold a seat: an offered place is kept for its person."""
ENDED_STATES = frozenset(R) - LIVE_STATES

REGISTRATION_TRANSITIONS: tuple[Transition, ...] = (
    Transition("", R.UNCONFIRMED, "ask_address", Actor.PERSON),
    *(
        Transition(source, target, verb, actor)
        for source, verb, actor in (
            ("", "register", Actor.PERSON),
            ("", "register", Actor.OFFICE),
            (R.UNCONFIRMED, "confirm_address", Actor.PERSON),
        )
        for target in (R.ASKED, R.CONFIRMED, R.LISTED)
    ),
    *(
        Transition(source, R.CONFIRMED, "walk_in", Actor.OFFICE)
        for source in ("", R.UNCONFIRMED, R.ASKED, R.LISTED, R.OFFERED)
    ),
    Transition(R.UNCONFIRMED, R.LAPSED, "lapse", Actor.SYSTEM),
    Transition(R.UNCONFIRMED, R.CANCELLED, "supersede", Actor.SYSTEM),
    Transition(R.ASKED, R.CONFIRMED, "approve", Actor.OFFICE),
    Transition(R.ASKED, R.LISTED, "approve", Actor.OFFICE),
    Transition(R.ASKED, R.DECLINED, "decline", Actor.OFFICE),
    Transition(R.LISTED, R.OFFERED, "offer", Actor.LIST),
    Transition(R.OFFERED, R.CONFIRMED, "accept", Actor.PERSON),
    Transition(R.OFFERED, R.CANCELLED, "refuse", Actor.PERSON),
    Transition(R.OFFERED, R.LAPSED, "lapse", Actor.SYSTEM),
    *(
        Transition(source, R.CANCELLED, "cancel", actor)
        for source in (R.UNCONFIRMED, R.ASKED, R.CONFIRMED, R.LISTED, R.OFFERED)
        for actor in (Actor.PERSON, Actor.OFFICE)
    ),
)


def check_event(source: str, target: str, verb: str) -> None:
    """Whether an event may take this step, or `Unlawful`."""
    _check(EVENT_TRANSITIONS, "event", source, target, verb, Actor.OFFICE)


def check_registration(source: str, target: str, verb: str, actor: str) -> None:
    """Whether a registration may take this step by this actor, or `Unlawful`."""
    _check(REGISTRATION_TRANSITIONS, "registration", source, target, verb, actor)


def path_is_lawful(steps: Sequence[tuple[str, str, str]]) -> bool:
    """Whether (source, target, verb) steps, oldest first, lead lawfully on from nothing."""
    known = {(str(one.source), str(one.target), one.verb) for one in REGISTRATION_TRANSITIONS}
    here = ""
    for source, target, verb in steps:
        if source != here or (source, target, verb) not in known:
            return False
        here = target
    return bool(steps)


def _check(lawful: Iterable[Transition], kind: str, source: str, target: str, verb: str, actor: str) -> None:
    step = (str(source), str(target), verb, str(actor))
    if step not in {(str(one.source), str(one.target), one.verb, str(one.actor)) for one in lawful}:
        raise Unlawful(f"{kind}_step_unlawful", {"source": source, "target": target, "verb": verb, "actor": actor})
