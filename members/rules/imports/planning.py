"""What an import would do, row by row; nothing is written here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from members.rules.imports.matching import NAMING, Identity, Index, identity
from members.rules.imports.values import Row


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    SAME = "same"
    DIFFERS = "differs"
    DUPLICATE = "duplicate"
    REPEATED = "repeated"
    ERROR = "error"


@dataclass(frozen=True)
class Known:
    """An organisation that is there, with the fields that a list may hold."""

    identity: Identity
    values: Mapping[str, object]


@dataclass
class Planned:
    """A row and its fate. `of`: the organisation or earlier row that it is, or (`why`: domain or name) may be.

    `differing` are the fields that the list has otherwise: they stay as they are.
    """

    row: Row
    fate: Fate
    of: str = ""
    key: int = 0
    why: str = ""
    differing: tuple[str, ...] = ()


def plan(rows: Iterable[Row], known: Iterable[Known], *, take_doubtful: bool = False) -> list[Planned]:
    """The fate of every row, in order. A row that only looks like another is left out unless `take_doubtful`."""
    there = {one.identity.key: one for one in known}
    present = Index.of(one.identity for one in there.values())
    seen = Index()
    planned = []
    for row in rows:
        if row.problems:
            planned.append(Planned(row, Fate.ERROR))
            continue
        one = identity_of(row)
        decided = _decided(row, one, present, seen, there, take_doubtful)
        if decided.fate in {Fate.NEW, Fate.SAME, Fate.DIFFERS}:
            seen.add(one)
        planned.append(decided)
    return planned


def identity_of(row: Row) -> Identity:
    return identity(row.number, **{name: row.text(name) for name in NAMING})


def _decided(
    row: Row, one: Identity, present: Index, seen: Index, there: Mapping[int, Known], take_doubtful: bool
) -> Planned:
    earlier = seen.same(one)
    if earlier is not None:
        return Planned(row, Fate.REPEATED, of=str(earlier.key), key=earlier.key)
    same = present.same(one)
    if same is not None:
        differing = differences(row, there[same.key].values)
        fate = Fate.DIFFERS if differing else Fate.SAME
        return Planned(row, fate, of=same.shown, key=same.key, differing=differing)
    for index, nearby in ((present, True), (seen, False)):
        doubt = index.like(one)
        if doubt is not None:
            other, why = doubt
            told = other.shown if nearby else f"{other.shown} ({other.key})"
            if take_doubtful:
                return Planned(row, Fate.NEW, of=told, why=why)
            return Planned(row, Fate.DUPLICATE, of=told, why=why)
    return Planned(row, Fate.NEW)


def differences(row: Row, values: Mapping[str, object]) -> tuple[str, ...]:
    """Fields that the list has and that are there otherwise; what the list leaves empty differs from nothing."""
    return tuple(
        name for name, value in row.values.items() if value not in ("", None) and (values.get(name) or "") != value
    )
