"""What a person decides about letters: searches kept, changed and given up, and which matches are told."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking.enums import DigestRhythm
from matchmaking.models import DigestChoice, SavedSearch
from matchmaking.models.searches import MOST_SEARCHES
from matchmaking.queries.board import Words
from members.rules.errors import RuleError

FIELDS = frozenset("text direction sides roles county kinds tag trl weight".split())
"""What a search asks for; `name` and `rhythm` are the person's own words for it."""


@transaction.atomic
def save_search(*, by: User, name: str, rhythm: str, wishes: Mapping[str, Any]) -> SavedSearch:
    """Keep a search under a name, at the first free place; only what comes from now on is told."""
    _locked(by)
    taken = set(SavedSearch.objects.filter(person=by).values_list("place", flat=True))
    place = next((place for place in range(1, MOST_SEARCHES + 1) if place not in taken), None)
    if place is None:
        raise RuleError("searches_full", {"most": MOST_SEARCHES})
    _free(by, name)
    search = SavedSearch(person=by, place=place, name=name, rhythm=rhythm)
    _ask(search, wishes)
    search.save(force_insert=True)
    audit.record("search_saved", search, by=by)
    return search


@transaction.atomic
def change_search(key: UUID, *, by: User, name: str, rhythm: str, wishes: Mapping[str, Any]) -> SavedSearch:
    """Rename a search of one's own, ask for something else, or hear of it in another rhythm."""
    _locked(by)
    search = _own(key, by)
    _free(by, name, but=search.pk)
    search.name, search.rhythm = name, rhythm
    _ask(search, wishes)
    search.save()
    audit.record("search_changed", search, by=by)
    return search


@transaction.atomic
def remove_search(key: UUID, *, by: User) -> None:
    """Give a search up; its letters end with it. Nothing happens when it is gone already."""
    _locked(by)
    search = SavedSearch.objects.filter(key=key, person=by).first()
    if search is not None:
        audit.record("search_removed", search, by=by)
        search.delete()


@transaction.atomic
def choose_digest(*, by: User, rhythm: str, threshold: int) -> DigestChoice:
    """Choose whether new matches are told, and from how many points of a hundred."""
    if rhythm not in DigestRhythm.values or not 1 <= threshold <= 100:
        raise RuleError("digest_choice_unknown")
    _locked(by)
    choice, _new = DigestChoice.objects.update_or_create(person=by, defaults={"rhythm": rhythm, "threshold": threshold})
    audit.record("digest_chosen", choice, by=by)
    return choice


def _locked(person: User) -> None:
    """The row of the person is the lock of all that is theirs here."""
    User.objects.select_for_update().get(pk=person.pk)


def _own(key: UUID, person: User) -> SavedSearch:
    search = SavedSearch.objects.filter(key=key, person=person).first()
    if search is None:
        raise RuleError("search_gone")
    return search


def _free(person: User, name: str, but: int = 0) -> None:
    if not name.strip():
        raise RuleError("search_name_missing")
    if SavedSearch.objects.filter(person=person, name=name).exclude(pk=but).exists():
        raise RuleError("search_name_taken")


def _ask(search: SavedSearch, wishes: Mapping[str, Any]) -> None:
    """Write what is asked into the row, the text also as the board cuts it."""
    unknown = set(wishes) - FIELDS
    if unknown:
        raise ValueError(f"a search does not know {sorted(unknown)}")
    empty = {"sides": [], "roles": [], "kinds": [], "text": "", "direction": "", "county": ""}
    for field in FIELDS:
        setattr(search, field, wishes.get(field) or empty.get(field))
    if not any(getattr(search, field) for field in FIELDS):
        raise RuleError("search_asks_nothing")
    words = Words(search.text)
    if search.text and not words.words:
        raise RuleError("search_has_no_words")
    search.wanted = words if search.text else None
