"""The search of the directory: who says the words is read from PostgreSQL once and kept as a bitmap, like the facets.

Counts, filters, order and page of a search come from bitmaps, so that SQL only has to find. Words that many members
say are kept one by one as well: any search for several of them is then `&`, as quick as browsing.
"""

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import Any

from cluster_portal.database import standing_cursor
from members.queries.shelves import Asked, Bits, Key, Saying, Shelf, Window
from members.queries.vocabulary import GENERATION
from members.rules.search_words import stem

FEW = 3  # fewer exact hits than this: names like the mistyped ones join them
MANY = 1_500
"""Hits of a search from which on each of its words is read by itself when it comes again: as many say it, or more."""
MOST_SAID, MOST_FREQUENT = 300, 1_000
"""Searches and words that a shelf keeps: at ten thousand members some 4 kB each at most, and a few bytes."""
NEAR = f"""(
  SELECT array_agg(e.organisation_id) FROM members_directoryentry e
   WHERE s.hits < {FEW} AND e.audience = %s AND e.search @@ a.near)"""  # noqa: S608  # a number of our own
LAST = (float("inf"), "", 0)  # after every key

STEMS = ("plainto_tsquery('portal_ro', %s)", "plainto_tsquery('portal_en', %s)")
# A stem that the beginnings cover already would be looked up for nothing.
UNLESS = "CASE WHEN {stem}::text ^@ %s THEN ''::tsquery ELSE {stem} END"


@dataclass(frozen=True)
class Hits:
    """Who matches a search, in the order of relevance: by their names, their offers, their texts, or only nearly."""

    generation: str
    tiers: tuple[Bits, Bits, Bits, Bits]
    instead: tuple[str, ...]  # the words as they were probably meant, when members were found only so

    @property
    def exact(self) -> Bits:
        named, titled, written, _near = self.tiers
        return named | titled | written

    @property
    def everywhere(self) -> Bits:
        return self.exact | self.tiers[-1]


def search(shelf: Shelf, words: tuple[str, ...], audience: str) -> Hits:
    """Who says all the words: one query, or none when the shelf knows.

    Typing errors count only when hardly anything matches as it was typed. Where the directory has changed since the
    shelf was read, the hits say another generation than the shelf.
    """
    asked = terms_of(words)
    meant = {word: found for word in words if (found := shelf.known_words.nearest(word))}
    saying, generation = shelf.said.get(asked) or _joined(shelf, asked), shelf.generation
    if saying is None:
        generation, read = _read(shelf, asked, meant, audience)
        saying = read[asked]
        if generation == shelf.generation:
            _keep(shelf, asked, read)
    anywhere, titled, named, near = saying
    others = near & ~anywhere
    instead = tuple(meant[word][0] if word in meant else word for word in words) if others else ()
    return Hits(generation, (named, titled & ~named, anywhere & ~(titled | named), others), instead)


def terms_of(words: tuple[str, ...]) -> Asked:
    """The words, each with whether it is the last one, which may still be being typed."""
    return tuple((word, place == len(words) - 1) for place, word in enumerate(words))


def _joined(shelf: Shelf, asked: Asked) -> Saying | None:
    """Who says all the words, when each of them is known by itself and many say them all."""
    found = [shelf.said.get((term,)) for term in asked]
    known = [saying for saying in found if saying is not None]
    if not found or len(known) < len(found):
        return None
    joined = Saying(*(reduce(and_, bits) for bits in zip(*known, strict=True)))
    return joined if joined.anywhere.bit_count() >= FEW else None


def _keep(shelf: Shelf, asked: Asked, read: dict[Asked, Saying]) -> None:
    """Remember what was read, and forget what was read long ago; hear which words many say."""
    shelf.said.update(read)
    for one in list(shelf.said)[: max(0, len(shelf.said) - MOST_SAID)]:
        shelf.said.pop(one, None)
    if len(asked) > 1 and read[asked].anywhere.bit_count() >= MANY:
        if len(shelf.frequent) > MOST_FREQUENT:
            shelf.frequent.clear()
        shelf.frequent.update(asked)


