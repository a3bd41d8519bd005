"""The members of a page of the directory, joined from strings: they are its greatest part."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cluster_portal.common.templatetags.ui import role, side, trl
from cluster_portal.common.templatetags.words import written
from members.queries.directory import Row

OFFERS_NAMED = 3
NEEDS_NAMED = 2
KEPT_CARDS = 2_000  # a row is the same object as long as it says the same


def cards_of(rows: Iterable[Row], base: str) -> SafeString:
    """The lines of the list: name, side and role, what they can do, maturity and what they look for."""
    words = _words(get_language())
    return SafeString("".join(_card(row, base, words) for row in rows))


@dataclass(frozen=True, eq=False)
class Words:
    """What cards have in common in one language, looked up once."""

    up_to: str
    seeks: str
    sides: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    levels: dict[int, str] = field(default_factory=dict)


@lru_cache
def _words(language: str | None) -> Words:
    return Words(_("up to"), _("Looks for: %(needs)s"))


@lru_cache(KEPT_CARDS)
def _card(row: Row, base: str, words: Words) -> str:
    can = escape(named(row.offers, OFFERS_NAMED)) or (written(row.summary) if row.summary else "")
    needs = words.seeks % {"needs": named(row.needs, NEEDS_NAMED)} if row.needs else ""
    if row.trl not in words.levels:
        words.levels[row.trl] = trl(row.trl, words.up_to)
    last = words.levels[row.trl] + _soft(needs)
    if row.side not in words.sides:
        words.sides[row.side] = side(row.side)
    if row.helix_role not in words.roles:
        words.roles[row.helix_role] = role(row.helix_role)
    return (
        f'<li class="org"><h3><a href="{base}{row.slug}/">{escape(row.name)}</a></h3>'
        f'<p class="org__meta">{words.sides[row.side]}{words.roles[row.helix_role]}{_soft(where(row))}</p>'
        + (f'<p class="org__can">{can}</p>' if can else "")
        + (f'<p class="org__meta">{last}</p>' if last else "")
        + "</li>"
    )


def _soft(text: str) -> str:
    return f'<span class="small soft">{escape(text)}</span>' if text else ""


def where(row: Row) -> str:
    """Sub-type, place and county, each once."""
    return ", ".join(part for part in dict.fromkeys((row.subtype, row.place, row.area)) if part)


def named(names: list[str], most: int) -> str:
    """The first names, and how many more there are."""
    if len(names) <= most + 1:
        return " · ".join(names)
    more = len(names) - most
    return " · ".join(names[:most]) + " " + ngettext("and %(more)d more", "and %(more)d more", more) % {"more": more}
