"""How settings are read from the environment: VARIABLE, or VARIABLE_FILE naming a file that holds the value."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Sequence
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """The value of NAME, or the content of the file that NAME_FILE names; empty counts as not set."""
    value, path = os.environ.get(name, "").strip(), os.environ.get(f"{name}_FILE", "").strip()
    if value and path:
        raise ImproperlyConfigured(f"{name} and {name}_FILE are both set: keep one of them.")
    if not path:
        return value or default
    try:
        value = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which cannot be read: {error}.") from error
    if not value:
        raise ImproperlyConfigured(f"{name}_FILE names {path}, which is empty.")
    return value


def flag(name: str, default: bool) -> bool:
    """A yes or a no."""
    value = text(name).lower()
    if not value:
        return default
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 (yes) or 0 (no).")
    return value in YES


def number(name: str, default: int, *, least: int = 0, most: int = 2**31) -> int:
    """A whole number between least and most."""
    value = text(name) or str(default)
    if not re.fullmatch(r"\d{1,10}", value) or not least <= int(value) <= most:
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number from {least} to {most}.")
    return int(value)


def words(name: str, default: list[str]) -> list[str]:
    """A list with commas between its members."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def choice(name: str, default: str, among: Sequence[str]) -> str:
    """One of a few words."""
    value = text(name, default)
    if value not in among:
        raise ImproperlyConfigured(f"{name} is {value!r}: write one of {', '.join(among)}.")
    return value


def slug(name: str, default: str) -> str:
    """A short name in lower-case letters, digits and dashes (it becomes part of file names)."""
    value = text(name, default)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,39}", value):
        raise ImproperlyConfigured(f"{name} is {value!r}: write lower-case letters, digits and dashes.")
    return value


def folder(name: str, default: Path) -> Path:
    """An absolute folder."""
    return Path(text(name, str(default))).expanduser().resolve()


def kept_secret(path: Path) -> str:
    """The secret kept in this file, invented at the first call; several processes may make that call at once."""
    try:
        if not path.exists():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            fresh = path.with_name(f"{path.name}.{os.getpid()}")
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(secrets.token_urlsafe(64))
            try:
                os.link(fresh, path)  # fails when another process was first: then its secret counts
            except FileExistsError:
                pass
            finally:
                fresh.unlink()
        return path.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The portal keeps its data in {path.parent} and cannot use that folder ({error.strerror}): "
            "start it as the folder's owner, or name another folder with DATA_DIR."
        ) from error


def missing(name: str) -> str:
    """For what has no sensible default outside a trial."""
    raise ImproperlyConfigured(f"{name} is not set: set {name}, or {name}_FILE to a file that holds it.")
