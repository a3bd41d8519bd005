"""The words that the directory is shown with, kept in each process until the directory or a word changes.

Every read of the directory also reads GENERATION, a column that says which state of it one sees: a process
compares it with the state it remembers, so nothing is served from a past one and nobody has to be told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import get_language

from members.models import HelixSubtype, Sector, Tag

GENERATION = "(SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM members_directorychange)::text"


@dataclass(frozen=True)
class Term:
    """A word in both languages: a capability, a sector or a sub-type."""

    code: str
    name_ro: str
    name_en: str
    pk: int = 0
    parent: int | None = None
    row: str = ""
    column: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """In the language of the reader."""
        return (self.name_ro or self.name_en) if get_language() == "ro" else (self.name_en or self.name_ro)


@dataclass(frozen=True)
class Vocabulary:
    """All words at one time. `tags` are in the order of the tree."""

    generation: str = ""
    tags: dict[int, Term] = field(default_factory=dict)
    sectors: dict[str, Term] = field(default_factory=dict)
    subtypes: dict[str, Term] = field(default_factory=dict)
    helix_roles: frozenset[str] = frozenset()

    @cached_property
    def by_code(self) -> dict[str, Term]:
        return {tag.code: tag for tag in self.tags.values()}

    @cached_property
    def subtypes_by_id(self) -> dict[int, Term]:
        return {term.pk: term for term in self.subtypes.values()}

    @cached_property
    def roots(self) -> list[Term]:
        return [tag for tag in self.tags.values() if tag.parent is None]

    @cached_property
    def children(self) -> dict[int, list[Term]]:
        found: dict[int, list[Term]] = {}
        for tag in self.tags.values():
            if tag.parent is not None:
                found.setdefault(tag.parent, []).append(tag)
        return found

    def above(self, pk: int) -> Iterator[Term]:
        """The tag itself, then its parent and so on up to the root."""
        at: int | None = pk
        while at is not None:
            yield self.tags[at]
            at = self.tags[at].parent

    def path(self, pk: int) -> str:
        """Where a tag stands in the tree, without itself: "Sensing / Chemical detection"."""
        return " / ".join(term.name for term in reversed(list(self.above(pk))[1:]))


class Memory:
    """The vocabulary as this process last read it."""

    known = Vocabulary()


def vocabulary(generation: str) -> Vocabulary:
    """The words that belong to this state of the directory; read again (three queries) when it has moved on."""
    if Memory.known.generation != generation or not Memory.known.tags:
        Memory.known = read_vocabulary(generation)
    return Memory.known


def read_vocabulary(generation: str) -> Vocabulary:
    tags = {
        row[0]: Term(row[1], row[2], row[3], row[0], row[4], row[5], row[6], tuple(row[7]))
        for row in Tag.objects.order_by("position").values_list(
            "pk", "code", "name_ro", "name_en", "parent_id", "row", "column", "aliases"
        )
    }
    named = ("code", "name_ro", "name_en", "pk")
    sectors = {row[0]: Term(*row) for row in Sector.objects.values_list(*named)}
    kinds = list(HelixSubtype.objects.values_list(*named, "role"))
    subtypes = {row[0]: Term(*row[:4]) for row in kinds}
    return Vocabulary(generation, tags, sectors, subtypes, frozenset(row[4] for row in kinds))
