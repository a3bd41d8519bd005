"""Words that members miss: a member suggests one, the office takes it up, names the word that means it, or declines."""

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members import emails
from members.actions import vocabulary
from members.actions.profile import opened
from members.actions.vocabulary import Naming, add_word
from members.enums import SuggestionState
from members.models import Tag, TagSuggestion
from members.models.suggestion import MOST_WAITING
from members.rules.errors import RuleError
from members.rules.text import fold


@transaction.atomic
def suggest_word(pk: int, *, by: User, direction: str, name: str, note: str = "") -> TagSuggestion:
    """Ask the office for a word that the member `pk` misses; once at a time, and not for one that is there."""
    organisation = opened(pk, by)
    folded = fold(name)
    for word in Tag.objects.filter(active=True, parent__isnull=False):
        if folded in {fold(said) for said in (word.name_ro, word.name_en, *word.aliases)}:
            raise RuleError("word_exists", {"word": word.name})
    waiting = TagSuggestion.objects.waiting().filter(organisation=organisation)
    if waiting.filter(folded=folded).exists():
        raise RuleError("suggestion_waits")
    if waiting.count() >= MOST_WAITING:
        raise RuleError("suggestions_full", {"most": MOST_WAITING})
    row = TagSuggestion.objects.create(
        organisation=organisation, direction=direction, name=name, folded=folded, note=note, asked_by=by
    )
    audit.record("word_suggested", organisation, by=by, word=name)
    return row


@transaction.atomic
def promote_suggestion(pk: int, naming: Naming, *, by: User, under: int) -> Tag:
    """Make a word of the tree of it; who asked is written to."""
    row = _waiting(pk, by)
    word = add_word(naming, by=by, under=under)
    _decide(row, SuggestionState.PROMOTED, by, word=word)
    audit.record("word_promoted", row.organisation, by=by, word=row.name)
    return word


@transaction.atomic
def answer_with_word(pk: int, word: int, *, by: User) -> None:
    """The word that means it is there already; who asked is written to."""
    row = _waiting(pk, by)
    meant = Tag.objects.filter(pk=word, active=True, parent__isnull=False).first()
    if meant is None:
        raise RuleError("word_gone")
    _decide(row, SuggestionState.MERGED, by, word=meant)
    audit.record("word_meant", row.organisation, by=by, word=row.name)


@transaction.atomic
def decline_suggestion(pk: int, answer: str, *, by: User) -> None:
    """Not taken up, with the reason that who asked reads."""
    row = _waiting(pk, by)
    _decide(row, SuggestionState.DECLINED, by, answer=answer)
    audit.record("word_declined", row.organisation, by=by, word=row.name)


def _waiting(pk: int, by: User) -> TagSuggestion:
    vocabulary.opened(by)
    row = TagSuggestion.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=pk).first()
    if row is None:
        raise RuleError("word_gone")
    if row.state != SuggestionState.WAITING:
        raise RuleError("suggestion_decided")
    return row


def _decide(row: TagSuggestion, state: str, by: User, *, word: Tag | None = None, answer: str = "") -> None:
    row.state, row.word, row.answer = state, word, answer
    row.decided_by, row.decided_at = by, timezone.now()
    row.save()
    emails.suggestion_answered(row)
