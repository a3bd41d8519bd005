"""Teams for a call: compared with every subset of small worlds, and with what must hold of any world."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matchmaking.rules import teams
from matchmaking.rules.consortium import (
    Call,
    Candidate,
    Cover,
    Place,
    Team,
    is_minimal,
    missing,
    nearly,
    others,
    team_of,
)
from matchmaking.rules.teams import teams_for

ROLES = ("industry", "academia", "public")
LANDS = ("RO", "FR", "DE", "")


def a_world(seed: int, count: int = 9, places: int = 5) -> tuple[Call, list[Candidate]]:
    """A call and candidates, made by chance."""
    chance = random.Random(seed)
    asked = tuple(Place(at, chance.choice((1, 4, 7)), chance.random() < 0.75) for at in range(places))
    candidates = [
        Candidate(
            key,
            chance.choice(ROLES),
            chance.choice(LANDS),
            {
                at: Cover(chance.randint(1, 9), chance.randint(0, 12))
                for at in chance.sample(range(places), chance.randint(0, min(3, places)))
            },
        )
        for key in range(count)
    ]
    call = Call(
        asked,
        size=chance.randint(1, 5),
        roles={role: chance.randint(0, 2) for role in chance.sample(ROLES, chance.randint(0, 2))},
        countries=frozenset(chance.sample(("RO", "FR", "DE"), chance.randint(0, 2))),
        least_countries=chance.randint(0, 2),
        inside=tuple(range(chance.randint(0, 1))),
    )
    return call, candidates


def everything(call: Call, candidates: list[Candidate]) -> list[Team]:
    """Every team of the world, by the definition."""
    inside = [one for one in candidates if one.key in call.inside]
    outside = [one for one in candidates if one.key not in call.inside]
    return [
        team_of(call, [*inside, *added])
        for count in range(max(0, call.size - len(inside)) + 1)
        for added in combinations(outside, count)
    ]


def worth(team: Team) -> tuple[int, int, int, int]:
    return (team.missing.units, len(team.members), -team.shoulds, -team.strength)


@pytest.mark.parametrize("seed", range(150))
def test_the_first_team_is_the_best_of_all_subsets(seed: int) -> None:
    call, candidates = a_world(seed)
    best = min(everything(call, candidates), key=worth)
    found = teams_for(call, candidates)
    assert found.sure
    assert worth(found.teams[0]) == worth(best)
    assert found.whole is (best.missing.units == 0)


@pytest.mark.parametrize("seed", range(40))
def test_there_are_further_teams_when_there_is_another_minimal_one(seed: int) -> None:
    call, candidates = a_world(seed, count=8, places=3)
    known = {one.key: one for one in candidates}
    whole = [
        team
        for team in everything(call, candidates)
        if not team.missing.units and is_minimal(call, [known[key] for key in team.members])
    ]
    fewest = {team.members for team in whole if len(team.members) == min(len(one.members) for one in whole)}
    found = teams_for(call, candidates)
    if whole:
        assert len(found.teams) >= min(2, len(fewest))


worlds = st.builds(a_world, st.integers(0, 10**6), st.integers(0, 14), st.integers(1, 6))


@settings(max_examples=50)
@given(world=worlds)
def test_teams_are_minimal_different_and_in_order(world: tuple[Call, list[Candidate]]) -> None:
    call, candidates = world
    known = {one.key: one for one in candidates}
    found = teams_for(call, candidates)
    assert 1 <= len(found.teams) <= 5
    assert len({frozenset(team.members) for team in found.teams}) == len(found.teams)
    order = [worth(team) for team in found.teams]
    assert order == sorted(order)
    for team in found.teams:
        members = [known[key] for key in team.members]
        assert set(call.inside) & set(known) <= set(team.members)
        assert is_minimal(call, members)
        assert len(team.members) <= max(call.size, len(call.inside))
        assert team.missing == missing(call, members)
        assert (team.missing.units == 0) is found.whole


@settings(max_examples=30)
@given(world=worlds, seed=st.integers(0, 1000))
def test_the_order_of_candidates_changes_nothing(world: tuple[Call, list[Candidate]], seed: int) -> None:
    call, candidates = world
    mixed = random.Random(seed).sample(candidates, len(candidates))
    assert teams_for(call, mixed) == teams_for(call, candidates)


@settings(max_examples=30)
@given(world=worlds)
def test_who_stands_in_fills_the_place_and_loses_nothing_when_it_says_so(world: tuple[Call, list[Candidate]]) -> None:
    call, candidates = world
    known = {one.key: one for one in candidates}
    team = teams_for(call, candidates).teams[0]
    for place in call.places:
        for other in others(call, team, place, candidates):
            assert other.key not in team.members
            assert known[other.key].fills(place)
            assert other.instead_of not in call.inside
            rest = [known[key] for key in team.members if key != other.instead_of]
            assert other.whole is (missing(call, [*rest, known[other.key]]).units <= team.missing.units)
        assert not any(one.fills(place) for one in nearly(place, candidates))


def test_a_call_is_answered_with_what_is_missing_named() -> None:
    call = Call(
        (Place(1, 6), Place(2, 6), Place(3, 4, must=False)),
        size=3,
        roles={"academia": 1},
        countries=frozenset({"FR"}),
        least_countries=2,
        inside=(10,),
    )
    lead = Candidate(10, "industry", "RO", {1: Cover(8, 2)})
    young = Candidate(11, "academia", "RO", {2: Cover(4)})
    found = teams_for(call, [lead, young])
    assert not found.whole
    assert found.sure
    (team,) = found.teams
    assert team.members == (10, 11)
    assert team.missing.places == (2,)
    assert team.missing.countries == ("FR",)
    assert team.missing.more_countries == 1
    assert nearly(call.places[1], [lead, young]) == [young]
    ripe = Candidate(12, "academia", "FR", {2: Cover(7), 3: Cover(4)})
    assert [team.members for team in teams_for(call, [lead, young, ripe]).teams] == [(10, 12)]


def test_three_references_weigh_as_one_level_and_no_more_than_nine_count() -> None:
    assert Cover(6, 3).strength == Cover(7).strength
    assert Cover(6, 40).strength == Cover(6, 9).strength


def test_teams_share_at_most_half_while_that_is_possible() -> None:
    places = (Place(1), Place(2))
    candidates = [Candidate(key, covers={1 + key % 2: Cover(9 - key // 2)}) for key in range(6)]
    found = teams_for(Call(places, size=2), candidates, most=3)
    shared = [set(one.members) & set(two.members) for one, two in combinations(found.teams, 2)]
    assert len(found.teams) == 3
    assert all(len(both) <= 1 for both in shared)


@pytest.mark.parametrize("seed", range(3))
def test_two_thousand_candidates_and_twelve_places_take_bounded_work(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All searches for one page together take so many steps at most, a second of processor time."""
    searches: list[teams._Search] = []

    class Counted(teams._Search):
        def best(self, *asked: Any) -> Team | None:
            searches.append(self)
            return super().best(*asked)

    monkeypatch.setattr(teams, "_Search", Counted)
    call, candidates = a_world(seed, count=2000, places=12)
    places = tuple(Place(place.key, 6, place.must) for place in call.places)
    wide = Call(places, 8, {"academia": 2, "public": 1}, frozenset({"FR", "RO"}), 3, (0,))
    found = teams_for(wide, candidates)
    assert sum(search.steps for search in searches) <= 1.1 * teams.ALL_NODES
    assert found.whole
    assert len(found.teams) == 5
