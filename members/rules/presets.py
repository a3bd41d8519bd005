"""Reads a cluster preset (members/presets/*.toml) into frozen values, or says every mistake in it at once."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from members.rules.preset_reading import Mistake, PresetError, Table, report_repeats
from members.rules.preset_shapes import (
    LIMITS,
    ClusterIdentity,
    HelixRole,
    HelixSubtype,
    LegalForm,
    Preset,
    Sector,
)
from members.rules.preset_statute import read_statute
from members.rules.preset_vocabulary import read_axes, read_matrix, read_vocabulary
from members.rules.statute import HELIX_ROLES

__all__ = ["Mistake", "Preset", "PresetError", "load", "parse"]


def load(path: Path) -> Preset:
    """The preset in a TOML file. Raises PresetError, also when the file is absent or is not TOML."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise PresetError(str(path), [Mistake("file", "does not exist")]) from error
    except UnicodeDecodeError as error:
        raise PresetError(str(path), [Mistake("file", "is not UTF-8; save it with that encoding")]) from error
    except tomllib.TOMLDecodeError as error:
        raise PresetError(str(path), [Mistake("file", f"is not valid TOML: {error}")]) from error
    return parse(content, source=str(path))


def parse(content: Mapping[str, Any], *, source: str) -> Preset:
    """The preset in a mapping already read from TOML; `source` names it in the error."""
    mistakes: list[Mistake] = []
    top = Table(content, "", mistakes)
    axes = read_axes(top)
    vocabulary = read_vocabulary(top, axes)
    legal_forms = _legal_forms(top)
    preset = Preset(
        cluster=_cluster(top.table("cluster")),
        sectors=_sectors(top),
        helix_roles=_helix_roles(top),
        legal_forms=legal_forms,
        statute=read_statute(top.table("statute"), vocabulary, legal_forms),
        axes=axes,
        vocabulary=vocabulary,
        matrix=read_matrix(top, axes, vocabulary),
    )
    top.finish()
    if mistakes:
        raise PresetError(source, _in_file_order(mistakes, content))
    return preset


def _in_file_order(mistakes: list[Mistake], content: Mapping[str, Any]) -> list[Mistake]:
    """As the tables stand in the file; what is missing comes last."""
    order = {key: position for position, key in enumerate(content)}
    return sorted(mistakes, key=lambda mistake: order.get(re.split(r"[.\[]", mistake.place)[0], len(order)))


def _cluster(table: Table) -> ClusterIdentity:
    name = table.both("name", limit=LIMITS["cluster_name"])
    tagline = table.both("tagline", limit=LIMITS["tagline"])
    headline = table.both("headline", limit=LIMITS["headline"], default=tagline)
    description = table.both("description", limit=0)
    cluster = ClusterIdentity(
        code=table.text("code", pattern=r"[a-z0-9]+(-[a-z0-9]+)*", hint="use small letters, digits and '-'"),
        short_name=table.text("short_name", limit=LIMITS["short_name"]),
        name_ro=name[0],
        name_en=name[1],
        tagline_ro=tagline[0],
        tagline_en=tagline[1],
        headline_ro=headline[0],
        headline_en=headline[1],
        description_ro=description[0],
        description_en=description[1],
        founded_on=table.text(
            "founded_on",
            default="",
            pattern=r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?",
            hint="write a year, a month or a day: 2020, 2020-03 or 2020-03-15",
        ),
        seat=table.text("seat", default="", limit=LIMITS["seat"]),
        county=table.text("county", default=""),
        country=table.text("country", pattern=r"[A-Z]{2}", hint="write two capital letters, such as RO"),
        email=table.text("email", pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+", hint="write an e-mail address"),
        website=table.text("website", pattern=r"https?://\S+", hint="begin with https://"),
        director_count=table.number("director_count", least=1),
    )
    table.finish()
    return cluster


def _sectors(top: Table) -> tuple[Sector, ...]:
    tables = top.tables("sectors")
    report_repeats(tables)
    sectors = tuple(Sector(table.code(), *table.both("name")) for table in tables)
    for table in tables:
        table.finish()
    return sectors


def _helix_roles(top: Table) -> tuple[HelixRole, ...]:
    tables = top.tables("helix_roles")
    report_repeats(tables)
    subtypes = [table.tables("subtypes", required=False) for table in tables]
    report_repeats([subtype for group in subtypes for subtype in group])
    roles = []
    for table, group in zip(tables, subtypes, strict=True):
        kinds = tuple(HelixSubtype(subtype.code(), *subtype.both("name")) for subtype in group)
        roles.append(HelixRole(table.choice("code", HELIX_ROLES), *table.both("name"), subtypes=kinds))
        for part in (table, *group):
            part.finish()
    return tuple(roles)


def _legal_forms(top: Table) -> tuple[LegalForm, ...]:
    tables = top.tables("legal_forms")
    report_repeats(tables)
    forms = []
    for table in tables:
        legal_person = table.flag("legal_person", default=True)
        forms.append(LegalForm(table.code(), *table.both("name"), legal_person=legal_person))
        table.finish()
    return tuple(forms)
