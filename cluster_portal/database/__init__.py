"""Django's PostgreSQL backend with a health check that asks the socket, not the server; and what else is PostgreSQL's.

The settings name the package as the engine.
"""

from django.db import connection


def analyze() -> None:
    """Let the planner read the tables now. After many rows at once it knows nothing of them for a minute or longer."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
