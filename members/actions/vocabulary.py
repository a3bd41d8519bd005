"""The office keeps the tree of capability words: adds, renames, moves, retires and brings back.

Who keeps the vocabulary holds one lock until the end of the transaction, so that two moves cannot make a loop together,
and names the version of the word that was on the page, so that nobody's change is overwritten in silence. The
directory, the board and the matches follow in the same transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.text import slugify

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members.actions.directory import refresh_directory
from members.models import Capability, Tag
from members.permissions import can_keep_vocabulary, forget_standing
from members.rules.errors import RuleError
from members.rules.text import fold
from members.rules.vocabulary import branch, check_place, in_tree_order, other_words

LOCK = "SELECT pg_advisory_xact_lock(hashtext('members vocabulary'))"
ORDER = """
UPDATE members_tag t SET position = o.place
  FROM unnest(%s::bigint[]) WITH ORDINALITY o (id, place) WHERE t.id = o.id AND t.position <> o.place
"""


@dataclass(frozen=True)
class Naming:
    """What the office writes of a word."""

    name_ro: str
    name_en: str
    aliases: tuple[str, ...] = ()
    scored: bool = True


@transaction.atomic
def add_word(naming: Naming, *, by: User, under: int | None, code: str = "") -> Tag:
    """A new word below another one, or a main branch (`under` None); it stands last among its neighbours."""
    opened(by)
    parents = parents_now()
    if under is not None:
        if not Tag.objects.filter(pk=under, active=True).exists():
            raise RuleError("word_parent_retired")
        check_place({**parents, 0: under}, 0, under)
    check_neighbours(naming, under)
    word: Tag = Tag.objects.create(
        code=free_code(code or naming.name_en),
        parent_id=under,
        name_ro=naming.name_ro,
        name_en=naming.name_en,
        aliases=other_words(naming.aliases, naming.name_ro, naming.name_en),
        scored=naming.scored,
        position=Tag.objects.count() + 1,
    )
    audit.record("word_added", word, by=by)
    follow([word.pk])
    return word


@transaction.atomic
def edit_word(pk: int, naming: Naming, *, by: User, version: int) -> list[str]:
    """Rename a word in both languages, with its other words; the names of the fields that changed."""
    word = opened_word(pk, by)
    wanted = {
        "name_ro": naming.name_ro,
        "name_en": naming.name_en,
        "aliases": other_words(naming.aliases, naming.name_ro, naming.name_en),
        "scored": naming.scored,
    }
    changed = audit.changes({name: getattr(word, name) for name in wanted}, wanted)
    if not changed:  # the same form twice
        return []
    _check_version(word, version)
    check_neighbours(naming, word.parent_id, word.pk)
    for name in changed:
        setattr(word, name, wanted[name])
    _save(word, *changed)
    audit.record("word_edited", word, by=by, fields=changed)
    follow([word.pk])
    return changed


@transaction.atomic
def move_word(pk: int, under: int, *, by: User, version: int) -> bool:
    """Put a word, with everything below it, under another one; False when it stands there already."""
    word = opened_word(pk, by)
    if word.parent_id == under:
        return False
    _check_version(word, version)
    if word.parent_id is None:
        raise RuleError("word_is_a_root")
    target = Tag.objects.filter(pk=under, active=True).first()
    if target is None:
        raise RuleError("word_parent_retired")
    check_place(parents_now(), word.pk, under)
    check_neighbours(Naming(word.name_ro, word.name_en), under, word.pk)
    before = str(word.parent)
    word.parent, word.position = target, Tag.objects.count() + 1
    _save(word, "parent", "position")
    audit.record("word_moved", word, by=by, source=before, goal=str(target))
    follow([word.pk])
    return True


@transaction.atomic
def retire_word(pk: int, *, by: User, version: int) -> bool:
    """Nobody chooses the word any more; who states it keeps it. False when it is retired already."""
    word = opened_word(pk, by)
    if not word.active:
        return False
    _check_version(word, version)
    if word.parent_id is None:
        raise RuleError("word_is_a_root")
    word.active = False
    _save(word, "active")
    audit.record("word_retired", word, by=by, count=Capability.objects.filter(tag=word).count())
    follow([])
    return True


@transaction.atomic
def bring_back_word(pk: int, *, by: User, version: int) -> bool:
    """A retired word may be chosen again; False when it may already. A merged word stays with its heir."""
    word = opened_word(pk, by)
    if word.active:
        return False
    _check_version(word, version)
    if word.merged_into_id is not None:
        raise RuleError("word_merged", {"heir": str(word.merged_into)})
    word.active = True
    _save(word, "active")
    audit.record("word_brought_back", word, by=by)
    follow([])
    return True


# ------------------------------------------------------------------ what every act of the desk shares
def opened(by: User) -> None:
    """The vocabulary, locked for `by`; rights are read again."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    forget_standing(by)
    if not can_keep_vocabulary(by):
        raise RuleError("office_only")


def opened_word(pk: int, by: User) -> Tag:
    """A word, locked: whoever is about to choose it waits, and then sees what became of it."""
    opened(by)
    word: Tag | None = Tag.objects.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if word is None:
        raise RuleError("word_gone")
    return word


def _check_version(word: Tag, version: int) -> None:
    if word.version != version:
        raise RuleError("word_overtaken")


def _save(word: Tag, *fields: str) -> None:
    word.version += 1
    word.save(update_fields=["version", *fields])


def parents_now() -> dict[int, int | None]:
    return dict(Tag.objects.values_list("pk", "parent_id"))


def check_neighbours(naming: Naming, under: int | None, word: int | None = None) -> None:
    """Two words of one name cannot stand next to each other, in whatever writing."""
    names = {fold(naming.name_ro), fold(naming.name_en)}
    for other in Tag.objects.filter(parent=under, merged_into__isnull=True).exclude(pk=word):
        if {fold(other.name_ro), fold(other.name_en)} & names:
            raise RuleError("word_stands_there", {"word": other.name})


def free_code(wish: str) -> str:
    """A code for a new word that no other word has."""
    base = slugify(fold(wish))[:52] or "word"
    taken = set(Tag.objects.filter(code__startswith=base).values_list("code", flat=True))
    numbered = (f"{base}-{number}" for number in range(2, len(taken) + 3))
    return base if base not in taken else next(code for code in numbered if code not in taken)


def follow(words: Iterable[int]) -> None:
    """Bring what is read in step: the order of the tree, and the members who state these words or narrower ones."""
    with connection.cursor() as cursor:
        cursor.execute(ORDER, [in_tree_order(Tag.objects.values_list("pk", "parent_id", "position"))])
    parents = parents_now()
    concerned = set().union(*(branch(parents, word) for word in words))
    refresh_directory(set(Capability.objects.filter(tag__in=concerned).values_list("organisation_id", flat=True)))
