"""Folding of names, Romanian letters and web addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members.rules.text import comma_letters, fold, fold_name, web_domain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ștefan Țepeș", "stefan tepes"),
        ("Ştefan Ţepeş", "stefan tepes"),
        ("ĂÂÎ ăâî", "aai aai"),
        ("S\u0327tiint\u0326a\u0306", "stiinta"),
        ("Łódź  Straße\tØre", "lodz strasse ore"),
        ("İstanbul ısı", "istanbul isi"),
        ("ＡＢＣ", "abc"),
        ("", ""),
    ],
)
def test_folding_leaves_plain_lower_case_letters(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_letters_of_other_alphabets_stay() -> None:
    assert fold("Η Αθήνα") == "η αθηνα"
    assert fold("София") != fold("Варна")


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    [
        "Exemplu Optronic SRL",
        "S.C. EXEMPLU OPTRONIC S.R.L.",
        "SC Exemplu-Optronic S. R. L.",
        "exemplu optronic srl-d",
        "„Exemplu Optronic” S.A.",
        "Exemplu Optronic GmbH",
        "Societatea Comercială Exemplu Optronic SA",
    ],
)
def test_names_of_one_organisation_fold_to_one_word(text: str) -> None:
    assert fold_name(text) == "exemplu optronic"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("SA", "sa"),
        ("Asociația Măgura", "magura"),
        ("Asociația", "asociatia"),
        ("I.N.C.D. Încercări", "incd incercari"),
        ("Oțel & Fier SRL", "otel and fier"),
        ("Sanitas", "sanitas"),
        ("Exemplu sp. z o.o.", "exemplu"),
        ("Sa Nostra Exemplu", "sa nostra exemplu"),
        ("", ""),
        ("...", ""),
    ],
)
def test_words_of_legal_form_go_only_from_the_ends_and_never_all(text: str, folded: str) -> None:
    assert fold_name(text) == folded


@given(st.text(max_size=40))
def test_folding_a_name_twice_changes_nothing_more(text: str) -> None:
    assert fold_name(fold_name(text)) == fold_name(text)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("Şcoala Ţării, aceşti aţi", "Școala Țării, acești ați"),
        ("S\u0327coala", "Școala"),
        ("s\u0326i", "și"),
        ("Școala", "Școala"),
        ("façade", "façade"),
    ],
)
def test_romanian_letters_get_their_comma(text: str, corrected: str) -> None:
    assert comma_letters(text) == corrected


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.exemplu.example/despre?x=1", "exemplu.example"),
        ("HTTP://Exemplu.Example:8080", "exemplu.example"),
        ("www.exemplu.example.", "exemplu.example"),
        (" exemplu.example/www.altul.example ", "exemplu.example"),
        ("https://ion:parola@exemplu.example", "exemplu.example"),
        ("încercare.example", "xn--ncercare-k2a.example"),
        ("wwwexemplu.example", "wwwexemplu.example"),
        ("", ""),
        ("localhost", ""),
        ("http://[::1", ""),
        ("http://[::1]/", ""),
        ("https://", ""),
        ("doar cuvinte", ""),
        ("a" * 300 + ".example", ""),
        ("x..example", ""),
    ],
)
def test_the_domain_of_a_web_address(url: str, domain: str) -> None:
    assert web_domain(url) == domain


@given(st.text(max_size=60))
def test_any_text_has_a_domain_or_none(text: str) -> None:
    assert web_domain(text).isascii()
