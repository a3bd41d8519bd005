"""Reads typed values out of a TOML table and keeps every mistake with its place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from members.rules.preset_shapes import LIMITS

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
CODE_HINT = "use up to 40 letters, digits, '-' or '_', beginning with a letter or a digit"
CEDILLA = re.compile("[\u015e\u015f\u0162\u0163]")  # S and T with cedilla: Romanian writes them with a comma


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing to put right, and where."""

    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.place}: {self.sentence}"


class PresetError(ValueError):
    """The preset cannot be used; `mistakes` holds all that was found, in the order of the file's tables."""

    def __init__(self, source: str, mistakes: Iterable[Mistake]) -> None:
        self.source = source
        self.mistakes = tuple(mistakes)
        count = "1 mistake" if len(self.mistakes) == 1 else f"{len(self.mistakes)} mistakes"
        lines = [f"{source} has {count}:", *(f"- {mistake}" for mistake in self.mistakes)]
        super().__init__("\n".join(lines))


class Table:
    """A TOML table and the place where it stands.

    Every reading method returns a neutral value ("", 0, an empty list) when it records a mistake, so reading
    goes on and the person sees all mistakes at once. `finish` comes last: it reports keys nobody asked for.
    """

    def __init__(self, content: Mapping[str, Any], place: str, mistakes: list[Mistake]) -> None:
        self.content = content
        self.place = place
        self.mistakes = mistakes
        self.known: set[str] = set()

    def at(self, key: str) -> str:
        return f"{self.place}.{key}" if self.place else key

    def wrong(self, key: str, sentence: str) -> None:
        self.mistakes.append(Mistake(self.at(key) if key else self.place, sentence))

    def has(self, key: str) -> bool:
        return key in self.content

    def text(self, key: str, *, default: str | None = None, limit: int = 0, pattern: str = "", hint: str = "") -> str:
        """A text without space around it. `pattern` must match all of it, `hint` says what to write."""
        value = self._value(key, str, "a text in quotes", default)
        if not isinstance(value, str):
            return default or ""
        value = value.strip()
        if not value and default is None:
            self.wrong(key, "is empty; write the text")
        elif CEDILLA.search(value):
            self.wrong(key, "has ş or ţ with a cedilla; write ș and ț with a comma below")
        elif limit and len(value) > limit:
            self.wrong(key, f"has {len(value)} characters; the most is {limit}")
        elif value and pattern and not re.fullmatch(pattern, value):
            self.wrong(key, f"is “{value}”; {hint}")
        return value

    def code(self, key: str = "code") -> str:
        return self.text(key, pattern=CODE.pattern, hint=CODE_HINT)

    def both(
        self, key: str = "name", *, limit: int = LIMITS["name"], default: tuple[str, str] | None = None
    ) -> tuple[str, str]:
        """The texts of `key`_ro and `key`_en. With a default, either both or neither are written."""
        romanian, english = f"{key}_ro", f"{key}_en"
        if default is not None and not self.has(romanian) and not self.has(english):
            self.known |= {romanian, english}
            return default
        return self.text(romanian, limit=limit), self.text(english, limit=limit)

    def texts(self, key: str, *, limit: int = 0, required: bool = True) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        values = self._value(key, list, "a list of texts in square brackets", None if required else [])
        if not isinstance(values, list):
            return ()
        if required and not values:
            self.wrong(key, "is empty; write at least one text")
        row = Table({str(i): value for i, value in enumerate(values, 1)}, self.at(key), self.mistakes)
        return tuple(row.text(str(i), limit=limit) for i in range(1, len(values) + 1))

    def number(self, key: str, *, least: int, default: int | None = None) -> int:
        value = self._value(key, int, "a whole number", default)
        if not isinstance(value, int):
            return least
        if value < least:
            self.wrong(key, f"is {value}; the least is {least}")
        return value

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        return self._value(key, bool, "true or false", default) is True

    def day(self, key: str) -> date:
        value = self._value(key, date, "a day, written 2025-03-01 without quotes", None)
        return value if isinstance(value, date) else date.min

    def choice(self, key: str, choices: Iterable[str], *, default: str | None = None) -> str:
        offered = tuple(choices)
        value = self.text(key, default=default)
        if value and value not in offered:
            self.wrong(key, f"is “{value}”; write one of: {', '.join(offered)}{did_you_mean(value, offered)}")
        return value

    def table(self, key: str) -> "Table":
        value = self._value(key, dict, f"a table, [{self.at(key)}]", None)
        return Table(value if isinstance(value, dict) else {}, self.at(key), self.mistakes)

    def tables(self, key: str, *, required: bool = True) -> list["Table"]:
        """The tables of a list. Their place names the code or number of each, or its position."""
        values = self._value(key, list, f"a list of tables, [[{self.at(key)}]]", None if required else [])
        found = []
        for position, value in enumerate(values if isinstance(values, list) else [], 1):
            if isinstance(value, dict):
                name = value.get("code") or value.get("number") or position
                found.append(Table(value, f"{self.at(key)}[{name}]", self.mistakes))
            else:
                self.wrong(f"{key}[{position}]", "is not a table; write { code = …, … }")
        if required and values == []:
            self.wrong(key, "is empty; write at least one entry")
        return found

    def finish(self) -> None:
        """Report each key that nobody asked for: usually a slip of the keyboard."""
        for key in self.content:
            if key not in self.known:
                self.wrong(key, f"is not a key that a preset knows{did_you_mean(key, self.known)}")

    def _value(self, key: str, kind: type, wanted: str, default: object) -> object:
        self.known.add(key)
        if key not in self.content:
            if default is None:
                self.wrong(key, f"is missing; write {wanted}")
            return default
        value = self.content[key]
        right = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if right and not (kind is date and isinstance(value, datetime)):
            return value
        self.wrong(key, f"is not {wanted}")
        return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The words "; did you mean “…”?" when one of the known words is near."""
    near = get_close_matches(word, sorted(known), n=1)
    return f"; did you mean “{near[0]}”?" if near else ""


def report_repeats(tables: Iterable[Table], key: str = "code") -> None:
    """A mistake for every table whose code (or number) another one before it already has."""
    seen: set[object] = set()
    for table in tables:
        value = table.content.get(key)
        if isinstance(value, str | int) and value in seen:
            table.wrong(key, f"is used twice: “{value}”; give each entry its own")
        elif isinstance(value, str | int):
            seen.add(value)
