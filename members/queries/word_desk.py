"""The vocabulary as the office sees it: the tree with who states each word, and the signs of what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from members.models import Membership, Tag, TagSuggestion
from members.models.membership import LISTED
from members.rules.text import fold
from members.rules.vocabulary import chain, too_broad

USES = """
WITH RECURSIVE up AS (
    SELECT id AS tag_id, id AS node_id, parent_id, 0 AS steps FROM members_tag
    UNION ALL
    SELECT up.tag_id, t.id, t.parent_id, up.steps + 1 FROM up JOIN members_tag t ON t.id = up.parent_id
     WHERE up.steps < 32
), listed AS (
    SELECT DISTINCT organisation_id FROM members_membership WHERE state = ANY(%s)
)
SELECT up.node_id,
       count(DISTINCT c.organisation_id) FILTER (WHERE up.steps = 0 AND c.direction = 'offered'),
       count(DISTINCT c.organisation_id) FILTER (WHERE up.steps = 0 AND c.direction = 'sought'),
       count(DISTINCT c.organisation_id) FILTER (WHERE up.steps = 0),
       count(DISTINCT c.organisation_id)
  FROM up JOIN members_capability c ON c.tag_id = up.tag_id JOIN listed l ON l.organisation_id = c.organisation_id
 GROUP BY up.node_id
"""


@dataclass(frozen=True)
class Use:
    """Members in good standing that state a word itself, and those that state it or a narrower one."""

    offers: int = 0
    needs: int = 0
    members: int = 0
    branch: int = 0


@dataclass(frozen=True)
class Line:
    """A word of the tree. `broad`: so many state it that it should be split."""

    tag: Tag
    depth: int
    path: str
    use: Use
    broad: bool
    heir: Tag | None
    hit: bool
    """Found by the search; the others are there to show where it stands."""


@dataclass(frozen=True)
class Desk:
    """The page of the vocabulary."""

    lines: list[Line]
    members: int
    words: int
    hits: int

    @property
    def broad(self) -> list[Line]:
        return [line for line in self.lines if line.broad]

    @property
    def branches(self) -> "list[Branch]":
        """The tree cut below its main branches, so that a page can fold it."""
        found: list[Branch] = []
        for line in self.lines:
            if line.depth == 0:
                found.append(Branch(line, []))
            elif line.depth == 1:
                found[-1].twigs.append([line])
            else:
                found[-1].twigs[-1].append(line)
        return found


@dataclass(frozen=True)
class Branch:
    """A main branch, and each word right below it with its narrower words."""

    root: Line
    twigs: list[list[Line]]


def desk(query: str = "", state: str = "") -> Desk:
    """The whole tree, or the words that hold every word of `query` with the words above them (three queries).

    `state`: "retired" or "unused" narrows as well; merged words are shown only among the retired.
    """
    tags: dict[int, Tag] = {tag.pk: tag for tag in Tag.objects.order_by("position", "id")}
    uses, members = uses_of(), Membership.objects.listed().count()
    parents = {tag.pk: tag.parent_id for tag in tags.values()}
    asked = fold(query).split()
    hits = {pk for pk, tag in tags.items() if _said(tag, asked) and _stands(tag, uses.get(pk, Use()), state)}
    shown = {above for pk in hits for above in chain(parents, pk)}
    lines = []
    for pk in (pk for pk in tags if pk in shown):
        tag, use, above = tags[pk], uses.get(pk, Use()), chain(parents, pk)[1:]
        path = " / ".join(tags[one].name for one in reversed(above))
        broad = tag.active and too_broad(use.members, members)
        lines.append(Line(tag, len(above), path, use, broad, tags.get(tag.merged_into_id or 0), pk in hits))
    return Desk(lines, members, len(tags), len(hits))


def _said(tag: Tag, asked: Iterable[str]) -> bool:
    text = fold(" ".join([tag.name_ro, tag.name_en, tag.code, *tag.aliases]))
    return all(word in text for word in asked)


def _stands(tag: Tag, use: Use, state: str) -> bool:
    if state == "all":
        return True
    if state == "retired":
        return not tag.active
    if state == "unused":
        return tag.active and tag.parent_id is not None and not use.branch
    return tag.merged_into_id is None


def uses_of() -> dict[int, Use]:
    """Word -> how many members in good standing state it; words that nobody states are left out."""
    with connection.cursor() as cursor:
        cursor.execute(USES, [[str(state) for state in LISTED]])
        return {row[0]: Use(*row[1:]) for row in cursor.fetchall()}


def word_line(pk: int) -> Line | None:
    """One word with its counts."""
    return next((line for line in desk(state="all").lines if line.tag.pk == pk), None)


def narrower(pk: int) -> list[Tag]:
    """The words right below a word that are not merged into others."""
    return list(Tag.objects.filter(parent=pk, merged_into__isnull=True).order_by("position"))


MOST_SHOWN = 100


def suggestions() -> list[TagSuggestion]:
    """What waits, oldest first, then what was answered last."""
    rows = TagSuggestion.objects.select_related("organisation", "asked_by", "word", "decided_by")
    answered = rows.exclude(decided_at__isnull=True).order_by("-decided_at")[:MOST_SHOWN]
    return [*rows.waiting().order_by("id"), *answered]


def suggestion(pk: int) -> TagSuggestion | None:
    return TagSuggestion.objects.select_related("organisation", "asked_by").filter(pk=pk).first()
