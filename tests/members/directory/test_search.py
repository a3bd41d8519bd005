"""What people type, and the members that they find."""

from __future__ import annotations

import pytest
from django.utils import translation

from cluster_portal.common.visibility import ANYONE
from members.queries.directory import Wanted, directory
from tests.factories import a_member
from tests.members.directory.conftest import listed

pytestmark = pytest.mark.django_db


def names(text: str, order: str = "") -> list[str]:
    return [row.name for row in directory(Wanted(text=text, order=order), ANYONE).rows]


@pytest.mark.parametrize("typed", ["Brașov", "Braşov", "Brasov", "BRAȘOV", "brasov", "Brașo", "  brașov  "])
def test_a_county_is_found_whichever_way_its_letters_are_typed(typed: str) -> None:
    listed("Atelierul Unu", county="BV")
    listed("Atelierul Doi", county="SB")
    assert names(typed) == ["Atelierul Unu"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("cercetări în domeniul materialelor", "cercetare"),
        ("cercetare și dezvoltare", "cercetări"),
        ("un laborator acreditat", "laboratoare"),
        ("laboratoare acreditate", "laborator"),
        ("detectoare de gaze", "detector"),
        ("un detector de gaze", "detectoare"),
        ("senzorii noștri", "senzor"),
        ("Țesături tehnice", "țesătură"),
        ("companii mici", "companie"),
    ],
)
def test_romanian_words_are_found_in_their_other_forms(written: str, typed: str) -> None:
    listed("Atelierul Unu", summary_ro=written, summary_en="")
    listed("Atelierul Doi", summary_ro="altceva", summary_en="")
    assert names(typed) == ["Atelierul Unu"]


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("certified sensors", "sensor"),
        ("a sensor", "sensors"),
        ("we calibrate", "calibrating"),
        ("companies", "company"),
    ],
)
@pytest.mark.parametrize("language", ["ro", "en"])
def test_english_words_are_found_in_their_other_forms_by_readers_of_both(
    written: str, typed: str, language: str
) -> None:
    listed("Atelierul Unu", summary_ro="", summary_en=written)
    listed("Atelierul Doi", summary_ro="", summary_en="something else")
    with translation.override(language):
        assert names(typed) == ["Atelierul Unu"]


def test_a_capability_is_found_by_its_name_in_either_language_and_by_its_other_words() -> None:
    listed("Atelierul Unu", ("mat-stealth",))
    listed("Atelierul Doi", ("isr-radar",))
    for typed in ("Materiale absorbante", "radar-absorbing", "stealth", "material absorbant"):
        assert names(typed) == ["Atelierul Unu"], typed
    assert names("SAR") == ["Atelierul Doi"]


def test_words_come_from_name_and_capability_and_text_together() -> None:
    listed("Optica Nordului", summary_ro="lentile", county="CJ")
    listed("Optica Sudului", summary_ro="oglinzi", county="DJ")
    assert names("optica lentile cluj") == ["Optica Nordului"]
    assert names("optica lentile dolj") == []


def test_small_words_are_not_looked_for() -> None:
    listed("Institutul Lentilelor")
    assert names("institutul de lentile") == ["Institutul Lentilelor"]
    assert names("the institutul of lentile") == ["Institutul Lentilelor"]


def test_the_last_word_may_still_be_being_typed() -> None:
    listed("Universitatea Făget")
    assert names("univ") == names("făg") == names("universitatea fag") == ["Universitatea Făget"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("spetcra optic", "spectra optic"), ("spectra optik", "spectra optic"), ("spektra", "spectra"), ("optc", "optic")],
)
def test_a_mistyped_name_is_found_and_the_page_says_so(typed: str, meant: str) -> None:
    listed("Spectra Optic SRL")
    listed("Filatura Țărmului SA")
    found = directory(Wanted(text=typed), ANYONE)
    assert [row.name for row in found.rows] == ["Spectra Optic SRL"]
    assert (" ".join(found.instead), found.exact, found.total) == (meant, 0, 1)


def test_exact_matches_stand_before_names_that_are_nearly_so() -> None:
    listed("Spektra Noua")
    listed("Atelierul Unu", summary_ro="spektra")
    listed("Spectra Optic")
    assert names("spektra") == ["Spektra Noua", "Atelierul Unu"]  # a known word is not corrected
    assert names("spectro") == ["Spectra Optic"]


def test_members_with_the_words_in_their_name_come_first_then_offers_then_texts() -> None:
    listed("Atelierul Text", summary_ro="radar")
    listed("Atelierul Zonelor", ("isr-radar",))
    listed("Radar Nord")
    assert names("radar") == ["Radar Nord", "Atelierul Zonelor", "Atelierul Text"]
    assert names("radar", "name") == ["Atelierul Text", "Atelierul Zonelor", "Radar Nord"]


@pytest.mark.parametrize(
    "typed", ["???", "   ", "'", "a' OR '1'='1", "!(x", "%", "_", "\\", "x" * 5000, "🚀", "ꙮ", "&|!:*", "<->"]
)
def test_anything_may_be_typed(typed: str) -> None:
    a_member()
    found = directory(Wanted(text=typed), ANYONE)
    assert found.total == (1 if not typed.strip() else 0)


def test_hidden_words_find_nothing(eyes: object) -> None:
    listed("Atelierul Unu", summary_ro="cuvântascuns", show_texts="office")
    assert directory(Wanted(text="cuvântascuns"), eyes).total == 0  # type: ignore[arg-type]


def test_few_exact_matches_are_joined_by_names_that_are_nearly_so() -> None:
    listed("Atelierul Unu", summary_ro="spektro")
    listed("Spectro Optic")
    found = directory(Wanted(text="spektro"), ANYONE)
    assert [row.name for row in found.rows] == ["Atelierul Unu", "Spectro Optic"]
    assert (found.instead, found.exact, found.total) == (("spectro",), 1, 2)
    for number in range(3):
        listed(f"Filatura {number}", summary_ro="spektro")
    found = directory(Wanted(text="spektro"), ANYONE)
    assert (found.instead, found.exact, found.total) == ((), 4, 4)
