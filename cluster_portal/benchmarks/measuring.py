"""Measures pages against the bare page: the same process, the same minutes, in turns, so that a ratio can be trusted.

A cost is CPU time: of this process, and of the PostgreSQL backend that answers it where the system tells
(an embedded or local server); otherwise the time spent waiting for it.
"""

import gzip
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.benchmarks.visiting import Page


@dataclass
class Cost:
    """What the visits of one page cost, in milliseconds of CPU a visit: one figure a round."""

    web: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)
    queries: int = 0
    body: bytes = b""

    @property
    def sums(self) -> list[float]:
        return [web + database for web, database in zip(self.web, self.database, strict=True)]

    @property
    def milliseconds(self) -> float:
        return median(self.sums)

    @property
    def compressed(self) -> int:
        """Bytes of the body as they travel."""
        return len(gzip.compress(self.body, 6))


def ratio(one: Cost, other: Cost) -> float:
    """How many times `one` costs what `other` costs: the median of the rounds, pair by pair."""
    return median(a / b for a, b in zip(one.sums, other.sums, strict=True))


def measure(pages: Mapping[str, Page], *, rounds: int, visits: int) -> dict[str, Cost]:
    """Visit every page in turns. Queries are counted in a visit of their own, after the page was warmed."""
    costs = {name: Cost() for name in pages}
    for name, page in pages.items():
        page()
        with CaptureQueriesContext(connection) as captured:
            costs[name].body = page()
        costs[name].queries = len(captured)
    for _round in range(rounds):
        for name, page in pages.items():
            database, began = database_cpu(), time.process_time()
            for _visit in range(visits):
                page()
            costs[name].web.append((time.process_time() - began) * 1000 / visits)
            costs[name].database.append((database_cpu() - database) * 1000 / visits)
    return costs


def database_cpu() -> float:
    """Seconds of CPU that our PostgreSQL backend has used; 0 where the system does not tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0
