"""`manage.py backup FILE`: writes the database and the uploads into one file; the portal may go on working."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from cluster_portal import backups


class Command(BaseCommand):
    help = "Write the database and the uploads into one file (a tar), which `restore` brings back. Keep it private."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="a new file, or a folder in which one is made, named by the time")

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        path = file / backups.name_now() if file.is_dir() else file
        try:
            size = backups.write(path)
        except backups.BackupError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror or error}.") from error
        self.stdout.write(self.style.SUCCESS(f"{path}: {size / 1_000_000:.1f} MB."))