def _read(
    shelf: Shelf, asked: Asked, meant: dict[str, tuple[str, ...]], audience: str
) -> tuple[str, dict[Asked, Saying]]:
    """Find who says all the words, who says nearly so if those are few, and who says each word if all are frequent."""
    joined = len(asked) > 1 and shelf.frequent.issuperset(asked)  # one rare word, and the others are of no use
    apart = [(term,) for term in asked if joined and (term,) not in shelf.said]
    wanted = [asked, *apart]
    parts: list[str] = []
    values: list[Any] = []
    for place, terms in enumerate(wanted):
        exact, exact_values = all_words(terms, {})
        near, near_values = all_words(terms, meant) if meant and not place else ("NULL::tsquery", [])
        parts.append(f"({place}, {exact}, {near}, %s::text[])")
        values += [*exact_values, *near_values, [f"%{word}%" for word, _last in terms]]  # words are letters and digits
    # Materialised: a planner that sees a frequent word would read every text instead of the index.
    statement = f"""
SELECT * FROM (WITH a (place, exact, near, likes) AS MATERIALIZED (VALUES {", ".join(parts)})
SELECT {GENERATION}, a.place, s.anywhere, s.titled, s.named, {NEAR if meant else "NULL"} FROM a CROSS JOIN LATERAL (
  SELECT count(*) AS hits, array_agg(e.organisation_id) AS anywhere,
         array_agg(e.organisation_id) FILTER (WHERE e.title @@ a.exact) AS titled,
         array_agg(e.organisation_id) FILTER (WHERE e.sort_key LIKE ALL (a.likes)) AS named
    FROM members_directoryentry e WHERE e.audience = %s AND e.search @@ a.exact) s) found
"""  # noqa: S608  # every part is one of our own texts; what people type is in the values
    values += [audience] * (2 if meant else 1)
    with standing_cursor() as cursor:
        cursor.execute(statement, values)
        rows = cursor.fetchall()
    return rows[0][0], {wanted[row[1]]: Saying(*(shelf.bits_of(ids or ()) for ids in row[2:])) for row in rows}


def window_of(shelf: Shelf, tiers: tuple[Bits, ...], count: int, after: Key | None, before: Key | None) -> Window:
    """One page of members who stand tier after tier, each by name; the number of the tier begins their keys."""
    taken: list[int] = []
    ahead = 0
    if before is not None:
        for tier in reversed(range(len(tiers))):
            if tier <= before[0]:
                edge = (0.0, *before[1:]) if tier == before[0] else LAST
                part = shelf.window(tiers[tier], "name", count - len(taken), None, edge)
                taken = part.organisations + taken
                ahead += part.before
        return Window(taken, ahead)
    for tier, bits in enumerate(tiers):
        if after is not None and tier < after[0]:
            ahead += bits.bit_count()
        elif len(taken) < count:
            start = (0.0, *after[1:]) if after is not None and tier == after[0] else None
            part = shelf.window(bits, "name", count - len(taken), start, None)
            taken += part.organisations
            ahead += part.before
    return Window(taken, ahead)


def key_in(shelf: Shelf, tiers: tuple[Bits, ...], organisation: int) -> Key:
    place = shelf.places[organisation]
    tier = next(number for number, bits in enumerate(tiers) if bits >> place & 1)
    return (tier, *shelf.key(place, "name")[1:])


def all_words(asked: Asked, meant: dict[str, tuple[str, ...]]) -> tuple[str, list[str]]:
    """SQL of a tsquery for all words, each by its beginning or its stem in either language, or by what it may mean."""
    parts: list[str] = []
    values: list[str] = []
    for word, last in asked:
        part, some = word_query(word, last=last, near=meant.get(word, ()))
        parts.append(part)
        values += some
    return " && ".join(parts) or "''::tsquery", values


def word_query(word: str, *, last: bool, near: tuple[str, ...] = ()) -> tuple[str, list[str]]:
    """One word as SQL of a tsquery, with its values; `near`: the words that it may have meant."""
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
