"""`backup` and `restore`: all comes back as it was, letters wait for a person, what is damaged touches nothing."""

from __future__ import annotations

import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from cluster_portal import backups
from cluster_portal.common import outbox
from tests import factories
from tests.conftest import ROOT, environment
from tests.events import seminars
from tests.events.campaigns.made import started


@pytest.fixture
def filled(transactional_db: None) -> None:
    """A member with a logo, a request with documents, somebody signed in, letters on their way and sent."""
    factories.a_cluster()
    member = factories.a_member("Fabrica Păstrată SRL")
    member.organisation.logo.save("logo.png", ContentFile(b"pixels"), save=True)
    factories.an_open_round(factories.a_board())
    with transaction.atomic():
        outbox.post("account/unknown_account", "ana@example.org", cause="test", email="ana@example.org", signup_url="/")


@pytest.fixture
def empty() -> Iterator[str]:
    """The name of a new database."""
    name = f"restored_{connection.settings_dict['NAME']}"
    with psycopg.connect(settings.EMBEDDED.postgres.url(), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"')
        yield name
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def restore(path: Path, database: str, media: Path) -> subprocess.CompletedProcess[str]:
    env = environment(PORTAL_TEST_DATABASE=database, MEDIA_ROOT=str(media))
    command = [sys.executable, "-m", "django", "restore", str(path)]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def checksums(database: str) -> dict[str, Any]:
    """Rows and a number for each table that is kept."""
    with psycopg.connect(settings.EMBEDDED.postgres.url(database)) as server:
        tables = server.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        return {
            table: server.execute(f'SELECT count(*), sum(hashtext(t::text)::bigint) FROM "{table}" t').fetchone()
            for (table,) in tables.fetchall()
            if table not in (*backups.NOT_KEPT, "common_outgoingmail", "django_migrations")
        }


def test_all_comes_back_and_letters_wait_for_a_person(filled: None, empty: str, tmp_path: Path) -> None:
    path, media = tmp_path / "portal.tar", tmp_path / "media"
    call_command("backup", str(path))
    assert path.stat().st_mode & 0o777 == 0o600
    done = restore(path, empty, media)
    assert done.returncode == 0, done.stderr
    assert "All" in done.stdout and "invariants hold." in done.stdout
    before, after = checksums(connection.settings_dict["NAME"]), checksums(empty)
    assert after == before and before["members_membership"][0] == 1
    with psycopg.connect(settings.EMBEDDED.postgres.url(empty)) as server:
        states = server.execute("SELECT state, count(*) FROM common_outgoingmail GROUP BY 1").fetchall()
    assert [state for state, _count in states] == ["held"]
    kept = sorted(one.read_bytes() for one in media.rglob("*") if one.is_file())
    assert kept == sorted(one.read_bytes() for one in Path(settings.MEDIA_ROOT).rglob("*") if one.is_file())
    again = restore(path, empty, tmp_path / "other")
    assert (again.returncode, "This database is not empty" in again.stderr) == (1, True)


def test_a_campaign_that_was_being_sent_waits_for_a_person_too(filled: None, empty: str, tmp_path: Path) -> None:
    started(seminars.a_seminar())
    path = tmp_path / "portal.tar"
    call_command("backup", str(path))
    done = restore(path, empty, tmp_path / "media")
    assert done.returncode == 0 and "invariants hold." in done.stdout, done.stderr
    with psycopg.connect(settings.EMBEDDED.postgres.url(empty)) as server:
        states = server.execute("SELECT state, stop_reason FROM events_campaign").fetchall()
    assert states == [("stopped", "restored")]


def damaged(path: Path, how: str) -> None:
    content = bytearray(path.read_bytes())
    if how == "cut short":
        path.write_bytes(content[: len(content) // 2])
    elif how == "one bit":
        with tarfile.open(path) as archive:
            place = archive.getmember(backups.DUMP).offset_data + 2_000
        content[place] ^= 1
        path.write_bytes(content)
    elif how == "no archive":
        path.write_bytes(b"something else")
    else:
        with tarfile.open(path, "a") as archive:
            member = tarfile.TarInfo("media/../../outside")
            archive.addfile(member)


@pytest.mark.parametrize("how", ["cut short", "one bit", "no archive", "a name that climbs"])
@pytest.mark.django_db
def test_what_is_damaged_is_refused_before_anything_is_touched(cluster: Any, tmp_path: Path, how: str) -> None:
    path = tmp_path / "portal.tar"
    call_command("backup", str(path))
    damaged(path, how)
    with pytest.raises(CommandError, match=r"(?i)nothing was changed"):
        call_command("restore", str(path))


@pytest.mark.django_db
def test_a_backup_overwrites_nothing_and_finds_a_name_in_a_folder(cluster: Any, tmp_path: Path) -> None:
    call_command("backup", str(tmp_path))
    (made,) = tmp_path.iterdir()
    assert made.name.startswith("dual-use-") and made.suffix == ".tar"
    with pytest.raises(CommandError, match="exists already"):
        call_command("backup", str(made))
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("backup", str(tmp_path / "nowhere" / "x.tar"))


@pytest.mark.django_db
def test_a_backup_of_another_cluster_is_not_mixed_in(cluster: Any, tmp_path: Path, settings: Any) -> None:
    call_command("backup", str(tmp_path / "portal.tar"))
    settings.PRESET = "proeco-cbrne"
    with pytest.raises(CommandError, match="restore with PRESET=dual-use"):
        call_command("restore", str(tmp_path / "portal.tar"))
