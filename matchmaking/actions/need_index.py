"""Keeps the weights of the need search in step with what members have done. Offers and references index themselves."""

from django.db import connection, transaction


@transaction.atomic
def weigh_works() -> None:
    """Count anew how rare words and tags are, and find which references are near each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matchmaking_weigh_works()")


@transaction.atomic
def rebuild_works() -> None:
    """Index every offer and reference anew and weigh: after a restore, or when words of the tree were renamed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matchmaking_rebuild_works()")
