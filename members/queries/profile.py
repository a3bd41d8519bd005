"""A member's page as one reader may see it: what they may not see is not in it at all."""

import json
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django_countries import countries

from cluster_portal.common.context import current_cluster
from cluster_portal.common.models import in_reach
from cluster_portal.common.visibility import Level, Viewer
from cluster_portal.database import standing_cursor
from members.enums import CertificateKind, County, Ownership, PersonRole, SizeClass, Tier
from members.models.membership import LISTED, LIVE
from members.queries.listings import band_of
from members.queries.matrix import grid_of
from members.queries.vocabulary import GENERATION, Vocabulary, vocabulary

PROFILE = f"""
SELECT o.id, o.slug, o.legal_name, o.short_name, o.country, o.county, o.helix_role, o.side,
       o.logo, o.show_profile, o.show_texts, o.show_contact, o.show_registration, o.show_size, o.show_people,
       o.show_certificates, o.changed_at, o.demonstration,
       o.summary_ro, o.summary_en, o.description_ro, o.description_en, o.website,
       o.street, o.locality, o.postcode, o.email, o.phone,
       o.tax_id, o.trade_register, o.euid, o.lei, o.ncage, o.founded_on, f.name_ro AS form_ro, f.name_en AS form_en,
       o.employees, o.size_class, o.ownership, o.tier, o.helix_subtype_id AS subtype,
       (SELECT json_build_array(m.state, m.admitted_on, t.name_ro, t.name_en)
          FROM members_membership m JOIN members_membershiptype t ON t.code = m.type_id
         WHERE m.organisation_id = o.id ORDER BY m.ended_on DESC NULLS FIRST, m.id DESC LIMIT 1) AS membership,
       (SELECT json_agg(json_build_array(c.direction, c.tag_id, c.side, c.trl, c.weight, c.references, c.note_ro,
                                         c.note_en, c.visibility) ORDER BY c.trl DESC NULLS LAST, c.id)
          FROM members_capability c WHERE c.organisation_id = o.id) AS capabilities,
       (SELECT json_agg(json_build_array(p.role, p.full_name, p.position, p.email, p.phone) ORDER BY p.id)
          FROM members_person p WHERE p.organisation_id = o.id
           AND (p.starts_on IS NULL OR p.starts_on <= %(today)s) AND (p.ends_on IS NULL OR p.ends_on >= %(today)s)
       ) AS people,
       (SELECT json_agg(json_build_array(c.id, c.kind, c.title, c.number, c.issuer, c.scope, c.valid_until,
                                         c.verified_at IS NOT NULL, c.file <> '') ORDER BY c.kind, c.id)
          FROM members_certificate c WHERE c.organisation_id = o.id) AS certificates,
       (SELECT array_agg(os.sector_id) FROM members_organisation_sectors os WHERE os.organisation_id = o.id) AS sectors,
       {GENERATION} AS generation
  FROM members_organisation o
  LEFT JOIN members_legalform f ON f.code = o.legal_form_id
 WHERE o.slug = %(slug)s
"""  # noqa: S608  # GENERATION is a fixed text


class Names:
    """The names of the columns of PROFILE, as the first answer tells them."""

    known: tuple[str, ...] = ()


@dataclass(frozen=True)
class Capacity:
    """Something offered or sought."""

    code: str
    name: str
    path: str
    side: str
    trl: int
    must: bool
    references: int
    note: str
    seen_by: str


@dataclass(frozen=True)
class Contact:
    """A person of the member."""

    role: str
    name: str
    position: str
    email: str
    phone: str


@dataclass(frozen=True)
class Proof:
    """A certificate; `days_left` is negative when it has ended."""

    pk: int
    name: str
    number: str
    issuer: str
    scope: str
    valid_until: date
    days_left: int
    verified: bool
    has_file: bool


@dataclass(frozen=True)
class Field:
    """A sector."""

    code: str
    name: str


