"""docs/audit.md: a table of what was found when, in which each part replaces its own lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from django.conf import settings

from tests.audit.equal_access import NOT_COUNTED
from tests.audit.tools import Figure

FILE = Path(settings.BASE_DIR) / "docs" / "audit.md"
PARTS = ("markup", "accessibility", "lighthouse")
HEAD = """# Audit

Written by `make audit`, which serves the demonstration and looks at it with tools that come from npm and are no part of
the tests. The tests themselves look at every page with axe, see [architecture](architecture.md).

| what | tool | figure | target | verdict | date |
|---|---|---|---|---|---|
"""


def write(part: str, figures: Sequence[Figure]) -> None:
    """Put the lines of a part in the place of those of its last run."""
    kept = lines()
    kept[part] = [
        f"| {one.what} | {one.tool} | {one.figure} | {one.target} | {'met' if one.met else 'missed'} |"
        f" {date.today().isoformat()} |"  # noqa: DTZ011  # of this machine
        for one in figures
    ]
    table = "".join(f"{line}\n" for name in PARTS for line in kept.get(name, []))
    left = "".join(f"- `{rule}`: {why}.\n" for (rule, _part), why in NOT_COUNTED.items())
    FILE.write_text(f"{HEAD}{table}\nNot counted, of the rules of Equal Access:\n\n{left}")


def lines() -> dict[str, list[str]]:
    """The lines that are there, by part."""
    tools = {"Nu HTML": "markup", "Equal Access": "accessibility", "Lighthouse": "lighthouse"}
    found: dict[str, list[str]] = {}
    for line in FILE.read_text().splitlines() if FILE.exists() else ():
        part = next((part for tool, part in tools.items() if re.match(rf"\|[^|]+\| {tool}", line)), "")
        found.setdefault(part, []).append(line)
    return found
