"""The measurement compares round by round, so that a slow minute weighs on both sides alike."""

from functools import partial

import pytest

from cluster_portal.benchmarks.measuring import Cost, measure, ratio
from cluster_portal.benchmarks.targets import At, results
from tests.factories import a_cluster


def test_a_ratio_is_the_median_of_the_rounds_pair_by_pair() -> None:
    one, other = Cost([2.0, 20.0, 3.0], [1.0, 10.0, 0.0]), Cost([1.0, 10.0, 1.0], [0.0, 0.0, 0.0])
    assert ratio(one, other) == 3.0
    assert one.milliseconds == 3.0


def test_what_is_over_its_target_is_said() -> None:
    page = Cost([2.0], [0.0], queries=3, body=b"x")
    names = ["directory", "directory, filtered", "directory, searched", "member", "Board's list"]
    costs = dict.fromkeys([*names, "bare page", "stock list of requests"], Cost([1.0], [0.0], queries=1)) | {
        "directory": page
    }
    told = {line.name: line for line in results({10_000: At(costs, memory=50)}, weight=1000)}
    assert not told["directory, CPU"].met
    assert told["directory, CPU"].figure == "2.00 x bare page"
    assert not told["directory, queries"].met
    assert told["member, CPU"].met


@pytest.mark.django_db
def test_pages_are_visited_in_turns_and_their_queries_counted() -> None:
    a_cluster()
    seen: list[str] = []

    def page(name: str) -> bytes:
        seen.append(name)
        return name.encode()

    pages = {name: partial(page, name) for name in ("a", "b")}
    costs = measure(pages, rounds=2, visits=1)
    assert seen == ["a", "a", "b", "b", "a", "b", "a", "b"]
    assert costs["a"].body == b"a"
    assert costs["b"].queries == 0
