"""Two people edit one thing: what each of them changed stays, and what both changed is shown to a person."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Merged:
    """What to write, and the names that both have changed to different values."""

    values: dict[str, object]
    clashes: tuple[str, ...]


def merge(base: Mapping[str, object], theirs: Mapping[str, object], mine: Mapping[str, object]) -> Merged:
    """Bring `mine` into what is stored now (`theirs`), both begun from `base`.

    A name that `base` does not know counts as changed by everybody: better one question too many than a text lost.
    """
    values: dict[str, object] = {}
    clashes = []
    for name, value in mine.items():
        if value == theirs[name]:
            continue
        if name not in base:
            clashes.append(name)
        elif value == base[name]:
            continue  # not touched by me
        elif theirs[name] == base[name]:
            values[name] = value
        else:
            clashes.append(name)
    return Merged(values, tuple(clashes))
