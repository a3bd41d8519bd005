"""The board: published offers and needs as a reader may see them, searched, in order; one of them; who can meet it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Case, Count, F, Func, IntegerField, Value, When
from django.db.models.fields import BigIntegerField
from django.utils import timezone

from cluster_portal.common.visibility import Level, Viewer
from matchmaking.models import NotInterested, Opportunity
from matchmaking.models.opportunity import OpportunityQuerySet
from matchmaking.queries.need_search import Answerer, Need, who_can_meet
from members.enums import Direction
from members.models import Capability, Tag
from members.queries.search import all_words, terms_of
from members.rules.search_words import words_of

ORDERS = ("newest", "ending", "maturity", "member")
NEARBY = 8
"""Opposite items about the same word that a page names."""


class Words(SearchQuery):
    """What people type, cut and folded as the directory does: all words, each in either language or as it begins."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.words = words_of(text)

    def as_sql(self, *_args: Any, **_context: Any) -> tuple[str, Any]:
        statement, values = all_words(terms_of(self.words), {})
        return f"({statement})", list(values)  # Django adds it to a list, whatever its types say


def board(viewer: Viewer, on: date | None = None) -> OpportunityQuerySet:
    """Everything on the board that this reader may see."""
    found: OpportunityQuerySet = (
        Opportunity.objects.of_members().standing(on or timezone.localdate()).visible_to(viewer)
    )
    return found


def with_words(found: OpportunityQuerySet, text: str) -> OpportunityQuerySet:
    """Those that hold all words; nothing when there is no word in the text."""
    return found.filter(search=Words(text)) if words_of(text) else found.none()


def in_order(found: OpportunityQuerySet, order: str, text: str) -> OpportunityQuerySet:
    """In the order that is asked for; by relevance when words are searched and nothing else is asked."""
    newest = (F("published_at").desc(), "pk")
    if order == "ending":
        return found.order_by(F("capability__expires_on").asc(nulls_last=True), *newest)
    if order == "maturity":
        return found.order_by(F("capability__trl").desc(nulls_last=True), *newest)
    if order == "member":
        return found.order_by("capability__organisation__sort_key", "capability__organisation", *newest)
    if words_of(text) and order != "newest":
        tier = Case(When(title=Words(text), then=Value(0)), default=Value(1), output_field=IntegerField())
        return found.order_by(tier, *newest)
    return found.order_by(*newest)


def shown(found: OpportunityQuerySet) -> OpportunityQuerySet:
    """With what a row of the list says."""
    return found.select_related("capability__organisation", "capability__tag__parent")


@dataclass(frozen=True)
class WordInUse:
    """A word of the tree that stands at or above something on the board, how deep, and how many items are there."""

    code: str
    name: str
    depth: int
    count: int


def words_in_use(found: OpportunityQuerySet) -> list[WordInUse]:
    """The words of what this reader may see, in the order of the tree (two queries)."""
    counted = dict(
        found.order_by()
        .annotate(word=Func("tags", function="unnest", output_field=BigIntegerField()))
        .values_list("word")
        .annotate(count=Count("pk"))
    )
    tags = {tag.pk: tag for tag in Tag.objects.filter(pk__in=counted, merged_into__isnull=True)}
    return [WordInUse(tag.code, tag.name, _depth(tag, tags), counted[tag.pk]) for tag in _in_tree_order(tags)]


def _in_tree_order(tags: dict[int, Tag]) -> Iterable[Tag]:
    """Parents before their children, each level by position."""
    below: dict[int | None, list[Tag]] = {}
    for tag in sorted(tags.values(), key=lambda tag: (tag.position, tag.pk)):
        below.setdefault(tag.parent_id if tag.parent_id in tags else None, []).append(tag)
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        tag = waiting.pop()
        yield tag
        waiting += reversed(below.get(tag.pk, []))


def _depth(tag: Tag, tags: dict[int, Tag]) -> int:
    depth, at = 0, tag.parent_id
    while at in tags:
        depth, at = depth + 1, tags[at].parent_id
    return depth


def opportunity(key: UUID, viewer: Viewer) -> Opportunity | None:
    """One item as this reader may see it, run out or not; None when they may not know of it."""
    found = shown(Opportunity.objects.of_members().visible_to(viewer)).filter(key=key)
    return found.first()


def path_of(item: Opportunity) -> list[Tag]:
    """The words above its word, from the root down."""
    tags = {tag.pk: tag for tag in Tag.objects.filter(pk__in=item.tags)}
    found, at = [], item.capability.tag.parent_id
    while at in tags:
        found.append(tags[at])
        at = tags[at].parent_id
    return found[::-1]


def opposites(item: Opportunity, viewer: Viewer) -> list[Opportunity]:
    """What this reader may see that stands opposite: offers for a need, needs for an offer, at or below each other's
    word; roots are left out, for they only group."""
    wanted = Direction.OFFERED if item.capability.direction == Direction.SOUGHT else Direction.SOUGHT
    meaning = list(Tag.objects.filter(pk__in=item.tags, parent__isnull=False).values_list("pk", flat=True))
    near = (
        board(viewer)
        .filter(capability__direction=wanted)
        .exclude(capability__organisation=item.capability.organisation_id)
    )
    same = near.filter(capability__tag__in=meaning) | near.filter(tags__contains=[item.capability.tag_id])
    return list(shown(same).order_by("-published_at", "pk")[:NEARBY])


def need_of(capability: Capability) -> Need:
    """A published need as the need search reads it."""
    return Need(capability.note_ro, capability.note_en, (capability.tag_id,), capability.trl)


def answerers(capability: Capability, viewer: Viewer, *, limit: int = 20) -> list[Answerer]:
    """Who can meet this need, as the reader may know it: the office everything, the owner what members see.

    Every page of a member is open to members; those that the owner has put aside take nobody's place.
    """
    office = Level.OFFICE in viewer.levels
    aside = NotInterested.objects.filter(member=capability.organisation_id).values_list("partner", flat=True)
    return who_can_meet(
        need_of(capability),
        limit=limit,
        without=capability.organisation_id,
        office=office,
        hidden=() if office else list(aside),
    )
