"""The directory kept in each process as bitmaps: one integer a facet value, bit n set when the nth member has it.

Counting the members of any combination of filters is then `&` and `int.bit_count`, some microseconds, where SQL
counts for tens of milliseconds at ten thousand members. Bit positions follow the order of names. There is one shelf
for each audience, because an audience may only count what it sees. A shelf belongs to one GENERATION of the
directory (see vocabulary.py) and is read anew, in one query, by the first page after a change.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, groupby, islice
from typing import Any, NamedTuple

from django.db import connection

from cluster_portal.database import standing_cursor
from members.models import Audience
from members.queries.vocabulary import GENERATION, Vocabulary, vocabulary
from members.rules.search_words import KnownWords, words_of

Bits = int
Key = tuple[float, str, int]  # place in an order: what it sorts by, the name, the organisation
Term = tuple[str, bool]  # a word of a search, and whether it is the last
Asked = tuple[Term, ...]
AT_ONCE = 500

ROWS = f"""
SELECT {GENERATION}, e.audience, e.organisation_id, e.sort_key, e.helix_role, e.side, e.area, e.size_class, e.sectors,
       e.offers_and_above, e.needs_and_above, e.banded, e.bands, e.trl, e.admitted_on - date '2000-01-01'
  FROM (SELECT 1) one LEFT JOIN members_directoryentry e ON true
 ORDER BY e.audience, e.sort_key, e.organisation_id
