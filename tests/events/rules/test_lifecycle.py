"""What an event and a registration may become, and by whom."""

from __future__ import annotations

import itertools

import pytest

from events.enums import EventState as EventWords
from events.enums import RegistrationState as RegistrationWords
from events.rules.lifecycle import (
    ENDED_STATES,
    LIVE_STATES,
    REGISTRATION_TRANSITIONS,
    SEATED_STATES,
    Actor,
    EventState,
    RegistrationState,
    check_event,
    check_registration,
    path_is_lawful,
)
from members.rules.errors import Unlawful


def test_the_words_of_the_columns_are_those_of_the_rules() -> None:
    assert EventWords.values == [str(state) for state in EventState]
    assert RegistrationWords.values == [str(state) for state in RegistrationState]


def test_every_listed_step_is_lawful_and_every_other_is_refused() -> None:
    lawful = {(str(s.source), str(s.target), s.verb, str(s.actor)) for s in REGISTRATION_TRANSITIONS}
    states, verbs = ["", *map(str, RegistrationState)], sorted({s.verb for s in REGISTRATION_TRANSITIONS})
    for step in itertools.product(states, states[1:], verbs, map(str, Actor)):
        if step in lawful:
            check_registration(*step)
        else:
            with pytest.raises(Unlawful):
                check_registration(*step)


def test_what_is_over_stays_over_and_seats_belong_to_the_living() -> None:
    assert not [s for s in REGISTRATION_TRANSITIONS if s.source in ENDED_STATES]
    assert SEATED_STATES < LIVE_STATES
    assert {s.actor for s in REGISTRATION_TRANSITIONS if s.verb == "offer"} == {Actor.LIST}


@pytest.mark.parametrize(
    ("source", "target", "verb"),
    [("draft", "cancelled", "cancel"), ("cancelled", "published", "publish"), ("published", "draft", "publish")],
)
def test_an_event_goes_no_other_way(source: str, target: str, verb: str) -> None:
    with pytest.raises(Unlawful):
        check_event(source, target, verb)


def test_paths() -> None:
    listed, offered = ("register", "", "listed"), ("offer", "listed", "offered")
    path = [(source, target, verb) for verb, source, target in (listed, offered, ("accept", "offered", "confirmed"))]
    assert path_is_lawful(path)
    assert not path_is_lawful(path[1:])
    assert not path_is_lawful([])
