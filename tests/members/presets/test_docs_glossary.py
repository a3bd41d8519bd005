"""The glossary names things that exist, and explains each word once, in both languages."""

import re
from pathlib import Path

from django.apps import apps

from members import enums
from members.rules import preset_shapes

TEXT = (Path(__file__).resolve().parents[3] / "docs" / "glossary.md").read_text(encoding="utf-8")
ENTRIES = [" ".join(entry.split()) for entry in TEXT.split("\n\n") if entry.startswith("**")]


def test_every_name_of_the_code_exists() -> None:
    named = set(re.findall(r"`([A-Z][A-Za-z]+)`", TEXT))
    known = {model.__name__ for model in apps.get_models()} | set(dir(enums)) | set(dir(preset_shapes))
    assert named - known == set()


def test_every_entry_gives_its_romanian_word() -> None:
    assert [entry for entry in ENTRIES if not re.match(r"\*\*[^*]+\*\*[^(.]*\([^)]+\)", entry)] == []


def test_no_word_is_explained_twice() -> None:
    words = [re.match(r"\*\*([^*]+)\*\*", entry)[1] for entry in ENTRIES]  # type: ignore[index]  # they begin so
    assert sorted(set(words)) == sorted(words)
    assert len(words) > 60


def test_romanian_words_have_comma_letters() -> None:
    assert re.search("[şţŞŢ]", TEXT) is None
