"""The database as settings name it: see the package."""

import select
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """For logs and tests. A statement that was planned before is sent by its name: then its text is told."""
        return str(super().last_executed_query(cursor, sql, params) or sql)


class DatabaseWrapper(base.DatabaseWrapper):
    """Before each request Django makes sure that the server still holds the connection (CONN_HEALTH_CHECKS).

    A server that stops or ends a connection says so, and the socket becomes readable; while nothing is asked, nothing
    else does. Only then the usual question is sent, which costs a tenth of a page.
    """

    ops_class = DatabaseOperations

    def is_usable(self) -> bool:
        if self.connection is None or self.connection.closed:
            return False
        waiting = select.poll()
        waiting.register(self.connection.fileno(), select.POLLIN)
        return bool(super().is_usable()) if waiting.poll(0) else True

    def standing_cursor(self) -> CursorWrapper:
        """See `standing_cursor` of the package."""
        ours: Any = self  # what a backend is made of has no types
        binding: Any = base.ServerBindingCursor
        self.ensure_connection()
        with self.wrap_database_errors:
            cursor: CursorWrapper = ours._prepare_cursor(binding(self.connection))
        return cursor
