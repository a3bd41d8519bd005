"""What the directory may say of each member to each audience, gathered from the tables that hold the truth."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from members.enums import Visibility
from members.models import Audience, Capability, Membership, Organisation, Tag
from members.rules.text import fold

LEVELS: dict[str, frozenset[str]] = {
    Audience.PUBLIC: frozenset({Visibility.PUBLIC}),
    Audience.MEMBERS: frozenset({Visibility.PUBLIC, Visibility.MEMBERS}),
}


def band_of(trl: int) -> int:
    """Maturity in three: 1 research (TRL 1 to 3), 2 development (4 to 6), 3 deployment (7 to 9)."""
    return (trl + 2) // 3


@dataclass(frozen=True)
class Word:
    """A word of the vocabulary as a listing needs it."""

    pk: int
    name_ro: str
    name_en: str
    aliases: tuple[str, ...]
    above: tuple[int, ...]  # itself, its parent and so on up to the root

    @property
    def all_names(self) -> str:
        return " ".join((self.name_ro, self.name_en, *self.aliases))


@dataclass(frozen=True)
class Stated:
    """A capability as a member states it."""

    word: Word
    direction: str
    trl: int
    note_ro: str
    note_en: str


@dataclass
class Listing:
    """One row of the directory and the texts that are searched but not shown there."""

    organisation: int
    audience: str
    slug: str
    name: str
    sort_key: str
    helix_role: str
    side: str
    area: str
    admitted_on: date
    helix_subtype: str = ""
    place: str = ""
    size_class: str = ""
    website: str = ""
    summary_ro: str = ""
    summary_en: str = ""
    sectors: list[str] = field(default_factory=list)
    offers_and_above: list[int] = field(default_factory=list)
    needs_and_above: list[int] = field(default_factory=list)
    banded: list[int] = field(default_factory=list)
    bands: list[int] = field(default_factory=list)
    trl: int = 0
    offers_ro: list[str] = field(default_factory=list)
    offers_en: list[str] = field(default_factory=list)
    needs_ro: list[str] = field(default_factory=list)
    needs_en: list[str] = field(default_factory=list)
    names: str = ""  # searched, and first in relevance
    offers: str = ""  # searched, and second in relevance
    texts: tuple[str, str, str] = ("", "", "")  # searched: as typed, by Romanian stems, by English stems


def listings(organisations: Collection[int]) -> Iterator[Listing]:
    """The rows of these organisations: none unless they are members in good standing, else one or two each."""
    listed = (
        Membership.objects.listed()
        .filter(organisation__in=organisations)
        .select_related("organisation__helix_subtype")
        .order_by("organisation")
    )
    members = list(listed)
    if not members:
        return
    ids = [membership.organisation_id for membership in members]
    sectors, stated = _sectors(ids), _stated(ids)
    for membership in members:
        organisation = membership.organisation
        for audience, levels in LEVELS.items():
            if organisation.show_profile in levels:
                seen = [item for level, item in stated[organisation.pk] if level in levels]
                yield _listing(organisation, audience, membership.admitted_on, levels, sectors[organisation.pk], seen)


def _sectors(ids: list[int]) -> dict[int, list[tuple[str, str]]]:
    """Organisation -> (code, names) of its sectors."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Organisation.sectors.through.objects.filter(organisation__in=ids).order_by("sector__position")
    for pk, code, ro, en in rows.values_list("organisation_id", "sector__code", "sector__name_ro", "sector__name_en"):
        found[pk].append((code, f"{ro} {en}"))
    return found


def _stated(ids: list[int]) -> dict[int, list[tuple[str, Stated]]]:
    """Organisation -> (visibility, capability), the most mature first."""
    words = _words()
    found: dict[int, list[tuple[str, Stated]]] = defaultdict(list)
    rows = Capability.objects.filter(organisation__in=ids).order_by("tag__position", "id")
    for pk, tag, direction, trl, visibility, ro, en in rows.values_list(
        "organisation_id", "tag_id", "direction", "trl", "visibility", "note_ro", "note_en"
    ):
        found[pk].append((visibility, Stated(words[tag], direction, trl or 0, ro, en)))
    for items in found.values():
        items.sort(key=lambda item: -item[1].trl)
    return found


