"""The capability matrix that the cluster chose: either the crossings of two axes, or a tree by maturity."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.queries.vocabulary import Vocabulary

MATURITY = "maturity"
BANDS: dict[int, tuple[Promise, Promise]] = {
    1: (_("1–3"), _("Research, TRL 1–3")),
    2: (_("4–6"), _("Development, TRL 4–6")),
    3: (_("7–9"), _("Deployment, TRL 7–9")),
}


@dataclass(frozen=True)
class Cell:
    """One crossing: its code in addresses, the tag it stands for, and the band when columns are maturity."""

    code: str
    tag: int
    band: int
    label: str


@dataclass(frozen=True)
class Grid:
    """The matrix in the language of the reader; a crossing without a tag is None."""

    title: str
    by_maturity: bool
    columns: list[tuple[str, str]]
    rows: list[tuple[str, list[Cell | None]]]

    def cells(self) -> dict[str, Cell]:
        return {cell.code: cell for _label, cells in self.rows for cell in cells if cell}


class Memory:
    """The grid as this process last made it in each language, with what it was made of."""

    known: ClassVar[dict[str, tuple[Mapping[str, Any], Vocabulary, Grid | None]]] = {}


def grid_of(matrix: Mapping[str, Any], words: Vocabulary) -> Grid | None:
    """The grid that Cluster.matrix describes; None when it names what the vocabulary does not have.

    Made once for a matrix and a vocabulary as they were read: both are kept, and replaced when they change.
    """
    language = get_language() or ""
    known = Memory.known.get(language)
    if known is None or known[0] is not matrix or known[1] is not words:
        known = Memory.known[language] = (matrix, words, _grid(matrix, words))
    return known[2]


def _grid(matrix: Mapping[str, Any], words: Vocabulary) -> Grid | None:
    if not matrix:
        return None
    title = _text(matrix, "title")
    if matrix["columns"] == MATURITY:
        root = words.by_code.get(matrix["rows"])
        return _by_maturity(title, words, root.pk) if root else None
    axes = {axis["code"]: axis for axis in matrix["axes"]}
    if not {matrix["rows"], matrix["columns"]} <= axes.keys():
        return None
    return _by_axes(title, words, axes[matrix["rows"]]["items"], axes[matrix["columns"]]["items"])


def _by_maturity(title: str, words: Vocabulary, root: int) -> Grid:
    columns = [(str(short), str(long)) for short, long in BANDS.values()]
    rows: list[tuple[str, list[Cell | None]]] = []
    for tag in words.children.get(root, []):
        names = [f"{tag.name}, {long}" for _short, long in columns]
        rows.append(
            (
                tag.name,
                [Cell(f"{tag.code}:{band}", tag.pk, band, name) for band, name in zip(BANDS, names, strict=True)],
            )
        )
    return Grid(title, True, columns, rows)


def _by_axes(title: str, words: Vocabulary, down: list[dict[str, str]], across: list[dict[str, str]]) -> Grid:
    crossings = {(tag.row, tag.column): tag for tag in words.tags.values() if tag.row and tag.column}
    columns = [(_text(item, "short"), _text(item, "name")) for item in across]
    rows: list[tuple[str, list[Cell | None]]] = []
    for item in down:
        tags = [crossings.get((item["code"], other["code"])) for other in across]
        label = _text(item, "short")
        cells = [
            Cell(tag.code, tag.pk, 0, f"{label}, {column.lower()}") if tag else None
            for tag, (_short, column) in zip(tags, columns, strict=True)
        ]
        rows.append((label, cells))
    return Grid(title, False, columns, rows)


def _text(item: Mapping[str, str], name: str) -> str:
    first, second = ("ro", "en") if get_language() == "ro" else ("en", "ro")
    return item.get(f"{name}_{first}") or item.get(f"{name}_{second}") or ""
