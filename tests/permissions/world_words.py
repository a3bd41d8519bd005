"""Words of the vocabulary desk: one in use, one beside it, one that is retired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from members.actions.suggestions import suggest_word
from members.actions.word_lists import state_of_words
from members.models import Tag

if TYPE_CHECKING:
    from tests.permissions.world import World


def words_of_the_desk(world: World) -> None:
    """`word` can be moved under, or merged into, `other`."""
    root = Tag.objects.filter(parent=None).order_by("position")[0]

    def made(code: str, *, active: bool = True) -> Tag:
        word: Tag = Tag.objects.create(
            code=code, name_ro=f"Cuvânt {code}", name_en=f"Word {code}", parent=root, position=9000, active=active
        )
        return word

    word, other, retired = made("desk-one"), made("desk-two"), made("desk-old", active=False)
    world.things["word"] = {"pk": word.pk, "other": other.code, "name": "desk-one"}
    person, own = world.person("R"), world.things["own"]["pk"]
    row = suggest_word(own, by=person, direction="offered", name="Cuvântul care lipsește")
    world.things["suggestion"] = {"pk": row.pk}
    world.things["retired_word"] = {"pk": retired.pk}


LIST = "code,parent,name_ro,name_en\ndesk-three,desk-one,Cuvânt trei,Word three\n"


def a_list() -> SimpleUploadedFile:
    return SimpleUploadedFile("words.csv", LIST.encode(), "text/csv")


WORD = {"name_ro": "Altceva", "name_en": "Something else", "aliases": "etwas", "scored": "on"}
WORDS: dict[str, Any] = {
    "members:word-add": WORD,
    "members:word": {**WORD, "version": "1"},
    "members:word-move": {"version": "1", "under": "desk-two"},
    "members:word-merge": {"version": "1", "into": "desk-two"},
    "members:words-import": lambda _world, _thing: {"upload": a_list()},
    "members:words-write": lambda _world, _thing: {"text": LIST, "state": state_of_words()},
    "members:suggestion-promote": {**WORD, "under": "desk-two"},
    "members:suggestion-meant": {"word": "desk-two"},
    "members:suggestion-decline": {"answer": "It is too narrow."},
    "members:word-suggest offers": {"name": "Alt cuvânt care lipsește"},
    "members:word-retire": {"version": "1"},
    "members:word-back": {"version": "1"},
}
