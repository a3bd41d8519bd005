"""The other cluster's matrix: the crossings of two axes instead of a tree by maturity."""

from __future__ import annotations

import pytest
from django.test import Client

from cluster_portal.common.context import forget_cluster
from cluster_portal.common.visibility import ANYONE
from members.queries import shelves, vocabulary
from members.queries.directory import Wanted, directory
from tests.factories import a_cluster
from tests.members.directory.conftest import listed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_remembered(db: None) -> None:
    """In place of the fixture of this folder, which loads the dual-use cluster."""
    forget_cluster()
    shelves.Memory.known = None
    vocabulary.Memory.known = vocabulary.Vocabulary()
    a_cluster("proeco-cbrne")


def test_a_crossing_counts_sides_and_filters(client: Client) -> None:
    listed("A", ("C-detect",), side="civil")
    listed("B", ("C-detect", "B-protect"), side="dual")
    listed("C", ("B-protect",), side="defence")
    found = directory(Wanted(), ANYONE)
    counts = {cell.code: cell[1:4] for row in found.panel.cells for cell in row if cell and cell.total}
    assert counts == {"C-detect": (2, 1, 2), "B-protect": (1, 2, 2)}
    chosen = directory(Wanted(facets={"cell": ("C-detect",)}), ANYONE)
    assert [row.name for row in chosen.rows] == ["A", "B"]
    page = client.get("/members/?cell=C-detect&q=a").content.decode()
    assert "Detection, chemical" in page and 'aria-current="true"' in page


def test_a_member_shows_its_crossings(client: Client) -> None:
    organisation = listed("A", ("C-detect", "N-train"))
    page = client.get(organisation.get_absolute_url()).content.decode()
    assert "Functions and fields" in page and page.count("yes, on the civil side") == 2
    forget_cluster()
