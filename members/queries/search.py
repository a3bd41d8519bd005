"""The search of the directory in one statement: the hits, names like a mistyped one, and the page in its order."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from members.queries.shelves import Key, Shelf
from members.queries.vocabulary import GENERATION
from members.rules.search_words import stem

MOST_HITS = 20_000  # facets count so many at most; the heading then says "20,000+"
MOST_NEAR = 1_000
FEW = 3  # fewer exact hits than this: names like the mistyped ones join them

STEMS = ("plainto_tsquery('portal_ro', %s)", "plainto_tsquery('portal_en', %s)")
# A stem that the beginnings cover already would be looked up for nothing.
UNLESS = "CASE WHEN {stem}::text ^@ %s THEN ''::tsquery ELSE {stem} END"
# Members whose name has the words, then those whose offers do, then those whose texts do, each by name. ts_rank over
# some hundred hits costs more than everything else on the page.
TIER = "CASE WHEN e.sort_key LIKE ALL (%s) THEN 0 WHEN e.title @@ (SELECT exact FROM asked) THEN 1 ELSE 2 END::float8"
ORDERS = {
    "relevance": TIER,
    "name": "0::float8",
    "newest": "(date '2000-01-01' - e.admitted_on)::float8",
    "maturity": "(-e.trl)::float8",
}
COLUMNS = (
    "e.slug, e.name, e.helix_role, e.helix_subtype, e.side, e.area, e.place, e.trl, "
    "e.offers_{0}, e.needs_{0}, e.summary_{0}"
)


@dataclass(frozen=True)
class Request:
    """What SQL is asked: words, near words, filters, order and the edge of the page before or after."""

    audience: str
    words: tuple[str, ...]
    near: dict[str, tuple[str, ...]]  # mistyped word -> the words it may have meant
    where: tuple[str, list[object]]
    order: str
    count: int
    after: Key | None
    before: Key | None
    language: str


@dataclass(frozen=True)
class Answer:
    """Organisations that match, those that match only nearly, the rows of the page and how many come before it."""

    generation: str
    exact: list[int]
    near: list[int]
    rows: list[list[Any]]  # the key (three values), then COLUMNS
    before: int


def near_words(shelf: Shelf, words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each word that begins no word of a name: the words of names that it may have meant."""
    return {word: found for word in words if (found := shelf.known_words.nearest(word))}


def search(request: Request) -> Answer:
    """Run the search. Typing errors are looked for only when hardly anything matches as it was typed."""
    statement, values = _statement(request)
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    assert row is not None
    generation, exact, near, before, rows = row
    ordered = list(rows or [])
    return Answer(generation, exact or [], near or [], ordered, before)


def _statement(request: Request) -> tuple[str, list[Any]]:
    exact, exact_values = _query(request.words, {})
    near, near_values = _query(request.words, request.near) if request.near else ("NULL::tsquery", [])
    where, where_values = request.where
    order = ORDERS[request.order]
    ranking = request.order == "relevance"
    shown, shown_values, backwards = _page(request)
    place = "(p.k, p.sort_key, p.organisation_id)"
    way = "DESC" if backwards else "ASC"
    edge = request.before or request.after
    # Before a page that ends at `before` stand all smaller keys but those shown: that is counted in Python.
    compare = "<" if backwards else "<="
    counted = "0"
    if edge:
        counted = f"(SELECT count(*) FROM page p WHERE {place} {compare} (%s, %s, %s))"  # noqa: S608  # as below
    statement = f"""
WITH asked AS MATERIALIZED (SELECT {exact} AS exact, {near} AS near),
exact AS MATERIALIZED (
  SELECT e.organisation_id, e.sort_key, {order} AS k, {where} AS kept FROM members_directoryentry e
   WHERE e.audience = %s AND e.search @@ (SELECT exact FROM asked) LIMIT {MOST_HITS + 1}),
counted AS MATERIALIZED (SELECT count(*) AS hits FROM exact),
near AS MATERIALIZED (
  SELECT e.organisation_id, e.sort_key, {"3::float8" if ranking else order} AS k, {where} AS kept FROM members_directoryentry e
   WHERE (SELECT hits FROM counted) < {FEW} AND e.audience = %s AND e.search @@ (SELECT near FROM asked)
     AND e.organisation_id NOT IN (SELECT organisation_id FROM exact) LIMIT {MOST_NEAR}),
page AS (
  SELECT h.k, h.sort_key, h.organisation_id FROM exact h WHERE h.kept
  UNION ALL
  SELECT h.k, h.sort_key, h.organisation_id FROM near h WHERE h.kept),
shown AS (SELECT p.* FROM page p WHERE {shown} ORDER BY p.k {way}, p.sort_key {way}, p.organisation_id {way}
          LIMIT {request.count})
SELECT {GENERATION}, (SELECT array_agg(organisation_id) FROM exact), (SELECT array_agg(organisation_id) FROM near),
       {counted},
       (SELECT json_agg(json_build_array(p.k, p.sort_key, p.organisation_id, {COLUMNS.format(request.language)})
                        ORDER BY p.k, p.sort_key, p.organisation_id)
          FROM shown p JOIN members_directoryentry e ON e.organisation_id = p.organisation_id AND e.audience = %s)
"""  # noqa: S608  # every part is one of our own texts; what people type is in the values
    likes = [_likes(request.words)] if ranking else []
    values: list[Any] = [*exact_values, *near_values]
    values += [*likes, *where_values, request.audience, *where_values, request.audience]
    return statement, [*values, *shown_values, *(edge or ()), request.audience]


def _page(request: Request) -> tuple[str, list[Any], bool]:
    if request.before:
        return "(p.k, p.sort_key, p.organisation_id) < (%s, %s, %s)", list(request.before), True
    if request.after:
        return "(p.k, p.sort_key, p.organisation_id) > (%s, %s, %s)", list(request.after), False
    return "true", [], False


def _query(words: tuple[str, ...], near: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """All words, each by its beginning or its stem in either language, or by the words that it may have meant."""
    parts: list[str] = []
    values: list[str] = []
    for place, word in enumerate(words):
        part, some = word_query(word, last=place == len(words) - 1, near=near.get(word, ()))
        parts.append(part)
        values += some
    return " && ".join(parts) or "''::tsquery", values


def word_query(word: str, *, last: bool, near: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """One word as SQL of a tsquery, with its values."""
    root = _root(word)
    stems = [UNLESS.format(stem=stem) if root else stem for stem in STEMS]
    values = [_beginnings(word, root, last, near), *([word, f"'{root}", word] if root else [word]) * len(STEMS)]
    return f"(to_tsquery('portal_names', %s) || {' || '.join(stems)})", values


def _root(word: str) -> str:
    """What the forms of a word begin with; empty when the word is too short to be searched by its beginning."""
    root = stem(word)
    return root if root != word or len(word) > 4 else ""


def _beginnings(word: str, root: str, last: bool, near: tuple[str, ...]) -> str:
    """For to_tsquery: the word and its forms; the last word of a search may still be being typed."""
    wanted = {f"'{root}':*"} if root else {f"'{word}':*" if last and len(word) >= 3 else f"'{word}'"}
    if not word.startswith(root):
        wanted.add(f"'{word}':*" if last else f"'{word}'")
    wanted |= {f"'{other}'" for other in near}
    return " | ".join(sorted(wanted))


def _likes(words: tuple[str, ...]) -> list[str]:
    """Words hold letters and digits only, nothing that LIKE reads otherwise."""
    return [f"%{word}%" for word in words]
