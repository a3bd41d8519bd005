"""What a search costs inside PostgreSQL alone, for words of every frequency, and the guess at a mistyped name."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from statistics import median

from django.db import connection

from cluster_portal.benchmarks.measuring import database_cpu
from members.models import Audience
from members.queries.search import Request, search
from members.queries.shelves import present_shelves
from members.rules.search_words import KnownWords, words_of

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
    """A rare word, one of an eighth of the members, one of nearly a half; by name and by relevance."""
    found = []
    for name, share in (("rare", 0.0005), ("usual", 0.13), ("frequent", 0.43)):
        with connection.cursor() as cursor:
            cursor.execute(FREQUENCY, [share])
            (word,) = cursor.fetchone() or ("senzori",)
        found.append(Lookup(f"{name} word, by name", _database(partial(_search, word, "name")), 2))
        found.append(Lookup(f"{name} word, by relevance", _database(partial(_search, word, "relevance")), 10))
    known = KnownWords(present_shelves().by_audience[Audience.PUBLIC].known_words.words)
    return [*found, Lookup("mistyped name", _process(partial(_guess, known)), 1)]


def _search(text: str, order: str) -> None:
    search(Request(Audience.PUBLIC, words_of(text), {}, ("true", []), order, 20, None, None, "en"))


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
