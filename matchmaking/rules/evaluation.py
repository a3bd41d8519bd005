"""Files of real needs and of what members had done before, read for `evaluate_matching`, and what its outcome tells."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

MOST_FAULTS = 10


class BadFile(Exception):
    """A file that cannot be used; the message says in which lines and why."""


@dataclass(frozen=True)
class PastMember:
    key: str
    projects: tuple[str, ...]
    tags: tuple[str, ...]


@dataclass(frozen=True)
class PastProject:
    key: str
    title: str
    text: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class PublishedNeed:
    """`given` is its identifier as the file spells it."""

    given: str | int
    key: str
    text: str
    tags: tuple[str, ...]


Row = TypeVar("Row", PastMember, PastProject, PublishedNeed)


def read_members(name: str, lines: Iterable[bytes]) -> list[PastMember]:
    def member(row: dict[str, Any]) -> PastMember:
        return PastMember(_key(row, "member"), _keys(row, "projects"), _words(row, "tags"))

    return _read(name, lines, member)


def read_projects(name: str, lines: Iterable[bytes]) -> list[PastProject]:
    def project(row: dict[str, Any]) -> PastProject:
        text = "\n".join(filter(None, (_text(row, "topic_title"), _text(row, "text"))))
        return PastProject(_key(row, "project"), _text(row, "title"), text, _words(row, "tags"))

    return _read(name, lines, project)


def read_needs(name: str, lines: Iterable[bytes]) -> list[PublishedNeed]:
    """Who answered a need may be in the file; it is not read."""

    def need(row: dict[str, Any]) -> PublishedNeed:
        text = "\n".join(filter(None, (_text(row, field) for field in ("topic_title", "title", "text"))))
        return PublishedNeed(row["need"], _key(row, "need"), text, _words(row, "tags"))

    return _read(name, lines, need)


def _read(name: str, lines: Iterable[bytes], make: Callable[[dict[str, Any]], Row]) -> list[Row]:
    rows: dict[str, Row] = {}
    faults = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = make(_object(line, first=number == 1))
            if row.key in rows:
                raise ValueError(f"“{row.key}” is there a second time")
            rows[row.key] = row
        except ValueError as error:
            faults.append(f"{name}, line {number}: {error}.")
    if not rows and not faults:
        faults.append(f"{name} has no lines.")
    if faults:
        more = len(faults) - MOST_FAULTS
        raise BadFile("\n".join(faults[:MOST_FAULTS] + ([f"… and {more} more lines with faults."] if more > 0 else [])))
    return list(rows.values())


def _object(line: bytes, *, first: bool) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig" if first else "utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"it is not JSON ({error.msg}, column {error.colno})") from error
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(row, dict):
        raise ValueError("it is not an object with named fields")
    return row


def _key(row: dict[str, Any], field: str) -> str:
    if field not in row:
        raise ValueError(f"the field “{field}” is missing")
    return _identifier(row[field], field)


def _identifier(value: Any, field: str) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise ValueError(f"“{field}” holds {_shown(value)}, which is no identifier (text or whole number)")
    return _clean(str(value), field)


def _keys(row: dict[str, Any], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_identifier(value, field) for value in _list(row, field)))


def _words(row: dict[str, Any], field: str) -> tuple[str, ...]:
    words = _list(row, field)
    for word in words:
        if not isinstance(word, str) or not word.strip():
            raise ValueError(f"“{field}” holds {_shown(word)}, which is no word")
    return tuple(dict.fromkeys(_clean(word.strip(), field) for word in words))


def _list(row: dict[str, Any], field: str) -> list[Any]:
    value = row.get(field, [])
    if not isinstance(value, list):
        raise ValueError(f"“{field}” is not a list")
    return value


def _text(row: dict[str, Any], field: str) -> str:
    value = row.get(field)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"“{field}” is not text")
    return _clean(value or "", field)


def _clean(text: str, field: str) -> str:
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError(f"“{field}” holds letters that cannot be stored")
    return text


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 40 else f"{text[:39]}…"


def tree(codes: Iterable[str]) -> dict[str, str | None]:
    """Code -> the longest other code that it continues after a dot, a hyphen or a slash; none of the first level."""
    known = set(codes)
    return {
        code: next((code[:at] for at in range(len(code) - 1, 0, -1) if code[at] in ".-/" and code[:at] in known), None)
        for code in sorted(known)
    }


@dataclass(frozen=True)
class Fairness:
    """How the first ten places of all needs are spread over the members."""

    members: int
    named: int
    unseen: int
    exposure_gini: float


def fairness(members: int, first_tens: Iterable[Sequence[int]]) -> Fairness:
    shown = Counter(member for first in first_tens for member in first)
    counts = [0] * (members - len(shown)) + sorted(shown.values())
    total = sum(counts)
    weighted = sum(place * count for place, count in enumerate(counts, start=1))
    gini = 2 * weighted / (members * total) - (members + 1) / members if total else 0.0
    return Fairness(members, len(shown), members - len(shown), gini)
