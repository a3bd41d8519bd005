"""Expands the vocabulary of a preset: nested trees and row-by-column grids become one list of tags."""

import re

from members.rules.preset_reading import CODE, CODE_HINT, Table, did_you_mean, report_repeats
from members.rules.preset_shapes import LIMITS, MATURITY, Axis, AxisItem, Matrix, Tag

MAX_DEPTH = 4  # levels under a root that people can still survey on one page
FORMS = ("", "_lower", "_short", "_code")
CELL_WORDS = tuple(f"{axis}{form}" for axis in ("row", "column") for form in FORMS)
WORD = re.compile(r"\{([^{}]*)\}")  # {row}, {column_short}, … in the patterns of a grid

Grown = tuple[Table, Tag]  # a tag and the table that made it, for the place of a mistake


def read_axes(top: Table) -> tuple[Axis, ...]:
    """The axes that grids are made of, in their order of display."""
    tables = top.tables("axes", required=False)
    report_repeats(tables)
    return tuple(_axis(table) for table in tables)


def _axis(table: Table) -> Axis:
    items = table.tables("items")
    report_repeats(items)
    axis = Axis(table.code(), *table.both("name"), items=tuple(_axis_item(item) for item in items))
    table.finish()
    return axis


def _axis_item(table: Table) -> AxisItem:
    name = table.both("name", limit=LIMITS["tag_name"])
    short = table.both("short", limit=LIMITS["tag_name"], default=name)
    item = AxisItem(table.code(), *name, *short)
    table.finish()
    return item


def read_vocabulary(top: Table, axes: tuple[Axis, ...]) -> tuple[Tag, ...]:
    """All tags, tree by tree, parents before children. Codes are unique in the whole preset."""
    grown = [pair for table in top.tables("vocabulary") for pair in _root(table, axes)]
    places: dict[str, str] = {}
    for place, tag in grown:
        if tag.code in places:
            other = places[tag.code]
            place.wrong("code", f"“{tag.code}” is already the code of {other}; give each tag its own")
        elif tag.code:
            places[tag.code] = place.place
    return tuple(tag for _, tag in grown)


def _root(table: Table, axes: tuple[Axis, ...]) -> list[Grown]:
    code = table.code()
    scored = table.flag("scored", default=True)
    root = Tag(code, *_names(table), code, None, _aliases(table), scored)
    grown = [(table, root)]
    if table.has("grid"):
        grown += _grid(table.table("grid"), root, axes)
    grown += _children(table, root, depth=1)
    if len(grown) == 1:
        table.wrong("", "has no tags; write children = […] or a grid")
    table.finish()
    return grown


def _names(table: Table) -> tuple[str, str]:
    return table.both("name", limit=LIMITS["tag_name"])


def _aliases(table: Table) -> tuple[str, ...]:
    return table.texts("aliases", limit=LIMITS["alias"], required=False)


def _children(table: Table, parent: Tag, depth: int) -> list[Grown]:
    grown: list[Grown] = []
    for child in table.tables("children", required=False):
        tag = Tag(child.code(), *_names(child), parent.root, parent.code, _aliases(child), parent.scored)
        if depth > MAX_DEPTH:
            child.wrong("", f"is level {depth} under its root; a vocabulary has at most {MAX_DEPTH}")
        grown += [(child, tag), *_children(child, tag, depth + 1)]
        child.finish()
    return grown


def _grid(table: Table, root: Tag, axes: tuple[Axis, ...]) -> list[Grown]:
    """One tag for every item of the parents' axis and, under it, one for every crossing with the other."""
    by_code = {axis.code: axis for axis in axes}
    rows = by_code.get(table.choice("rows", by_code))
    columns = by_code.get(table.choice("columns", by_code))
    by_rows = table.choice("parents", ("rows", "columns")) == "rows"
    patterns = tuple(_pattern(table, key) for key in ("code", "name_ro", "name_en"))
    table.finish()
    if rows is None or columns is None:
        return []
    grown: list[Grown] = []
    for outer in (rows if by_rows else columns).items:
        parent = Tag(outer.code, outer.name_ro, outer.name_en, root.code, root.code, (), root.scored)
        grown.append((table, parent))
        for inner in (columns if by_rows else rows).items:
            row, column = (outer, inner) if by_rows else (inner, outer)
            grown.append((table, _cell(table, patterns, row, column, parent)))
    return grown


def _pattern(table: Table, key: str) -> str:
    pattern = table.text(key)
    for word in WORD.findall(pattern):
        if word not in CELL_WORDS:
            known = ", ".join(CELL_WORDS)
            table.wrong(key, f"has {{{word}}}; the words are: {known}{did_you_mean(word, CELL_WORDS)}")
    return pattern


def _cell(table: Table, patterns: tuple[str, ...], row: AxisItem, column: AxisItem, parent: Tag) -> Tag:
    romanian, english = _words(row, column, english=False), _words(row, column, english=True)
    code = _filled(patterns[0], romanian)
    name_ro, name_en = _filled(patterns[1], romanian), _filled(patterns[2], english)
    if code and not re.fullmatch(CODE, code):
        table.wrong("code", f"makes “{code}”; {CODE_HINT}")
    for key, name in (("name_ro", name_ro), ("name_en", name_en)):
        if len(name) > LIMITS["tag_name"]:
            table.wrong(key, f"makes “{name}”, {len(name)} characters; the most is {LIMITS['tag_name']}")
    return Tag(code, name_ro, name_en, parent.root, parent.code, (), parent.scored, row.code, column.code)


def _filled(pattern: str, words: dict[str, str]) -> str:
    return WORD.sub(lambda word: words.get(word[1], ""), pattern)


def _words(row: AxisItem, column: AxisItem, *, english: bool) -> dict[str, str]:
    words: dict[str, str] = {}
    for key, item in (("row", row), ("column", column)):
        name = item.name_en if english else item.name_ro
        words |= {key: name, f"{key}_lower": _lower_first(name), f"{key}_code": item.code}
        words |= {f"{key}_short": item.short_en if english else item.short_ro}
    return words


def _lower_first(name: str) -> str:
    """The name as it reads after a colon: "Detection" becomes "detection", "EOD" stays."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def read_matrix(top: Table, axes: tuple[Axis, ...], vocabulary: tuple[Tag, ...]) -> Matrix:
    """The matrix of the pages; its axes must be those of a grid, in the same order, or a root by maturity."""
    table = top.table("matrix")
    matrix = Matrix(table.text("rows"), table.text("columns"), *table.both("title"))
    table.finish()
    if matrix.columns == MATURITY:
        roots = [tag.code for tag in vocabulary if tag.parent is None]
        if matrix.rows and matrix.rows not in roots:
            offered = ", ".join(roots)
            table.wrong("rows", f"is “{matrix.rows}”; beside “{MATURITY}” write a root: {offered}")
        return matrix
    items = {axis.code: {item.code for item in axis.items} for axis in axes}
    rows, columns = items.get(matrix.rows, set()), items.get(matrix.columns, set())
    named = matrix.rows and matrix.columns
    if named and not any(tag.row in rows and tag.column in columns for tag in vocabulary):
        table.wrong("", f"no grid of the vocabulary has rows “{matrix.rows}” and columns “{matrix.columns}”")
    return matrix
