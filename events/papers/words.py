"""Days, hours and texts as papers print them; each in the language that is active."""

import unicodedata
from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import ngettext

# Marks that turn the direction of what follows: in a name they could make a paper say something else.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def plain(text: str) -> str:
    """One line of printable text: no control characters, no marks of direction, single spaces, composed letters."""
    line = " ".join(unicodedata.normalize("NFC", text).split())
    return line if line.isprintable() else "".join(letter for letter in line if printable(letter))


def printable(letter: str) -> bool:
    """Control characters, halves of letters, private and unassigned ones have no shape that could be printed."""
    return letter not in TURNING and unicodedata.category(letter) not in ("Cc", "Cs", "Cn", "Co")


def days(first: date, last: date) -> str:
    """One day or several: "12 May 2026", "12–14 May 2026", "30 April – 2 May 2026"."""
    if first == last:
        return str(date_format(first, "j F Y"))
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{date_format(last, 'j F Y')}"
    start = date_format(first, "j F" if first.year == last.year else "j F Y")
    return f"{start} – {date_format(last, 'j F Y')}"


def duration(hours: Decimal | int) -> str:
    hours = Decimal(hours)
    whole = hours == hours.to_integral_value()
    words = ngettext("%(hours)s hour", "%(hours)s hours", int(hours) if whole else 2)
    return words % {"hours": number_format(format(hours.normalize(), "f"))}


def joined(*parts: str) -> str:
    """Short facts on one line; empty ones leave no trace."""
    return " · ".join(part for part in map(plain, parts) if part)