"""  # noqa: S608  # GENERATION is a fixed text
GROUPS = ("role", "side", "area", "size", "sector", "can", "needs", "cell", "band")


class Saying(NamedTuple):
    """Who says some words: anywhere, in name or offers, letter by letter in the name; or what they may have meant."""

    anywhere: Bits
    titled: Bits
    named: Bits
    near: Bits


@dataclass(frozen=True, eq=False)
class Shelf:
    """The members that one audience sees, in the order of their names.

    `said` keeps who says what was searched for, `frequent` the words that many say (see search.py).
    """

    generation: str = ""
    organisations: "array[int]" = field(default_factory=lambda: array("q"))
    names: list[str] = field(default_factory=list)
    maturity: bytearray = field(default_factory=bytearray)
    since: "array[int]" = field(default_factory=lambda: array("l"))
    values: dict[str, dict[Any, Bits]] = field(default_factory=lambda: {group: {} for group in GROUPS})
    said: dict[Asked, Saying] = field(default_factory=dict)
    frequent: set[Term] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.organisations)

    @cached_property
    def everyone(self) -> Bits:
        return (1 << len(self)) - 1

    @cached_property
    def places(self) -> dict[int, int]:
        """Organisation -> position."""
        return {pk: place for place, pk in enumerate(self.organisations)}

    def bits_of(self, organisations: Iterable[int]) -> Bits:
        """The bitmap of these organisations; those that are not on the shelf are left out."""
        places = self.places
        return bitmap([places[pk] for pk in organisations if pk in places], len(self))

    def key(self, place: int, order: str) -> Key:
        """Where a member stands in an order; the same values that SQL sorts a search by."""
        first = {"newest": -self.since[place], "maturity": -self.maturity[place]}.get(order, 0)
        return (first, self.names[place], self.organisations[place])

    @cached_property
    def orders(self) -> "dict[str, array[int]]":
        """The positions by day of admission and by maturity; by name they are in order already."""
        return {
            order: array("l", sorted(range(len(self)), key=lambda place: self.key(place, order)))
            for order in ("newest", "maturity")
        }

    def window(self, found: Bits, order: str, count: int, after: Key | None, before: Key | None) -> "Window":
        """The organisations of one page: `count` of `found` after (or before) a key, and how many stand before them."""
        if order not in self.orders:
            return self._window_by_name(found, count, after, before)
        sequence = self._sequence(found, order)
        start, end = 0, count
        if before is not None:
            end = bisect_left(sequence, before, key=lambda place: self.key(place, order))
            start = max(0, end - count)
        elif after is not None:
            start = bisect_left(sequence, following(after), key=lambda place: self.key(place, order))
            end = start + count
        return Window([self.organisations[place] for place in sequence[start:end]], start)

    def _window_by_name(self, found: Bits, count: int, after: Key | None, before: Key | None) -> "Window":
        """Bits are in this order already: nothing but the page itself is unpacked, however deep it lies."""
        every = range(len(self))
        if before is not None:
            end = bisect_left(every, before, key=lambda place: self.key(place, ""))
            below = found & ((1 << end) - 1)
            places: list[int] = []
            while below and len(places) < count:
                places.append(below.bit_length() - 1)
                below ^= 1 << places[-1]
            return Window([self.organisations[place] for place in reversed(places)], below.bit_count())
        start = 0
        if after is not None:
            start = bisect_left(every, following(after), key=lambda place: self.key(place, ""))
        taken = islice(positions(found >> start), count)
        return Window([self.organisations[start + place] for place in taken], (found & ((1 << start) - 1)).bit_count())

    def _sequence(self, found: Bits, order: str) -> "array[int]":
        """The positions of `found` in an order: sorted when they are few, else picked from the whole order."""
        whole = self.orders[order]
        if found == self.everyone:
            return whole
        if found.bit_count() * 20 < len(self):
            return array("l", sorted(positions(found), key=lambda place: self.key(place, order)))
        packed = found.to_bytes(len(self) // 8 + 1, "little")
        return array("l", (place for place in whole if packed[place >> 3] >> (place & 7) & 1))

    @cached_property
    def known_words(self) -> KnownWords:
        """The words of names, for those who mistype one."""
        return KnownWords({word for name in self.names for word in words_of(name)})


@dataclass(frozen=True)
class Window:
    """The organisations of a page, in order, and how many come before the first."""

    organisations: list[int]
    before: int


def following(key: Key) -> Key:
    """The first key that comes after this one: organisations are whole numbers."""
    return (key[0], key[1], key[2] + 1)


def bitmap(places: Iterable[int], size: int) -> Bits:
    buffer = bytearray(size // 8 + 1)
    for place in places:
        buffer[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(buffer, "little")


BITS_OF_BYTE = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))


def positions(bits: Bits) -> Iterator[int]:
    """The positions of the set bits, from the first: byte by byte, as shifting a long integer would be slow."""
    for index, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        if byte:
            base = index << 3
            for bit in BITS_OF_BYTE[byte]:
                yield base + bit


@dataclass(frozen=True, eq=False)
class Shelves:
    """Both audiences at one generation, with the words they are shown with."""

    generation: str
    words: Vocabulary
    by_audience: dict[str, Shelf]


class Memory:
    """The shelves as this process last read them."""

    known: Shelves | None = None


def shelves() -> Shelves:
    """What this process remembers; read when it remembers nothing. Compare its generation with that of a query."""
    return Memory.known or read_shelves()


def present_generation() -> str:
    """Which state of the directory a query reads at this moment."""
    with standing_cursor() as cursor:
        cursor.execute(f"SELECT {GENERATION}")
        (generation,) = cursor.fetchone() or ("",)
    return str(generation)


def present_shelves() -> Shelves:
    """The shelves of this moment, for pages that read nothing else of the directory (one query)."""
    generation, state = present_generation(), shelves()
    return state if state.generation == generation else read_shelves()


def read_shelves() -> Shelves:
    """Read every row of the directory anew: the first time, and after a change.

    Some thousand rows at a time: a process that once held all of them would never become small again.
    """
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        rows = (row for some in iter(lambda: cursor.fetchmany(AT_ONCE), []) for row in some)
        first = next(rows)
        by_audience = dict.fromkeys(Audience.values, Shelf(first[0]))
        names: dict[str, str] = {}
        for audience, group in groupby(chain([first], rows), key=lambda row: str(row[1] or "")):
            if audience:
                by_audience[audience] = _shelf(first[0], (row[2:] for row in group), names)
    Memory.known = Shelves(first[0], vocabulary(first[0]), by_audience)
    return Memory.known


def _shelf(generation: str, rows: Iterable[tuple[Any, ...]], names: dict[str, str]) -> Shelf:
    """`names`: those met so far; most stand on both shelves, and are kept once."""
    shelf = Shelf(generation)
    found: dict[str, defaultdict[Any, array[int]]] = {group: defaultdict(_numbers) for group in GROUPS}
    for place, (pk, name, role, side, area, size, sectors, offers, needs, banded, bands, trl, day) in enumerate(rows):
        shelf.organisations.append(pk)
        shelf.names.append(names.setdefault(name, name))
        shelf.maturity.append(trl)
        shelf.since.append(day)
        for group, value in (("role", role), ("side", side), ("area", area), ("size", size)):
            if value:
                found[group][value].append(place)
        several = (("sector", sectors), ("can", offers), ("needs", needs), ("cell", banded), ("band", bands))
        for group, values in several:
            for value in values:
                found[group][value].append(place)
    for group, by_value in found.items():
        shelf.values[group].update((value, bitmap(places, len(shelf))) for value, places in by_value.items())
    return shelf


def _numbers() -> "array[int]":
    return array("i")
