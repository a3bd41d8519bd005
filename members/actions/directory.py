"""Keeps the directory's rows in step with the members, in the transaction of the change."""

from collections.abc import Collection


def refresh_directory(organisations: Collection[int]) -> None:
    """Rebuild the directory rows of these organisations (ids)."""
