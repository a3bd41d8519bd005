"""The lines of a member's page, joined from strings: what it offers and needs, and the facts beside them.

Each has half a dozen values that may be empty; a template asks for every one of them, on the page that is read most.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape
from urllib.parse import quote

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.formats import date_format, localize
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cluster_portal.common.templatetags.drawing import kept
from cluster_portal.common.templatetags.ui import kept_side, kept_trl
from cluster_portal.common.templatetags.words import written
from members.queries.profile import Capacity, Contact, Profile

SOFT = '<br><span class="soft small">{}</span>'


def offers_of(profile: Profile) -> SafeString:
    """The rows of what it offers: capability, side, maturity, references."""
    word = f'<span class="folded">{escape(_("References"))}: </span>' if profile.offers else ""
    told = (f"{word}{localize(item.references)}" if item.references else "" for item in profile.offers)
    return _rows(profile, profile.offers, told, "num")


def needs_of(profile: Profile) -> SafeString:
    """The rows of what it needs: capability, side, least maturity, weight."""
    must, should = (escape(_("Must")), escape(_("Should"))) if profile.needs else ("", "")
    return _rows(profile, profile.needs, (must if item.must else should for item in profile.needs))


def _rows(profile: Profile, items: Iterable[Capacity], told: Iterable[str], kind: str = "") -> SafeString:
    """`told`: what stands in the last column of each, of this `kind`.

    Who sees more than the public also sees by whom each is seen.
    """
    language, base, more = get_language(), reverse("members:directory"), profile.sees_more
    last = f'<td class="{kind}">' if more and kind else "<td>" if more else f'<td class="{f"{kind} end".strip()}">'
    return SafeString(
        "".join(
            f'<tr><th scope="row"><a href="{base}?can={escape(quote(item.code))}">{escape(item.name)}</a>'
            f"{SOFT.format(escape(item.path)) if item.path else ''}"
            f"{SOFT.format(written(item.note)) if item.note else ''}</th>"
            f"<td>{kept_side(language, item.side, '')}</td>"
            f"<td>{kept_trl(language, item.trl, '') if item.trl else ''}</td>{last}{text}</td>"
            + (f'<td class="end">{_seen_by(language, item.seen_by)}</td></tr>' if more else "</tr>")
            for item, text in zip(items, told, strict=True)
        )
    )


@kept
def _seen_by(language: str | None, level: str) -> str:
    return render_to_string("members/seen_by.html", {"level": level})


def facts_of(profile: Profile) -> SafeString:
    """Label and value of everything that is stated beside the texts, people first."""
    return SafeString("".join(f"<dt>{escape(label)}</dt>{value}" for label, value in _facts(profile)))


def _facts(profile: Profile) -> Iterator[tuple[str, str]]:
    yield from ((person.role, _plain(*_person(person))) for person in profile.people)
    if profile.email:
        yield _("E-mail"), _plain(_mail(profile.email))
    if profile.phone:
        yield _("Telephone"), _figure(_call(profile.phone))
    if profile.website:
        website = escape(profile.website)
        yield _("Website"), _plain(f'<a href="{website}" rel="noopener nofollow ugc">{website}</a>')
    if address := ", ".join(part for part in (profile.street, _town(profile)) if part):
        yield _("Address"), _plain(escape(address))
    yield _("County") if profile.county else _("Country"), _plain(escape(profile.area))
    if profile.sectors:
        yield _("Sectors"), _plain(_sectors(profile))
    yield from _size(profile)
    yield from _registration(profile)
    yield _("Profile"), _changed(get_language(), profile.changed_on)


@kept
def _changed(language: str | None, day: date) -> str:
    return _plain(escape(_("changed on %(day)s") % {"day": date_format(day, "j F Y")}))


def _size(profile: Profile) -> Iterator[tuple[str, str]]:
    """Kind and size, as far as stated and shown; words are looked up for those alone."""
    if profile.subtype:
        yield _("Kind"), _plain(escape(profile.subtype))
    if profile.size:
        yield _("Size"), _plain(escape(profile.size))
    if profile.employees is not None:
        yield _("Employees"), _figure(str(localize(profile.employees)))
    if profile.ownership:
        yield _("Ownership"), _plain(escape(profile.ownership))
    if profile.tier:
        yield _("Supply chain"), _plain(escape(profile.tier))


def _registration(profile: Profile) -> Iterator[tuple[str, str]]:
    """Under which form and numbers it is registered, as far as stated and shown."""
    if profile.legal_form:
        yield _("Legal form"), _plain(escape(profile.legal_form))
    if profile.tax_id:
        yield _("Tax number"), _plain(escape(profile.tax_id))
    if profile.trade_register:
        yield _("Trade register"), _plain(escape(profile.trade_register))
    if profile.euid:
        yield "EUID", _plain(escape(profile.euid))
    if profile.lei:
        yield "LEI", _plain(escape(profile.lei))
    if profile.ncage:
        yield "NCAGE", f'<dd class="code">{escape(profile.ncage)}</dd>'
    if profile.founded_on:
        yield _("Founded"), _plain(date_format(profile.founded_on, "Y"))


def _plain(*lines: str) -> str:
    return f"<dd>{'<br>'.join(lines)}</dd>"


def _figure(text: str) -> str:
    return f'<dd class="num">{text}</dd>'


def _person(person: Contact) -> Iterator[str]:
    yield escape(person.name)
    if person.position:
        yield escape(person.position)
    if person.email:
        yield _mail(person.email)
    if person.phone:
        yield _call(person.phone, ' class="num"')


def _mail(address: str) -> str:
    shown = escape(address)
    broken = shown.replace("@", "@<wbr>")  # where the column is too narrow, there and not in a word
    return f'<a href="mailto:{shown}" translate="no">{broken}</a>'


def _call(number: str, kind: str = "") -> str:
    return f'<a{kind} href="tel:{escape(number.replace(" ", ""))}">{escape(number)}</a>'


def _town(profile: Profile) -> str:
    return " ".join(part for part in (profile.postcode, profile.locality) if part)


def _sectors(profile: Profile) -> str:
    base = reverse("members:directory")
    return ", ".join(
        f'<a href="{base}?sector={escape(quote(sector.code))}">{escape(sector.name)}</a>' for sector in profile.sectors
    )
