"""Places for members that few lists show: who gets one, in whose list, and what it may cost."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from matchmaking.rules.places import OWN_BEST, PLACES, SHOWN, TEN, Ranked, exposure, fill, gini


def lists_of(scores: dict[tuple[int, int], float], members: range) -> dict[int, Ranked]:
    """Everybody's best partners, where a pair has one score."""
    found: dict[int, Ranked] = {}
    for member in members:
        pairs = [(one, scores[min(one, member), max(one, member)]) for one in members if one != member]
        found[member] = sorted(pairs, key=lambda row: (-row[1], row[0]))[:OWN_BEST]
    return found


@pytest.fixture(params=range(5))
def world(request: pytest.FixtureRequest) -> dict[int, Ranked]:
    """Sixty members; some are good for everybody, the last ones for nobody."""
    chance, members = Random(request.param), range(60)
    good = {member: chance.uniform(0.2, 1) if member < 50 else 0.15 for member in members}
    scores = {(a, b): good[a] * good[b] * chance.uniform(0.3, 1) for a in members for b in members if a < b}
    return lists_of(scores, members)


def tens(lists: dict[int, Ranked], placed: dict[int, list[int]]) -> dict[int, list[int]]:
    firsts = {member: [one for one, _score in ranked[:TEN]] for member, ranked in lists.items()}
    return {
        member: [one for one in first if one not in placed[member]][: TEN - len(placed[member])] + placed[member]
        for member, first in firsts.items()
    }


def test_nobody_stays_unseen_and_places_cost_next_to_nothing(world: dict[int, Ranked]) -> None:
    placed = fill(world, {})
    seen = Counter(one for shown in tens(world, placed).values() for one in shown)
    before = Counter(one for shown in tens(world, {member: [] for member in world}).values() for one in shown)
    assert [member for member in world if not before[member]], "somebody was unseen, or this tests nothing"
    assert [member for member in world if not seen[member]] == []
    assert gini([seen[member] for member in world]) < gini([before[member] for member in world])


def test_a_place_is_one_of_two_and_never_for_whom_the_first_eight_show(world: dict[int, Ranked]) -> None:
    for host, partners in fill(world, {}).items():
        assert len(partners) == len(set(partners)) <= PLACES and host not in partners
        assert not set(partners) & {one for one, _score in world[host][:SHOWN]}


def test_who_states_little_is_helped_more(world: dict[int, Ranked]) -> None:
    few = {member for member in world if member % 3 == 0}
    helped = fill(world, {member: 1 if member in few else 9 for member in world})
    plain = fill(world, dict.fromkeys(world, 9))
    count = [sum(one in few for ones in some.values() for one in ones) for some in (helped, plain)]
    assert count[0] >= count[1]


def test_who_was_put_aside_gets_no_place_there(world: dict[int, Ranked]) -> None:
    placed = fill(world, {})
    aside = {(host, one) for host, ones in placed.items() for one in ones}
    again = fill(world, {}, aside)
    assert not {(host, one) for host, ones in again.items() for one in ones} & aside


def test_the_order_in_which_members_come_decides_nothing(world: dict[int, Ranked]) -> None:
    turned = dict(sorted(world.items(), reverse=True))
    assert fill(turned, {}) == fill(world, {})


def test_small_clusters_need_no_places() -> None:
    assert fill({}, {}) == {}
    assert fill({1: [(2, 0.5)], 2: [(1, 0.5)], 3: []}, {}) == {1: [], 2: [], 3: []}


def test_a_member_stands_in_a_list_once_by_its_score_or_by_its_place() -> None:
    lists: dict[int, Ranked] = {1: [(2, 0.9), (3, 0.8)], 2: [(1, 0.9)], 3: [(1, 0.8), (2, 0.1)], 4: []}
    assert exposure(lists, {1: [2], 2: [3]}, most=1) == {1: 2, 2: 1, 3: 1, 4: 0}
    assert exposure(lists, {}, most=2) == {1: 2, 2: 2, 3: 1, 4: 0}
