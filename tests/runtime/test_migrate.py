"""`migrate`: makes an empty database at once, goes on from the older migrations, refuses what another version made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ModelState

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


def test_an_empty_database_is_made_without_rendering_its_models_again_and_again(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What took half a minute: Django rendered everything anew after each of some hundred tables and triggers."""
    rendered: list[str] = []
    render = ModelState.render

    def noted(state: ModelState, into: Any) -> Any:
        rendered.append(state.name)
        return render(state, into)

    monkeypatch.setattr(ModelState, "render", noted)
    name = f"emptied_{connection.settings_dict['NAME']}"
    usual: dict[str, Any] = connection.settings_dict
    with psycopg.connect(settings.EMBEDDED.postgres.url(), autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            connection.close()
            connection.settings_dict = usual | {"NAME": name}
            call_command("migrate", verbosity=0, interactive=False)
            assert older().keys() <= applied()
        finally:
            connection.close()
            connection.settings_dict = usual
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    assert 0 < len(rendered) <= 10 * len(apps.get_models(include_auto_created=True))  # 1,304 for 148 today
