"""Words that many members say, kept on their shelf as bitmaps like the facets.

PostgreSQL collects every hit of a search, which costs more than the rest of the page when a word stands in half of
the texts. Such words are few and are asked for again and again: the second search for one reads who says it, later
ones until the next change of the directory are answered by `&`.
"""

from functools import reduce
from itertools import islice
from operator import and_

from django.db import connection

from members.queries.search import word_query
from members.queries.shelves import Bits, Key, Saying, Shelf, Term, Window
from members.queries.vocabulary import GENERATION

MANY = 1_500
"""Hits of a whole search, so that each of its words has at least as many."""
MOST_SAID = 200
"""Words kept on a shelf: at ten thousand members some 4 kB each."""
MOST_HEARD = 1_000
LAST = (float("inf"), "", 0)  # after every key


def terms_of(words: tuple[str, ...]) -> tuple[Term, ...]:
    """A word with whether it is the last one, which may still be being typed and finds more."""
    return tuple((word, place == len(words) - 1) for place, word in enumerate(words))


def remembered(shelf: Shelf, words: tuple[str, ...]) -> Saying | None:
    """Who says all the words, by what is kept; None when a word is not."""
    found = [shelf.said.get(term) for term in terms_of(words)]
    known = [saying for saying in found if saying is not None]
    if not known or len(known) < len(found):
        return None
    return Saying(*(reduce(and_, bits) for bits in zip(*known, strict=True)))


def notice(shelf: Shelf, words: tuple[str, ...], audience: str, generation: str) -> None:
    """Hear of a search that found many: its words are read and kept when they come a second time."""
    again = []
    for term in terms_of(words):
        if term in shelf.heard and term not in shelf.said:
            again.append(term)
        shelf.heard.add(term)
    if again:
        _keep(shelf, again, audience, generation)
    for term in list(islice(shelf.said, max(0, len(shelf.said) - MOST_SAID))):
        shelf.said.pop(term, None)
    if len(shelf.heard) > MOST_HEARD:
        shelf.heard.clear()


def _keep(shelf: Shelf, terms: list[Term], audience: str, generation: str) -> None:
    asked, values = [], []
    for place, (word, last) in enumerate(terms):
        query, parameters = word_query(word, last=last)
        asked.append(f"({place}, {query}, %s)")
        values += [*parameters, f"%{word}%"]
    statement = f"""
SELECT {GENERATION}, a.place, array_agg(e.organisation_id),
       array_agg(e.organisation_id) FILTER (WHERE e.title @@ a.query),
       array_agg(e.organisation_id) FILTER (WHERE e.sort_key LIKE a.letters)
  FROM (VALUES {", ".join(asked)}) a (place, query, letters)
  JOIN members_directoryentry e ON e.audience = %s AND e.search @@ a.query GROUP BY a.place
"""  # noqa: S608  # every part is one of our own texts; what people type is in the values
    with connection.cursor() as cursor:
        cursor.execute(statement, [*values, audience])
        for seen, place, *members in cursor.fetchall():
            if seen == generation:  # else the directory changed meanwhile, and this shelf is of the past
                shelf.said[terms[place]] = Saying(*(shelf.bits_of(some or ()) for some in members))


def tiers_of(saying: Saying, found: Bits) -> tuple[Bits, ...]:
    """What is left of a search by relevance: those whose name has the words, then their offers, then their texts."""
    named = found & saying.named
    titled = found & saying.titled & ~named
    return named, titled, found & ~(named | titled)


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
