"""The order of the need search as plain arithmetic."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from matchmaking.rules.evaluation import fairness, tree
from matchmaking.rules.need_search import CLOSEST_EVERY, Standing, places, tie

STANDINGS = st.lists(
    st.builds(Standing, st.integers(1, 60), st.integers(1, 9), st.integers(1, 9)),
    unique_by=lambda standing: standing.organisation,
)


def test_every_third_place_goes_to_the_closest() -> None:
    busy = [Standing(number, 100 - number, 10) for number in range(1, 7)]
    close = Standing(9, 5, 900)
    assert [place.organisation for place in places("need", [*busy, close])] == [1, 2, 9, 3, 4, 5, 6]


@given(STANDINGS, st.integers(0, 70))
def test_everybody_has_one_place_and_the_first_places_are_those_of_the_whole_list(
    standings: list[Standing], limit: int
) -> None:
    whole = places("need", standings)
    assert sorted(place.organisation for place in whole) == sorted(one.organisation for one in standings)
    assert places("need", list(reversed(standings)), limit) == whole[:limit]


@given(STANDINGS)
def test_each_of_the_two_lists_is_in_its_order(standings: list[Standing]) -> None:
    whole = places("need", standings)
    for one, other in pairwise([place for place in whole if not place.by_closeness]):
        assert one.score >= other.score
    for one, other in pairwise([place for place in whole if place.by_closeness]):
        assert one.closest >= other.closest
    assert [place.by_closeness for place in whole] == [
        number % CLOSEST_EVERY == CLOSEST_EVERY - 1 for number in range(len(whole))
    ]


def test_equals_are_not_in_the_same_order_for_every_need() -> None:
    equals = [Standing(number, 1, 1) for number in range(1, 40)]
    firsts = {places(f"need {number}", equals)[0].organisation for number in range(40)}
    assert len(firsts) > 15
    assert tie("need", 1) == tie("need", 1)


def test_codes_hang_below_the_longest_code_that_they_continue() -> None:
    assert tree(["AB", "AB-1", "AB-1.2.03", "AB-10", "ABC-1", "A/1"]) == {
        "AB": None,
        "AB-1": "AB",
        "AB-1.2.03": "AB-1",
        "AB-10": "AB",
        "ABC-1": None,
        "A/1": None,
    }


def test_fairness_counts_the_unseen_and_the_inequality() -> None:
    alike = fairness(4, [[1, 2], [3, 4]])
    assert (alike.unseen, alike.named, round(alike.exposure_gini, 9)) == (0, 4, 0)
    one = fairness(4, [[1], [1]])
    assert (one.unseen, one.named, one.exposure_gini) == (3, 1, 0.75)
    assert fairness(3, []).exposure_gini == 0
