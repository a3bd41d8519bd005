"""Days, hours and texts as papers print them; each in the language that is active."""

from datetime import date
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import ngettext

from cluster_portal.common.press.plain import plain


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
