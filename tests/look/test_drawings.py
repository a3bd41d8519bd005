"""The geometry: nothing leaves its ground, figures and marks agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster_portal.common import drawings
from members.enums import County

counts = st.integers(min_value=0, max_value=100_000)


@given(counts, counts, counts)
def test_the_meeting_stays_on_its_ground(civil: int, dual: int, defence: int) -> None:
    drawn = drawings.meeting(civil, dual, defence)
    rim = drawn.rim + 3.5
    assert rim <= drawn.left
    assert drawn.right <= 520 - rim
    assert bool(drawn.lens) == (dual > 0)
    assert max(drawn.civil_ticks, drawn.defence_ticks) <= 120


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 60))
def test_up_to_a_hundred_and_twenty_each_tick_is_one_member(civil: int, dual: int, defence: int) -> None:
    drawn = drawings.meeting(civil, dual, defence)
    assert (drawn.civil_ticks, drawn.defence_ticks, drawn.unit) == (civil + dual, defence + dual, 1)


def test_the_circles_come_closer_as_the_dual_share_grows() -> None:
    def distance(dual: int) -> float:
        drawn = drawings.meeting(20, dual, 20)
        return drawn.right - drawn.left

    assert distance(0) > distance(1) > distance(10) > distance(100)


@given(st.lists(counts, min_size=3, max_size=3))
def test_a_bar_never_passes_its_end_and_leaves_out_what_is_empty(parts: list[int]) -> None:
    named = list(zip(("civil", "dual", "defence"), parts, strict=True))
    drawn = drawings.bar(named, max(sum(parts), 1))
    assert [part.name for part in drawn] == [name for name, count in named if count]
    assert all(part.x + part.width <= 100.01 for part in drawn)


@given(counts, counts, counts)
def test_half_discs_fit_their_cell(civil: int, defence: int, more: int) -> None:
    largest = max(civil, defence) + more
    for radius in drawings.half_discs(civil, defence, largest):
        assert not radius or 7 <= float(radius) <= 14.5


def test_a_missing_half_is_not_drawn() -> None:
    assert drawings.half_discs(0, 0, 5) == ("", "")
    assert drawings.half_discs(3, 0, 5)[1] == ""


def test_the_ticks_reached_and_the_rest_follow_each_other() -> None:
    assert drawings.ticks(7, 9) == ("M0 6h40", "M42 6h10")
    assert drawings.ticks(1, 9) == ("M0 6h4", "M6 6h46")
    assert drawings.ticks(9, 9) == ("M0 6h52", "")


@given(st.lists(st.sampled_from(sorted(drawings.ORDER)), min_size=1, max_size=25), st.integers(0, 25))
def test_every_director_has_a_seat_on_the_drawing(states: list[str], quorum: int) -> None:
    drawn = drawings.board(states, quorum)
    assert len(drawn.seats) == len(states)
    assert all(14 <= seat.x <= 286 and 10 <= seat.y <= 150 for seat in drawn.seats)
    assert bool(drawn.stroke) == (0 < quorum < len(states))


def test_a_word_that_is_no_seat_is_an_error() -> None:
    with pytest.raises(KeyError, match="absent"):
        drawings.board(["absent"], 1)


def test_every_county_has_a_tile_of_its_own_on_the_ground() -> None:
    found = drawings.tiles()
    assert set(found) == set(County.values)
    assert len({(one.x, one.y) for one in found.values()}) == 42
    width, height = drawings.GROUND
    assert all(one.x + drawings.TILE <= width + 2 and one.y + drawings.TILE <= height + 2 for one in found.values())
