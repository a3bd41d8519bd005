"""Typed reading of nested mappings that lists every mistake by its dotted path, not only the first."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from typing import Any

from members.rules.errors import Remark, RuleError

SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")
COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass
class Mistakes:
    """The mistakes found so far."""

    found: list[Remark] = field(default_factory=list)

    def add(self, path: str, code: str, **params: object) -> None:
        self.found.append(Remark(code, {"path": path, **params}))


Reader = Callable[[object, str, Mistakes], Any]


def whole(least: int = 0, most: int = 36_500, *, or_none: bool = False) -> Reader:
    """A whole number within bounds; `or_none` also takes nothing."""

    def read(value: object, path: str, mistakes: Mistakes) -> int | None:
        if value is None and or_none:
            return None
        if not isinstance(value, int) or isinstance(value, bool):
            mistakes.add(path, "statute_not_whole", value=value)
        elif not least <= value <= most:
            mistakes.add(path, "statute_out_of_range", value=value, least=least, most=most)
        else:
            return value
        return None

    return read


def flag(value: object, path: str, mistakes: Mistakes) -> bool:
    if not isinstance(value, bool):
        mistakes.add(path, "statute_not_flag", value=value)
    return value is True


def matching(pattern: re.Pattern[str], code: str) -> Reader:
    """A text of a given shape; `code` says what is wrong with any other."""

    def read(value: object, path: str, mistakes: Mistakes) -> str:
        if isinstance(value, str) and pattern.fullmatch(value):
            return value
        mistakes.add(path, code, value=value)
        return ""

    return read


def one_of(*allowed: str) -> Reader:
    """One of a closed list of words."""

    def read(value: object, path: str, mistakes: Mistakes) -> str:
        if isinstance(value, str) and value in allowed:
            return value
        mistakes.add(path, "statute_not_one_of", value=value, allowed=allowed)
        return allowed[0]

    return read


def several(item: Reader, *, unique: Callable[[Any], object] = lambda value: value, least: int = 0) -> Reader:
    """A list; `unique` gives what may not occur twice."""

    def read(value: object, path: str, mistakes: Mistakes) -> tuple[Any, ...]:
        if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
            mistakes.add(path, "statute_not_list", value=value)
            return ()
        if len(value) < least:
            mistakes.add(path, "statute_list_too_short", least=least)
        before = len(mistakes.found)
        items = tuple(item(one, f"{path}[{place}]", mistakes) for place, one in enumerate(value))
        if len(mistakes.found) == before:
            keys = [unique(one) for one in items]
            for key in sorted({str(key) for key in keys if keys.count(key) > 1}):
                mistakes.add(path, "statute_twice", value=key)
        return items

    return read


def record(
    cls: type[Any], readers: Mapping[str, Reader], *, fill: Callable[[dict[str, Any]], None] | None = None
) -> Reader:
    """A dataclass from a mapping with its keys; absent ones take the default, or what `fill` puts there."""
    needed = {one.name for one in fields(cls) if one.default is MISSING and one.default_factory is MISSING}

    def read(value: object, path: str, mistakes: Mistakes) -> Any:
        before = len(mistakes.found)
        values = read_keys(value, readers, path, mistakes)
        if values is not None:
            for name in sorted(needed - values.keys()):
                mistakes.add(join(path, name), "statute_key_missing")
        if values is None or len(mistakes.found) > before:
            return None
        if fill is not None:
            fill(values)
        try:
            return cls(**values)
        except RuleError as error:
            mistakes.add(path, error.code, **error.params)
            return None

    return read


def table(keys: Sequence[str], item: Reader, defaults: Callable[[], Mapping[str, Any]]) -> Reader:
    """A mapping with a closed list of keys; what is not written keeps its default."""

    def read(value: object, path: str, mistakes: Mistakes) -> Mapping[str, Any]:
        written = read_keys(value, dict.fromkeys(keys, item), path, mistakes) or {}
        return {**defaults(), **written}

    return read


def read_keys(value: object, readers: Mapping[str, Reader], path: str, mistakes: Mistakes) -> dict[str, Any] | None:
    """The written keys, each read by its own reader; unknown keys are mistakes."""
    if not isinstance(value, Mapping):
        mistakes.add(path, "statute_not_table", value=value)
        return None
    for key in value:
        if key not in readers:
            mistakes.add(join(path, str(key)), "statute_key_unknown", known=tuple(readers))
    return {name: read(value[name], join(path, name), mistakes) for name, read in readers.items() if name in value}


def join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def plain(value: object) -> Any:
    """The same as dictionaries, lists and plain values, ready for JSON or TOML's cousins."""
    if is_dataclass(value):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value
