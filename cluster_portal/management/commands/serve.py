"""`manage.py serve`: the whole portal on one machine, with one command; Ctrl-C stops all that it started."""

from __future__ import annotations

import http.client
import os
import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.db import OperationalError, connections
from django.utils import translation

from cluster_portal.common.demonstration import PASSWORD, SIGN_INS
from cluster_portal.common.models import User
from cluster_portal.embedded import EmbeddedError
from cluster_portal.management.commands.prepare import bring_up_to_date, collect_static
from cluster_portal.supervisor import (
    Child,
    Supervisor,
    SupervisorError,
    check_port,
    stoppable,
    unreachable,
)
from members.management.commands.load_preset import preset_file

HOST = "127.0.0.1"
START_PATIENCE = 60.0  # seconds until the first page must have been answered
WATCH = 1.0  # seconds between two looks at the processes


class Command(BaseCommand):
    help = "Run the portal on this machine: database, web server, worker, timetable. PORT chooses the port."
    requires_system_checks = ()  # a step of its own in `prepare`

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=HOST, help="address to listen on (default: this machine only)")

    def handle(self, *args: Any, host: str, **options: Any) -> None:
        self.began = time.monotonic()
        sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
        with stoppable():
            try:
                check_port(host, settings.PORT)
                preset_file(settings.PRESET)
                with settings.EMBEDDED.serving(settings.SITE_URL):
                    self.say(f"{settings.PRESET}: data in {settings.DATA_DIR}")
                    with settings.EMBEDDED.held(self.say):
                        self.prepare()
                        self.run(host)
            except (EmbeddedError, SupervisorError) as error:
                raise CommandError(str(error)) from error
            except OperationalError as error:
                raise CommandError(unreachable(error)) from error
            except PermissionError as error:
                sentence = f"{error.filename} cannot be written: start the portal as its owner, or set DATA_DIR."
                raise CommandError(sentence) from error
        self.say("Stopped.")

    def say(self, text: str) -> None:
        self.stdout.write(f"[{time.monotonic() - self.began:5.1f} s] {text}")

    def prepare(self) -> None:
        """Bring the database and the files up to date; each step does nothing when nothing changed."""
        self.check(display_num_errors=False)
        bring_up_to_date(self.say)
        if not settings.DEBUG:
            collect_static(self.say)
        self.demonstration = settings.DEMO and User.objects.filter(email=SIGN_INS[0].email, is_active=True).exists()
        self.locked = not User.objects.filter(is_superuser=True, is_active=True).exists()
        connections.close_all()

    def run(self, host: str) -> None:
        web, *others = children(host)
        supervisor = Supervisor(settings.EMBEDDED, self.say)
        try:
            self.say("Starting the web server")
            supervisor.start(guardian(), web)
            self.wait_for_the_first_page(web)
            self.say("Starting two workers and the timetable")
            supervisor.start(*others)
            self.welcome()
            while True:
                time.sleep(WATCH)
                supervisor.look_after()
        finally:
            self.say("Stopping the web server, the workers and the timetable")
            supervisor.stop()

    def wait_for_the_first_page(self, web: Child) -> None:
        deadline = time.monotonic() + START_PATIENCE
        while not answers():
            if web.process is None or web.process.poll() is not None or time.monotonic() > deadline:
                raise SupervisorError(f"The web server did not start; why is written in {web.log}")
            time.sleep(0.1)

    def welcome(self) -> None:
        self.say("Ready.")
        self.stdout.write(f"\n  {self.style.SUCCESS(settings.SITE_URL + '/')}\n")
        if self.locked:
            self.stdout.write(
                "\n  Nobody works here yet. Make the first account: .venv/bin/python manage.py createsuperuser"
            )
        if self.demonstration:
            self.stdout.write(f"\n  Sign in with the password {self.style.SUCCESS(PASSWORD)} as\n")
            with translation.override("en"):  # the language of the other lines
                for one in SIGN_INS:
                    self.stdout.write(f"    {one.email:34} {one.role}")
        self.stdout.write(f"\n  Logs: {settings.DATA_DIR / 'logs'}\n  Ctrl-C stops everything.\n\n")


def answers() -> bool:
    """Whether the web server gives an answer, whatever it is."""
    connection = http.client.HTTPConnection(HOST, settings.PORT, timeout=10)
    try:
        connection.request("GET", "/health/")
        connection.getresponse().read()
    except OSError:
        return False
    finally:
        connection.close()
    return True


def children(host: str) -> list[Child]:
    """The processes: web first, one worker for letters alone, one for the rest, the timetable."""
    celery = ["celery", "-A", "cluster_portal"]
    worker = [*celery, "worker", "--concurrency", "1", "--loglevel", "INFO"]
    worker += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    # The timetable remembers nothing: after a start everything is due again, and every task bears that.
    beat = [*celery, "beat", "--scheduler", "celery.beat.Scheduler", "--pidfile", "", "--loglevel", "WARNING"]
    return [
        child("web", web_server(host), "web"),
        child("letters", [*worker, "--queues", "mail", "--hostname", "letters@%h"], "worker"),
        child("worker", [*worker, "--queues", "default,heavy", "--hostname", "worker@%h"], "worker"),
        child("timetable", beat, "worker"),
    ]


def guardian() -> Child:
    """Stops the embedded servers when everything else was killed."""
    return child("guardian", ["cluster_portal.embedded", str(settings.DATA_DIR)], "command", outlives=True)


def web_server(host: str) -> list[str]:
    address = f"[{host}]:{settings.PORT}" if ":" in host else f"{host}:{settings.PORT}"
    workers = str(max(2, min(4, os.cpu_count() or 2)))
    command = ["gunicorn", "cluster_portal.wsgi", "--bind", address, "--worker-class", "gthread", "--workers", workers]
    command += ["--threads", "4", "--preload", "--no-control-socket", "--graceful-timeout", "10"]
    return [*command, "--max-requests", "5000", "--max-requests-jitter", "1000"]


def child(name: str, module: list[str], kind: str, *, outlives: bool = False) -> Child:
    logs: Path = settings.DATA_DIR / "logs"
    logs.mkdir(mode=0o700, exist_ok=True)
    return Child(name, module, rotated(logs / f"{name}.log"), os.environ | {"PORTAL_PROCESS": kind}, outlives)


def rotated(log: Path) -> Path:
    """A log that has grown large makes room; one older one is kept."""
    if log.exists() and log.stat().st_size > 10_000_000:
        log.replace(log.with_suffix(".old.log"))
    return log
