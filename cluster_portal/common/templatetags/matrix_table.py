"""The capability matrix, a table of two vocabularies whose cells are half-discs, marks or checkboxes."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cluster_portal.common import drawings
from cluster_portal.common.templatetags.drawing import draw, kept, picked


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
    """What a cell shows: its two halves as paths, its accessible name, and the cell itself."""

    left: str
    right: str
    name: str
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
    lines = tuple((str(label), tuple(Cell(*picked(cell, Cell._fields)) for cell in cells)) for label, cells in rows)
    return kept_matrix(get_language(), titles, lines, str(caption), str(corner), kind, name)


@kept
def kept_matrix(
    language: str | None,
    columns: tuple[tuple[str, str], ...],
    rows: tuple[tuple[str, tuple[Cell, ...]], ...],
    caption: str,
    corner: str,
    kind: str,
    name: str,
) -> SafeString:
    counts = [int(half or 0) for _label, cells in rows for cell in cells for half in (cell.civil, cell.defence)]
    largest = max(counts, default=0)
    drawn = [
        (label, [shown(label, column, cell, largest) for (_short, column), cell in zip(columns, cells, strict=True)])
        for label, cells in rows
    ]
    joined = {"count": counted, "plain": marked}.get(kind)
    filled = [(label, SafeString("".join(map(joined, cells)))) for label, cells in drawn] if joined else drawn
    return draw(f"matrix_{kind}", columns=columns, rows=filled, caption=caption, corner=corner, kind=kind, name=name)


def counted(drawn: Drawn) -> str:
    """A cell of counts, joined from strings: a search draws half a hundred that no page has shown before."""
    cell, name = drawn.cell, escape(drawn.name)
    if not (drawn.left or drawn.right):
        return '<td><span class="cell cell--none"><span class="num">0</span></span></td>'
    inside = f'{discs(drawn)}<span class="num">{cell.total}</span>'
    if not cell.href:
        return f'<td><span class="cell" role="img" aria-label="{name}">{inside}</span></td>'
    current = ' aria-current="true"' if cell.current else ""
    return f'<td><a class="cell" href="{escape(cell.href)}"{current} aria-label="{name}">{inside}</a></td>'


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
    left = f'<path class="side-civil" d="{drawn.left}"/>' if drawn.left else ""
    right = f'<path class="side-defence" d="{drawn.right}"/>' if drawn.right else ""
    return f'<svg viewBox="0 0 32 32" aria-hidden="true">{left}{right}</svg>'


def shown(row: str, column: str, cell: Cell, largest: int) -> Drawn:
    """Draw one cell and put it into words."""
    civil, defence, total = int(cell.civil or 0), int(cell.defence or 0), int(cell.total or 0)
    left, right = drawings.half_discs(civil, defence, largest)
    words = ngettext(
        "%(row)s, %(column)s: %(total)d member; civil side %(civil)d, defence side %(defence)d",
        "%(row)s, %(column)s: %(total)d members; civil side %(civil)d, defence side %(defence)d",
        total,
    )
    values = {"row": row, "column": column, "total": total, "civil": civil, "defence": defence}
    return Drawn(left, right, words % values, column, cell)
