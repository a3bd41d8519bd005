"""Pages behind a real web server: how many it answers in a second, how slow the slow ones are, what a worker holds."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

PORTAL, BARE = "cluster_portal.wsgi", "cluster_portal.benchmarks.serving:bare_application()"
CONNECTIONS = 8
START_PATIENCE = 60.0
Start = Callable[[str, list[tuple[str, str]]], object]


def bare_application() -> Callable[[dict[str, Any], Start], Iterable[bytes]]:
    """The bare page as an application of its own."""
    get_wsgi_application()
    bare = import_string("cluster_portal.benchmarks.pages.bare")

    def application(_environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        body = bare()
        start("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
        return [body]

    return application


@dataclass(frozen=True)
class Load:
    """How a server bore it."""

    rate: float  # answers a second
    slow: float  # milliseconds of the slowest of a hundred


@dataclass(frozen=True)
class Server:
    """A running server of two workers."""

    process: "subprocess.Popen[bytes]"
    port: int

    def load(self, paths: Sequence[str], count: int) -> Load:
        """Ask `count` times over eight connections that stay open."""
        began = time.perf_counter()
        share = count // CONNECTIONS
        with ThreadPoolExecutor(CONNECTIONS) as threads:
            parts = threads.map(lambda at: self._ask(islice(cycle(paths[at:] or paths), share)), range(CONNECTIONS))
            times = sorted(seconds for part in parts for seconds in part)
        return Load(len(times) / (time.perf_counter() - began), times[len(times) * 99 // 100] * 1000)

    def _ask(self, paths: Iterable[str], language: str = "en") -> list[float]:
        """Seconds that each answer took. Bare sockets: the asking must cost little beside the answers."""
        times = []
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            for path in paths:
                began = time.perf_counter()
                asked = f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: {language}\r\n\r\n"
                line.sendall(asked.encode())
                _read_answer(line, path)
                times.append(time.perf_counter() - began)
        return times

    def visit(self, paths: Sequence[str]) -> None:
        """Let every worker answer these pages several times, in both languages."""
        for language in ("en", "ro"):
            with ThreadPoolExecutor(CONNECTIONS) as threads:
                list(threads.map(lambda _at, language=language: self._ask(paths, language), range(2 * CONNECTIONS)))

    def memory(self) -> tuple[float, float]:
        """MB that the largest worker held at its height, and its share when what is shared is divided."""
        found = [(_high_water(pid), _share(pid)) for pid in _children(self.process.pid)]
        return max(found, default=(0.0, 0.0))


def _read_answer(line: socket.socket, path: str) -> None:
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += _some(line)
    head, _, body = answer.partition(b"\r\n\r\n")
    if b" 200 " not in head[:15]:
        raise RuntimeError(f"{path}: {head[:100]!r}")
    fields = dict(field.lower().split(b": ", 1) for field in head.split(b"\r\n")[1:])
    left = int(fields[b"content-length"]) - len(body)
    while left > 0:
        left -= len(_some(line))


def _some(line: socket.socket) -> bytes:
    part = line.recv(65536)
    if not part:
        raise ConnectionError("the server closed the connection")
    return part


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _high_water(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024


def _share(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@contextmanager
def server(application: str, database_url: str) -> Iterator[Server]:
    """Two workers of four threads, as `serve` starts them, on the database that is measured."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "cluster_portal.settings",
        "DATABASE_URL": database_url,
        "REDIS_URL": settings.REDIS_URL,
        "SECRET_KEY": settings.SECRET_KEY,
        "SITE_URL": "http://localhost",
        "PORTAL_PROCESS": "web",
    }
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    command += [
        "--worker-class",
        "gthread",
        "--threads",
        "4",
        "--preload",
        "--no-control-socket",
        "--keep-alive",
        "60",
        "--log-level",
        "warning",
    ]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.DEVNULL)
    try:
        _wait(process, port)
        yield Server(process, port)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + START_PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError("the web server for the measurement did not start")
