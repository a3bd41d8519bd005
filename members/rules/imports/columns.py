"""Which column is which: headers in Romanian and English, however they are written."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from members.rules.errors import RuleError
from members.rules.text import fold

NOTHING = "-"
"""`--map "Column=-"` leaves a column out."""

ALIASES: Mapping[str, str] = {
    "legal_name": (
        "legal name|name|organisation|organization|company|company name|organisation name|organization name|member|"
        "denumire|denumirea|denumire completa|denumire legala|denumire oficiala|nume|numele|numele organizatiei|"
        "denumirea organizatiei|denumire organizatie|organizatie|organizatia|firma|societate|societatea|membru|"
        "denumire firma|denumire societate|nume firma|persoana juridica"
    ),
    "short_name": (
        "short name|shortname|acronym|acronyms|abbreviation|brand|trade name|"
        "denumire scurta|nume scurt|acronim|prescurtare|abreviere|marca"
    ),
    "legal_form": "legal form|form|forma juridica|forma de organizare|forma legala",
    "tax_id": (
        "cui|cif|cod fiscal|cod unic|cod unic de inregistrare|cod de inregistrare fiscala|cod identificare fiscala|"
        "cui cif|cif cui|tax id|tax number|tax no|fiscal code|registration code|nr fiscal|numar fiscal"
    ),
    "vat": "vat|vat number|vat no|vat id|vat code|cod tva|nr tva|numar tva|cod de tva",
    "trade_register": (
        "trade register|trade register number|trade register no|registration number|reg com|nr reg com|"
        "numar registrul comertului|nr registrul comertului|registrul comertului|j|onrc|nr onrc|nr inregistrare"
    ),
    "euid": "euid",
    "lei": "lei|lei code|cod lei",
    "ncage": "ncage|cage|cod ncage|nato cage",
    "founded_on": "founded on|founded|date of foundation|incorporated|data infiintarii|infiintat|infiintata|fondata la",
    "street": "street|address|street and number|seat|adresa|strada|sediu|sediul|sediul social|adresa sediului",
    "locality": "city|town|locality|place|municipality|oras|orasul|localitate|localitatea|municipiu",
    "county": "county|region|judet|judetul|jud",
    "postcode": "postcode|postal code|post code|zip|zip code|cod postal",
    "country": "country|country code|tara|cod tara|stat",
    "website": "website|web|web site|url|homepage|site|www|pagina web|site web|adresa web|pagina de internet",
    "email": "email|e mail|mail|contact email|adresa de email|adresa de e mail|posta electronica",
    "phone": "phone|telephone|tel|phone number|telefon|nr telefon|numar de telefon|mobil",
    "helix_role": (
        "helix role|helix|role|type|types|organisation type|organization type|kind|category|"
        "rol|rolul|rol helix|tip|tipul|tip organizatie|tipul organizatiei|categorie"
    ),
    "helix_subtype": "subtype|sub type|helix subtype|subtip|subtipul",
    "side": "side|civil or defence|parte|latura|domeniu civil militar|civil militar",
    "tier": "tier|supply chain tier|nivel furnizor",
    "sectors": "sector|sectors|field|fields|domeniu|domenii|domeniu de activitate|sectoare",
    "employees": (
        "employees|number of employees|staff|headcount|angajati|numar angajati|nr angajati|numar de angajati|salariati|"
        "numar mediu salariati"
    ),
    "size_class": "size|size class|company size|marime|dimensiune|clasa de marime",
    "ownership": "ownership|capital|forma de proprietate|proprietate",
    "summary_ro": "summary ro|rezumat|descriere scurta|o propozitie",
    "summary_en": "summary|summary en|tagline|short description|rezumat en",
    "description_ro": "description ro|descriere|prezentare|descrierea|prezentarea",
    "description_en": "description|description en|presentation|about|descriere en|prezentare en",
}
"""Field -> the headers that mean it, folded, without punctuation."""
FIELDS = tuple(ALIASES)
BY_HEADER = {alias: name for name, aliases in ALIASES.items() for alias in aliases.split("|")}


def plain(header: str) -> str:
    """A header for comparison: folded, words only, without the star of a required column."""
    return " ".join(re.sub(r"[^\w]+|_+", " ", fold(header)).split())


def columns_of(header: Sequence[str], chosen: Mapping[str, str]) -> dict[int, str]:
    """Column -> field. `chosen` (header -> field, or "-" to leave it out) goes before what the headers say.

    Raises RuleError: column_unknown, field_unknown, column_twice, column_name_missing.
    """
    wanted = _chosen(header, chosen)
    guessed = {index: _guess(title) for index, title in enumerate(header) if index not in wanted}
    taken: dict[str, int] = {}
    for index, name in [*wanted.items(), *guessed.items()]:
        if not name or name == NOTHING or (index in guessed and name in wanted.values()):
            continue
        if name in taken:
            raise RuleError("column_twice", {"first": header[taken[name]], "second": header[index], "field": name})
        taken[name] = index
    if "legal_name" not in taken:
        raise RuleError("column_name_missing", {"found": [title for title in header if title]})
    return dict(sorted((index, name) for name, index in taken.items()))


def _chosen(header: Sequence[str], chosen: Mapping[str, str]) -> dict[int, str]:
    """The same choices by the number of the column."""
    places = {plain(title): index for index, title in reversed(list(enumerate(header)))}
    wanted = {}
    for title, name in chosen.items():
        if plain(title) not in places:
            raise RuleError("column_unknown", {"column": title, "known": [one for one in header if one]})
        if name not in FIELDS and name != NOTHING:
            near = get_close_matches(name, FIELDS, n=3)
            raise RuleError("field_unknown", {"field": name, "known": near or list(FIELDS)})
        wanted[places[plain(title)]] = name
    return wanted


def _guess(title: str) -> str:
    words = plain(title)
    return words.replace(" ", "_") if words.replace(" ", "_") in FIELDS else BY_HEADER.get(words, "")


def unused(header: Sequence[str], columns: Mapping[int, str]) -> list[str]:
    """Headers of columns that nothing is taken from."""
    return [title for index, title in enumerate(header) if title and index not in columns]
