"""What the timetable keeps in order: weights of words, items that have run out, places for those few lists show."""

from django.db import connection, transaction
from django.utils import timezone

from matchmaking.models import Backfill, Exposure, MatchProfile
from matchmaking.queries.upkeep import places, run_out


@transaction.atomic
def refresh_weights() -> None:
    """Weigh the words anew: how many members mention each. Between two turns all scores stand on the same weights."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matchmaking_weigh()")


@transaction.atomic
def rebuild() -> None:
    """Make every derived row anew, after a restore or a doubt; what the triggers keep is the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT matchmaking_rebuild()")


@transaction.atomic
def drop_run_out() -> int:
    """Take offers and needs that ran out out of the scores; how many members were looked at. Harmless when repeated."""
    members = run_out()
    with connection.cursor() as cursor:
        cursor.execute("SELECT matchmaking_refresh(%s)", [members])
    return len(members)


def refresh_places() -> int:
    """Give the places "you could help them" anew, and count who stands in how many lists.

    A reader sees the old ones or the new ones, never half of them.
    """
    found = places()  # read before the transaction: it takes seconds
    now = timezone.now()
    with transaction.atomic():
        there = set(MatchProfile.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
        Backfill.objects.all().delete()
        rows = [
            Backfill(member_id=member, partner_id=partner, rank=rank, computed_at=now)
            for member, partners in sorted(found.placed.items())
            for rank, partner in enumerate(partners, start=1)
            if member in there and partner in there
        ]
        Backfill.objects.bulk_create(rows)
        Exposure.objects.all().delete()
        Exposure.objects.bulk_create(
            Exposure(member_id=member, lists=count, computed_at=now)
            for member, count in sorted(found.lists.items())
            if member in there
        )
    return len(rows)
