"""Whether an organisation of a list is there already: by number, by everything that names it, or perhaps."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from members.rules.text import fold, fold_name, web_domain

NAMING = ("legal_name", "country", "tax_id", "lei", "locality", "website")
"""The fields by which an organisation is known again."""
SHARED_HOSTS = frozenset(
    "facebook.com linkedin.com instagram.com sites.google.com wordpress.com blogspot.com listafirme.ro "
    "europa.eu gov.ro gov.uk".split()
)
"""Web addresses that many share: they name nobody."""


@dataclass(frozen=True)
class Identity:
    """What names an organisation, for comparison only. `key`: id of one that is there, or number of a row."""

    key: int
    shown: str
    country: str
    tax_id: str
    lei: str
    name: str
    locality: str
    domain: str

    @property
    def whole(self) -> tuple[str, str, str, str]:
        """All that names it when there is no number."""
        return self.country, self.name, self.locality, self.domain


def identity(
    key: int, *, legal_name: str, country: str, tax_id: str = "", lei: str = "", locality: str = "", website: str = ""
) -> Identity:
    domain = web_domain(website) if website else ""
    return Identity(
        key=key,
        shown=legal_name,
        country=country,
        tax_id=tax_id,
        lei=lei.upper(),
        name=fold_name(legal_name),
        locality=fold(locality),
        domain="" if domain in SHARED_HOSTS else domain,
    )


@dataclass
class Index:
    """Organisations by everything that may name them."""

    numbers: dict[tuple[str, str], Identity] = field(default_factory=dict)
    leis: dict[str, Identity] = field(default_factory=dict)
    wholes: dict[tuple[str, str, str, str], Identity] = field(default_factory=dict)
    domains: dict[str, Identity] = field(default_factory=dict)
    names: dict[tuple[str, str], Identity] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[Identity]) -> "Index":
        index = cls()
        for one in known:
            index.add(one)
        return index

    def add(self, one: Identity) -> None:
        """The first of several that share something stays the one that is found."""
        if one.tax_id:
            self.numbers.setdefault((one.country, one.tax_id), one)
        if one.lei:
            self.leis.setdefault(one.lei, one)
        if one.name:
            self.wholes.setdefault(one.whole, one)
            self.names.setdefault((one.country, one.name), one)
        if one.domain:
            self.domains.setdefault(one.domain, one)

    def same(self, one: Identity) -> Identity | None:
        """The very same organisation: same tax number or LEI; without numbers, same name, country, place and domain."""
        if one.tax_id and (found := self.numbers.get((one.country, one.tax_id))):
            return found
        if one.lei and (found := self.leis.get(one.lei)):
            return found
        whole = self.wholes.get(one.whole)
        return whole if whole and not self._differs(one, whole) else None

    def like(self, one: Identity) -> tuple[Identity, str] | None:
        """Another that may be the same one, and why: "domain" or "name"."""
        if one.domain and (found := self.domains.get(one.domain)):
            return found, "domain"
        if found := self.names.get((one.country, one.name)):
            return found, "name"
        return None

    @staticmethod
    def _differs(one: Identity, other: Identity) -> bool:
        """Two different numbers of one kind are two organisations, whatever else is alike."""
        return bool(one.tax_id and other.tax_id and one.tax_id != other.tax_id) or bool(
            one.lei and other.lei and one.lei != other.lei
        )
