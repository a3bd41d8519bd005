"""Reads the demonstration's data from its TOML files; imports no Django."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent / "data"
FILES = ("industry", "industry-dual", "industry-cbrne", "research", "public")
SIDES = ("civil", "dual", "defence")
AUDIENCES = ("public", "members", "contact", "office")
SIZES = ((10, "micro"), (50, "small"), (250, "medium"))


@dataclass(frozen=True)
class Skill:
    """An offer or a need, as one line of a file states it."""

    code: str
    trl: int
    side: str
    audience: str
    must: bool
    note_ro: str
    note_en: str


@dataclass(frozen=True)
class Company:
    """An invented organisation as one cluster sees it."""

    number: int
    key: str
    values: Mapping[str, Any]
    sectors: tuple[str, ...]
    offers: tuple[Skill, ...]
    needs: tuple[Skill, ...]

    @property
    def host(self) -> str:
        """Its own address under a domain that belongs to nobody (RFC 2606)."""
        return f"{self.key}.example.org"


@dataclass(frozen=True)
class Scenario:
    """What happened in one cluster: who founded it, who asks to join, and how far each request has come."""

    founded_on: Any
    requests: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, str]]
    desks: Mapping[str, str]


def companies(preset: str) -> tuple[Company, ...]:
    """Every organisation that has a part for this preset, in the order of the files."""
    found = []
    number = 0
    for name in FILES:
        for table in _toml(name)["organisation"]:
            number += 1
            part = table.get(preset)
            if part is not None:
                found.append(_company(number, table, part))
    return tuple(found)


def scenario(preset: str) -> Scenario:
    told = _toml("scenario")
    return Scenario(
        founded_on=told["founded_on"][preset],
        requests={state: tuple(keys) for state, keys in told["requests"].items()},
        words=told["words"],
        desks=told["desks"],
    )


def known_presets() -> tuple[str, ...]:
    """The clusters that the demonstration has data for."""
    return tuple(_toml("scenario")["founded_on"])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _company(number: int, table: Mapping[str, Any], part: Mapping[str, Any]) -> Company:
    street, locality, county, postcode = table["seat"]
    values = {
        "legal_name": table["name"],
        "short_name": table["short"],
        "legal_form_id": table["form"],
        "country": table.get("country", "RO"),
        "street": street,
        "locality": locality,
        "county": county,
        "postcode": postcode,
        "helix_role": table["role"],
        "side": table["side"],
        "tier": table.get("tier", ""),
        "employees": table["employees"],
        "size_class": next((size for most, size in SIZES if table["employees"] < most), "large"),
        "ownership": table["ownership"],
        **{
            f"{text}_{language}": table[f"{text}_{language}"]
            for text in ("summary", "description")
            for language in ("ro", "en")
        },
        **{name: table[name] for name in ("show_contact", "show_profile") if name in table},
        "subtype": table["subtype"],
        "since": table["since"],
    }
    side = table["side"]
    return Company(
        number=number,
        key=table["key"],
        values=values,
        sectors=tuple(part["sectors"]),
        offers=tuple(_skill(line, side) for line in part["offers"]),
        needs=tuple(_skill(line, side) for line in part["needs"]),
    )


def _skill(line: str, side: str) -> Skill:
    """`code TRL [side] [audience] [must] | note_ro | note_en`."""
    head, *notes = (cell.strip() for cell in line.split("|"))
    code, trl, *marks = head.split()
    unknown = [mark for mark in marks if mark not in (*SIDES, *AUDIENCES, "must")]
    if unknown or len(notes) not in (0, 2):
        raise ValueError(f"a capability of the demonstration cannot be read: {line!r}")
    note_ro, note_en = notes or ("", "")
    return Skill(
        code=code,
        trl=int(trl),
        side=next((mark for mark in marks if mark in SIDES), side),
        audience=next((mark for mark in marks if mark in AUDIENCES), "public"),
        must="must" in marks,
        note_ro=note_ro,
        note_en=note_en,
    )
