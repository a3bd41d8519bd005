"""Official numbers of organisations: each check returns the normalised number or says what is wrong with it.

The checksums are python-stdnum's; nothing here asks a server whether the number was really given to anybody.
"""

import re
import unicodedata

from stdnum import lei
from stdnum.eu import vat
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.ro import cnp, cui, onrc

from members.rules.errors import Remark, RuleError

MOST_CHARACTERS = 60
EU = frozenset("AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split())
EUID_COUNTRIES = EU | {"EL", "IS", "LI", "NO"}
_NCAGE_ROMANIA = re.compile(r"[0-9][0-9A-Z]{3}L")
_NCAGE_ANY = re.compile(r"[0-9A-HJ-NP-Z]{5}")
_EUID = re.compile(r"([A-Z]{2})([A-Z0-9]{0,20})\.([A-Z0-9](?:[A-Z0-9./_-]{0,40}[A-Z0-9])?)")
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_THIRTEEN = re.compile(r"(?<![0-9])[0-9](?:[ .-]?[0-9]){12}(?![0-9])")


def check_cui(text: str) -> str:
    """A Romanian CUI/CIF, without the RO that only says "registered for VAT"."""
    number = _tidy(text, "cui_missing", "cui_shape")
    if looks_like_cnp(number):
        raise RuleError("cui_is_personal")
    try:
        return str(cui.validate(number))
    except InvalidChecksum as error:
        raise RuleError("cui_checksum", {"value": number}) from error
    except ValidationError as error:
        raise RuleError("cui_shape", {"value": number}) from error


def check_trade_register(text: str) -> str:
    """A Romanian trade register number: J40/1234/2001, or J2012000750528 as given since July 2024."""
    number = _tidy(text, "trade_register_missing", "trade_register_shape").removeprefix("ROONRC.")
    try:
        return str(onrc.validate(number))
    except InvalidChecksum as error:
        raise RuleError("trade_register_checksum", {"value": number}) from error
    except ValidationError as error:
        raise RuleError("trade_register_shape", {"value": number}) from error


def check_vat(text: str, country: str = "") -> str:
    """A VAT number of an EU country with its prefix. For an organisation seated in the EU (`country`, ISO
    code) it must be that country's; others may be registered for VAT anywhere in it.
    """
    number = _tidy(text, "vat_missing", "vat_shape")
    seat = country.upper() if country.upper() in EU else ""
    prefix = {"GR": "EL"}.get(seat, seat)
    if looks_like_cnp(number):
        raise RuleError("vat_is_personal")
    if prefix and number[:2] != prefix:
        raise RuleError("vat_country", {"value": number, "prefix": prefix})
    try:
        return str(vat.validate(number))
    except InvalidChecksum as error:
        raise RuleError("vat_checksum", {"value": number}) from error
    except ValidationError as error:
        raise RuleError("vat_shape", {"value": number}) from error


def check_lei(text: str) -> str:
    """A Legal Entity Identifier: twenty characters, the last two of them check digits (ISO 17442)."""
    number = re.sub(r"[ -]", "", _tidy(text, "lei_missing", "lei_shape"))
    if not _LEI.fullmatch(number):
        raise RuleError("lei_shape", {"value": number})
    try:
        return str(lei.validate(number))
    except ValidationError as error:
        raise RuleError("lei_checksum", {"value": number}) from error


def check_euid(text: str) -> str:
    """A European Unique Identifier: country, register, dot, number (ROONRC.J40/1234/2001). The part after the
    dot has no common checksum; for Romania it is checked as a trade register number.
    """
    number = re.sub(r"\s", "", _tidy(text, "euid_missing", "euid_shape"))
    found = _EUID.fullmatch(number)
    if found is None or found[1] not in EUID_COUNTRIES:
        raise RuleError("euid_shape", {"value": number})
    if found[1] == "RO":
        if found[2] != "ONRC":
            raise RuleError("euid_shape", {"value": number})
        return f"ROONRC.{check_trade_register(found[3])}"
    return number


def check_ncage(text: str, country: str) -> str:
    """A NATO commercial and governmental entity code. Romania: digit, three characters, L. Elsewhere any text
    is taken; `ncage_warning` says when it does not look like one.
    """
    code = _tidy(text, "ncage_missing", "ncage_shape")
    if country.upper() == "RO" and not _NCAGE_ROMANIA.fullmatch(code):
        raise RuleError("ncage_romania", {"value": code})
    return code


def ncage_warning(text: str, country: str) -> Remark | None:
    """A doubt about the NCAGE code of an organisation abroad; None when it looks right."""
    code = check_ncage(text, country)
    if _NCAGE_ANY.fullmatch(code) or country.upper() == "RO":
        return None
    return Remark("ncage_unusual", {"value": code})


def looks_like_cnp(text: str) -> bool:
    """Whether a text holds a Romanian personal number (CNP): thirteen digits, a lawful date, county and
    checksum.

    Such a number has no business in a field about an organisation; forms refuse it.
    """
    plain = unicodedata.normalize("NFKC", text)
    return any(cnp.is_valid(re.sub(r"[ .-]", "", found)) for found in _THIRTEEN.findall(plain))


def _tidy(text: str, missing: str, shape: str) -> str:
    """Upper case, full-width and odd characters made plain; refuse what no official number holds."""
    tidy = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    if not tidy:
        raise RuleError(missing)
    if len(tidy) > MOST_CHARACTERS or not tidy.isascii() or not tidy.isprintable():
        raise RuleError(shape, {"value": text.strip()[:MOST_CHARACTERS]})
    return tidy
