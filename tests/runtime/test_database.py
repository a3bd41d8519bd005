"""A connection that the server has ended is noticed before a page needs it, without a query while all is well."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper
from django.test.utils import CaptureQueriesContext

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
