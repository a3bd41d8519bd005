"""Reads for an import: the words that lists use for codes, and the organisations that are there."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.db.models import Model, TextChoices
from django.utils.translation import override
from django_countries import countries

from members.enums import County, HelixRole, Ownership, Side, SizeClass, Tier
from members.models import HelixSubtype, LegalForm, Membership, Organisation, Sector
from members.rules.imports.matching import NAMING, identity
from members.rules.imports.places import plain
from members.rules.imports.planning import Known
from members.rules.imports.values import LENGTHS, Lexicon

ROLES: Mapping[str, str] = {
    "industry": (
        "industrie company companie firma societate prc sme imm private business enterprise intreprindere industrial "
        "privat"
    ),
    "university": (
        "universitate education educatie hes rec research cercetare facility academic research-institute "
        "research-organisation research-organization research-centre institut-de-cercetare universitate-si-cercetare "
        "higher-education invatamant institut university-and-research invatamant-superior"
    ),
    "government": (
        "pub public public-body administratie administratie-publica authority autoritate guvern ministry minister "
        "public-authority autoritate-publica institutie-publica public-institution"
    ),
    "catalyst": "catalizator cluster chamber-of-commerce camera-de-comert incubator accelerator technology-transfer",
    "funder": "finantator bank banca fund fond investor",
    "civil_society": "civil-society societate-civila ngo ong nonprofit non-profit",
}
SIDES: Mapping[str, str] = {
    "civil": "civila civilian",
    "dual": "duala dual-use dubla-utilizare",
    "defence": "aparare defense military militar militara",
}
SIZES: Mapping[str, str] = {
    "micro": "microintreprindere",
    "small": "mica small-enterprise intreprindere-mica",
    "medium": "mijlocie intreprindere-mijlocie",
    "large": "mare intreprindere-mare large-enterprise",
}
FORMS: Mapping[str, str] = {"srl": "s-r-l", "sa": "s-a", "association": "asociatie ong", "foundation": "fundatie"}


def lexicon() -> Lexicon:
    """Codes by their words in both languages, and by the words that lists are known to use."""
    return Lexicon(
        countries=_of_countries(),
        counties=_of_choices(County),
        roles={**_of_choices(HelixRole), **_of_words(ROLES)},
        subtypes=_of_rows(HelixSubtype.objects.all()),
        subtype_roles=dict(HelixSubtype.objects.values_list("code", "role")),
        sides={**_of_choices(Side), **_of_words(SIDES)},
        tiers=_of_choices(Tier),
        sizes={**_of_choices(SizeClass), **_of_words(SIZES)},
        ownerships=_of_choices(Ownership),
        legal_forms={**_of_rows(LegalForm.objects.all()), **_of_words(FORMS, LegalForm.objects.in_bulk())},
        sectors=_of_rows(Sector.objects.all()),
    )


def known_organisations() -> list[Known]:
    """Every organisation with a name, as an import compares it."""
    names = [*LENGTHS, "country", "county", "helix_role", "side", "tier", "size_class", "ownership", "employees"]
    rows = Organisation.objects.exclude(legal_name="").values(
        "pk", *names, "founded_on", "legal_form_id", "helix_subtype__code"
    )
    return [_known(row) for row in rows.order_by("pk")]


def ever_members() -> set[int]:
    """Organisations that are or were members."""
    return set(Membership.objects.values_list("organisation_id", flat=True))


def _known(row: dict[str, object]) -> Known:
    values = {**row, "country": str(row["country"]), "legal_form": row["legal_form_id"] or ""}
    values["helix_subtype"] = row["helix_subtype__code"] or ""
    texts = {name: str(values[name] or "") for name in NAMING}
    return Known(identity(int(str(row["pk"])), **texts), values)


def _of_countries() -> dict[str, str]:
    words = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.update({plain(str(name)): str(code) for code, name in countries})
    return words


def _of_choices(choices: type[TextChoices]) -> dict[str, str]:
    """Codes and labels in every language; what a label explains in brackets does not belong to it."""
    words = {plain(value): value for value in choices.values}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.update({plain(str(label).split("(")[0]): value for value, label in choices.choices})
    return words


def _of_rows(rows: Iterable[Model]) -> dict[str, str]:
    """Codes, names and what stands in brackets after a name: "Societate pe acțiuni (SA)"."""
    words = {}
    for row in rows:
        code = str(getattr(row, "code"))  # noqa: B009  # every such table has one, which its base does not say
        words[plain(code)] = code
        for text in (getattr(row, "name_ro"), getattr(row, "name_en")):  # noqa: B009
            name, _bracket, inside = str(text).partition("(")
            words.setdefault(plain(text), code)
            words.setdefault(plain(name), code)
            for abbreviation in inside.rstrip(") ").split(","):
                words.setdefault(plain(abbreviation), code)
    words.pop("", None)
    return words


def _of_words(words: Mapping[str, str], there: Mapping[str, object] | None = None) -> dict[str, str]:
    """Code -> words with spaces between, hyphens inside; only codes that are `there`."""
    return {
        plain(word): code for code, text in words.items() if there is None or code in there for word in text.split()
    }
