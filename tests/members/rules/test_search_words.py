"""Words of a search: cutting, stems, and the known word that a mistyped one stands for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules.search_words import KnownWords, distance, stem, words_of


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Institutul de Cercetări – Brașov", ("institutul", "cercetari", "brasov")),
        ("GC-MS și IT&C", ("gc", "ms", "it", "c")),
        ("the", ("the",)),
        ("  ", ()),
        ("???", ()),
        ("Braşov BRAȘOV brasov", ("brasov",)),
        ("AI", ("ai",)),
    ],
)
def test_a_search_is_cut_into_folded_words_that_say_something(typed: str, words: tuple[str, ...]) -> None:
    assert words_of(typed) == words


@given(st.text())
def test_whatever_is_typed_gives_a_few_short_words_of_letters_and_digits(typed: str) -> None:
    words = words_of(typed)
    assert len(words) <= 8
    assert all(word and word.isalnum() and len(word) <= 40 for word in words)


@pytest.mark.parametrize(
    "forms",
    [
        ("cercetare", "cercetari", "cercetarii", "cercetarile"),
        ("companie", "companii", "compania"),
        ("laborator", "laboratoare", "laboratorul"),
        ("detector", "detectoare", "detectorului"),
        ("senzor", "senzori", "senzorii"),
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({stem(form) for form in forms}) == 1


@given(st.text(alphabet="abcdefgilmnorstuz", min_size=1, max_size=20))
def test_a_stem_begins_its_word_and_is_never_too_short(word: str) -> None:
    root = stem(word)
    assert word.startswith(root)
    assert root == word or len(root) >= 4


@pytest.mark.parametrize(
    ("one", "other", "wrong"),
    [("optic", "optic", 0), ("optik", "optic", 1), ("otpic", "optic", 1), ("opti", "optica", 2)],
)
def test_the_distance_counts_wrong_missing_and_swapped_letters(one: str, other: str, wrong: int) -> None:
    assert distance(one, other) == distance(other, one) == wrong


def test_the_nearest_word_is_the_one_meant_and_known_beginnings_are_left_alone() -> None:
    known = KnownWords("spectra optic universitatea fagetu".split())
    assert known.nearest("spetcra") == ("spectra",)
    assert known.nearest("univrsitatea") == ("universitatea",)
    assert known.nearest("univ") == known.nearest("fag") == known.nearest("xyzzyx") == ()
