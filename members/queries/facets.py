"""The filters of the directory: which codes an address may name, what they mean to bitmaps, and counts."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from cluster_portal.common.context import current_cluster
from members.enums import County, HelixRole, Side, SizeClass
from members.queries.matrix import BANDS, Cell, Grid, grid_of
from members.queries.shelves import Bits, Shelf, Shelves
from members.rules.text import fold

Chosen = dict[str, dict[str, object]]
"""Facet -> code in the address -> value in the bitmaps."""

MATURITY = {"research": 1, "development": 2, "deployment": 3}
FACETS: dict[str, Promise] = {
    "side": _("Side"),
    "role": _("Helix role"),
    "maturity": _("Maturity"),
    "can": _("Capability"),
    "sector": _("Sector"),
    "area": _("County or country"),
    "size": _("Size"),
    "needs": _("Looks for"),
    "cell": _("Matrix"),
}
MOST_CODES = 40


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """A value that a facet offers; there is one object of it in each language until the directory changes."""

    code: str
    label: str
    bits: Bits


class Option(NamedTuple):
    """A choice with the members that it would leave."""

    choice: Choice
    members: int
    checked: bool


@dataclass(frozen=True)
class Branch:
    """Options under one root of the vocabulary; without a title they stand by themselves.

    They are counted when they are drawn: long lists stay folded.
    """

    title: str
    choices: list[Choice]
    left: Bits
    chosen: Container[str]

    @property
    def used(self) -> bool:
        return any(choice.code in self.chosen for choice in self.choices)

    @cached_property
    def options(self) -> list[Option]:
        left = self.left
        return [Option(one, (one.bits & left).bit_count(), one.code in self.chosen) for one in self.choices]


class CellCount(NamedTuple):
    """A crossing of the matrix: members on each side (dual ones on both) and in all."""

    code: str
    civil: int
    defence: int
    total: int
    current: bool


@dataclass(frozen=True)
class Panel:
    """Everything beside the results: facets in the order of FACETS, the matrix, the labels of what is chosen."""

    facets: dict[str, list[Branch]]
    grid: Grid | None
    cells: list[list[CellCount | None]]
    labels: dict[tuple[str, str], str]


class Catalogue:
    """What can be chosen on one shelf, in the language of the reader; `pages` and `rows`: those shown so far."""

    def __init__(self, state: Shelves, audience: str) -> None:
        self.shelf: Shelf = state.by_audience[audience]
        self.words = state.words
        cluster = current_cluster()
        self.grid = grid_of(cluster.matrix, self.words) if cluster else None
        self.cells = self.grid.cells() if self.grid else {}
        self.pages: dict[tuple[object, ...], Any] = {}
        self.rows: dict[int, Any] = {}

    def chosen(self, asked: Mapping[str, tuple[str, ...]]) -> Chosen:
        """The codes that exist. Others, and groups that this audience sees nothing of, are as if not asked for."""
        found: Chosen = {}
        for group in FACETS:
            codes = asked.get(group, ())[:MOST_CODES]
            values = {code: value for code in codes if (value := self.value(group, code)) is not None}
            if values and (group in ("side", "role") or self.bits(group)):
                found[group] = values
        return found

    def value(self, group: str, code: str) -> object:
        """What a code of an address is in the bitmaps; None when there is no such code."""
        if group in ("can", "needs"):
            tag = self.words.by_code.get(code)
            return tag.pk if tag else None
        if group == "cell":
            cell = self.cells.get(code)
            return (cell.tag * 4 + cell.band if cell.band else cell.tag) if cell else None
        if group == "maturity":
            return MATURITY.get(code)
        known = {"side": Side.values, "role": HelixRole.values, "size": SizeClass.values, "sector": self.words.sectors}
        if group == "area":
            county = code.removeprefix("RO-")
            return code if (county in County.values if county != code else code in countries) else None
        return code if code in known[group] else None

    def bits(self, group: str) -> dict[object, Bits]:
        """The bitmaps of a facet."""
        if group == "cell":
            return self.shelf.values["cell" if self.grid and self.grid.by_maturity else "can"]
        return self.shelf.values["band" if group == "maturity" else group]

    def label(self, group: str, code: str) -> str:
        """A code in words, for chips and options."""
        if group in ("can", "needs"):
            return self.words.by_code[code].name
        if group == "cell":
            return self.cells[code].label
        if group == "maturity":
            return str(BANDS[MATURITY[code]][1])
        if group == "area":
            county = code.removeprefix("RO-")
            return str(County(county).label) if county != code else str(countries.name(code))
        if group == "sector":
            return self.words.sectors[code].name
        return str({"side": Side, "role": HelixRole, "size": SizeClass}[group](code).label)

    @cached_property
    def areas(self) -> dict[str, str]:
        """The counties and countries of members in words."""
        return {str(code): self.label("area", str(code)) for code in self.bits("area")}

    @cached_property
    def offered(self) -> dict[str, list[tuple[str, list[Choice]]]]:
        """What each facet offers: (title, choices) pairs. Facets of which this audience sees nothing are left out."""
        every = {group: self._offered(group) for group in FACETS if group not in ("needs", "cell")}
        return {group: branches for group, branches in every.items() if branches}

    def _offered(self, group: str) -> list[tuple[str, list[Choice]]]:
        bits = self.bits(group)
        branches = [
            (title, [Choice(code, self.label(group, code), bits.get(self.value(group, code), 0)) for code in codes])
            for title, codes in self._codes(group, bits)
        ]
        return [(title, choices) for title, choices in branches if choices]

    def _codes(self, group: str, present: dict[object, Bits]) -> list[tuple[str, list[str]]]:
        if group == "can":
            used = {
                root: [tag for tag in self.words.children.get(root.pk, []) if tag.pk in present]
                for root in self.words.roots
            }
            return [(root.name, [tag.code for tag in tags]) for root, tags in used.items()]
        if group == "area":
            return [("", sorted(map(str, present), key=self._area_order))]
        if not present and group not in ("side", "role"):
            return []
        codes: dict[str, list[str]] = {
            "side": list(Side.values),
            "role": [role for role in HelixRole.values if role in self.words.helix_roles or role in present],
            "maturity": list(MATURITY),
            "sector": [code for code in self.words.sectors if code in present],
            "size": list(SizeClass.values),
        }
        return [("", codes[group])]

    def _area_order(self, code: str) -> tuple[bool, str]:
        """Counties before countries, each by name."""
        return (not code.startswith("RO"), fold(self.label("area", code)))

    @cached_property
    def crossings(self) -> list[list[Choice | None]]:
        """The cells of the matrix with their members."""
        bits = self.bits("cell")

        def choice(cell: Cell) -> Choice:
            return Choice(cell.code, cell.label, bits.get(self.value("cell", cell.code), 0))

        return [[choice(cell) if cell else None for cell in row] for _label, row in self.grid.rows] if self.grid else []


def narrowed(catalogue: Catalogue, chosen: Chosen, hits: Bits | None) -> dict[str, Bits]:
    """For each facet the members that all the other filters leave; under "" those that all of them leave.

    Inside a facet the values are alternatives, so its own choice must not take from the counts beside it.
    """
    start = catalogue.shelf.everyone if hits is None else hits
    either = {group: union(catalogue.bits(group), codes) for group, codes in chosen.items()}
    left: dict[str, Bits] = {}
    for group in ("", *FACETS):
        bits = start
        for other, mask in either.items():
            if other != group:
                bits &= mask
        left[group] = bits
    return left


def union(bits: dict[object, Bits], codes: dict[str, object]) -> Bits:
    found = 0
    for value in codes.values():
        found |= bits.get(value, 0)
    return found


def panel(catalogue: Catalogue, chosen: Chosen, left: dict[str, Bits]) -> Panel:
    """Every option, and every crossing counted."""
    facets = {
        group: [Branch(title, choices, left[group], chosen.get(group, {})) for title, choices in branches]
        for group, branches in catalogue.offered.items()
    }
    labels = {(group, code): catalogue.label(group, code) for group, codes in chosen.items() for code in codes}
    return Panel(facets, catalogue.grid, _cells(catalogue, chosen, left["cell"]), labels)


def _cells(catalogue: Catalogue, chosen: Chosen, left: Bits) -> list[list[CellCount | None]]:
    sides = catalogue.shelf.values["side"]
    civil = sides.get(Side.CIVIL, 0) | sides.get(Side.DUAL, 0)
    defence = sides.get(Side.DEFENCE, 0) | sides.get(Side.DUAL, 0)
    current = chosen.get("cell", {})

    def count(choice: Choice) -> CellCount:
        there = choice.bits & left
        one, other, both = (there & civil, there & defence, there) if there else (0, 0, 0)
        counts = one.bit_count(), other.bit_count(), both.bit_count()
        return CellCount(choice.code, *counts, choice.code in current)

    return [[count(choice) if choice else None for choice in row] for row in catalogue.crossings]


@lru_cache(maxsize=4)
def _catalogue(state: Shelves, audience: str, language: str) -> Catalogue:
    return Catalogue(state, audience)


def catalogue_of(state: Shelves, audience: str) -> Catalogue:
    """The catalogue of this state, audience and language; two audiences in two languages are kept."""
    return _catalogue(state, audience, get_language() or "")
