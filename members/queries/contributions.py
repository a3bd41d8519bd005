"""Where an organisation contributes: the words that its cluster asks about, as a matrix or as a tree."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from cluster_portal.common.models import Cluster
from members.models import Capability, Organisation, Tag


@dataclass(frozen=True)
class Grid:
    """The matrix of a cluster whose fields and functions cross: columns, and rows of tags."""

    columns: list[tuple[str, str]]
    rows: list[tuple[str, list[Tag]]]


@dataclass(frozen=True)
class Branch:
    """A word of the tree with the finer words under it."""

    tag: Tag
    branches: "tuple[Branch, ...]"

    def codes(self) -> set[str]:
        return {self.tag.code}.union(*(one.codes() for one in self.branches))


def words_to_choose() -> list[Tag]:
    """The words by which an applicant shows where it contributes: the tree that the statute's preset names."""
    cluster = Cluster.objects.first()
    root = Tag.objects.filter(code=(cluster.matrix.get("fields") if cluster else "") or "").first()
    if root is None:
        return []
    found = root.descendants().filter(active=True, merged_into__isnull=True)
    return list(found.order_by("position", "id"))


def contributions(organisation: Organisation) -> QuerySet[Capability]:
    """What the organisation offers among the words an applicant chooses from."""
    codes = [tag.pk for tag in words_to_choose()]
    return Capability.objects.filter(organisation=organisation, direction="offered", tag__in=codes)


def as_grid(words: Iterable[Tag], language: str) -> Grid | None:
    """The words as rows and columns, when they are the crossings of two axes."""
    cells = {(tag.row, tag.column): tag for tag in words if tag.row and tag.column}
    cluster = Cluster.objects.first()
    if not cells or cluster is None:
        return None
    axes = {axis["code"]: axis["items"] for axis in cluster.matrix.get("axes", [])}
    rows, columns = axes.get(cluster.matrix["rows"], []), axes.get(cluster.matrix["columns"], [])
    short, name = f"short_{language}", f"name_{language}"
    return Grid(
        [(item[short] or item["code"], item[name]) for item in columns],
        [
            (item[name], [cells[item["code"], column["code"]] for column in columns])
            for item in rows
            if all((item["code"], column["code"]) in cells for column in columns)
        ],
    )


def as_tree(words: Iterable[Tag]) -> tuple[Branch, ...]:
    """The words as they hang under one another."""
    under: dict[int | None, list[Tag]] = {}
    every = list(words)
    known = {tag.pk for tag in every}
    for tag in every:
        under.setdefault(tag.parent_id if tag.parent_id in known else None, []).append(tag)

    def grown(parent: int | None) -> tuple[Branch, ...]:
        return tuple(Branch(tag, grown(tag.pk)) for tag in under.get(parent, []))

    return grown(None)