@dataclass(frozen=True)
class Profile:
    """The page of a member, in the language of the reader. Empty: not stated, or not for this reader."""

    organisation: int
    slug: str
    name: str
    legal_name: str
    helix_role: str
    side: str
    subtype: str
    county: str
    country: str
    country_name: str
    state: str  # of the membership; empty when there never was one
    listed: bool
    membership_type: str
    member_since: date | None
    show_profile: str
    changed_on: date
    demonstration: bool
    sees_more: bool  # more than the public does: then the page says who sees what
    has_logo: bool
    summary: str
    description: str
    website: str
    sectors: tuple[Field, ...]
    offers: tuple[Capacity, ...]
    needs: tuple[Capacity, ...]
    matrix_title: str
    matrix_columns: list[tuple[str, str]]
    matrix_rows: list[tuple[str, list[dict[str, bool]]]]
    certificates: tuple[Proof, ...]
    people: tuple[Contact, ...]
    street: str
    locality: str
    postcode: str
    email: str
    phone: str
    legal_form: str
    tax_id: str
    trade_register: str
    euid: str
    lei: str
    ncage: str
    founded_on: date | None
    employees: int | None
    size: str
    ownership: str
    tier: str

    @property
    def area(self) -> str:
        """County, or country when abroad."""
        return self.county or self.country_name


def profile_for(slug: str, viewer: Viewer) -> Profile | None:
    """The page of a member as `viewer` may see it (one query); None when they may not know that it exists.

    A preview passes the viewer whose eyes are borrowed, as `visibility.viewer(member=True, partners=[pk])`.
    """
    with standing_cursor() as cursor:
        cursor.execute(PROFILE, {"slug": slug, "today": timezone.localdate()})
        row = cursor.fetchone()
        Names.known = Names.known or tuple(column.name for column in cursor.description)
    if row is None:
        return None
    read = dict(zip(Names.known, row, strict=True))
    state, admitted_on, *kind = _json(read["membership"]) or ("", None, "", "")
    if not may_open(viewer, read["id"], state, read["show_profile"]):
        return None
    return _profile(read, viewer, state, date.fromisoformat(admitted_on) if admitted_on else None, in_reach(*kind))


def may_open(viewer: Viewer, organisation: int, state: str, show_profile: str) -> bool:
    """Its own people always; office and Board any that is or was a member; others a listed one, by its choice."""
    if organisation in viewer.own:
        return True
    if not state:
        return False
    if {Level.OFFICE, Level.BOARD} & viewer.levels:
        return True
    return state in LISTED and show_profile in viewer.levels


def _profile(read: dict[str, Any], viewer: Viewer, state: str, admitted_on: date | None, kind: str) -> Profile:
    levels = viewer.levels_for(read["id"])
    words, sectors = vocabulary(read["generation"]), frozenset(read["sectors"] or ())
    capacities = [item for item in _json(read["capabilities"]) or () if item[8] in levels]
    offered = [item for item in capacities if item[0] == "offered"]
    titles, rows, title = _matrix(words, offered)
    county = read["county"] if read["country"] == "RO" else ""
    return Profile(
        organisation=read["id"],
        slug=read["slug"],
        name=read["short_name"] or read["legal_name"],
        legal_name=read["legal_name"],
        helix_role=read["helix_role"],
        side=read["side"],
        county=str(County(county).label) if county else "",
        country=read["country"],
        country_name=_country(read["country"], get_language()),
        state=state,
        listed=state in LISTED,
        membership_type=kind,
        member_since=admitted_on if state in LIVE else None,
        show_profile=read["show_profile"],
        changed_on=timezone.localdate(read["changed_at"]),
        demonstration=read["demonstration"],
        sees_more=bool(levels - {Level.PUBLIC}),
        has_logo=bool(read["logo"]),
        sectors=tuple(Field(term.code, term.name) for term in words.sectors.values() if term.pk in sectors),
        offers=tuple(_capacity(item, words) for item in offered),
        needs=tuple(_capacity(item, words) for item in capacities if item[0] == "sought"),
        matrix_title=title,
        matrix_columns=titles,
        matrix_rows=rows,
        **_texts(read if read["show_texts"] in levels else {}),
        **_contact(read if read["show_contact"] in levels else {}),
        **_registration(read if read["show_registration"] in levels else {}),
        **_size(read if read["show_size"] in levels else {}, words),
        certificates=_certificates(read["certificates"] if read["show_certificates"] in levels else None),
        people=_people(read["people"] if read["show_people"] in levels else None),
    )


