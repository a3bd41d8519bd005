"""`migrate`: quick on an empty database, goes on from the older migrations, refuses what another version made."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db
OURS = ("common", "members", "matchmaking", "events")


def older() -> dict[tuple[str, str], Sequence[tuple[str, str]]]:
    """Each migration that stands for older ones, with those."""
    return {key: one.replaces for key, one in MigrationLoader(connection).replacements.items()}


def applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def as_the_older_ones_left_it() -> None:
    """Of the first migrations, the older names alone are noted."""
    recorder = MigrationRecorder(connection)
    for app, name in older():
        recorder.record_unapplied(app, name)
    for app, name in {one for replaced in older().values() for one in replaced}:
        recorder.record_applied(app, name)


def test_a_database_of_the_older_migrations_goes_on() -> None:
    ours = {one for one in applied() if one[0] in OURS}
    as_the_older_ones_left_it()
    assert not applied() & older().keys()
    call_command("migrate", verbosity=0, interactive=False)
    assert {one for one in applied() if one[0] in OURS} == ours
    assert older().keys() <= ours


@pytest.mark.parametrize("app", OURS)
def test_a_database_that_stopped_on_the_way_is_refused(app: str) -> None:
    as_the_older_ones_left_it()
    last = max(name for replaced in older().values() for of, name in replaced if of == app)
    MigrationRecorder(connection).record_unapplied(app, last)
    with pytest.raises(CommandError, match=rf"another version of the portal.*\(migration {app}\.\w+\).*DATA_DIR"):
        call_command("migrate", verbosity=0, interactive=False)


def test_a_database_of_a_later_version_is_refused() -> None:
    MigrationRecorder(connection).record_applied("events", "0999_later")
    with pytest.raises(CommandError, match=r"events\.0999_later"):
        call_command("migrate", verbosity=0, interactive=False)


def test_an_empty_database_takes_seconds(transactional_db: None) -> None:
    name = f"emptied_{connection.settings_dict['NAME']}"
    usual: dict[str, Any] = connection.settings_dict
    with psycopg.connect(settings.EMBEDDED.postgres.url(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            connection.close()
            connection.settings_dict = usual | {"NAME": name}
            began = time.process_time()
            call_command("migrate", verbosity=0, interactive=False)
            assert time.process_time() - began < 10
            assert older().keys() <= applied()
        finally:
            connection.close()
            connection.settings_dict = usual
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
