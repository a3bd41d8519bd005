"""Keeps the directory's rows in step with the members, in the transaction of the change."""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.db import connection, transaction

from members.models import DirectoryChange, DirectoryEntry, Membership
from members.queries.listings import Listing, listings

AT_ONCE = 500
Item = TypeVar("Item")

COLUMNS = (
    "audience slug name sort_key helix_role helix_subtype side area place size_class sectors offers_and_above "
    "needs_and_above banded bands trl summary_ro summary_en offers_ro offers_en needs_ro needs_en website admitted_on"
).split()
CASTS = {
    **dict.fromkeys(("offers_and_above", "needs_and_above", "banded"), "::int[]"),
    **dict.fromkeys(("sectors", "offers_ro", "offers_en", "needs_ro", "needs_en"), "::varchar[]"),
    "bands": "::smallint[]",
}
# Names, offers and short texts are kept as they were typed (for beginnings of words) and by their stems in both
# languages, presentations by the stems of theirs; without places in the text, which nothing asks for.
INSERT = f"""
INSERT INTO members_directoryentry (organisation_id, {", ".join(COLUMNS)}, title, search)
SELECT %s, {", ".join(f"%s{CASTS.get(column, '')}" for column in COLUMNS)}, t.title, t.title || strip(t.texts)
  FROM (SELECT
    strip(to_tsvector('portal_names', %s) || to_tsvector('portal_ro', %s) || to_tsvector('portal_en', %s)) AS title,
    to_tsvector('portal_names', %s) || to_tsvector('portal_ro', %s) || to_tsvector('portal_en', %s) AS texts) t
"""  # noqa: S608  # the names of columns are fixed above


@transaction.atomic
def refresh_directory(organisations: Collection[int]) -> None:
    """Rebuild the directory rows of these organisations (ids), one or thousands.

    Whoever is no longer a member in good standing vanishes with the same commit. Processes that keep the directory
    in memory notice by the new DirectoryChange.
    """
    for some in _chunks(sorted(set(organisations)), AT_ONCE):
        DirectoryEntry.objects.filter(organisation__in=some).delete()
        with connection.cursor() as cursor:
            for listing in listings(some):  # one by one: inside a request the history's context breaks executemany
                cursor.execute(INSERT, _values(listing))
    announce_directory()


@transaction.atomic
def rebuild_directory() -> int:
    """Rebuild every row: after a change of the vocabulary, of sectors or of sub-types. Returns how many there are."""
    DirectoryEntry.objects.exclude(organisation__in=Membership.objects.listed().values("organisation")).delete()
    refresh_directory(list(Membership.objects.listed().values_list("organisation", flat=True)))
    return DirectoryEntry.objects.count()


def announce_directory() -> None:
    """Say that the directory, or the words it is shown with, changed with this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM members_directorychange "
            "WHERE id IN (SELECT id FROM members_directorychange FOR UPDATE SKIP LOCKED)"
        )
    DirectoryChange.objects.create()


def _values(listing: Listing) -> list[Any]:
    columns = [getattr(listing, column) for column in COLUMNS]
    return [listing.organisation, *columns, *[f"{listing.names} {listing.offers}"] * 3, *listing.texts]


def _chunks(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    source = iter(items)
    while chunk := list(islice(source, size)):
        yield chunk
