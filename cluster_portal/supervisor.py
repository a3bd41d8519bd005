"""Runs the processes of the portal on one machine: starts them, starts a dead one again, takes them down together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from django.db import OperationalError

from cluster_portal.embedded import Embedded, EmbeddedError

PR_SET_PDEATHSIG = 1
STOP_PATIENCE = 15.0  # seconds for a web request or a letter to be finished
PAUSES = (1, 2, 5, 10, 30)  # seconds before a dead process is started again
STEADY = 60.0  # a process that lived so long was well: its next pause is short again
Say = Callable[[str], None]


class SupervisorError(RuntimeError):
    """Why the portal cannot run here, in one sentence."""


class Ended(BaseException):
    """Somebody asked the portal to stop."""


def unreachable(error: OperationalError) -> str:
    """One sentence for a database that cannot be reached; any other trouble of the database is raised again."""
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) is not None:
        raise error
    lines = [line.strip() for line in str(error).splitlines()]
    told = [line for line in lines if line and not line.endswith("?")]  # the library's own guesses are questions
    reason = told[-1].removeprefix("connection failed: ") if told else str(error)
    return f"The database does not answer ({reason}): check DATABASE_URL and that the server runs."


def check_port(host: str, port: int) -> None:
    """Find out before anything is started whether the address is free."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError as error:
            raise SupervisorError(f"Port {port} is reserved for root: choose one above 1023.") from error
        except OSError as error:
            other = port + 1 if port < 65535 else 8000
            raise SupervisorError(f"Port {port} is taken ({error.strerror}): choose another, PORT={other}.") from error


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal end the block once; while it tidies up they are not heard."""
    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

    def end(_number: int, _frame: FrameType | None) -> None:
        for number in signals:
            signal.signal(number, signal.SIG_IGN)
        raise Ended

    before = {number: signal.signal(number, end) for number in signals}
    try:
        yield
    except Ended:
        pass
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _die_with_parent(parent: int) -> Callable[[], None]:
    """For the child between fork and exec (Linux): a killed supervisor leaves no orphans."""
    library = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None

    def prepare() -> None:
        if library is not None:
            library.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

    return prepare


@dataclass
class Child:
    """One process of the portal."""

    name: str
    module: list[str]
    log: Path
    environment: Mapping[str, str]
    outlives: bool = False  # stays when the supervisor is killed, to tidy up
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    failures: int = 0

    def start(self) -> None:
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self.module],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=self.environment,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which takes things down in order
                preexec_fn=None if self.outlives else _die_with_parent(os.getpid()),  # noqa: PLW1509  # the supervisor has no threads
            )
        self.started_at = time.monotonic()

    def look_after(self, say: Say) -> None:
        """Notice a death, and start again after a pause that grows."""
        now = time.monotonic()
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.failures = 0 if now - self.started_at > STEADY else self.failures
            pause = PAUSES[min(self.failures, len(PAUSES) - 1)]
            self.failures, self.process, self.start_at = self.failures + 1, None, now + pause
            say(f"{self.name} ended ({_how(code)}); starting it again in {pause} s. Its log is {self.log}")
        elif now >= self.start_at:
            self.start()

    def ask_to_stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def stop(self, deadline: float) -> None:
        """Wait for the end; what is still there at the deadline is killed with all its own children."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def _how(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


@dataclass
class Supervisor:
    """Keeps the processes and the embedded servers up until it is asked to stop."""

    embedded: Embedded
    say: Say
    children: list[Child] = field(default_factory=list)
    servers_again_at: float = 0.0

    def start(self, *children: Child) -> None:
        for child in children:
            child.start()
            self.children.append(child)

    def look_after(self) -> None:
        now = time.monotonic()
        if now >= self.servers_again_at and (down := self.embedded.down()):
            self.say(f"{' and '.join(down)} went away")
            try:
                self.embedded.ensure(self.say)
            except EmbeddedError as error:
                self.say(f"{error} Trying again in 10 s")
                self.servers_again_at = now + 10
        for child in self.children:
            child.look_after(self.say)

    def stop(self) -> None:
        for child in self.children:
            child.ask_to_stop()
        deadline = time.monotonic() + STOP_PATIENCE
        for child in self.children:
            child.stop(deadline)
