"""From a template and its data to a PDF, by a process of its own.

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

from events.papers.words import plain

PRESS = Path(__file__).with_name("press.py")
SECONDS = 90
"""Longer than the largest run of badges takes on a busy machine."""

log = logging.getLogger(__name__)


class PaperFailed(Exception):
    """A paper could not be set; the message says why. Trying again with the same data will not help."""


def typeset(template: str, data: Mapping[str, Any], *, standards: Sequence[str] = ("ua-1",)) -> bytes:
    """The PDF of `template` (a file of this room). The data's texts are printed as they are.

    `standards`: ua-1 is a PDF that a screen reader can read, a-2a one for the archive.
    """
    order = json.dumps({"template": template, "standards": list(standards), "data": json.dumps(cleaned(data))})
    try:
        done = subprocess.run(
            [sys.executable, "-I", "-B", str(PRESS)],
            input=order.encode(),
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={"RAYON_NUM_THREADS": "2", "LC_ALL": "C.UTF-8"},
        )
    except subprocess.TimeoutExpired as late:
        raise PaperFailed(f"{template} was not ready after {SECONDS} seconds") from late
    said = done.stderr.decode(errors="replace").strip()
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise PaperFailed(f"{template}: {said[-2000:] or f'ended with {done.returncode}'}")
    if said:
        log.warning("%s is not accessible in all its letters: %s", template, said)
    return done.stdout


def cleaned(value: Any) -> Any:
    """The data with every text in printable letters, wherever it stands."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: cleaned(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(one) for one in value]
    return value
