"""From a template and its data to a PDF or a picture, by a process of its own.

Why a process: the compiler keeps threads, and a worker that is forked after they were started would wait for ever at
its first paper; what a paper needs of memory is given back; and a paper that takes too long can be ended.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from cluster_portal.common.press.plain import cleaned

HERE = Path(__file__).resolve().parent
PRESS = HERE / "process.py"
HOUSE = HERE / "house.typ"
SECONDS = 90
"""Longer than the largest run of badges takes on a busy machine."""

log = logging.getLogger(__name__)


class PaperFailed(Exception):
    """A paper could not be set; the message says why. Trying again with the same data will not help."""


def typeset(template: Path, data: Mapping[str, Any], *, standards: Sequence[str] = ("ua-1",)) -> bytes:
    """The PDF of a template. The data's texts are printed as they are.

    `standards`: ua-1 is a PDF that a screen reader can read, a-2a one for the archive.
    """
    return _pressed(template, data, "pdf", standards, b"%PDF")


def drawn(template: Path, data: Mapping[str, Any]) -> bytes:
    """The one page of a template as a PNG, two pixels a point."""
    return _pressed(template, data, "png", (), b"\x89PNG")


def _pressed(template: Path, data: Mapping[str, Any], kind: str, standards: Sequence[str], begins: bytes) -> bytes:
    order = {
        "name": template.name,
        "files": {one.name: one.read_text() for one in (template, HOUSE)},
        "data": json.dumps(cleaned(data)),
        "kind": kind,
        "standards": list(standards),
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(PRESS)],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"RAYON_NUM_THREADS": "2", "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as late:
        raise PaperFailed(f"{template.name} was not ready after {SECONDS} seconds") from late
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode or not done.stdout.startswith(begins):
        raise PaperFailed(f"{template.name}: {said[-2000:] or f'ended with {done.returncode}'}")
    if said:
        log.warning("%s is not accessible in all its letters: %s", template.name, said)
    return done.stdout
