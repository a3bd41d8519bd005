"""Loads a cluster preset: identity, sectors, statute, vocabulary."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from members.actions.presets import load_preset
from members.rules import presets
from members.rules.errors import RuleError
from members.wording import sentence

FOLDER = Path(presets.__file__).resolve().parent.parent / "presets"


def preset_file(preset: str) -> Path:
    """The file of a preset given by name or by path; a mistake is answered with the names that exist."""
    path = Path(preset) if preset.endswith(".toml") else FOLDER / f"{preset}.toml"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in FOLDER.glob("*.toml")))
        raise CommandError(f"There is no preset {preset!r}. Known: {known}; or name a TOML file.")
    return path


class Command(BaseCommand):
    help = "Load a cluster preset (PRESET, or a TOML file). Adds what is missing and changes nothing that is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "preset", nargs="?", default=settings.PRESET, help="name in members/presets, or a TOML file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path = preset_file(options["preset"])
        try:
            counts = load_preset(presets.load(path))
        except presets.PresetError as error:
            raise CommandError(str(error)) from error
        except RuleError as error:
            raise CommandError(str(sentence(error))) from error
        for table, (added, kept) in counts.items() if options["verbosity"] else ():
            self.stdout.write(f"{table}: {added} added, {kept} kept")
