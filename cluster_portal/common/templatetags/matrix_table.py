"""The capability matrix, a table of two vocabularies whose cells are half-discs, marks or checkboxes."""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from html import escape
from typing import Any, NamedTuple

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cluster_portal.common import drawings
from cluster_portal.common.templatetags.drawing import draw, kept, picked

CELLS = "«cells»"  # stands in a remembered table where the cells of a row go


class Cell(NamedTuple):
    """What a cell is given; which of these count depends on the kind of the matrix."""

    civil: int | None = None
    defence: int | None = None
    total: int | None = None
    href: str | None = None
    current: bool | None = None
    value: str | None = None
    checked: bool | None = None


class Drawn(NamedTuple):
    """What a cell shows: its two halves as paths, and the cell itself with the names of its row and column."""

    left: str
    right: str
    row: str
    column: str
    cell: Cell


def matrix(
    columns: Sequence[Any],
    rows: Iterable[Any],
    caption: object,
    corner: object = "",
    kind: str = "count",
    name: str = "cell",
) -> SafeString:
    """A table of two vocabularies. `columns`: (short, long) pairs; `rows`: (label, cells) pairs.

    `kind` says what a cell is: `count` reads civil, defence, total, href, current (half-discs and a figure);
    `plain` reads civil, defence as yes or no; `tick` reads value, checked (a checkbox called `name`).
    A cell is a dict or an object; missing keys count as nothing.
    """
    titles = tuple((str(short), str(long)) for short, long in columns)
    lines = [(str(label), [cell_of(cell) for cell in cells]) for label, cells in rows]
    largest = max((half or 0 for _label, cells in lines for cell in cells for half in cell[:2]), default=0)
    drawn = [
        (label, [shown(label, long, cell, largest) for (_short, long), cell in zip(titles, cells, strict=True)])
        for label, cells in lines
    ]
    ways: dict[str, Callable[[Drawn], str]] = {"count": partial(counted, get_language()), "plain": marked}
    joined = ways.get(kind)
    if joined is None:
        return frame(titles, drawn, str(caption), str(corner), kind, name)
    around = kept_frame(
        get_language(), titles, tuple(label for label, _cells in drawn), str(caption), str(corner), kind
    )
    pieces = [around[0]]
    for (_label, cells), after in zip(drawn, around[1:], strict=True):
        pieces += [*map(joined, cells), after]
    return SafeString("".join(pieces))


def cell_of(source: Any) -> Cell:
    return source if isinstance(source, Cell) else Cell(*picked(source, Cell._fields))


def frame(columns: Any, rows: Any, caption: str, corner: str, kind: str, name: str = "") -> SafeString:
    return draw(f"matrix_{kind}", columns=columns, rows=rows, caption=caption, corner=corner, kind=kind, name=name)


@kept
def kept_frame(
    language: str | None,
    columns: tuple[tuple[str, str], ...],
    labels: tuple[str, ...],
    caption: str,
    corner: str,
    kind: str,
) -> tuple[str, ...]:
    """The table around the cells, cut where those of each row belong: they differ from page to page, it does not."""
    rows = [(label, SafeString(CELLS)) for label in labels]
    return tuple(frame(columns, rows, caption, corner, kind).split(CELLS))


def counted(language: str | None, drawn: Drawn) -> str:
    """A cell of counts, joined from strings: a search draws half a hundred that no page has shown before."""
    cell = drawn.cell
    if not (drawn.left or drawn.right):
        return '<td><span class="cell cell--none">0</span></td>'
    total, civil, defence = cell.total or 0, cell.civil or 0, cell.defence or 0
    row, column = escaped(drawn.row), escaped(drawn.column)
    name = sentence(language, total) % {
        "row": row, "column": column, "total": total, "civil": civil, "defence": defence
    }  # fmt: skip
    inside = f"{discs(drawn)}{total}"
    if not cell.href:
        return f'<td><span class="cell" role="img" aria-label="{name}">{inside}</span></td>'
    current = ' aria-current="true"' if cell.current else ""
    return f'<td><a class="cell" href="{escape(cell.href)}"{current} aria-label="{name}">{inside}</a></td>'


@lru_cache(maxsize=1024)
def sentence(language: str | None, total: int) -> str:
    """What a cell of counts says, in the plural that the total asks for; escaped, as what is put into it must be."""
    words = ngettext(
        "%(row)s, %(column)s: %(total)d member; civil side %(civil)d, defence side %(defence)d",
        "%(row)s, %(column)s: %(total)d members; civil side %(civil)d, defence side %(defence)d",
        total,
    )
    return escape(words)


@lru_cache(maxsize=1024)
def escaped(label: str) -> str:
    """The name of a row or a column: the same few on every page."""
    return escape(label)


def marked(drawn: Drawn) -> str:
    """A cell that says on which sides, joined from strings as well: every member has a matrix of its own."""
    if not (drawn.left or drawn.right):
        word = _("no")
        inside = f'<span aria-hidden="true">·</span><span class="hidden">{escape(word)}</span>'
        return f'<td><span class="cell cell--none">{inside}</span></td>'
    if drawn.left and drawn.right:
        word = _("yes, on both sides")
    else:
        word = _("yes, on the civil side") if drawn.left else _("yes, on the defence side")
    return f'<td><span class="cell">{discs(drawn)}<span class="hidden">{escape(word)}</span></span></td>'


def discs(drawn: Drawn) -> str:
    """Whole circles around the middle of the cell: the style sheet shows the half of each that is its side's."""
    left = f'<circle class="side-civil" r="{drawn.left}"/>' if drawn.left else ""
    right = f'<circle class="side-defence" r="{drawn.right}"/>' if drawn.right else ""
    return f'<svg viewBox="-16 -16 32 32" aria-hidden="true">{left}{right}</svg>'


def shown(row: str, column: str, cell: Cell, largest: int) -> Drawn:
    """Draw one cell."""
    return Drawn(*drawings.half_discs(cell.civil or 0, cell.defence or 0, largest), row, column, cell)
