"""`manage.py migrate`: Django's own, after a word about databases that this version cannot bring up to date."""

from __future__ import annotations

from typing import Any

from django.core.management import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        refuse_another_version(options["database"])
        super().handle(*args, **options)


def refuse_another_version(database: str) -> None:
    """A clear end where only some of the older migrations were applied that ours stand for, or some that are not here.

    Where all of them were applied Django goes on from there; otherwise it leaves ours out, without a word at best.
    """
    loader = MigrationLoader(connections[database])
    stood_for = {old for key, one in loader.replacements.items() if key in loader.graph.nodes for old in one.replaces}
    known = stood_for | loader.graph.nodes.keys()
    ours = {app for app, _name in loader.replacements}
    strange = sorted(f"{one[0]}.{one[1]}" for one in loader.applied_migrations if one[0] in ours and one not in known)
    if strange:
        raise CommandError(
            "This database was made by another version of the portal, and this one cannot bring it up to date "
            f"(migration {strange[-1]}). Use the version that made it, or begin anew: another DATA_DIR or DATABASE_URL."
        )
