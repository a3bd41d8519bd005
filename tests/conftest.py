"""What every test stands on: the embedded servers, no network but the loopback, real workers, mail and browser."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from email.message import Message
from pathlib import Path
from typing import Any

import psycopg
import pytest
import time_machine
from _pytest.nodeid import NodeId
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, connections
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from redis import Redis

import cluster_portal.celery  # noqa: F401  # whichever test comes first, `current_app` is the portal's
from cluster_portal import addresses
from cluster_portal.common import outbox
from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import Cluster, User
from tests import kept, migrated
from tests.factories import a_board, a_cluster

ROOT = Path(__file__).resolve().parent.parent
SERVERS = pytest.StashKey[ExitStack]()
PATIENCE = 180.0
"""Seconds within which whatever is waited for has come, on a machine that does much else meanwhile."""
properties.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=300)
properties.load_profile("portal")  # they take the time that a shared machine gives them
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's synchronous interface runs inside a loop


# --- The run ----------------------------------------------------------------------------------------------------------
def pytest_configure(config: pytest.Config) -> None:
    """The main process keeps the servers up for all its workers, and stops them when it is the last run."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        config.stash[SERVERS] = ExitStack()
        config.stash[SERVERS].enter_context(settings.EMBEDDED.held())
        with psycopg.connect(settings.EMBEDDED.postgres.url("postgres", "postgres")) as superuser:
            superuser.execute("grant set on parameter session_replication_role to portal")
        migrated.forget_dead_runs()


def pytest_unconfigure(config: pytest.Config) -> None:
    if SERVERS in config.stash:
        config.stash[SERVERS].close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What takes minutes begins first: no core waits for it at the end. And a group goes to one worker.

    pytest-xdist writes the group of a test behind its name for the scheduler to read; since pytest 9.2 it writes that
    where nobody looks, and every group is scattered without a word.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if getattr(config.option, "loadgroup", False):
        for item in items:
            group = item.get_closest_marker("xdist_group")
            if group and not item.nodeid.endswith(f"@{group.args[0]}"):
                item._id = NodeId.parse(f"{item.nodeid}@{group.args[0]}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything is installed (REQUIRE_ALL=1) a test that does not run has failed."""
    report = yield
    if os.environ.get("REQUIRE_ALL") == "1" and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome, report.longrepr = "failed", f"skipped, and REQUIRE_ALL=1 allows no skips: {report.longrepr}"
    return report


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """Connections leave for sockets and the loopback only."""
    patch = pytest.MonkeyPatch()
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    patch.setattr(socket.socket, "connect", guarded)
    yield
    patch.undo()


# --- The database -----------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Databases are copied from one that the migrations went through."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database whose first rows, and those of the usual cluster, are kept to be put back quickly."""
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        kept.keep(kept.EMPTY)
        a_cluster()
        kept.keep("dual-use")
        kept.as_migrated()
    patch.setattr(flush.Command, "handle", lambda *_args, **_options: kept.as_migrated())
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def valkey() -> Iterator[Redis]:
    client = Redis.from_url(settings.REDIS_URL)
    yield client
    client.close()


@pytest.fixture(autouse=True)
def empty_valkey(request: pytest.FixtureRequest, valkey: Redis) -> Iterator[None]:
    """No test finds messages or cached values of another."""
    yield
    if {"db", "transactional_db"} & set(request.fixturenames):
        valkey.flushdb()


@pytest.fixture
def still_clock() -> Iterator[None]:
    """The time of this process stands: a code of an authenticator app, good for half a minute, stays the same."""
    with time_machine.travel(time.time(), tick=False):
        yield


@pytest.fixture(autouse=True)
def first_language() -> None:
    """No test inherits the language in which another read its last page."""
    translation.deactivate()


@pytest.fixture(autouse=True)
def rested_broker() -> None:
    """No test inherits the trouble that another had with the broker."""
    outbox.breaker.rests_until = 0.0


# --- Real processes ---------------------------------------------------------------------------------------------------
def environment(**more: str) -> dict[str, str]:
    """The environment of a process that works on this test's database."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "PORTAL_TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "PYTHONPATH": str(ROOT),
        **more,
    }


@contextmanager
def process(arguments: list[str], env: dict[str, str], log: Path, ready: Callable[[str], bool]) -> Iterator[Any]:
    """A child process, waited for until its log (or the world) says that it is ready, ended with the block."""
    with log.open("wb") as out:
        child = subprocess.Popen([sys.executable, "-m", *arguments], cwd=ROOT, env=env, stdout=out, stderr=out)
    try:
        deadline = time.monotonic() + PATIENCE
        while not ready(log.read_text(errors="replace")):
            if child.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"{arguments[0]} did not start:\n{log.read_text(errors='replace')}")
            time.sleep(0.05)
        yield child
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(30)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


class Sink(MessageHandler):
    """A real SMTP server that keeps the letters; `url` is its EMAIL_URL."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list[Message] = []
        self.url = ""

    def handle_message(self, message: Message) -> None:
        self.letters.append(message)

    def wait_for(self, count: int, seconds: float = PATIENCE) -> list[Message]:
        """The letters, once there are at least so many."""
        deadline = time.monotonic() + seconds
        while len(self.letters) < count and time.monotonic() < deadline:
            time.sleep(0.05)
        assert len(self.letters) >= count, f"{len(self.letters)} letters arrived, {count} were awaited"
        return self.letters


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def smtp_sink(settings: Any) -> Iterator[Sink]:
    sink, port = Sink(), free_port()
    controller = Controller(sink, hostname="127.0.0.1", port=port)
    controller.start()
    sink.url = f"smtp://127.0.0.1:{port}"
    settings.EMAIL = addresses.mail(sink.url)
    yield sink
    controller.stop()


@pytest.fixture
def live_worker(transactional_db: None, smtp_sink: Sink, tmp_path: Path) -> Iterator[Any]:
    """A Celery worker on this test's database and broker; its letters go to `smtp_sink`."""
    env = environment(PORTAL_TEST_EMAIL_URL=smtp_sink.url, PORTAL_PROCESS="worker")
    arguments = ["celery", "-A", "cluster_portal", "worker", "-Q", "mail,default,heavy", "-c", "1", "-l", "INFO"]
    arguments += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    with process(arguments, env, tmp_path / "worker.log", lambda log: " ready." in log) as child:
        yield child


@contextmanager
def served(folder: Path, port: int | None = None, **more: str) -> Iterator[str]:
    """The address of a real web server on this test's database: several processes and threads."""
    port = port or free_port()
    arguments = ["gunicorn", "cluster_portal.wsgi", "--bind", f"127.0.0.1:{port}", "--no-control-socket", "--preload"]
    arguments += ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--graceful-timeout", "5"]

    def answers(_: str) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return True
        except OSError:
            return False

    env = environment(PORTAL_PROCESS="web", PORT=str(port), **more)
    with process(arguments, env, folder / "web.log", answers):
        yield f"http://localhost:{port}"


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    with served(tmp_path) as address:
        yield address


# --- The browser ------------------------------------------------------------------------------------------------------
@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()
        connections.close_all()  # those of Playwright's loop, which the end of the run, outside of it, would not find


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


# --- The cluster ------------------------------------------------------------------------------------------------------
@pytest.fixture
def cluster(db: None) -> Cluster:
    """The dual-use cluster with its statute and vocabulary."""
    forget_cluster()
    return a_cluster()


@pytest.fixture
def directors(cluster: Cluster) -> list[User]:
    """A Board of seven; the president first, then the vice-president and the secretary."""
    return a_board()
