"""PostgreSQL and Valkey on this very machine when DATABASE_URL or REDIS_URL is not set: started, shared, stopped."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from cluster_portal.embedded.postgres import SOCKET, Postgres
from cluster_portal.embedded.process import EmbeddedError
from cluster_portal.embedded.valkey import Valkey

__all__ = ["Embedded", "EmbeddedError"]

LONGEST_SOCKET_PATH = 103  # the operating system's limit (macOS; Linux allows 107)


def _quiet(_: str) -> None:
    """Nobody listens to the progress."""


class Embedded:
    """The servers in one folder. Any number of processes use them together; the last one to leave stops them.

    Every user process holds a shared lock on `users` while it lives, starting and stopping happens under `lock`.
    The kernel frees both on any death, kill -9 included, so there is no list of processes that could go stale.
    """

    def __init__(self, folder: Path, *, postgres: bool = True, valkey: bool = True, fast: bool = False) -> None:
        self.folder = folder
        sockets = folder / "run"
        if len(str(sockets / "pg" / SOCKET)) > LONGEST_SOCKET_PATH:
            digest = hashlib.sha256(str(folder).encode()).hexdigest()[:10]
            sockets = Path(tempfile.gettempdir()) / f"portal-{os.geteuid()}-{digest}"
        self.sockets = sockets
        self.postgres = Postgres(folder / "pg", sockets / "pg", fast=fast)
        self.valkey = Valkey(folder / "valkey", sockets, fast=fast)
        self._servers: dict[str, Postgres | Valkey] = {}
        if postgres:
            self._servers["PostgreSQL"] = self.postgres
        if valkey:
            self._servers["Valkey"] = self.valkey

    def serves(self, name: str) -> bool:
        """Whether this server ("PostgreSQL", "Valkey") is one of ours."""
        return name in self._servers

    @contextlib.contextmanager
    def held(self, say: Callable[[str], None] = _quiet) -> Iterator[None]:
        """Keep the servers running for the time of the block."""
        if not self._servers:
            yield
            return
        users = self._open("users")
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while somebody is stopping them
        try:
            self.ensure(say)
            yield
        finally:
            users.close()
            self._release(say)

    def ensure(self, say: Callable[[str], None] = _quiet) -> None:
        """Start what does not run."""
        if all(server.up() for server in self._servers.values()):  # the usual case needs no lock
            return
        with self._locked():
            self._make_folders()
            for name, server in self._servers.items():
                if not server.up():
                    say(f"Starting the embedded {name}")
                    server.start()

    def stop(self) -> None:
        with self._locked():
            for server in self._servers.values():
                server.stop()

    def stop_when_unused(self) -> None:
        """Wait, for days if need be, until the last user is gone, in whatever way it went."""
        with self._open("users") as users:
            fcntl.flock(users, fcntl.LOCK_EX)
            self.stop()

    def down(self) -> list[str]:
        """The names of the servers whose process is gone."""
        return [name for name, server in self._servers.items() if server.pid() is None]

    def _release(self, say: Callable[[str], None]) -> None:
        with self._open("users") as users:
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return  # somebody else still works with them
            say("Stopping " + " and ".join(self._servers))
            self.stop()

    @contextlib.contextmanager
    def serving(self, address: str) -> Iterator[None]:
        """One portal on one folder: a second one would send the timetable twice."""
        with self._open("serve.lock") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                handle.seek(0)
                raise EmbeddedError(
                    f"This portal runs already, at {handle.read().strip() or 'another address'}: "
                    "use that one, stop it, or start another cluster with PRESET=…."
                ) from error
            handle.truncate(0)
            handle.write(address)
            handle.flush()
            yield

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with self._open("lock") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _open(self, name: str) -> IO[str]:
        """A lock file in the folder, which is made if need be; the kernel frees its locks on any death."""
        self._check_owner(self.folder)
        try:
            self.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
            return open(self.folder / name, "a+", encoding="utf-8")
        except OSError as error:
            raise EmbeddedError(
                f"The portal keeps its data in {self.folder} and cannot write there ({error.strerror}): "
                "start it as the folder's owner, or name another folder with DATA_DIR."
            ) from error

    def _check_owner(self, folder: Path) -> None:
        if folder.exists() and (owner := folder.stat().st_uid) != os.geteuid():
            raise EmbeddedError(
                f"{folder} belongs to user {owner} and this is user {os.geteuid()}: start the portal as its owner, "
                "name another folder with DATA_DIR, or set DATABASE_URL and REDIS_URL."
            )

    def _make_folders(self) -> None:
        self.sockets.mkdir(mode=0o711, parents=True, exist_ok=True)
        if not stat.S_ISDIR(self.sockets.lstat().st_mode):  # in the common temporary folder: no links of strangers
            raise EmbeddedError(f"{self.sockets} is not a folder: remove it.")
        self._check_owner(self.sockets)
