"""`manage.py serve`: one command starts everything, nothing brings it down for long, Ctrl-C leaves nothing behind."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cluster_portal.common.demonstration import PASSWORD, SIGN_INS
from cluster_portal.embedded import Embedded
from cluster_portal.embedded.process import command_line
from cluster_portal.management.commands.serve import Command
from tests.conftest import free_port

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120.0
pytestmark = pytest.mark.xdist_group("serve")  # one portal for all tests of this file


def clean(folder: Path, port: int, **more: str) -> dict[str, str]:
    """The environment of somebody who has configured nothing."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {"DATA_DIR": str(folder), "PORT": str(port), **more}


def until(true: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)


@dataclass
class Portal:
    """A portal that somebody started in a terminal."""

    folder: Path
    port: int
    log: Path
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Seconds until the first page."""
        began = time.monotonic()
        with self.log.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=ROOT,
                env=clean(self.folder, self.port),
                stdout=out,
                stderr=out,
            )
        until(lambda: "Ready." in self.said() or self.ended(), "ready")
        assert not self.ended(), self.said()
        return time.monotonic() - began

    def said(self) -> str:
        return self.log.read_text()

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def stop(self, how: int = signal.SIGINT) -> int:
        assert self.process
        self.process.send_signal(how)
        return self.process.wait(60)

    def family(self) -> dict[str, int]:
        """The processes that it started, by what they do."""
        assert self.process
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        lines = {int(child): " ".join(command_line(int(child))) for child in children}
        roles = ("gunicorn", "letters@", "worker@", "celery.beat", "cluster_portal.embedded")
        return {role: pid for role in roles for pid, line in lines.items() if role in line}

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            connection.close()

    def health(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask("GET", "/health/", Accept="application/json")[2])
        return found

    def well(self) -> bool:
        try:
            return bool(self.health()["status"] == "ok")
        except (OSError, http.client.HTTPException):  # the web server is just being started again
            return False

    def processes(self) -> list[str]:
        """Every process on this machine that works in the folder of this portal."""
        lines = [" ".join(command_line(int(path.name))) for path in Path("/proc").iterdir() if path.name.isdigit()]
        return [line for line in lines if str(self.folder) in line]


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    place = tmp_path_factory.mktemp("serve")
    portal = Portal(place / "data", free_port(), place / "out.log")
    portal.start()
    yield portal
    if not portal.ended():
        portal.stop()


@pytest.fixture
def running(portal: Portal) -> Portal:
    """The portal of this module, started again if a test stopped it."""
    if portal.ended():
        portal.start()
    until(portal.well, f"healthy: {portal.said()}")
    return portal


def test_everything_runs_and_says_where(running: Portal) -> None:
    said = running.said()
    assert f"http://localhost:{running.port}/" in said
    assert "Ctrl-C stops everything" in said
    assert f"Sign in with the password {PASSWORD} as" in said
    assert [one.email for one in SIGN_INS] == re.findall(r"^    (\S+@\S+) ", said, re.MULTILINE)
    assert running.health() == {
        "status": "ok",
        "database": "ok",
        "broker": "ok",
        "worker": "ok",
        "outbox_seconds": 0,
    }


def test_ctrl_c_stops_all_that_it_started_and_a_second_start_is_quick(running: Portal) -> None:
    family = running.family()
    assert len(family) == 5
    assert running.stop(signal.SIGINT) == 0
    assert running.said().rstrip().endswith("Stopped.")
    assert not any(command_line(pid) for pid in family.values())
    assert running.processes() == []
    assert running.start() < 60
    assert "Preparing style sheets" not in running.said()


def test_a_stop_by_the_system_is_as_orderly(running: Portal) -> None:
    assert running.stop(signal.SIGTERM) == 0
    assert running.processes() == []


def test_a_killed_supervisor_leaves_no_orphans_and_the_next_start_works(running: Portal) -> None:
    family = running.family()
    running.stop(signal.SIGKILL)
    until(lambda: not any(command_line(pid) for pid in family.values()), "the children are gone", 30)
    until(lambda: running.processes() == [], "the servers are gone", 30)
    running.start()
    assert running.ask("GET", "/health/")[0] == 200


@pytest.mark.parametrize("name", ["letters@", "celery.beat", "gunicorn"])
def test_a_killed_process_is_started_again_and_that_is_said(running: Portal, name: str) -> None:
    killed = running.family()[name]
    os.kill(killed, signal.SIGKILL)
    until(lambda: running.family().get(name, killed) != killed, f"{name} again")
    assert "ended (killed by SIGKILL); starting it again in 1 s" in running.said()


def test_killed_servers_come_back(running: Portal) -> None:
    servers = Embedded(running.folder)
    for server in (servers.postgres, servers.valkey):
        pid = server.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        until(lambda server=server: server.up(), "the server is up again", 60)  # type: ignore[misc]
    until(running.well, "healthy")


def test_without_the_database_a_page_keeps_what_was_typed(running: Portal) -> None:
    """The supervisor is put to sleep, so that nobody starts PostgreSQL again meanwhile."""
    token = "a" * 32
    form = f"login=ana%40example.org&password=hush&note=long+text&csrfmiddlewaretoken={token}"
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf-dual-use={token}"}
    assert running.process
    running.process.send_signal(signal.SIGSTOP)
    try:
        pid = Embedded(running.folder).postgres.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        status, answered, page = running.ask("POST", "/accounts/login/", form, **headers)
        assert (status, answered["Retry-After"]) == (503, "10")
        assert answered["Content-Security-Policy"]
        assert "ana@example.org" in page
        assert "long text" in page
        assert "hush" not in page
        status, _, text = running.ask("GET", "/health/", Accept="text/plain")
        assert (status, text.splitlines()[:2]) == (503, ["status: down", "database: down"])
    finally:
        running.process.send_signal(signal.SIGCONT)
    until(lambda: running.health()["database"] == "ok", "the database is back")
    assert running.ask("GET", "/accounts/login/")[0] == 200


def test_losing_the_broker_costs_no_page(running: Portal) -> None:
    assert running.process
    running.process.send_signal(signal.SIGSTOP)
    try:
        pid = Embedded(running.folder).valkey.pid()
        assert pid
        os.kill(pid, signal.SIGKILL)
        for _ in range(3):
            assert running.ask("GET", "/accounts/login/")[0] == 200
        assert running.health()["broker"] == "down"
        assert running.ask("GET", "/health/")[0] == 200
    finally:
        running.process.send_signal(signal.SIGCONT)


@pytest.mark.parametrize(("demonstration", "locked"), [(True, False), (False, True), (False, False)])
def test_no_sign_in_is_promised_that_does_not_exist(demonstration: bool, locked: bool) -> None:
    """A third cluster has no invented people: who starts it is told how to make the first account."""
    command = Command(stdout=StringIO())
    command.began, command.demonstration, command.locked = 0.0, demonstration, locked
    command.welcome()
    said = command.stdout.getvalue()
    assert ("Sign in with the password" in said, "manage.py createsuperuser" in said) == (demonstration, locked)


# --- What cannot work is said in one sentence -------------------------------------------------------------------------
def refused(environment: dict[str, str]) -> str:
    """What `serve` said when it could not start; it must have been one line, without a traceback."""
    done = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr.strip()


def test_a_taken_port_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(clean(tmp_path / "data", port))
    assert said == f"CommandError: Port {port} is taken (Address already in use): choose another, PORT={port + 1}."
    assert not (tmp_path / "data" / "pg").exists()


def test_an_unknown_preset_is_said_before_anything_starts(tmp_path: Path) -> None:
    said = refused(clean(tmp_path / "data", free_port(), PRESET="nope"))
    assert said == "CommandError: There is no preset 'nope'. Known: dual-use, proeco-cbrne; or name a TOML file."


def test_a_second_portal_on_the_same_data_is_told_where_the_first_one_is(running: Portal) -> None:
    said = refused(clean(running.folder, free_port()))
    assert said == (
        f"CommandError: This portal runs already, at http://localhost:{running.port}: "
        "use that one, stop it, or start another cluster with PRESET=…."
    )


def test_an_unreachable_database_is_said(tmp_path: Path) -> None:
    said = refused(
        clean(
            tmp_path / "data",
            free_port(),
            DATABASE_URL="postgresql://portal:hush@127.0.0.1:9/portal",
            SECRET_KEY="x" * 60,
        )
    )
    assert said.startswith("CommandError: The database does not answer (")
    assert said.endswith("): check DATABASE_URL and that the server runs.")
    assert "hush" not in said


def test_a_folder_of_another_user_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    if os.geteuid() == 0:
        os.chown(folder, 12345, 12345)
        sentence = f"CommandError: {folder} belongs to user 12345 and this is user 0: start the portal as its owner"
    else:
        folder.chmod(0o500)
        sentence = f"The portal keeps its data in {folder} and cannot use that folder (Permission denied)"
    assert refused(clean(folder, free_port())).startswith(sentence)
