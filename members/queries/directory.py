"""The directory: members found by words and filters, a page of them, the counts beside them, and all for export."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from cluster_portal.common.visibility import Level, Viewer
from members.models import Audience
from members.queries.facets import Catalogue, Chosen, Panel, catalogue_of, conditions, narrowed, panel
from members.queries.frequent_words import MANY, key_in, notice, remembered, tiers_of, window_of
from members.queries.search import COLUMNS, FEW, MOST_HITS, Answer, Request, near_words, search
from members.queries.shelves import Bits, Key, Saying, Window, present_generation, read_shelves, shelves
from members.queries.vocabulary import GENERATION
from members.rules.search_words import words_of

PAGE = 20
ORDERS = ("name", "newest", "maturity", "relevance")
KEPT_PAGES = 16  # for each audience and language, some 100 kB each


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


@dataclass(frozen=True)
class Row:
    """A member in the list."""

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
    capped: bool
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

    What was shown since the last change is remembered: the same page asks only whether there was a change.
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
    if len(catalogue.pages) > KEPT_PAGES:
        del catalogue.pages[next(iter(catalogue.pages))]


def _found(wanted: Wanted, catalogue: Catalogue, audience: str) -> tuple[str, Found]:
    words = words_of(wanted.text)
    searching = bool(wanted.text.strip())
    orders = ORDERS if searching else ORDERS[:3]
    order = wanted.order if wanted.order in orders else ("relevance" if searching else "name")
    chosen = catalogue.chosen(wanted.facets)
    after, before = edge(wanted.after), edge(wanted.before)
    if searching:
        generation, page = _searched(wanted.text, words, order, chosen, after, before, catalogue, audience)
    else:
        generation, page = _browsed(order, chosen, after, before, catalogue, audience)
    return generation, replace(page, unfolded=wanted.unfolded)


def _browsed(
    order: str, chosen: Chosen, after: Key | None, before: Key | None, catalogue: Catalogue, audience: str
) -> tuple[str, Found]:
    """Without words the bitmaps know everything but what the rows say."""
    shelf = catalogue.shelf
    left = narrowed(catalogue, chosen, None)
    window = shelf.window(left[""], order, PAGE, after, before)
    keys = [shelf.key(shelf.places[pk], order) for pk in window.organisations]
    return _from_bitmaps(order, chosen, left, window, keys, catalogue, audience)


def _remembered(
    text: str,
    saying: Saying,
    order: str,
    chosen: Chosen,
    after: Key | None,
    before: Key | None,
    catalogue: Catalogue,
    audience: str,
) -> tuple[str, Found]:
    """A search for words that the shelf knows: as quick as browsing."""
    shelf = catalogue.shelf
    left = narrowed(catalogue, chosen, saying.anywhere)
    if order == "relevance":
        tiers = tiers_of(saying, left[""])
        window = window_of(shelf, tiers, PAGE, after, before)
        keys = [key_in(shelf, tiers, pk) for pk in window.organisations]
    else:
        window = shelf.window(left[""], order, PAGE, after, before)
        keys = [shelf.key(shelf.places[pk], order) for pk in window.organisations]
    generation, page = _from_bitmaps(order, chosen, left, window, keys, catalogue, audience)
    return generation, replace(page, text=text.strip(), searching=True, exact=saying.anywhere.bit_count())


def _from_bitmaps(
    order: str,
    chosen: Chosen,
    left: dict[str, Bits],
    window: Window,
    keys: list[Key],
    catalogue: Catalogue,
    audience: str,
) -> tuple[str, Found]:
    generation, rows = _rows(window.organisations, audience)
    total = left[""].bit_count()
    page = Found(
        text="",
        chosen=chosen,
        order=order,
        searching=False,
        total=total,
        everyone=len(catalogue.shelf),
        capped=False,
        exact=0,
        instead=(),
        first=window.before + 1,
        rows=[_row(rows[pk], catalogue) for pk in window.organisations if pk in rows],
        earlier=written(keys[0]) if keys and window.before else "",
        later=written(keys[-1]) if keys and window.before + len(keys) < total else "",
        panel=panel(catalogue, chosen, left),
    )
    return generation, page


def _searched(
    text: str,
    words: tuple[str, ...],
    order: str,
    chosen: Chosen,
    after: Key | None,
    before: Key | None,
    catalogue: Catalogue,
    audience: str,
) -> tuple[str, Found]:
    saying = remembered(catalogue.shelf, words)
    if saying is not None and saying.anywhere.bit_count() >= FEW:
        return _remembered(text, saying, order, chosen, after, before, catalogue, audience)
    near = near_words(catalogue.shelf, words)
    where = conditions(chosen, catalogue.grid)
    asked = Request(audience, words, near, where, order, PAGE, after, before, reading_language())
    answer = search(asked)
    hits = catalogue.shelf.bits_of([*answer.exact, *answer.near])
    if len(answer.exact) >= MANY:
        notice(catalogue.shelf, words, audience, answer.generation)
    left = narrowed(catalogue, chosen, hits)
    total = left[""].bit_count()
    ahead = answer.before - (len(answer.rows) if before else 0)
    keys: list[Key] = [(row[0], row[1], row[2]) for row in answer.rows]
    page = Found(
        text=text.strip(),
        chosen=chosen,
        order=order,
        searching=True,
        total=total,
        everyone=len(catalogue.shelf),
        capped=len(answer.exact) > MOST_HITS,
        exact=len(answer.exact),
        instead=_instead(words, near, answer),
        first=ahead + 1,
        rows=[_row(row[3:], catalogue) for row in answer.rows],
        earlier=written(keys[0]) if keys and ahead else "",
        later=written(keys[-1]) if keys and ahead + len(keys) < total else "",
        panel=panel(catalogue, chosen, left),
    )
    return answer.generation, page


def _instead(words: tuple[str, ...], near: dict[str, tuple[str, ...]], answer: Answer) -> tuple[str, ...]:
    """The search as it was probably meant, when members were found only so."""
    return tuple(near[word][0] if word in near else word for word in words) if answer.near else ()


def _rows(organisations: list[int], audience: str) -> tuple[str, dict[int, tuple[Any, ...]]]:
    """Organisation -> its row, with the generation that they were read at."""
    statement = f"""
SELECT {GENERATION}, e.organisation_id, {COLUMNS.format(reading_language())}
  FROM (SELECT 1) one LEFT JOIN members_directoryentry e ON e.organisation_id = ANY(%s) AND e.audience = %s
"""  # noqa: S608  # our own columns
    with connection.cursor() as cursor:
        cursor.execute(statement, [organisations, audience])
        read = cursor.fetchall()
    return read[0][0], {row[1]: row[2:] for row in read if row[1] is not None}


def _row(read: Any, catalogue: Catalogue) -> Row:
    slug, name, role, subtype, side, area, place, trl, offers, needs, summary = read
    kind = catalogue.words.subtypes[subtype].name if subtype in catalogue.words.subtypes else ""
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
