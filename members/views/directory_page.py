"""The page of the directory: addresses of every choice, cards of members, chips and the matrix."""

from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.common.templatetags.matrix_table import Cell
from cluster_portal.common.templatetags.matrix_table import matrix as draw_matrix
from members.queries.directory import Found
from members.queries.facets import CellCount
from members.views.directory_cards import cards_of
from members.views.directory_panel import facets_of, hidden_fields


@dataclass(frozen=True)
class Link:
    """A word that leads to another view of the same members."""

    label: str
    href: str
    current: bool = False


class Addresses:
    """Addresses that differ from this page in one thing; they never keep the place in the list."""

    def __init__(self, found: Found) -> None:
        self.base = reverse("members:directory")
        self.found = found
        self.usual = "relevance" if found.searching else "name"
        self.pairs = [("q", found.text)] if found.text else []
        self.chosen = [(group, code) for group, codes in found.chosen.items() for code in codes]
        self.asked = urlencode([*self.pairs, *self.chosen])
        self.sort = [("sort", found.order)] if found.order != self.usual else []

    def _to(self, asked: str, *pairs: tuple[str, str]) -> str:
        query = "&".join(filter(None, (asked, urlencode(pairs) if pairs else "")))
        return f"{self.base}?{query}" if query else self.base

    def _asked_without(self, dropped: Container[tuple[str, str]]) -> str:
        return urlencode([*self.pairs, *(pair for pair in self.chosen if pair not in dropped)])

    def without(self, *dropped: tuple[str, str]) -> str:
        return self._to(self._asked_without(dropped) if dropped else self.asked, *self.sort)

    def cells(self) -> tuple[str, str]:
        """The page without a crossing of the matrix, and the same ready for one more parameter."""
        address = self.without(*(pair for pair in self.chosen if pair[0] == "cell"))
        return address, f"{address}{'&' if '?' in address else '?'}cell="

    def of_page(self, query: QueryDict) -> str:
        """This page's own address, without what is empty or unknown."""
        name = next((name for name in ("before", "after") if query.get(name)), "")
        return self.at(query.get(name, ""), name) if name else self.without()

    def at(self, edge: str, name: str) -> str:
        return self._to(self.asked, *self.sort, (name, edge)) if edge else ""

    def sorted_by(self, order: str) -> str:
        return self._to(self.asked) if order == self.usual else self._to(self.asked, ("sort", order))

    def export(self) -> str:
        return reverse("members:directory-export") + (f"?{self.asked}" if self.asked else "")


def page_of(found: Found) -> dict[str, Any]:
    """The context of the template; made once for a page that is remembered."""
    if not found.drawn:
        found.drawn.update(_drawn(found))
    return {**found.drawn}


def _drawn(found: Found) -> dict[str, Any]:
    addresses = Addresses(found)
    return {
        "found": found,
        "heading": heading(found),
        "cards": cards_of(found.rows, addresses.base),
        "chips": [(label, addresses.without(pair)) for pair, label in found.panel.labels.items()],
        "clear": addresses.base,
        "addresses": addresses,
        "orders": [Link(str(label), addresses.sorted_by(name), name == found.order) for name, label in orders(found)],
        "facets": facets_of(found.panel, found.unfolded, addresses.without()),
        "in_use": len(addresses.chosen),
        "hidden": hidden_fields(found, addresses.sort),
        "matrix": matrix_of(found, addresses),
        "earlier": addresses.at(found.earlier, "before"),
        "later": addresses.at(found.later, "after"),
        "last": found.first + len(found.rows) - 1,
        "export": addresses.export(),
        "instead": " ".join(found.instead),
    }


def heading(found: Found) -> str:
    """The count, which is the heading of the results."""
    if found.total == found.everyone:
        return ngettext("%(total)d member", "%(total)d members", found.total) % {"total": found.total}
    words = ngettext("%(total)d of %(everyone)d member", "%(total)d of %(everyone)d members", found.everyone)
    return words % {"total": found.total, "everyone": found.everyone}


def orders(found: Found) -> list[tuple[str, str]]:
    usual = [("name", _("name")), ("newest", _("newest member")), ("maturity", _("maturity"))]
    return [("relevance", _("relevance")), *usual] if found.searching else usual


@lru_cache(maxsize=1024)
def quoted(code: str) -> str:
    return quote(code, safe="")


def matrix_of(found: Found, addresses: Addresses) -> SafeString | str:
    """The matrix with a link in every cell that has members; the chosen one leads back."""
    grid = found.panel.grid
    if grid is None:
        return ""
    without, prefix = addresses.cells()

    def shown(cell: CellCount | None) -> Cell:
        if cell is None or not cell.total:
            return Cell()
        href = without if cell.current else prefix + quoted(cell.code)
        return Cell(cell.civil, cell.defence, cell.total, href, cell.current)

    titles = [label for label, _cells in grid.rows]
    rows = [(title, [shown(cell) for cell in cells]) for title, cells in zip(titles, found.panel.cells, strict=True)]
    return draw_matrix(grid.columns, rows, grid.title, grid.title)
