"""Everything that the directory says of the members that match, for a table to take away."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from cluster_portal.common.visibility import Viewer
from members.queries.directory import Wanted, audience_of, reading_language
from members.queries.facets import Catalogue, catalogue_of, narrowed
from members.queries.search import search
from members.queries.shelves import Shelves, read_shelves
from members.rules.search_words import words_of


@dataclass(frozen=True)
class Line:
    """A member with everything that the directory says of it to this audience."""

    slug: str
    name: str
    side: str
    helix_role: str
    subtype: str
    area: str
    place: str
    sectors: list[str]
    offers: list[str]
    trl: int
    needs: list[str]
    size: str
    summary: str
    website: str
    admitted_on: date


def export(wanted: Wanted, viewer: Viewer, at_once: int = 500) -> Iterator[Line]:
    """All members that match, by name, read in portions."""
    audience = audience_of(viewer)
    state, organisations = _all(wanted, audience)
    catalogue = catalogue_of(state, audience)
    for start in range(0, len(organisations), at_once):
        yield from _lines(organisations[start : start + at_once], audience, catalogue)


def _all(wanted: Wanted, audience: str) -> tuple[Shelves, list[int]]:
    """The organisations that match, in the order of names."""
    state, hits = read_shelves(), None
    catalogue = catalogue_of(state, audience)
    chosen = catalogue.chosen(wanted.facets)
    if wanted.text.strip():
        hits = search(catalogue.shelf, words_of(wanted.text), audience).everywhere
    found = narrowed(catalogue, chosen, hits)[""]
    return state, catalogue.shelf.window(found, "name", len(catalogue.shelf), None, None).organisations


def _lines(organisations: list[int], audience: str, catalogue: Catalogue) -> Iterator[Line]:
    language = reading_language()
    statement = f"""
SELECT e.slug, e.name, e.side, e.helix_role, e.helix_subtype, e.area, e.place, e.sectors, e.offers_{language}, e.trl,
       e.needs_{language}, e.size_class, e.summary_{language}, e.website, e.admitted_on
  FROM members_directoryentry e WHERE e.organisation_id = ANY(%s) AND e.audience = %s
 ORDER BY e.sort_key, e.organisation_id
"""  # noqa: S608  # our own columns
    with connection.cursor() as cursor:
        cursor.execute(statement, [organisations, audience])
        rows = cursor.fetchall()
    for row in rows:
        line = Line(*row)
        sectors = [catalogue.label("sector", code) for code in line.sectors if code in catalogue.words.sectors]
        subtype = catalogue.words.subtypes[line.subtype].name if line.subtype in catalogue.words.subtypes else ""
        yield replace(
            line,
            sectors=sectors,
            subtype=subtype,
            side=catalogue.label("side", line.side) if line.side else "",
            helix_role=catalogue.label("role", line.helix_role) if line.helix_role else "",
            area=catalogue.label("area", line.area),
            size=catalogue.label("size", line.size) if line.size else "",
        )
