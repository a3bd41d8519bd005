"""The tables, views and triggers of matchmaking come and go with their migrations, and are filled when they come."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests import factories
from tests.matchmaking.conftest import a_match
from tests.matchmaking.made import query

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]
OURS = "SELECT count(*) FROM {} WHERE {} LIKE 'matchmaking%'"


def migrate(name: str | None) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([("matchmaking", name)])


def left() -> list[int]:
    """Relations, functions and triggers of matchmaking in the database."""
    parts = (("pg_class", "relname"), ("pg_proc", "proname"), ("pg_trigger", "tgname"))
    return [query(OURS.format(*part))[0][0] for part in parts]


def test_they_go_back_and_forth_and_are_filled_again() -> None:
    factories.a_cluster()
    a_match()
    reach = "SELECT * FROM matchmaking_reach ORDER BY node_id, member_id"
    pairs = "SELECT * FROM matchmaking_pair ORDER BY member_id, partner_id"
    before, there = (query(reach), query(pairs)), left()
    assert before[1]
    last = sorted(name for app, name in MigrationExecutor(connection).loader.graph.leaf_nodes() if app == "matchmaking")
    migrate(None)
    try:
        assert left() == [0, 0, 0]
    finally:
        migrate(last[-1])
    assert left() == there
    assert (query(reach), query(pairs)) == before
