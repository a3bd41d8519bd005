"""One word of the vocabulary is merged into another: what was said with it is said with its heir from then on."""

from dataclasses import dataclass

from django.db import transaction

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members.actions.profile import closed
from members.actions.vocabulary import Naming, check_neighbours, follow, opened_word, parents_now
from members.models import Capability, Organisation, Tag
from members.queries.word_merge import capabilities_of, stands
from members.rules.errors import RuleError
from members.rules.vocabulary import branch, check_place, other_words
from members.rules.word_merging import strength, taken_over
from members.signals import capability_united, word_merged

FIELDS = (
    "kind trl weight references note_ro note_en evidence visibility control control_category control_group"
).split()


@dataclass(frozen=True)
class Merged:
    """What was done: capabilities that changed their word, and those that ended in a stronger one."""

    moved: int
    united: int


@transaction.atomic
def merge_words(pk: int, heir: int, *, by: User, version: int) -> Merged:
    """Merge a word into another, with everything that is said with it, in one transaction.

    Capabilities, narrower words, other words, suggestions, saved searches, events, references and calls move to the
    heir; a member that states both keeps the stronger one. Both names find the heir. None of it is done twice.
    """
    word = opened_word(pk, by)
    if word.merged_into_id == heir:
        return Merged(0, 0)
    goal = _checked(word, heir, version)
    done = _move_capabilities(word, goal, by)
    _move_words(word, goal)
    word_merged.send(word.pk, goal.pk)
    audit.record("word_merged", word, by=by, heir=str(goal), moved=done.moved, united=done.united)
    follow([goal.pk])
    return done


def _checked(word: Tag, heir: int, version: int) -> Tag:
    """The heir, locked, when these two may be merged."""
    if word.pk == heir:
        raise RuleError("word_itself")
    if word.version != version:
        raise RuleError("word_overtaken")
    if word.merged_into_id is not None:
        raise RuleError("word_merged", {"heir": str(word.merged_into)})
    goal: Tag | None = Tag.objects.select_for_update(no_key=True, of=("self",)).filter(pk=heir).first()
    if goal is None:
        raise RuleError("word_gone")
    if not goal.active:
        raise RuleError("word_heir_retired", {"heir": str(goal)})
    if word.parent_id is None or goal.parent_id is None:
        raise RuleError("word_is_a_root")
    parents = parents_now()
    if goal.pk in branch(parents, word.pk):
        raise RuleError("word_heir_below", {"heir": str(goal)})
    for child in Tag.objects.filter(parent=word):
        check_place(parents, child.pk, goal.pk)
        if child.merged_into_id is None:
            check_neighbours(Naming(child.name_ro, child.name_en), goal.pk)
    return goal


def _move_capabilities(word: Tag, heir: Tag, by: User) -> Merged:
    """The members are locked by id, as everybody locks them; each has its line in the trail and its next version."""
    owners = set(capabilities_of(word).values_list("organisation_id", flat=True))
    locked = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=owners).order_by("pk")}
    there = {(row.organisation_id, row.direction): row for row in Capability.objects.filter(tag=heir)}
    moved = united = 0
    for row in capabilities_of(word):
        organisation = locked[row.organisation_id]
        other = there.get((row.organisation_id, row.direction))
        if other is None:
            row.tag = heir
            row.save(update_fields=["tag"])
            moved += 1
        else:
            _unite(row, other, heir)
            united += 1
        verb = "capability_moved" if other is None else "capability_united"
        audit.record(verb, organisation, by=by, words=[str(word), str(heir)])
    for organisation in locked.values():
        closed(organisation)
    return Merged(moved, united)


def _unite(row: Capability, other: Capability, heir: Tag) -> None:
    """Keep the stronger one, with what only the other says; the row history has what ended."""
    pair = sorted((other, row), key=lambda one: strength(_stated(one), stands=stands(one)), reverse=True)
    kept, ended = pair
    values = taken_over(_stated(kept), _stated(ended))
    capability_united.send(ended.pk, kept.pk)
    ended.delete()
    for name, value in values.items():
        setattr(kept, name, value)
    kept.tag = heir
    kept.save()


def _stated(row: Capability) -> dict[str, object]:
    return {name: getattr(row, name) for name in FIELDS}


def _move_words(word: Tag, heir: Tag) -> None:
    """The heir is found by the names of the word; what was merged into it before goes along; it ends."""
    said = other_words([*heir.aliases, word.name_ro, word.name_en, *word.aliases], heir.name_ro, heir.name_en)
    if said != heir.aliases:
        heir.aliases = said
        heir.version += 1
        heir.save(update_fields=["aliases", "version"])
    Tag.objects.filter(parent=word).update(parent=heir)
    Tag.objects.filter(merged_into=word).update(merged_into=heir)
    word.suggestions.update(word=heir)
    word.merged_into, word.active = heir, False
    word.version += 1
    word.save(update_fields=["merged_into", "active", "version"])
