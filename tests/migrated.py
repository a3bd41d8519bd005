"""A database as the migrations leave it, made once and copied for every worker of every run."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
CODE = ("cluster_portal/common", "members", "matchmaking", "events")


def template() -> str:
    """The name of the database to copy; the first who asks after a change of the code makes it, others wait."""
    name = f"migrated_{_digest()}"
    with _alone(), _superuser() as database:
        there = {row[0] for row in database.execute("SELECT datname FROM pg_database")}
        if name not in there:
            for other in there:
                if other.startswith("migrated_"):
                    database.execute(f'DROP DATABASE "{other}"')
            _make("migrating")
            database.execute(f'ALTER DATABASE migrating RENAME TO "{name}"')
    return name


def forget_dead_runs() -> None:
    """Drop the databases of runs that were killed."""
    with _alone(), _superuser() as database:
        for (name,) in database.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'").fetchall():
            run = name.split("_")[1]
            if run.isdecimal() and not _lives(int(run)):
                database.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _make(name: str) -> None:
    asked = connection.settings_dict["TEST"]["NAME"]
    usual = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
    finally:
        connection.close()
        connection.settings_dict["TEST"]["NAME"] = asked
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = usual


def _digest() -> str:
    """What migrations and what follows them (permissions, content types) are made of."""
    code = sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if {"migrations", "models", "migrations.py", "models.py"} & set(path.relative_to(ROOT).parts):
                code.update(path.read_bytes())
    code.update((ROOT / "pyproject.toml").read_bytes())
    return code.hexdigest()[:16]


@contextmanager
def _alone() -> Iterator[None]:
    with (settings.EMBEDDED.folder / "template.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _superuser() -> psycopg.Connection:
    return psycopg.connect(settings.EMBEDDED.postgres.url("postgres", "postgres"), autocommit=True)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
