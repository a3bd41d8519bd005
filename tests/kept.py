"""Rows that tests begin with, kept beside the tables and put back by copying: what migrations leave, and the cluster.

Loading a preset or emptying and filling seventy tables takes longer than most tests; copying rows takes milliseconds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction

from cluster_portal.common.context import forget_cluster

T = TypeVar("T")
SCHEMA = "kept"
EMPTY = "empty"  # the database as migrations leave it
EXEMPT = {"django_migrations"}


@dataclass(frozen=True)
class Table:
    """A table of the portal with the columns that can be written, and its primary key."""

    name: str
    columns: str
    key: str


class Kept:
    """What was kept in this process's database."""

    tables: tuple[Table, ...] = ()
    filled: ClassVar[dict[str, list[Table]]] = {}


TABLES = """
SELECT c.relname,
       (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''),
       (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a JOIN pg_index i
            ON i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY(i.indkey) WHERE a.attrelid = c.oid)
  FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname
"""


def keep(name: str) -> None:
    """Keep the rows of this moment that are not those of EMPTY under `name`."""
    with connection.cursor() as cursor:
        if not Kept.tables:
            cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
            cursor.execute(f"CREATE SCHEMA {SCHEMA}")
            cursor.execute(TABLES)
            Kept.tables = tuple(Table(*row) for row in cursor.fetchall() if row[0] not in EXEMPT)
        before = {table.name for table in Kept.filled.get(EMPTY, ())}
        found = []
        for table in _filled(Kept.tables):
            others = f"WHERE ({table.key}) NOT IN (SELECT {table.key} FROM {_place(EMPTY, table)})"
            others = others if table.name in before else ""
            cursor.execute(f"DROP TABLE IF EXISTS {_place(name, table)}")
            cursor.execute(f"CREATE TABLE {_place(name, table)} AS SELECT {table.columns} FROM {table.name} {others}")
            if cursor.rowcount:
                found.append(table)
        Kept.filled[name] = found


def made(name: str, make: Callable[[], T]) -> T:
    """Keep the rows that `make` adds to an empty database under `name`; called outside of tests."""
    forget_cluster()
    with transaction.atomic():
        found = make()
    keep(name)
    as_migrated()
    forget_cluster()
    return found


def put_back(name: str) -> None:
    """Add the kept rows, past the triggers; part of the transaction that is open."""
    rows = [
        f"INSERT INTO {table.name} ({table.columns}) SELECT {table.columns} FROM {_place(name, table)}"
        for table in Kept.filled[name]
    ]
    # Processes remember a state of the directory by its id: no two tests may meet under one.
    sequence = "pg_get_serial_sequence('members_directorychange', 'id')"
    rows.append(f"UPDATE members_directorychange SET id = nextval({sequence})")
    _past_triggers(rows)


def as_migrated() -> None:
    """Empty what a test has filled, and put the rows of the migrations back: what `flush` does, in a moment."""
    rows = [f"DELETE FROM {table.name}" for table in _filled(Kept.tables)]
    rows += [
        f"INSERT INTO {table.name} ({table.columns}) SELECT {table.columns} FROM {_place(EMPTY, table)}"
        for table in Kept.filled[EMPTY]
    ]
    _past_triggers(rows)
    ContentType.objects.clear_cache()


def _past_triggers(statements: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        replica, origin = (f"SET LOCAL session_replication_role = {role}" for role in ("replica", "origin"))
        cursor.execute("; ".join([replica, *statements, origin]))


def _filled(tables: tuple[Table, ...]) -> list[Table]:
    """Those that have rows, asked in one query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"EXISTS (SELECT FROM {table.name})" for table in tables))
        has_rows = cursor.fetchone() or ()
    return [table for table, filled in zip(tables, has_rows, strict=True) if filled]


def _place(name: str, table: Table) -> str:
    return f'{SCHEMA}."{name} {table.name}"'
