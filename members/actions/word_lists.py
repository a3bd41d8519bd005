"""The vocabulary out and in as a table: a preview row by row, then all of it in one transaction, or none."""

from hashlib import sha256

from django.db import transaction

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members.actions.vocabulary import follow, opened
from members.models import Tag
from members.rules.errors import RuleError
from members.rules.vocabulary import other_words
from members.rules.word_lists import Row, Word, plan_list, read_list


def words_now() -> dict[str, Word]:
    """The words that stand for themselves, in the order of the tree."""
    codes = dict(Tag.objects.values_list("pk", "code"))
    return {
        tag.code: Word(
            tag.code,
            codes.get(tag.parent_id, ""),
            tag.name_ro,
            tag.name_en,
            tuple(other_words(tag.aliases, tag.name_ro, tag.name_en)),  # as a row of a file is read
            tag.scored,
            tag.active,
        )
        for tag in Tag.objects.filter(merged_into__isnull=True).order_by("position", "id")
    }


def state_of_words() -> str:
    """A mark of the state that a preview was made on."""
    return sha256(repr(list(Tag.objects.order_by("pk").values_list("pk", "version"))).encode()).hexdigest()[:32]


def planned_list(text: str) -> list[Row]:
    """What a file would do now; reads only."""
    merged = frozenset(Tag.objects.filter(merged_into__isnull=False).values_list("code", flat=True))
    return plan_list(read_list(text), words_now(), merged)


@transaction.atomic
def import_list(text: str, *, by: User, state: str) -> list[Row]:
    """Do what the preview said; a second run changes nothing. Raises RuleError: word_list_faulty, word_list_changed."""
    opened(by)
    rows = planned_list(text)
    if faulty := sum(row.fate == "faulty" for row in rows):
        raise RuleError("word_list_faulty", {"count": faulty})
    due = [row for row in rows if row.fate in {"new", "changed"}]
    if not due:
        return rows
    if state != state_of_words():
        raise RuleError("word_list_changed")
    words = {tag.code: tag for tag in Tag.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")}
    last = len(words)
    for place, row in enumerate((row for row in due if row.fate == "new"), start=last + 1):
        words[row.word.code] = Tag.objects.create(
            code=row.word.code, name_ro=row.word.name_ro, name_en=row.word.name_en, position=place
        )
    for row in due:
        _write(words, row, by)
    follow([words[row.word.code].pk for row in due])
    return rows


def _write(words: dict[str, Tag], row: Row, by: User) -> None:
    """Bring one row into its word, which is there; with its line in the trail."""
    word = words[row.word.code]
    for name in ("name_ro", "name_en", "scored", "active"):
        setattr(word, name, getattr(row.word, name))
    word.aliases = list(row.word.aliases)
    word.parent = words[row.word.parent] if row.word.parent else None
    if row.fate == "changed":
        word.version += 1
    word.save()
    if row.fate == "new":
        audit.record("word_added", word, by=by)
    else:
        audit.record("word_edited", word, by=by, fields=list(row.changed))
