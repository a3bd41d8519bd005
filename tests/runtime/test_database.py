"""A connection that the server has ended is noticed before a page needs it; standing statements are planned once."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from django.db import DataError, connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext

from cluster_portal.database import standing_cursor

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_connection_that_was_ended_is_replaced_by_the_next_request() -> None:
    other = connection.copy()
    try:
        assert isinstance(other, DatabaseWrapper)
        with CaptureQueriesContext(other) as asked:
            other.ensure_connection()
            assert other.is_usable()
        assert not asked.captured_queries
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            (pid,) = cursor.fetchone()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
        deadline = time.monotonic() + 60
        while other.is_usable() and time.monotonic() < deadline:
            time.sleep(0.01)
        assert not other.is_usable()
        vars(other).update(health_check_enabled=True, health_check_done=False)  # as at the beginning of a request
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            assert cursor.fetchone() != (pid,)
        assert other.is_usable()
    finally:
        other.close()


def test_a_connection_that_was_closed_here_is_not_usable() -> None:
    other = connection.copy()
    assert not other.is_usable()
    other.ensure_connection()
    other.connection.close()
    assert not other.is_usable()
    other.close()


def test_a_standing_statement_is_planned_once_and_told_as_it_was_written() -> None:
    text = "SELECT %s::int + %s, now() IS NOT NULL"
    with CaptureQueriesContext(connection) as asked:
        for number in range(8):
            with standing_cursor() as cursor:
                cursor.execute(text, [number, 2])
                assert cursor.fetchone() == (number + 2, True)
    assert len(asked) == 8
    assert all(query["sql"].startswith("SELECT ") for query in asked.captured_queries)
    assert planned() == 1


def test_a_standing_statement_outlives_a_transaction_that_failed() -> None:
    for number in range(8):
        with suppress(ZeroDivisionError), transaction.atomic(), standing_cursor() as cursor:
            cursor.execute("SELECT %s::text || 'x'", ["a"])
            assert cursor.fetchone() == ("ax",)
            assert number % 2 or 1 // 0
    with suppress(DataError), transaction.atomic(), standing_cursor() as cursor:
        cursor.execute("SELECT 1 / %s", [0])
    with standing_cursor() as cursor:
        cursor.execute("SELECT %s::text || 'x'", ["b"])
        assert cursor.fetchone() == ("bx",)


def planned() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%now() IS NOT NULL%'")
        return int(cursor.fetchone()[0])
