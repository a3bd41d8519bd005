"""Django's PostgreSQL backend with a health check that asks the socket, not the server; and what else is PostgreSQL's.

The settings name the package as the engine.
"""

from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper


def analyze() -> None:
    """Let the planner read the tables now. After many rows at once it knows nothing of them for a minute or longer."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def standing_cursor() -> CursorWrapper:
    """A cursor for the statements that pages ask again and again: the server plans each once for a connection.

    To plan the one large statement of a page costs more than to run it. Values travel beside the text, so the text has
    to be the same every time; after a few times the server keeps it (`prepare_threshold` in the settings). The text
    begins with SELECT: before any other word the history of rows puts a statement of its own, and two are not planned
    as one.
    """
    ours: Any = connection
    cursor: CursorWrapper = ours.standing_cursor()
    return cursor
