"""`manage.py restore FILE`: brings a backup back into an empty portal; letters wait on hold until a person looks."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command

from cluster_portal import backups


class Command(BaseCommand):
    help = "Bring back what `backup` wrote, into an empty database and an empty folder of uploads: all or nothing."
    requires_system_checks = ()  # there are no tables yet

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            manifest = backups.check(file)
            self.stdout.write(f"{file} is whole: {manifest['preset']}, {manifest['made_at'][:16]}.")
            held = backups.restore(file)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename or file} cannot be written: {error.strerror or error}.") from error
        call_command("migrate", verbosity=0, interactive=False)
        call_command("verify", stdout=self.stdout)
        self.stdout.write(self.style.SUCCESS(f"Restored. Letters on hold: {held}; send them again at the desk."))
