"""`manage.py prepare`: brings the database up to date; to be run after every update, and as often as one likes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command

from cluster_portal.demonstration.accounts import close_accounts
from cluster_portal.demonstration.seeding import seed


class Command(BaseCommand):
    help = "Migrate the database, load the preset and, in a demonstration, its data. Changes nothing the second time."

    def handle(self, *args: Any, **options: Any) -> None:
        bring_up_to_date(self.stdout.write)


def bring_up_to_date(say: Callable[[str], None]) -> None:
    """Each step does nothing when there is nothing to do."""
    say("Bringing the database up to date")
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    say(f"Loading the preset {settings.PRESET}")
    call_command("load_preset", verbosity=0)
    if settings.DEMO:
        say("Making sure that the demonstration data are there")
        seed(say)
    elif closed := close_accounts():
        say(f"DEMO is off: {closed} accounts of the demonstration were closed, their password is published")


def collect_static(say: Callable[[str], None]) -> None:
    """Copy, name by content and compress the static files, when one of them has changed since the last time."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    say("Preparing style sheets, scripts and images")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(digest.hexdigest())
