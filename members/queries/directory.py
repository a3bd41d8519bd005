"""The directory: members found by words and filters, a page of them, the counts beside them, and all for export."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language

from cluster_portal.common.models import in_reach
from cluster_portal.common.visibility import Level, Viewer
from cluster_portal.database import standing_cursor
from members.models import Audience
from members.queries.facets import Catalogue, Chosen, Panel, catalogue_of, narrowed, panel
from members.queries.search import Hits, key_in, search, window_of
from members.queries.shelves import Bits, Key, Shelf, Window, present_generation, read_shelves, shelves
from members.queries.vocabulary import GENERATION
from members.rules.search_words import words_of

PAGE = 20
ORDERS = ("name", "newest", "maturity", "relevance")
KEPT_PAGES = 16  # for each audience and language, some 100 kB each
KEPT_ROWS = 1_000  # the same, some 2 kB each with what is drawn of them
COLUMNS = (
    "e.slug, e.name, e.helix_role, e.helix_subtype, e.side, e.area, e.place, e.trl, "
    "e.offers_{0}, e.needs_{0}, e.summary_ro, e.summary_en"
)


@dataclass(frozen=True)
class Wanted:
    """What an address asks for, as it came; whatever does not exist is ignored."""

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ""
    after: str = ""
    before: str = ""
    unfolded: str = ""  # the facet whose values are all listed

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for equal wishes."""
        return (self.text, tuple(self.facets.items()), self.order, self.after, self.before, self.unfolded)


@dataclass(frozen=True, eq=False, slots=True)
class Row:
    """A member in the list; there is one object of it in each language until the directory changes."""

    slug: str
    name: str
    helix_role: str
    subtype: str
    side: str
    area: str
    place: str
    trl: int
    offers: list[str]
    needs: list[str]
    summary: str


@dataclass(frozen=True)
class Found:
    """A page of the directory. `earlier` and `later` are the edges that the neighbouring pages begin at, or empty."""

    text: str
    chosen: Chosen
    order: str
    searching: bool
    total: int
    everyone: int
    exact: int
    instead: tuple[str, ...]  # words that were looked for in place of mistyped ones
    first: int
    rows: list[Row]
    earlier: str
    later: str
    panel: Panel
    unfolded: str = ""
    drawn: dict[str, Any] = field(default_factory=dict)  # what the view made of it


def audience_of(viewer: Viewer) -> str:
    """Which rows a reader sees: those for members, or those for everybody."""
    return Audience.MEMBERS if Level.MEMBERS in viewer.levels else Audience.PUBLIC


def directory(wanted: Wanted, viewer: Viewer) -> Found:
    """One page, in one query while the directory stands still and in four more for the first reader after a change.

    A search that nobody made since needs one more. What was shown since the last change is remembered: the same page
    asks only whether there was a change.
    """
    audience = audience_of(viewer)
    state = shelves()
    for _attempt in range(3):
        catalogue = catalogue_of(state, audience)
        generation, found = _kept(wanted, catalogue) or _found(wanted, catalogue, audience)
        if generation == state.generation:
            break
        state = read_shelves()
    _keep(wanted, found, catalogue)
    return found


def _kept(wanted: Wanted, catalogue: Catalogue) -> tuple[str, Found] | None:
    """A page that was shown before, with the present generation."""
    found: Found | None = catalogue.pages.get(wanted.key)
    return (present_generation(), found) if found else None


def _keep(wanted: Wanted, found: Found, catalogue: Catalogue) -> None:
    """Remember a page as the last one that was asked for, and forget those that nobody asked for in a while."""
    catalogue.pages.pop(wanted.key, None)
    catalogue.pages[wanted.key] = found
    for key in list(catalogue.pages)[: max(0, len(catalogue.pages) - KEPT_PAGES)]:  # another thread may be here too
        catalogue.pages.pop(key, None)


