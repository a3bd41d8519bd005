"""A row of a list to the fields of an organisation: a mistake stops the row, what is unclear is left empty."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from members.rules.errors import Remark, RuleError
from members.rules.identifiers import (
    EU,
    check_cui,
    check_euid,
    check_lei,
    check_ncage,
    check_trade_register,
    check_vat,
    looks_like_cnp,
)
from members.rules.imports.places import bucharest, country_code, county_code, plain
from members.rules.text import comma_letters, web_domain

LENGTHS: Mapping[str, int] = {
    "legal_name": 250, "short_name": 60, "tax_id": 30, "trade_register": 40, "euid": 60, "lei": 20, "ncage": 5,
    "street": 200, "locality": 120, "postcode": 12, "website": 200, "email": 254, "phone": 30,
    "summary_ro": 300, "summary_en": 300, "description_ro": 8000, "description_en": 8000,
}  # fmt: skip
"""The most letters of each text; a test compares them with the columns."""
FROM_SOMEWHERE_ELSE = ("short_name", "phone", "postcode")
"""Texts that are left empty when they are too long; the others stop the row."""
ROLE_ORDER = ("university", "industry", "government", "catalyst", "civil_society", "funder")
SIZES = ((10, "micro"), (50, "small"), (250, "medium"))
MOST_EMPLOYEES = 2_000_000
EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
DAY = re.compile(r"([0-9]{1,2})[./-]([0-9]{1,2})[./-]([0-9]{4})")


@dataclass(frozen=True)
class Lexicon:
    """The words for codes, in both languages: plain word -> code."""

    countries: Mapping[str, str]
    counties: Mapping[str, str]
    roles: Mapping[str, str]
    subtypes: Mapping[str, str]
    subtype_roles: Mapping[str, str]
    sides: Mapping[str, str]
    tiers: Mapping[str, str]
    sizes: Mapping[str, str]
    ownerships: Mapping[str, str]
    legal_forms: Mapping[str, str]
    sectors: Mapping[str, str]


@dataclass
class Row:
    """A row as read: `values` by field, `sectors` by code, what stops it and what is only worth saying."""

    number: int
    values: dict[str, object] = field(default_factory=dict)
    sectors: tuple[str, ...] = ()
    problems: list[Remark] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "")

    def skip(self, name: str, value: str) -> None:
        self.remarks.append(Remark("value_left_empty", {"field": name, "value": value[:80]}))


def read_row(number: int, cells: Mapping[str, str], lexicon: Lexicon, *, country: str, today: date) -> Row:
    """Fields of one row. `cells`: field -> text; `country`: of rows in a file that has no column for it."""
    row = Row(number)
    tidy = {name: _tidied(name, text) for name, text in cells.items()}
    _texts(row, tidy)
    _place(row, tidy, lexicon, country)
    _numbers(row, tidy)
    _contacts(row, tidy)
    _words(row, tidy, lexicon)
    _figures(row, tidy, today)
    return row


def _tidied(name: str, text: str) -> str:
    """Comma letters; single spaces, but the lines of a description stay."""
    text = comma_letters(text).replace("\x00", "")
    if name.startswith("description"):
        return "\n".join(" ".join(line.split()) for line in text.splitlines()).strip()
    return " ".join(text.split())


def _texts(row: Row, cells: Mapping[str, str]) -> None:
    """Free texts, as given; a personal number has no place in any of them."""
    names = ("legal_name", "short_name", "street", "locality", "postcode", "phone", "summary_ro", "summary_en")
    for name in (*names, "description_ro", "description_en"):
        text = cells.get(name, "")
        if name == "short_name":
            text = text.split("|")[0].strip()
        row.values[name] = ""
        if looks_like_cnp(text):
            row.problems.append(Remark("text_holds_cnp"))
        elif len(text) <= LENGTHS[name]:
            row.values[name] = text
        elif name in FROM_SOMEWHERE_ELSE:
            row.skip(name, text)
        else:
            row.problems.append(Remark("value_too_long", {"field": name, "most": LENGTHS[name], "is": len(text)}))
    if not cells.get("legal_name"):
        row.problems.append(Remark("name_missing"))
    elif not any(letter.isalnum() for letter in cells["legal_name"]):
        row.problems.append(Remark("value_unreadable", {"field": "legal_name", "value": cells["legal_name"][:80]}))


def _place(row: Row, cells: Mapping[str, str], lexicon: Lexicon, default: str) -> None:
    """Country, county and locality; Bucharest is written one way and is its own county."""
    named = cells.get("country")
    code = default if named is None else country_code(named, lexicon.countries)
    if named is not None and not named:
        row.problems.append(Remark("country_missing"))
    elif not code:
        row.problems.append(Remark("value_unreadable", {"field": "country", "value": (named or "")[:80]}))
    row.values["country"] = code
    row.values["county"] = ""
    if code != "RO":
        return
    sector = bucharest(row.text("locality"))
    county = cells.get("county", "")
    if sector is not None:
        row.values["locality"] = "București"
        if sector and f"sector {sector}" not in plain(row.text("street")).replace("sectorul", "sector"):
            street = ", ".join(part for part in (row.text("street"), f"sector {sector}") if part)
            row.values["street"] = street[: LENGTHS["street"]]
        row.values["county"] = "B"
    if county:
        found = county_code(county, lexicon.counties)
        if not found:
            row.skip("county", county)
        elif sector is not None and found != "B":
            row.remarks.append(Remark("county_of_bucharest", {"value": county[:80]}))
        else:
            row.values["county"] = found


def _numbers(row: Row, cells: Mapping[str, str]) -> None:
    """Official numbers: a wrong check digit stops the row, for it may be another organisation."""
    country = row.text("country")
    romanian = country == "RO"
    row.values["tax_id"] = ""
    for name in ("tax_id", "vat"):
        text = cells.get(name, "")
        if text and not row.values["tax_id"]:
            row.values["tax_id"] = _checked(row, text, lambda value: _tax_number(value, country), "tax_id")
    checks: dict[str, Callable[[str], str]] = {
        "trade_register": check_trade_register if romanian else lambda value: value,
        "euid": check_euid,
        "lei": check_lei,
        "ncage": lambda value: check_ncage(value, country),
    }
    for name, check in checks.items():
        text = cells.get(name, "")
        row.values[name] = _checked(row, text, check, name) if text else ""


def _checked(row: Row, text: str, check: Callable[[str], str], name: str) -> str:
    try:
        value = check(text)
    except RuleError as error:
        row.problems.append(Remark(error.code, error.params))
        return ""
    if len(value) > LENGTHS[name]:
        row.problems.append(Remark("value_too_long", {"field": name, "most": LENGTHS[name], "is": len(value)}))
        return ""
    return value


def _tax_number(text: str, country: str) -> str:
    """CUI in Romania; in the rest of the EU the VAT number, whose prefix may be missing; elsewhere as it is."""
    if country == "RO":
        return check_cui(text)
    if country not in EU:
        return text
    try:
        return check_vat(text, country)
    except RuleError as error:
        if error.code not in {"vat_country", "vat_shape"}:
            raise
        return check_vat({"GR": "EL"}.get(country, country) + text, country)


def _contacts(row: Row, cells: Mapping[str, str]) -> None:
    website, email = cells.get("website", ""), cells.get("email", "")
    row.values["website"] = row.values["email"] = ""
    if website:
        address = website if re.match(r"https?://", website, re.IGNORECASE) else f"https://{website}"
        if web_domain(address) and " " not in address and len(address) <= LENGTHS["website"]:
            row.values["website"] = address
        else:
            row.skip("website", website)
    if email:
        if EMAIL.fullmatch(email) and len(email) <= LENGTHS["email"]:
            row.values["email"] = email
        else:
            row.skip("email", email)


def _words(row: Row, cells: Mapping[str, str], lexicon: Lexicon) -> None:
    """Codes from words; the helix role only from a column that says it."""
    for name, words in (
        ("side", lexicon.sides),
        ("tier", lexicon.tiers),
        ("size_class", lexicon.sizes),
        ("ownership", lexicon.ownerships),
        ("legal_form", lexicon.legal_forms),
        ("helix_subtype", lexicon.subtypes),
    ):
        text = cells.get(name, "")
        row.values[name] = words.get(plain(text), "") if text else ""
        if text and not row.values[name]:
            row.skip(name, text)
    row.values["helix_role"] = _role(row, cells.get("helix_role", ""), lexicon)
    subtype = row.text("helix_subtype")
    if subtype:
        role = lexicon.subtype_roles[subtype]
        if row.values["helix_role"] in ("", role):
            row.values["helix_role"] = role
        else:
            row.values["helix_subtype"] = ""
            row.skip("helix_subtype", cells["helix_subtype"])
    named = [word for word in re.split(r"[|;,]", cells.get("sectors", "")) if word.strip()]
    known = {word: lexicon.sectors.get(plain(word), "") for word in named}
    row.sectors = tuple(dict.fromkeys(code for code in known.values() if code))
    for word, code in known.items():
        if not code:
            row.skip("sectors", word.strip())


def _role(row: Row, text: str, lexicon: Lexicon) -> str:
    """The helix role; of several ("education|funder") the one that says most of what an organisation is."""
    if not text:
        return ""
    parts = [text, *re.split(r"[|;]", text)]
    found = {lexicon.roles[plain(part)] for part in parts if plain(part) in lexicon.roles}
    if not found:
        row.skip("helix_role", text)
        return ""
    role = next(role for role in ROLE_ORDER if role in found)
    if len(found) > 1:
        row.remarks.append(Remark("role_of_several", {"value": text[:80], "role": role}))
    return role


def _figures(row: Row, cells: Mapping[str, str], today: date) -> None:
    text = cells.get("employees", "")
    digits = re.sub(r"[\s.,'](?=[0-9]{3}(?:\D|$))", "", text)
    row.values["employees"] = None
    if text and digits.isascii() and digits.isdigit() and int(digits) <= MOST_EMPLOYEES:
        row.values["employees"] = count = int(digits)
        if not row.values["size_class"] and "size_class" not in cells:
            row.values["size_class"] = next((size for most, size in SIZES if count < most), "large")
    elif text:
        row.skip("employees", text)
    founded = cells.get("founded_on", "")
    row.values["founded_on"] = day = _day(founded)
    if founded and (day is None or day > today):
        row.values["founded_on"] = None
        row.skip("founded_on", founded)


def _day(text: str) -> date | None:
    """A whole day, ISO or with the day first; a year alone is none."""
    found = DAY.fullmatch(text)
    try:
        return date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(text)
    except ValueError:
        return None
