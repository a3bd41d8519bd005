"""The vocabulary as a table: reading the rows of a file and saying what each of them would do. Pure."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from io import StringIO

from members.rules.errors import Remark, RuleError
from members.rules.spreadsheets import DANGEROUS
from members.rules.text import comma_letters, fold
from members.rules.vocabulary import DEEPEST, other_words

COLUMNS = ("code", "parent", "name_ro", "name_en", "aliases", "scored", "active")
BETWEEN = "|"
MOST_ROWS = 2000
YES, NO = frozenset({"1", "yes", "da", "true", "x"}), frozenset({"0", "no", "nu", "false"})
CODE = re.compile(r"[A-Za-z0-9._-]+")
LONGEST = {"code": 60, "name_ro": 160, "name_en": 160}


@dataclass(frozen=True)
class Word:
    """A word as a row has it."""

    code: str
    parent: str
    name_ro: str
    name_en: str
    aliases: tuple[str, ...] = ()
    scored: bool = True
    active: bool = True


@dataclass
class Row:
    """A line of the file, and what it would do: `fate` is new, changed, same or faulty."""

    line: int
    word: Word
    fate: str = "same"
    changed: tuple[str, ...] = ()
    problems: list[Remark] = field(default_factory=list)


def read_list(text: str) -> list[Row]:
    """The rows of a CSV with a head, separated by commas or semicolons. Raises RuleError: word_list_columns/_long."""
    text = text.removeprefix("\N{BYTE ORDER MARK}")
    head = text.split("\n", 1)[0]
    reader = csv.DictReader(StringIO(text), delimiter=";" if head.count(";") > head.count(",") else ",", strict=False)
    missing = [name for name in ("code", "name_ro", "name_en") if name not in (reader.fieldnames or ())]
    if missing:
        raise RuleError("word_list_columns", {"missing": missing})
    rows = []
    try:
        for cells in reader:
            if any(str(value or "").strip() for value in cells.values()):
                rows.append(_row(reader.line_num, cells))
            if len(rows) > MOST_ROWS:
                raise RuleError("word_list_long", {"most": MOST_ROWS})
    except csv.Error as error:
        raise RuleError("word_list_broken") from error
    return rows


def _row(line: int, cells: Mapping[str | None, object]) -> Row:
    value = {name: _clean(cells.get(name)) for name in COLUMNS}
    problems = [Remark("word_list_empty", {"column": name}) for name in LONGEST if not value[name]]
    problems += [
        Remark("word_list_cell_long", {"column": name, "most": most})
        for name, most in LONGEST.items()
        if len(value[name]) > most
    ]
    if value["code"] and not CODE.fullmatch(value["code"]):
        problems.append(Remark("word_list_code", {"code": value["code"][:60]}))
    flags = {}
    for name in ("scored", "active"):
        told = fold(value[name])
        flags[name] = told not in NO
        if told and told not in YES | NO:
            problems.append(Remark("word_list_flag", {"column": name, "value": value[name][:30]}))
    aliases = other_words(value["aliases"].split(BETWEEN), value["name_ro"], value["name_en"])
    if any(len(alias) > 120 for alias in aliases):
        problems.append(Remark("word_list_cell_long", {"column": "aliases", "most": 120}))
    word = Word(value["code"], value["parent"], value["name_ro"], value["name_en"], tuple(aliases), **flags)
    return Row(line, word, problems=problems)


def _clean(value: object) -> str:
    text = " ".join(comma_letters(str(value or "")).split())
    return text[1:] if text.startswith("'") and text[1:].startswith(DANGEROUS) else text


def plan_list(rows: list[Row], there: Mapping[str, Word], merged: frozenset[str] = frozenset()) -> list[Row]:
    """Say for each row what it would do to the tree that is `there` (code -> word); words left out stay as they are."""
    counted = Counter(row.word.code for row in rows)
    after = {**there, **{row.word.code: row.word for row in rows}}
    neighbours = Counter(
        (word.parent, name) for word in after.values() for name in {fold(word.name_ro), fold(word.name_en)}
    )
    for row in rows:
        word, old = row.word, there.get(row.word.code)
        if counted[word.code] > 1 and word.code:
            row.problems.append(Remark("word_list_twice", {"code": word.code}))
        if word.code in merged:
            row.problems.append(Remark("word_list_merged", {"code": word.code}))
        row.problems += _place(word, old, after)
        names = {fold(word.name_ro), fold(word.name_en)}
        if word.name_ro and any(neighbours[word.parent, name] > 1 for name in names):
            row.problems.append(Remark("word_stands_there", {"word": word.name_ro}))
        fields = [name for name in COLUMNS[1:] if old and getattr(old, name) != getattr(word, name)]
        row.changed = tuple(fields)
        row.fate = "faulty" if row.problems else "new" if old is None else "changed" if fields else "same"
    return rows


def _place(word: Word, old: Word | None, after: Mapping[str, Word]) -> list[Remark]:
    """What is wrong with where a word would stand."""
    if old is not None and not old.parent and (word.parent or not word.active):
        return [Remark("word_is_a_root")]
    if old is not None and old.parent and not word.parent:
        return [Remark("word_list_empty", {"column": "parent"})]
    above, at = [word.code], word.parent
    while at:
        if at in above:
            return [Remark("word_loop")]
        if at not in after:
            return [Remark("word_list_parent", {"code": at[:60]})]
        above.append(at)
        at = after[at].parent
    if (old is None or old.parent != word.parent) and word.parent and not after[word.parent].active:
        return [Remark("word_parent_retired")]
    return [Remark("word_too_deep", {"most": DEEPEST})] if len(above) > DEEPEST else []
