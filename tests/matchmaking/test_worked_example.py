"""The worked example of docs/matching.md, to the last digit, by the definition and by the database."""

from __future__ import annotations

from itertools import permutations

import pytest

from cluster_portal.common.models import Cluster
from matchmaking.models import Pair, TagWeight
from tests.matchmaking.definition import Definition, Item, Member
from tests.matchmaking.made import plant

pytestmark = pytest.mark.django_db

TREE: dict[str, str | None] = {
    "TECHNOLOGY": None,
    "Sensing": "TECHNOLOGY",
    "Chemical detection": "Sensing",
    "Raman spectroscopy": "Chemical detection",
    "Ion mobility spectrometry": "Chemical detection",
    "Cyber": "TECHNOLOGY",
    "Security operations": "Cyber",
    "Materials": "TECHNOLOGY",
    "Filter media": "Materials",
    "Composites": "Materials",
    "SERVICES": None,
    "Testing": "SERVICES",
    "Live-agent testing": "Testing",
}
MEMBERS = {
    "A": Member("civil", [Item("Raman spectroscopy", 2)], [Item("Live-agent testing"), Item("Filter media")]),
    "B": Member("defence", [Item("Live-agent testing", 3)], [Item("Chemical detection", 3)]),
    "C": Member("dual", [Item("Ion mobility spectrometry", 2), Item("Filter media", 1)], [Item("Live-agent testing")]),
    "D": Member("defence", [Item("Security operations", 3)], [Item("Raman spectroscopy", 2), Item("Filter media", 3)]),
}
GAINS = {
    "TECHNOLOGY": 0,
    "Sensing": 70782,
    "Chemical detection": 98081,
    "Raman spectroscopy": 374835,
    "Ion mobility spectrometry": 570553,
    "Cyber": 374835,
    "Security operations": 570553,
    "Materials": 135121,
    "Filter media": 260813,
    "Composites": 1000000,
    "SERVICES": 0,
    "Testing": 186571,
    "Live-agent testing": 260813,
}
SCORES = {"AB": 0.254025, "AC": 0.150000, "AD": 0.196563, "BC": 0.235447, "BD": 0.0, "CD": 0.107837}
LISTS = {"A": "BDC", "B": "AC", "C": "BAD", "D": "AC"}


def test_the_definition_gives_the_example() -> None:
    known = Definition(TREE, MEMBERS)
    assert known.gain == GAINS
    for pair, score in SCORES.items():
        assert known.score(*pair) == pytest.approx(score, abs=5e-7)
        assert known.score(*reversed(pair)) == pytest.approx(score, abs=5e-7)
    assert {one: "".join(known.list_of(one, 5)) for one in MEMBERS} == LISTS


def test_the_database_gives_the_example(cluster: Cluster) -> None:
    ids = plant(TREE, MEMBERS)
    weights = {row.node.code: row for row in TagWeight.objects.select_related("node")}
    assert {code: row.gain for code, row in weights.items()} == GAINS
    known = Definition(TREE, MEMBERS)
    assert {code: row.mentions for code, row in weights.items()} == known.mentions
    assert {code: row.below for code, row in weights.items()} == known.below
    stored = {(row.member_id, row.partner_id): row for row in Pair.objects.all()}
    for one, other in permutations(MEMBERS, 2):
        row = stored.pop((ids[one], ids[other]), None)
        assert (row.score if row else 0.0) == pytest.approx(known.score(one, other), abs=1e-12)
        if row:
            needs, offers, their_needs, my_offers = known.seen(one, other)
            assert row.gains == pytest.approx(known.capacity(needs, offers), abs=1e-12)
            assert row.gives == pytest.approx(known.capacity(their_needs, my_offers), abs=1e-12)
    assert stored == {}
    names = {pk: name for name, pk in ids.items()}
    for one, best in LISTS.items():
        rows = Pair.objects.filter(member=ids[one]).order_by("-score")[:20]
        assert "".join(names[row.partner_id] for row in rows) == best
