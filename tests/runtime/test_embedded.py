"""The embedded servers: they start once, are shared, survive every kind of kill, and stop with their last user."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from cluster_portal.embedded import Embedded, EmbeddedError
from cluster_portal.embedded.process import command_line

USER = """
import sys, time
from pathlib import Path
from cluster_portal.embedded import Embedded
with Embedded(Path(sys.argv[1]), fast=True).held(lambda text: print(text, flush=True)):
    print("ready", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def servers(tmp_path: Path) -> Iterator[Embedded]:
    servers = Embedded(tmp_path / "data", fast=True)
    yield servers
    if servers.folder.exists() and servers.folder.stat().st_uid == os.geteuid():
        servers.stop()
        shutil.rmtree(servers.sockets, ignore_errors=True)


def another_user(servers: Embedded) -> subprocess.Popen[str]:
    """A process that uses the servers until its input is closed."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(servers.folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until_ready(process: subprocess.Popen[str]) -> list[str]:
    """What it said until it was ready."""
    assert process.stdout
    said: list[str] = []
    for line in process.stdout:
        if line.strip() == "ready":
            return said
        said.append(line.strip())
    raise AssertionError(f"it ended: {said}")


def leave(process: subprocess.Popen[str]) -> str:
    return process.communicate("", timeout=60)[0]


def gone(servers: Embedded) -> bool:
    return servers.postgres.pid() is None and servers.valkey.pid() is None


def count(servers: Embedded) -> int:
    with psycopg.connect(servers.postgres.url()) as connection:
        row = connection.execute("select count(*) from kept").fetchone()
    assert row
    return int(row[0])


def write(servers: Embedded) -> None:
    with psycopg.connect(servers.postgres.url()) as connection:
        connection.execute("create table if not exists kept ()")
        connection.execute("insert into kept default values")


def test_the_first_user_starts_them_and_the_last_one_stops_them(servers: Embedded) -> None:
    with servers.held():
        assert servers.postgres.up() and servers.valkey.up()
        second = another_user(servers)
        assert until_ready(second) == []
        assert leave(second) == ""
        assert servers.postgres.up() and servers.valkey.up()
    assert gone(servers)


def test_a_second_start_finds_the_data(servers: Embedded) -> None:
    with servers.held():
        write(servers)
    with servers.held():
        assert count(servers) == 1


def test_many_processes_at_once_on_an_empty_folder_start_each_server_once(servers: Embedded) -> None:
    users = [another_user(servers) for _ in range(6)]
    said = [line for user in users for line in until_ready(user)]
    assert sorted(said) == ["Starting the embedded PostgreSQL", "Starting the embedded Valkey"]
    for user in users:
        leave(user)
    assert gone(servers)


def test_a_killed_user_does_not_keep_them_running(servers: Embedded) -> None:
    with servers.held():
        second = another_user(servers)
        until_ready(second)
        second.kill()
        second.communicate()
    assert gone(servers)


def test_a_killed_postmaster_is_replaced_and_nothing_is_lost(servers: Embedded) -> None:
    with servers.held():
        write(servers)
        for round_ in range(3):
            killed = servers.postgres.pid()
            assert killed
            os.kill(killed, signal.SIGKILL)
            while servers.postgres.pid() == killed:
                time.sleep(0.01)
            assert servers.down() == ["PostgreSQL"]
            servers.ensure()
            write(servers)
            assert count(servers) == round_ + 2


def test_a_killed_valkey_is_replaced(servers: Embedded) -> None:
    with servers.held():
        killed = servers.valkey.pid()
        assert killed
        os.kill(killed, signal.SIGKILL)
        while servers.valkey.pid() == killed:
            time.sleep(0.01)
        assert servers.down() == ["Valkey"]
        servers.ensure()
        assert servers.valkey.up()


def test_everything_killed_at_once_starts_again(servers: Embedded) -> None:
    user = another_user(servers)
    until_ready(user)
    write(servers)
    for pid in (user.pid, servers.postgres.pid(), servers.valkey.pid()):
        assert pid
        os.kill(pid, signal.SIGKILL)
    user.communicate()
    with servers.held():
        assert count(servers) == 1
    assert gone(servers)


def test_a_lock_file_with_the_number_of_a_living_stranger_does_not_block(servers: Embedded) -> None:
    """After a power cut the process number in the file may belong to anything."""
    with servers.held():
        write(servers)
    stranger = subprocess.Popen(["sleep", "600"])
    try:
        key = "  1234567         0"
        data, sockets = servers.postgres.data, servers.postgres.sockets
        lines = [str(stranger.pid), str(data), "0", "5432", str(sockets), "", key, "ready"]
        (data / "postmaster.pid").write_text("\n".join(lines) + "\n")
        (sockets / ".s.PGSQL.5432.lock").write_text("\n".join(lines[:5]) + "\n")
        (servers.valkey.data / "valkey.pid").write_text(f"{stranger.pid}\n")
        with servers.held():
            assert count(servers) == 1 and servers.valkey.up()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_creation_killed_half_way_leaves_nothing_in_the_way(servers: Embedded) -> None:
    half = servers.folder / "pg.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    with servers.held():
        assert servers.postgres.up()


def test_a_role_that_is_no_superuser_owns_the_database_and_may_create_extensions(servers: Embedded) -> None:
    with servers.held(), psycopg.connect(servers.postgres.url()) as connection:
        row = connection.execute("select rolsuper, rolcreatedb from pg_roles where rolname = current_user").fetchone()
        assert row == (False, True)
        for name in ("pg_trgm", "unaccent", "btree_gist"):
            connection.execute(f"create extension {name}".encode())


def test_a_long_path_still_works(tmp_path: Path) -> None:
    servers = Embedded(tmp_path / ("long" * 30), fast=True)
    assert not servers.sockets.is_relative_to(servers.folder)
    with servers.held():
        assert servers.postgres.up() and servers.valkey.up()


def test_opened_permissions_are_closed_again(servers: Embedded) -> None:
    with servers.held():
        pass
    servers.postgres.data.chmod(0o755)
    with servers.held():
        assert servers.postgres.data.stat().st_mode & 0o777 == 0o700


def test_the_folder_is_closed_to_others(servers: Embedded) -> None:
    with servers.held():
        assert servers.postgres.sockets.stat().st_mode & 0o077 == 0
        assert servers.valkey.socket.stat().st_mode & 0o077 == 0


def test_a_folder_of_another_user_is_refused_in_one_sentence(
    servers: Embedded, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.folder.mkdir()
    owner = servers.folder.stat().st_uid
    with monkeypatch.context() as patch:
        patch.setattr(os, "geteuid", lambda: owner + 1)
        with pytest.raises(EmbeddedError) as refusal:
            servers.ensure()
    assert str(refusal.value) == (
        f"{servers.folder} belongs to user {owner} and this is user {owner + 1}: start the portal as its owner, "
        "name another folder with DATA_DIR, or set DATABASE_URL and REDIS_URL."
    )


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "file"
    place.write_text("not a folder")
    with pytest.raises(EmbeddedError, match=r"cannot write there \(Not a directory\)"):
        Embedded(place / "data").ensure()


def test_a_process_that_is_dead_but_not_reaped_does_not_count_as_living() -> None:
    child = subprocess.Popen([sys.executable, "-c", ""])
    deadline = time.monotonic() + 60
    while command_line(child.pid) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert command_line(child.pid) == []
    child.wait()