@lru_cache(maxsize=512)
def _country(code: str, language: str | None) -> str:
    return str(countries.name(code))


def _texts(read: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": in_reach(read.get("summary_ro", ""), read.get("summary_en", "")),
        "description": in_reach(read.get("description_ro", ""), read.get("description_en", "")),
        "website": read.get("website", ""),
    }


def _contact(read: dict[str, Any]) -> dict[str, Any]:
    return {name: read.get(name, "") for name in ("street", "locality", "postcode", "email", "phone")}


def _registration(read: dict[str, Any]) -> dict[str, Any]:
    numbers = {name: read.get(name, "") for name in ("tax_id", "trade_register", "euid", "lei", "ncage")}
    form = in_reach(read.get("form_ro") or "", read.get("form_en") or "")
    return {**numbers, "legal_form": form, "founded_on": read.get("founded_on")}


def _size(read: dict[str, Any], words: Vocabulary) -> dict[str, Any]:
    kind_of = words.subtypes_by_id.get(read.get("subtype", 0))
    labels = {"size": ("size_class", SizeClass), "ownership": ("ownership", Ownership), "tier": ("tier", Tier)}
    return {
        **{name: str(kind(read[column]).label) if read.get(column) else "" for name, (column, kind) in labels.items()},
        "employees": read.get("employees"),
        "subtype": kind_of.name if kind_of else "",
    }


def _capacity(item: list[Any], words: Vocabulary) -> Capacity:
    _direction, tag, side, trl, weight, references, note_ro, note_en, seen_by = item
    term = words.tags[tag]
    note = in_reach(note_ro, note_en)
    return Capacity(term.code, term.name, words.path(tag), side, trl or 0, weight == 2, references, note, seen_by)


def _certificates(given: str | None) -> tuple[Proof, ...]:
    today = timezone.localdate()
    found = []
    for pk, kind, title, number, issuer, scope, until, verified, has_file in _json(given) or ():
        ends = date.fromisoformat(until)
        name = title or str(CertificateKind(kind).label)
        found.append(Proof(pk, name, number, issuer, scope, ends, (ends - today).days, verified, has_file))
    return tuple(found)


def _people(given: str | None) -> tuple[Contact, ...]:
    return tuple(Contact(str(PersonRole(role).label), *rest) for role, *rest in _json(given) or ())


def _matrix(
    words: Vocabulary, offered: list[list[Any]]
) -> tuple[list[tuple[str, str]], list[tuple[str, list[dict[str, bool]]]], str]:
    """Columns, the rows in which the member does something, and the title."""
    cluster = current_cluster()
    grid = grid_of(cluster.matrix, words) if cluster and offered else None
    if grid is None:
        return [], [], ""
    sides: dict[tuple[int, int], set[str]] = {}
    for _direction, tag, side, trl, *_rest in offered:
        band = band_of(trl) if grid.by_maturity and trl else 0
        for term in words.above(tag):
            sides.setdefault((term.pk, band), set()).add(side)
    rows = []
    for label, cells in grid.rows:
        found = [sides.get((cell.tag, cell.band), set()) if cell else set() for cell in cells]
        if any(found):
            rows.append((label, [{"civil": bool(s - {"defence"}), "defence": bool(s - {"civil"})} for s in found]))
    return grid.columns, rows, grid.title


def _json(value: Any) -> Any:
    """What json_agg gave, whether or not the driver has read it already."""
    return json.loads(value) if isinstance(value, str) else value
