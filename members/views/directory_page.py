"""The page of the directory: addresses of every choice, cards of members, chips and the matrix."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster_portal.common.templatetags.ui import role, side, trl
from members.queries.directory import Found, Row
from members.views.directory_panel import facets_of, hidden_fields

OFFERS_NAMED = 3
NEEDS_NAMED = 2


@dataclass(frozen=True)
class Card:
    """A member in the list, drawn."""

    href: str
    name: str
    side: SafeString
    role: SafeString
    where: str
    can: str
    trl: SafeString
    seeks: str


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
        self.sort = [("sort", found.order)] if found.order != self.usual else []

    def _to(self, pairs: list[tuple[str, str]]) -> str:
        return f"{self.base}?{urlencode(pairs)}" if pairs else self.base

    def without(self, *dropped: tuple[str, str]) -> str:
        return self._to([*self.pairs, *(pair for pair in self.chosen if pair not in dropped), *self.sort])

    def cells(self) -> tuple[str, str]:
        """The page without a crossing of the matrix, and the same ready for one more parameter."""
        rest = [*self.pairs, *(pair for pair in self.chosen if pair[0] != "cell"), *self.sort]
        address = self._to(rest)
        return address, f"{address}{'&' if rest else '?'}cell="

    def at(self, edge: str, name: str) -> str:
        return self._to([*self.pairs, *self.chosen, *self.sort, (name, edge)]) if edge else ""

    def sorted_by(self, order: str) -> str:
        pairs = [*self.pairs, *self.chosen]
        return self._to(pairs if order == self.usual else [*pairs, ("sort", order)])

    def export(self) -> str:
        query = urlencode([*self.pairs, *self.chosen])
        return reverse("members:directory-export") + (f"?{query}" if query else "")


def page_of(found: Found) -> dict[str, Any]:
    """The context of the template."""
    addresses = Addresses(found)
    return {
        "found": found,
        "heading": heading(found),
        "cards": [card(row, addresses.base) for row in found.rows],
        "chips": [(label, addresses.without(pair)) for pair, label in found.panel.labels.items()],
        "clear": addresses.base,
        "orders": [Link(str(label), addresses.sorted_by(name), name == found.order) for name, label in orders(found)],
        "facets": facets_of(found.panel.facets),
        "in_use": len(addresses.chosen),
        "hidden": hidden_fields(found, addresses.sort),
        "grid": found.panel.grid,
        "grid_rows": grid_rows(found, addresses),
        "earlier": addresses.at(found.earlier, "before"),
        "later": addresses.at(found.later, "after"),
        "last": found.first + len(found.rows) - 1,
        "export": addresses.export(),
        "instead": " ".join(found.instead),
    }


def heading(found: Found) -> str:
    """The count, which is the heading of the results."""
    if found.capped:
        return _("More than %(total)s members") % {"total": found.total}
    if found.total == found.everyone:
        return ngettext("%(total)d member", "%(total)d members", found.total) % {"total": found.total}
    words = ngettext("%(total)d of %(everyone)d member", "%(total)d of %(everyone)d members", found.everyone)
    return words % {"total": found.total, "everyone": found.everyone}


def orders(found: Found) -> list[tuple[str, str]]:
    usual = [("name", _("name")), ("newest", _("newest member")), ("maturity", _("maturity"))]
    return [("relevance", _("relevance")), *usual] if found.searching else usual


def card(row: Row, base: str) -> Card:
    where = [row.subtype, row.place or row.area]
    if row.place and row.place != row.area:
        where.append(row.area)
    return Card(
        f"{base}{row.slug}/",
        row.name,
        side(row.side),
        role(row.helix_role),
        ", ".join(part for part in where if part),
        named(row.offers, OFFERS_NAMED) or row.summary,
        trl(row.trl, _("up to")),
        _("Looks for: %(needs)s") % {"needs": named(row.needs, NEEDS_NAMED)} if row.needs else "",
    )


def named(names: list[str], most: int) -> str:
    """The first names, and how many more there are."""
    if len(names) <= most + 1:
        return " · ".join(names)
    more = len(names) - most
    return " · ".join(names[:most]) + " " + ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more}


def grid_rows(found: Found, addresses: Addresses) -> list[tuple[str, list[dict[str, Any]]]]:
    """The matrix with a link in every cell that has members; the chosen one leads back."""
    if found.panel.grid is None:
        return []
    without, prefix = addresses.cells()
    return [
        (
            label,
            [
                {
                    "civil": cell.civil,
                    "defence": cell.defence,
                    "total": cell.total,
                    "current": cell.current,
                    "href": (without if cell.current else prefix + cell.code.replace(":", "%3A")) if cell.total else "",
                }
                if cell
                else {}
                for cell in cells
            ],
        )
        for (label, _cells), cells in zip(found.panel.grid.rows, found.panel.cells, strict=True)
    ]