def _words() -> dict[int, Word]:
    rows = {row[0]: row for row in Tag.objects.values_list("pk", "parent_id", "name_ro", "name_en", "aliases")}
    words = {}
    for pk, (_pk, _parent, ro, en, aliases) in rows.items():
        above, at = [], pk
        while at is not None:
            above.append(at)
            at = rows[at][1]
        words[pk] = Word(pk, ro, en, tuple(aliases), tuple(above))
    return words


def _listing(
    organisation: Organisation,
    audience: str,
    admitted_on: date,
    levels: Collection[str],
    sectors: list[tuple[str, str]],
    stated: list[Stated],
) -> Listing:
    name = organisation.display_name
    listing = Listing(
        organisation=organisation.pk,
        audience=audience,
        slug=organisation.slug,
        name=name,
        sort_key=fold(name),
        helix_role=organisation.helix_role,
        side=organisation.side,
        area=f"RO-{organisation.county}" if organisation.county else str(organisation.country),
        admitted_on=admitted_on,
        sectors=[code for code, _names in sectors],
        names=f"{organisation.legal_name} {organisation.short_name}",
    )
    _add_groups(listing, organisation, levels)
    _add_capabilities(listing, stated)
    listing.texts = _texts(listing, organisation, levels, [names for _code, names in sectors], stated)
    return listing


def _add_groups(listing: Listing, organisation: Organisation, levels: Collection[str]) -> None:
    """The groups of fields that this audience sees."""
    if organisation.show_texts in levels:
        listing.website = organisation.website
        listing.summary_ro, listing.summary_en = organisation.summary_ro, organisation.summary_en
    if organisation.show_contact in levels:
        listing.place = organisation.locality
    if organisation.show_size in levels:
        listing.size_class = organisation.size_class
        listing.helix_subtype = organisation.helix_subtype.code if organisation.helix_subtype else ""


def _add_capabilities(listing: Listing, stated: list[Stated]) -> None:
    offers = [item for item in stated if item.direction == "offered"]
    needs = [item for item in stated if item.direction == "sought"]
    listing.offers_ro, listing.offers_en = _names(offers)
    listing.needs_ro, listing.needs_en = _names(needs)
    listing.offers_and_above = sorted({pk for item in offers for pk in item.word.above})
    listing.needs_and_above = sorted({pk for item in needs for pk in item.word.above})
    listing.banded = sorted({pk * 4 + band_of(item.trl) for item in offers if item.trl for pk in item.word.above})
    listing.bands = sorted({band_of(item.trl) for item in offers if item.trl})
    listing.trl = max((item.trl for item in offers), default=0)
    # Names and other words stand under both languages: aliases are in any, and readers search in any.
    listing.offers = " ".join(item.word.all_names for item in offers)


def _names(items: Iterable[Stated]) -> tuple[list[str], list[str]]:
    words = [item.word for item in items]
    return [word.name_ro for word in words], [word.name_en for word in words]


def _texts(
    listing: Listing,
    organisation: Organisation,
    levels: Collection[str],
    sectors: list[str],
    stated: list[Stated],
) -> tuple[str, str, str]:
    """The words beside names and offers. Short ones are found by their beginnings too, presentations by stems only."""
    county = organisation.get_county_display() if organisation.country == "RO" else organisation.country.name
    needs = (item.word.all_names for item in stated if item.direction == "sought")
    short = " ".join([listing.place, str(county), *sectors, *needs])
    shown = organisation.show_texts in levels
    romanian, english = (
        " ".join(
            [
                short,
                *(getattr(organisation, f"{part}_{language}") for part in ("summary", "description") if shown),
                *(getattr(item, f"note_{language}") for item in stated),
            ]
        )
        for language in ("ro", "en")
    )
    return f"{short} {listing.summary_ro} {listing.summary_en}", romanian, english
