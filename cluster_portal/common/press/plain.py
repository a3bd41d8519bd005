"""Text as it can be printed: one line, no signs that control or turn what follows."""

import unicodedata
from collections.abc import Mapping
from typing import Any

# Marks that turn the direction of what follows: in a name they could make a paper say something else.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """One line of printable text: no control characters, no marks of direction, single spaces, composed letters."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return line if line.isprintable() else "".join(letter for letter in line if printable(letter))


def printable(letter: str) -> bool:
    """Control characters, halves of letters, private and unassigned ones have no shape that could be printed."""
    return letter not in TURNING and unicodedata.category(letter) not in ("Cc", "Cs", "Cn", "Co")


def cleaned(value: Any) -> Any:
    """The data with every text in printable letters, wherever it stands."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {name: cleaned(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(one) for one in value]
    return value
