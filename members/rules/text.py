"""Folding of Romanian and other Latin texts, for comparing, searching and sorting, never for showing."""

import re
import unicodedata
from urllib.parse import urlsplit

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "n",
    }
)
_COMMA = str.maketrans({"ş": "ș", "Ş": "Ș", "ţ": "ț", "Ţ": "Ț"})
_DOTTED = re.compile(r"\b(?:\w\.\s?){2,}|\b(?:\w\.)+\w\b")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_LABELS = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(?:\.(?!-)[a-z0-9-]{1,63}(?<!-))+")

LEADING_FORMS = (
    "societatea comerciala",
    "societatea",
    "compania",
    "asociatia",
    "fundatia",
    "sc",
    "s c",
    "ong",
)
TRAILING_FORMS = (
    "societate cu raspundere limitata",
    "societate pe actiuni",
    "srl d",
    "sp z o o",
    "sp z oo",
    "d o o",
    *(
        "srl",
        "srld",
        "sa",
        "snc",
        "scs",
        "sca",
        "ra",
        "pfa",
        "ii",
        "gmbh",
        "ag",
        "kg",
        "ltd",
        "limited",
        "llc",
        "inc",
    ),
    *(
        "plc",
        "bv",
        "nv",
        "oy",
        "oyj",
        "ab",
        "as",
        "aps",
        "sas",
        "sarl",
        "spa",
        "sl",
        "kft",
        "zrt",
        "nyrt",
        "ood",
    ),
    *("eood", "ad", "doo", "spzoo", "sro", "se", "ev", "onlus"),
)


def fold(text: str) -> str:
    """Lower case without diacritics and with single spaces: ș and ş become s, Łódź becomes lodz.

    Letters of other alphabets stay, or two Greek names would fold to the same nothing.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = (letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter))
    return " ".join("".join(letters).translate(_LETTERS).split())


def fold_name(text: str) -> str:
    """An organisation's name for comparison: folded, without punctuation and without words of legal form.

    "S.C. Exemplu S.R.L." and "EXEMPLU SRL" become "exemplu". A name made of nothing but such words stays
    whole.
    """
    joined = _DOTTED.sub(lambda found: re.sub(r"[.\s]", "", found[0]) + " ", fold(text).replace("&", " and "))
    name = " ".join(_NOT_WORD.sub(" ", joined).split())
    shorter = _without_forms(name)
    while shorter != name:
        name, shorter = shorter, _without_forms(shorter)
    return name


def _without_forms(name: str) -> str:
    for form in LEADING_FORMS:
        if name.startswith(f"{form} "):
            return name.removeprefix(f"{form} ")
    for form in TRAILING_FORMS:
        if name.endswith(f" {form}"):
            return name.removesuffix(f" {form}")
    return name


def comma_letters(text: str) -> str:
    """Romanian ș and ț with the comma below, whichever way they were typed; composed (NFC)."""
    return unicodedata.normalize("NFC", text).translate(_COMMA)


def web_domain(url: str) -> str:
    """The host of a web address without "www.", in its ASCII form; "" when there is none."""
    address = url.strip()
    if not _SCHEME.match(address):
        address = f"https://{address}"
    try:
        host = urlsplit(address).hostname or ""
        host = host.rstrip(".").encode("idna").decode("ascii").lower()
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if _LABELS.fullmatch(host) else ""
