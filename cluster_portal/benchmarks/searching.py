"""What a search costs for words of every frequency: read from PostgreSQL, then from memory; and a mistyped name."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median

from django.db import connection

from cluster_portal.benchmarks.measuring import database_cpu
from members.models import Audience
from members.queries.search import search, window_of
from members.queries.shelves import Shelf, present_shelves
from members.rules.search_words import KnownWords

TIMES = 25
FREQUENCY = """
SELECT w.word FROM ts_stat('SELECT search FROM members_directoryentry WHERE audience = ''public''') w,
       (SELECT count(*) AS members FROM members_directoryentry WHERE audience = 'public') e
 WHERE w.word ~ '^[a-z]{5,}$' ORDER BY abs(w.ndoc - %s * e.members), w.word LIMIT 1
"""


@dataclass(frozen=True)
class Lookup:
    """One thing that is looked up, in milliseconds of CPU."""

    name: str
    milliseconds: float
    most: float


def lookups() -> list[Lookup]:
    """A rare word, one of an eighth of the members, one of nearly a half; ordered by relevance."""
    shelf = present_shelves().by_audience[Audience.PUBLIC]
    found = []
    for name, share, most in (("rare", 0.0005, 2), ("usual", 0.13, 10), ("frequent", 0.43, 10)):
        with connection.cursor() as cursor:
            cursor.execute(FREQUENCY, [share])
            (word,) = cursor.fetchone() or ("senzori",)
        found.append(Lookup(f"{name} word, first time, PostgreSQL", _database(partial(_read, shelf, word)), most))
        found.append(Lookup(f"{name} word, again, process", _process(partial(_page, shelf, word)), 2))
    return [*found, Lookup("mistyped name", _process(partial(_guess, KnownWords(shelf.known_words.words))), 1)]


def _read(shelf: Shelf, word: str) -> None:
    shelf.said.clear()
    search(shelf, (word,), Audience.PUBLIC)


def _page(shelf: Shelf, word: str) -> None:
    window_of(shelf, search(shelf, (word,), Audience.PUBLIC).tiers, 20, None, None)


def _guess(known: KnownWords) -> None:
    known.meant.clear()
    known.nearest("atleierul")


def _database(act: Callable[[], None]) -> float:
    act()
    began = database_cpu()
    for _time in range(TIMES):
        act()
    return (database_cpu() - began) * 1000 / TIMES


def _process(act: Callable[[], None]) -> float:
    spent = []
    for _time in range(TIMES):
        began = time.process_time()
        act()
        spent.append((time.process_time() - began) * 1000)
    return median(spent)
