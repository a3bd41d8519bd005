"""Where the tools of the audit are, and what each found, for the table in docs/audit.md."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER = Path(settings.BASE_DIR) / ".portal" / "audit"
MODULES = FOLDER / "node_modules"


@dataclass(frozen=True)
class Figure:
    """A line of the table: what was looked at with what, what came out, and whether that is good enough."""

    what: str
    tool: str
    figure: str
    target: str
    met: bool


def emptied(name: str) -> Path:
    """A folder of the audit without what the last run left there."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def version(package: str) -> str:
    """The installed version of a tool."""
    return str(json.loads((MODULES / package / "package.json").read_text())["version"])
