"""Processes of the embedded servers: who they are, whether they live, and as which user they are started."""

from __future__ import annotations

import os
import pwd
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

USER_NAMESPACE = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]


class EmbeddedError(RuntimeError):
    """Why an embedded server cannot be used, in one sentence that says what to do."""


def command_line(pid: int) -> list[str]:
    """The arguments of a live process; empty for none, and for one that is dead but not yet reaped."""
    if Path("/proc/self").exists():
        try:
            raw = Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return []
        return [part.decode(errors="replace") for part in raw.split(b"\0") if part]
    answer = subprocess.run(["ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return answer.stdout.split()


def pid_in(path: Path, *, naming: str) -> int | None:
    """The process id in the first line of a file, if that process lives and has `naming` among its arguments.

    A process id is reused sooner or later: one that belongs to a stranger does not count.
    """
    try:
        pid = int(path.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if any(naming in part for part in command_line(pid)) else None


def end(pid: int, *, seconds: float) -> bool:
    """Ask a process to end and wait for it; False when it still lives."""
    try:
        os.kill(pid, signal.SIGTERM)
    except ProcessLookupError:
        return True
    deadline = time.monotonic() + seconds
    while command_line(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    return not command_line(pid)


@dataclass(frozen=True)
class Account:
    """The account that PostgreSQL, which refuses to be root, is started as."""

    uid: int
    gid: int
    namespace: bool = False  # root without its powers: a user namespace, files stay ours
    other: bool = False  # another account

    @classmethod
    def choose(cls, folder: Path) -> Account:
        """The current user; as root a user namespace, or `nobody` where namespaces are forbidden (Docker)."""
        if os.geteuid() != 0:
            return cls(os.geteuid(), os.getegid())
        owner = folder.stat().st_uid if folder.exists() else 0
        if owner != 0:  # made by an earlier start as that account
            return cls(owner, pwd.getpwuid(owner).pw_gid, other=True)
        try:
            allowed = subprocess.run([*USER_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            allowed = False
        if allowed:
            return cls(0, 0, namespace=True)
        nobody = pwd.getpwnam("nobody")
        return cls(nobody.pw_uid, nobody.pw_gid, other=True)

    def run(self, arguments: Sequence[str]) -> tuple[int, str]:
        """Run a program as this account; its exit code and what it said."""
        prefix = USER_NAMESPACE if self.namespace else []
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
        with tempfile.TemporaryFile() as said:  # a pipe would be held open by the daemon
            done = subprocess.run(
                [*prefix, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=clean | {"LC_ALL": "C"},
                user=self.uid if self.other else None,
                group=self.gid if self.other else None,
                extra_groups=[] if self.other else None,
                check=False,
            )
            said.seek(0)
            return done.returncode, said.read().decode(errors="replace").strip()

    def own(self, path: Path) -> None:
        """Give a file or folder to this account."""
        if self.other and path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)