def _found(wanted: Wanted, catalogue: Catalogue, audience: str) -> tuple[str, Found]:
    """The bitmaps know everything but what the rows say, and who says a word that they were not asked for before."""
    searching = bool(wanted.text.strip())
    orders = ORDERS if searching else ORDERS[:3]
    order = wanted.order if wanted.order in orders else ("relevance" if searching else "name")
    chosen = catalogue.chosen(wanted.facets)
    hits = search(catalogue.shelf, words_of(wanted.text), audience) if searching else None
    left = narrowed(catalogue, chosen, hits.everywhere if hits else None)
    window, keys = _window(catalogue.shelf, left[""], hits, order, edge(wanted.after), edge(wanted.before))
    generation, rows = _rows(window.organisations, catalogue, audience)
    total = left[""].bit_count()
    page = Found(
        text=wanted.text.strip() if searching else "",
        chosen=chosen,
        order=order,
        searching=searching,
        total=total,
        everyone=len(catalogue.shelf),
        exact=hits.exact.bit_count() if hits else 0,
        instead=hits.instead if hits else (),
        first=window.before + 1,
        rows=[rows[pk] for pk in window.organisations if pk in rows],
        earlier=written(keys[0]) if keys and window.before else "",
        later=written(keys[-1]) if keys and window.before + len(keys) < total else "",
        panel=panel(catalogue, chosen, left),
        unfolded=wanted.unfolded,
    )
    changed = hits is not None and hits.generation != catalogue.shelf.generation
    return (hits.generation if hits and changed else generation), page


def _window(
    shelf: Shelf, left: Bits, hits: Hits | None, order: str, after: Key | None, before: Key | None
) -> tuple[Window, list[Key]]:
    """The organisations of the page, and where each of them stands in the order."""
    if hits and order == "relevance":
        tiers = tuple(tier & left for tier in hits.tiers)
        window = window_of(shelf, tiers, PAGE, after, before)
        return window, [key_in(shelf, tiers, pk) for pk in window.organisations]
    window = shelf.window(left, order, PAGE, after, before)
    return window, [shelf.key(shelf.places[pk], order) for pk in window.organisations]


def _rows(organisations: list[int], catalogue: Catalogue, audience: str) -> tuple[str, dict[int, Row]]:
    """Organisation -> its row, with the present generation. Rows that were shown since the last change are known."""
    known: dict[int, Row] = catalogue.rows
    statement = f"""
SELECT {GENERATION}, e.organisation_id, {COLUMNS.format(reading_language())}
  FROM (SELECT 1) one LEFT JOIN members_directoryentry e ON e.organisation_id = ANY(%s) AND e.audience = %s
"""  # noqa: S608  # our own columns
    with standing_cursor() as cursor:
        cursor.execute(statement, [[pk for pk in organisations if pk not in known], audience])
        read = cursor.fetchall()
    found = {row[1]: _row(row[2:], catalogue) for row in read if row[1] is not None}
    if read[0][0] == catalogue.shelf.generation:
        catalogue.rows = {**known, **found} if len(known) < KEPT_ROWS else found
    return read[0][0], known | found


def _row(read: Any, catalogue: Catalogue) -> Row:
    slug, name, role, subtype, side, area, place, trl, offers, needs, romanian, english = read
    kind = catalogue.words.subtypes[subtype].name if subtype in catalogue.words.subtypes else ""
    summary = in_reach(romanian, english)
    return Row(slug, name, role, kind, side, catalogue.areas.get(area, ""), place, trl, offers, needs, summary)


def edge(text: str) -> Key | None:
    """The edge of a page as an address holds it; None when it is not one."""
    first, _bar, rest = text.partition("~")
    name, _bar, organisation = rest.rpartition("~")
    try:
        key = (float(first), name, int(organisation))
    except ValueError:
        return None
    finite = abs(key[0]) < 1e9
    return key if finite and len(name) <= 500 and 0 <= key[2] < 2**62 else None


def written(key: Key) -> str:
    """The edge of a page for an address."""
    first = int(key[0]) if key[0] == int(key[0]) else key[0]
    return f"{first!r}~{key[1]}~{key[2]}"


def reading_language() -> str:
    """ro or en, as the columns are called."""
    return "ro" if get_language() == "ro" else "en"
