"""What a statement costs when the planner is wrong about the tables, as in a cluster that was loaded a minute ago."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.db import connection

from cluster_portal.common.models import Cluster
from matchmaking.queries.matches import TOP, in_question, pairs_of
from matchmaking.queries.reasons import REASONS
from tests.matchmaking.made import plant
from tests.matchmaking.worlds import a_cluster_of, a_tree

pytestmark = pytest.mark.django_db

READ = ("capability", "organisation", "tag", "tagpath", "tagweight", "reach", "matchprofile")
LIES = 40
MOST = {"list": 50_000_000, "reasons": 3_000_000, "in question": 200_000}
"""Rows that all steps of a statement may touch together, some seconds at the very most: a nested loop over two of the
tables passes, one over three does not."""


def mislead(rnd: Random) -> None:
    """Tell the planner about each table what is not so: nothing, that it is empty, or of what its columns consist."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
            " AND split_part(c.relname, '_', 2) = ANY(%s) GROUP BY 1 ORDER BY 1",
            [list(READ)],
        )
        for table, columns in cursor.fetchall():
            kind = rnd.choice(("true", "never", "empty", "stale", "stale"))
            if kind == "true":
                cursor.execute(f"ANALYZE {table}")
            elif kind == "never":
                cursor.execute("SELECT pg_clear_relation_stats('public', %s)", [table])
            elif kind == "empty":
                said = "'schemaname', 'public', 'relname', %s::text, 'relpages', 1, 'reltuples', 0::real"
                cursor.execute(f"SELECT pg_restore_relation_stats({said})", [table])
            for column in columns if kind != "true" else ():
                cursor.execute("SELECT pg_clear_attribute_stats('public', %s, %s, false)", [table, column])
                if kind == "stale":
                    cursor.execute(
                        "SELECT pg_restore_attribute_stats('schemaname', 'public', 'relname', %s::text,"
                        " 'attname', %s::text, 'inherited', false, 'avg_width', 8,"
                        " 'null_frac', %s::real, 'n_distinct', %s::real)",
                        [table, column, rnd.choice((0, 0, 0, 1)), rnd.choice((-1, 1, 5))],
                    )


def touched(plan: dict[str, Any]) -> float:
    """Rows that a plan made, threw away or compared, in all its steps."""
    kept = ("Actual Rows", "Rows Removed by Filter", "Rows Removed by Join Filter")
    own = sum(float(plan.get(key, 0)) for key in kept) * float(plan["Actual Loops"])
    return own + sum(touched(part) for part in plan.get("Plans", ()))


def cost(statement: str, values: Any) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", values)
        return touched(cursor.fetchone()[0][0]["Plan"])


def read() -> int:
    """Rows of the derived tables that this transaction has read, also inside of functions."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables WHERE relname LIKE 'matchmaking_%'"
        )
        return int(cursor.fetchone()[0])


def test_who_is_in_question_is_found_alike_where_the_planner_is_wrong(cluster: Cluster) -> None:
    """However few may be in question, so that words are left aside in each of the three ways: the function says itself
    by what its steps go."""
    rnd = Random(159)
    tree = a_tree(rnd, leaves=200)
    members = list(plant(tree, a_cluster_of(rnd, tree, 80)).values())
    for lie in range(LIES):
        mislead(rnd)
        with connection.cursor() as cursor:
            cursor.execute("DISCARD PLANS")
        before, few = read(), rnd.choice((0, 15, 1_000))
        in_question(rnd.choice(members), TOP, few=few)
        assert 0 < read() - before < MOST["in question"], f"lie {lie}"


def test_a_list_and_its_reasons_stay_cheap_where_the_planner_is_wrong(cluster: Cluster) -> None:
    rnd = Random(158)
    tree = a_tree(rnd, leaves=200)
    members = list(plant(tree, a_cluster_of(rnd, tree, 80)).values())
    for lie in range(LIES):
        mislead(rnd)
        one = rnd.choice(members)
        best = pairs_of(one)[:TOP]
        statement, values = best.query.sql_with_params()
        assert cost(statement, values) < MOST["list"], f"lie {lie}"
        partners = [pair.partner_id for pair in best] or members[:TOP]
        known = {"member": one, "partners": partners, "mine_all": True, "yours_all": False}
        assert cost(REASONS, known) < MOST["reasons"], f"lie {lie}"
