"""Bytes of a CSV or XLSX file to rows of text, whatever wrote them; says in one sentence why a file cannot be read."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from members.rules.errors import Remark, RuleError
from members.rules.imports.sheets import Line, looks_like_xlsx, read_sheet

MOST_BYTES = 20_000_000
MOST_ROWS = 20_000
MOST_LETTERS = 100_000
"""Letters in one cell; whoever has more has lost a quotation mark."""
DELIMITERS = (",", ";", "\t")
LAST_RESORT = "cp1250"
"""What Romanian spreadsheets write when they do not write Unicode."""
NAMES = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32", "cp1250": "windows-1250"}
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
LOOKED_AT = 20


@dataclass(frozen=True)
class Table:
    """A header and the rows under it; `read_as` says how the file was understood, for the report."""

    header: tuple[str, ...]
    lines: tuple[Line, ...]
    read_as: str


def read_table(content: bytes, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> Table:
    """The table in a file. What is not said (`encoding`, `delimiter`, `sheet`) is found out.

    Raises RuleError: table_empty, table_too_large, table_old_excel, table_binary, table_encoding, table_quotes,
    table_no_rows, table_too_many_rows, and those of `read_sheet`.
    """
    if not content.strip(b" \r\n\t\x00"):
        raise RuleError("table_empty")
    if len(content) > MOST_BYTES:
        raise RuleError("table_too_large", {"most": MOST_BYTES // 1_000_000})
    if content.startswith(OLD_EXCEL):
        raise RuleError("table_old_excel")
    if looks_like_xlsx(content):
        lines, title = read_sheet(content, sheet, MOST_ROWS)
        return _table(lines, f"XLSX, {title}")
    text, read_as = decoded(content, encoding)
    mark = delimiter or found_delimiter(text)
    lines = tuple(_lines(text, mark))
    name = {",": "comma", ";": "semicolon", "\t": "tab"}.get(mark, mark)
    return _table(lines, f"{read_as}, {name}")


def _table(lines: tuple[Line, ...], read_as: str) -> Table:
    filled = [line for line in lines if any(line.cells) or line.problems]
    if len(filled) < 2:
        raise RuleError("table_no_rows")
    if len(filled) > MOST_ROWS + 1:
        raise RuleError("table_too_many_rows", {"most": MOST_ROWS})
    header = filled[0].cells
    while header and not header[-1]:
        header = header[:-1]
    return Table(header, tuple(_fitted(line, len(header)) for line in filled[1:]), read_as)


def _fitted(line: Line, width: int) -> Line:
    """A row as wide as its header. Empty cells at the end come and go; filled ones beyond the header are a mistake."""
    cells, rest = line.cells[:width], line.cells[width:]
    problems = line.problems
    if any(rest):
        problems = (*problems, Remark("row_too_wide", {"cells": len(line.cells), "columns": width}))
    if any(len(cell) > MOST_LETTERS for cell in cells):
        problems = (*problems, Remark("row_cell_too_long", {"most": MOST_LETTERS}))
    return Line(line.number, (*cells, *[""] * (width - len(cells))), problems)


def decoded(content: bytes, encoding: str = "") -> tuple[str, str]:
    """Text and its encoding: as said, by its mark, else UTF-16 or UTF-8 where it fits, else windows-1250."""
    candidate = encoding or _by_mark(content)
    for name in [candidate] if candidate else ["utf-8", LAST_RESORT]:
        try:
            text = content.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if "\x00" in text or _is_noise(text):
            raise RuleError("table_binary")
        return text.lstrip("\ufeff"), NAMES.get(name, name)
    raise RuleError("table_encoding", {"encoding": NAMES.get(candidate, candidate) or "UTF-8"})


def _by_mark(content: bytes) -> str:
    """The encoding that the first bytes announce, or that the empty halves of UTF-16 letters betray; else ""."""
    if content.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if content.startswith(UTF_32):
        return "utf-32"
    if content.startswith(UTF_16):
        return "utf-16"
    sample = content[:2000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        halves = sample[offset::2]
        if len(halves) > 4 and halves.count(0) > len(halves) * 0.7 and sample[1 - offset :: 2].count(0) == 0:
            return name
    return ""


def _is_noise(text: str) -> bool:
    """Whether a decoded text is no text: control characters that no table holds."""
    sample = text[:4000]
    odd = sum(1 for letter in sample if letter < " " and letter not in "\t\r\n\x0b\x0c\x1a")
    return odd * 50 > len(sample)


def found_delimiter(text: str) -> str:
    """The mark between cells: named in a first line `sep=;`, else the one that splits the rows most evenly."""
    first = text.lstrip().splitlines()[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4]
    return max(DELIMITERS, key=lambda mark: _evenness(text, mark))


def _evenness(text: str, mark: str) -> tuple[int, int]:
    """(rows as wide as the header, its width); a mark that does not split is worth nothing."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    widths = []
    try:
        for row in reader:
            widths.append(len(row))
            if len(widths) > LOOKED_AT:
                break
    except csv.Error:
        pass
    if not widths or widths[0] < 2:
        return 0, 0
    return sum(1 for width in widths if width == widths[0]), widths[0]


def _lines(text: str, mark: str) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, start=1):
            if number == 1 and len(row) <= 2 and row and row[0].lower().startswith("sep="):
                continue
            if number > MOST_ROWS * 2:
                raise RuleError("table_too_many_rows", {"most": MOST_ROWS})
            yield Line(number, tuple(cell.strip() for cell in row), ())
    except csv.Error as error:
        raise RuleError("table_quotes", {"row": number + 1}) from error
