"""Headers in both languages are understood, and what is not is said with a way out."""

from __future__ import annotations

import pytest

from members.models import Organisation
from members.rules.errors import RuleError
from members.rules.imports.columns import BY_HEADER, FIELDS, columns_of, plain, unused
from members.rules.imports.values import LENGTHS


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Denumire", "legal_name"),
        ("DENUMIREA ORGANIZAȚIEI", "legal_name"),
        ("Nume", "legal_name"),
        ("name", "legal_name"),
        ("Legal name *", "legal_name"),
        ("legal_name", "legal_name"),
        ("short_name", "short_name"),
        ("Acronim", "short_name"),
        ("CUI", "tax_id"),
        ("C.U.I. / C.I.F.", ""),
        ("CUI/CIF", "tax_id"),
        ("Cod unic de înregistrare", "tax_id"),
        ("VAT number", "vat"),
        ("Nr. reg. com.", "trade_register"),
        ("Țara", "country"),
        ("Ţară", "country"),
        ("Localitatea", "locality"),
        ("Județ", "county"),
        ("Judeţul", "county"),
        ("Site web", "website"),
        ("Tip", "helix_role"),
        ("Rol helix", "helix_role"),
        ("types", "helix_role"),
        ("Mărime", "size_class"),
        ("Nr. angajați", "employees"),
        ("pic", ""),
    ],
)
def test_a_header_means_a_field(header: str, field: str) -> None:
    columns = columns_of(["Denumire completă", header] if field != "legal_name" else [header], {})
    assert list(columns.values())[1 if field != "legal_name" else 0 :] == ([field] if field else [])


def test_no_header_means_two_fields_and_every_field_can_be_named() -> None:
    assert len(BY_HEADER) == sum(len(aliases) for aliases in (_aliases(field) for field in FIELDS))
    assert all(plain(header) == header for header in BY_HEADER)
    others = [field for field in FIELDS if field != "legal_name"]
    assert {columns_of(["Denumire", field], {})[1] for field in others} == set(others)


def _aliases(field: str) -> list[str]:
    return [header for header, name in BY_HEADER.items() if name == field]


def test_fields_and_their_lengths_are_those_of_the_table() -> None:
    columns = {field.name: field for field in Organisation._meta.get_fields()}
    assert set(FIELDS) - {"vat"} <= set(columns)
    assert {name: columns[name].max_length for name in LENGTHS} == dict(LENGTHS)  # type: ignore[union-attr]


def test_a_chosen_column_goes_before_the_headers() -> None:
    header = ["Denumire", "Denumire legală", "Observații"]
    with pytest.raises(RuleError) as refused:
        columns_of(header, {})
    assert refused.value.code == "column_twice"
    assert columns_of(header, {"denumire": "-"}) == {1: "legal_name"}
    assert columns_of(header, {"Denumire": "short_name"}) == {0: "short_name", 1: "legal_name"}
    assert columns_of(header, {"DENUMIRE LEGALA": "legal_name"}) == {1: "legal_name"}
    assert columns_of(header, {"Denumire": "-", "Observații": "summary_ro"}) == {1: "legal_name", 2: "summary_ro"}


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"Nimic": "legal_name"}, "column_unknown"),
        ({"Denumire": "leagl_name"}, "field_unknown"),
        ({"Denumire": "-"}, "column_name_missing"),
        ({"CUI": "legal_name", "Denumire": "legal_name"}, "column_twice"),
    ],
)
def test_a_choice_that_cannot_be_made_is_told(chosen: dict[str, str], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        columns_of(["Denumire", "CUI"], chosen)
    assert refused.value.code == code


def test_a_near_miss_is_told_what_was_meant() -> None:
    with pytest.raises(RuleError) as refused:
        columns_of(["Denumire"], {"Denumire": "leagl_name"})
    assert "legal_name" in refused.value.params["known"]  # type: ignore[operator]


def test_columns_that_nothing_is_taken_from_are_named() -> None:
    header = ["pic", "Denumire", "", "topics"]
    assert unused(header, columns_of(header, {})) == ["pic", "topics"]
