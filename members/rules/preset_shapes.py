"""The shapes of a cluster preset: what one TOML file of members/presets says, once read and found right."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from members.rules.statute import StatuteRules

# The longest text of each kind, in characters; the columns of the database hold at least that.
LIMITS = {
    "short_name": 60,
    "name": 120,
    "document_name": 160,
    "tag_name": 160,
    "alias": 120,
    "cluster_name": 200,
    "tagline": 200,
    "headline": 120,
    "seat": 200,
    "heading": 200,
    "hint": 400,
    "version": 20,
}

MATURITY = "maturity"  # the one value of matrix.columns that is not an axis: the three bands of TRL


@dataclass(frozen=True, slots=True)
class ClusterIdentity:
    """Who the cluster is: the words of the home page and of the letterheads."""

    code: str
    short_name: str
    name_ro: str
    name_en: str
    tagline_ro: str  # one sentence
    tagline_en: str
    headline_ro: str  # the same in a few words, for large type
    headline_en: str
    description_ro: str  # what it is and for whom; paragraphs are separated by an empty line
    description_en: str
    founded_on: str  # "2020", "2020-03", "2020-03-15", or "" when it is not stated
    seat: str  # seat and county may be ""
    county: str
    country: str  # two letters, ISO 3166-1
    email: str
    website: str
    director_count: int  # seats on the Board of Directors


@dataclass(frozen=True, slots=True)
class Named:
    """A code with its name in both languages."""

    code: str
    name_ro: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Sector(Named):
    """A line of business that the directory filters by."""


@dataclass(frozen=True, slots=True)
class HelixSubtype(Named):
    """A finer kind of organisation within one helix role."""


@dataclass(frozen=True, slots=True)
class HelixRole(Named):
    """A side of the helix: industry, university, government and those who join them."""

    subtypes: tuple[HelixSubtype, ...]


@dataclass(frozen=True, slots=True)
class LegalForm(Named):
    """A legal form; `legal_person` decides who may apply where the statute wants legal persons only."""

    legal_person: bool


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the statute; paragraph k of one language says what paragraph k of the other says."""

    number: int
    heading_ro: str
    heading_en: str
    paragraphs_ro: tuple[str, ...]
    paragraphs_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentType(Named):
    """A document of the adhesion request, with a hint shown beside the upload."""

    hint_ro: str
    hint_en: str


@dataclass(frozen=True, slots=True)
class Declaration(Named):
    """A declaration ticked in the request; its code is a document code, its text is kept by version."""

    version: str
    text_ro: str
    text_en: str


@dataclass(frozen=True, slots=True)
class MembershipTypeName(Named):
    """The name of a type of membership whose rules stand in `StatuteRules` under the same code."""


@dataclass(frozen=True, slots=True)
class StatutePreset:
    """The statute in force when the portal starts: its text, its parameters, its documents."""

    version: str
    in_force_from: date
    articles: tuple[Article, ...]
    rules: StatuteRules
    rules_source: Mapping[str, Any]  # the table as written, accepted by StatuteRules.parse
    membership_types: tuple[MembershipTypeName, ...]
    documents: tuple[DocumentType, ...]
    declarations: tuple[Declaration, ...]
    field_root: str  # code of the vocabulary root in which an applicant shows its contribution


@dataclass(frozen=True, slots=True)
class AxisItem(Named):
    """One value of an axis; the short names head the rows and columns of a matrix ("C", "Detection")."""

    short_ro: str
    short_en: str


@dataclass(frozen=True, slots=True)
class Axis(Named):
    """An ordered list of values that a grid of tags is made of (CBRNE fields, product groups)."""

    items: tuple[AxisItem, ...]


@dataclass(frozen=True, slots=True)
class Tag(Named):
    """One word of the vocabulary; a root has no parent."""

    root: str  # code of the tree; for a root, its own code
    parent: str | None
    aliases: tuple[str, ...]
    scored: bool  # counts in matchmaking; the same for a whole tree
    row: str = ""  # for a cell of a grid: the code of the axis item that is its row …
    column: str = ""  # … and of the one that is its column; "" for every other tag


@dataclass(frozen=True, slots=True)
class Matrix:
    """The capability matrix of the pages.

    Either `rows` and `columns` are the axes of one grid of the vocabulary (the cells are its tags), or `rows`
    is a root (its first level makes the rows) and `columns` is the word "maturity" (bands of TRL).
    """

    rows: str
    columns: str
    title_ro: str
    title_en: str


@dataclass(frozen=True, slots=True)
class Preset:
    """Everything that makes one cluster differ from another."""

    cluster: ClusterIdentity
    sectors: tuple[Sector, ...]
    helix_roles: tuple[HelixRole, ...]
    legal_forms: tuple[LegalForm, ...]
    statute: StatutePreset
    axes: tuple[Axis, ...]
    vocabulary: tuple[Tag, ...]
    matrix: Matrix
