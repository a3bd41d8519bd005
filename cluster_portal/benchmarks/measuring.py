"""Measures pages against the bare page: the same process, the same minutes, in turns, so that a ratio can be trusted.

A cost is CPU time: of this process, and of the PostgreSQL backend that answers it where the system tells
(an embedded or local server); otherwise the time spent waiting for it.
"""

import gzip
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from statistics import median

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test.utils import CaptureQueriesContext

Page = Callable[[], bytes]
"""One visit of a page: does all the work of a request and returns the body."""
TICKS = os.sysconf("SC_CLK_TCK")


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
            database, began = _database_cpu(), time.process_time()
            for _visit in range(visits):
                page()
            costs[name].web.append((time.process_time() - began) * 1000 / visits)
            costs[name].database.append((_database_cpu() - database) * 1000 / visits)
    return costs


def _database_cpu() -> float:
    """Seconds of CPU that our PostgreSQL backend has used; 0 where the system does not tell."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def visits(handler: WSGIHandler, paths: list[str]) -> Page:
    """A page behind all middlewares, visited as a stranger; several paths are visited one after the other."""
    turn = iter(range(10**9))

    def visit() -> bytes:
        path, _, query = paths[next(turn) % len(paths)].partition("?")
        environ = {
            "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
            "SERVER_PORT": "80", "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1", "wsgi.input": BytesIO(),
            "wsgi.url_scheme": "http", "HTTP_ACCEPT_LANGUAGE": "en", "SCRIPT_NAME": "",
        }  # fmt: skip
        status: list[str] = []

        def start(code: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
            status.append(code)
            return lambda _body: None

        answer = handler(environ, start)
        body = b"".join(answer)
        answer.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{paths}: {status[0]}")
        return body

    return visit


WORKER = """
import sys, django
django.setup()
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from cluster_portal.benchmarks.measuring import visits
page = visits(WSGIHandler(), sys.argv[1:])
for _ in range(200):
    page()
print(next(line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM:")))
"""


def worker_memory(database_url: str, paths: list[str]) -> float:
    """Most memory in MB that a fresh process holds after two hundred visits of these pages."""
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cluster_portal.settings",
        "DATABASE_URL": database_url,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "PORTAL_PROCESS": "web",
    }
    done = subprocess.run(
        [sys.executable, "-c", WORKER, *paths],
        cwd=settings.BASE_DIR,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout.split()[-1]) / 1024
