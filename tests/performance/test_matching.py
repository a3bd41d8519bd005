"""The measurement of matching runs, agrees with the loops, and says what is over its target."""

import pytest

from cluster_portal.benchmarks.matching import invent_cluster, measure_matching
from tests.factories import a_cluster

pytestmark = pytest.mark.django_db


def test_matching_is_measured_and_agrees_with_the_loops() -> None:
    a_cluster()
    costs, lines = measure_matching(invent_cluster(30), rounds=1, visits=1)
    told = {line.name: line for line in lines}
    assert set(costs) == {"top twenty", "list with reasons"}
    assert told["scores differ from the loops by"].met
    assert told["list with reasons, queries"].met
