"""Countries, counties and Bucharest, as lists write them."""

import re
from collections.abc import Mapping

from members.rules.text import fold

COUNTRY_WORDS: Mapping[str, str] = {
    "uk": "GB", "el": "GR", "usa": "US", "sua": "US", "u s a": "US", "u k": "GB", "marea britanie": "GB",
    "regatul unit": "GB", "united kingdom": "GB", "great britain": "GB", "anglia": "GB", "olanda": "NL",
    "holland": "NL", "cehia": "CZ", "czech republic": "CZ", "moldova": "MD", "republica moldova": "MD",
    "republic of moldova": "MD", "statele unite": "US", "statele unite ale americii": "US", "united states": "US",
    "macedonia": "MK", "macedonia de nord": "MK", "turcia": "TR", "turkey": "TR", "rusia": "RU", "russia": "RU",
    "coreea de sud": "KR", "south korea": "KR", "vietnam": "VN", "slovak republic": "SK",
    "roumanie": "RO", "rumania": "RO", "rumanien": "RO", "deutschland": "DE", "france": "FR", "italia": "IT",
}  # fmt: skip
"""Names that are used, beside the official ones."""

_CAPITAL = r"b(?:uc|uk)(?:h|k)?[aeuo]r[ae]?[sz]+z?t(?:[ei]|en)?"
_BUCHAREST = re.compile(
    rf"(?:ro(?:mania)? )?(?:(?:municipiul|mun|orasul|oras|or|city of) )?{_CAPITAL}(?: {_CAPITAL})?"
    r"(?: (?:ro|romania))?(?: (?:(?:sector(?:ul)?|sect|sec|s|district) ?)?([1-6]))?(?: (?:ro|romania))?"
)
_SECTOR = re.compile(rf"(?:sector(?:ul)?|sect|sec) ?([1-6])(?: (?:(?:mun|municipiul) )?{_CAPITAL})?")
_COUNTY_WORDS = re.compile(r"\b(?:judetul|judet|jud|county|region|regiunea)\b")


def plain(text: str) -> str:
    return " ".join(re.sub(r"[^\w]+|_+", " ", fold(text)).split())


def bucharest(locality: str) -> str | None:
    """The sector ("" when not said) of a locality that is Bucharest, in whatever spelling; None when it is not."""
    words = plain(locality)
    found = _BUCHAREST.fullmatch(words) or _SECTOR.fullmatch(words)
    return (found[1] or "") if found else None


def country_code(text: str, names: Mapping[str, str]) -> str:
    """ISO code of a country by code or by name in either language; "" when it is none. `names`: plain name -> code."""
    words = plain(text)
    if words in COUNTRY_WORDS:
        return COUNTRY_WORDS[words]
    if len(words) == 2 and words.upper() in names.values():
        return words.upper()
    return names.get(words, "")


def county_code(text: str, names: Mapping[str, str]) -> str:
    """Code of a Romanian county by code or name, with or without the word county; "" when it is none."""
    words = " ".join(_COUNTY_WORDS.sub(" ", plain(text)).split())
    if bucharest(words) is not None:
        return "B"
    if words.upper() in names.values():
        return words.upper()
    return names.get(words, "")
