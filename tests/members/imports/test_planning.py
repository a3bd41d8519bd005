"""Whether a row is new, there already, perhaps there, or a second time in the list."""

from __future__ import annotations

from typing import Any

import pytest

from members.rules.errors import Remark
from members.rules.imports.matching import identity
from members.rules.imports.planning import Fate, Known, Planned, plan
from members.rules.imports.values import Row
from tests.members.imports.made import CUI, OTHER_CUI, a_row


def known(key: int = 1, **values: Any) -> Known:
    row = a_row(**values)
    names = ("legal_name", "country", "tax_id", "lei", "locality", "website")
    return Known(identity(key, **{name: row.text(name) for name in names}), dict(row.values))


def fates(rows: list[Row], there: list[Known] | None = None, **how: bool) -> list[Fate]:
    return [one.fate for one in plan(rows, there or [], **how)]


def only(row: Row, there: list[Known], **how: bool) -> Planned:
    (one,) = plan([row], there, **how)
    return one


def test_an_unknown_organisation_is_new() -> None:
    assert fates([a_row()], [known(legal_name="Torcătoria Lună Nouă SA")]) == [Fate.NEW]


def test_one_tax_number_is_one_organisation_however_it_is_called() -> None:
    one = only(a_row(legal_name="CIOCARLIA", tax_id=CUI), [known(7, tax_id=CUI)])
    assert (one.fate, one.key, one.differing) == (Fate.DIFFERS, 7, ("legal_name",))
    assert one.of == "Atelierul Ciocârlia SRL"


def test_what_the_list_leaves_empty_differs_from_nothing() -> None:
    there = known(tax_id=CUI, website="www.alfa.example.org", locality="Brașov")
    assert only(a_row(tax_id=CUI), [there]).fate == Fate.SAME


def test_without_numbers_everything_that_names_it_must_be_alike() -> None:
    there = [known(locality="Braşov", website="https://www.ciocarlia.example.org")]
    same = a_row(legal_name="S.C. ATELIERUL CIOCARLIA S.R.L.", locality="BRASOV", website="ciocarlia.example.org/ro")
    one = only(same, there)
    assert one.fate == Fate.DIFFERS
    assert set(one.differing) == {"legal_name", "locality", "website"}
    assert only(a_row(locality="Brașov", website="ciocarlia.example.org"), there).key == 1


def test_two_tax_numbers_are_two_organisations_but_one_name_is_a_doubt() -> None:
    one = only(a_row(tax_id=OTHER_CUI), [known(tax_id=CUI)])
    assert (one.fate, one.why, one.of) == (Fate.DUPLICATE, "name", "Atelierul Ciocârlia SRL")


def test_the_same_web_domain_is_a_doubt() -> None:
    there = [known(website="https://www.ciocarlia.example.org")]
    one = only(a_row(legal_name="Fabrica Nouă SA", website="http://ciocarlia.example.org/despre"), there)
    assert (one.fate, one.why) == (Fate.DUPLICATE, "domain")


def test_an_address_that_many_share_is_no_doubt() -> None:
    there = [known(website="https://www.facebook.com/alfa")]
    assert only(a_row(legal_name="Fabrica Nouă SA", website="facebook.com/beta"), there).fate == Fate.NEW


def test_the_same_name_in_another_country_is_no_doubt() -> None:
    assert only(a_row(country="DE"), [known()]).fate == Fate.NEW


def test_doubtful_rows_are_taken_when_asked_for_and_say_why() -> None:
    one = only(a_row(tax_id=OTHER_CUI), [known(tax_id=CUI)], take_doubtful=True)
    assert (one.fate, one.why) == (Fate.NEW, "name")


def test_a_second_time_in_the_list_is_a_repetition() -> None:
    rows = [a_row(2, tax_id=CUI), a_row(3, legal_name="Ciocârlia", tax_id=CUI), a_row(4, tax_id=OTHER_CUI)]
    planned = plan(rows, [])
    assert [one.fate for one in planned] == [Fate.NEW, Fate.REPEATED, Fate.DUPLICATE]
    assert planned[1].of == "2"
    assert planned[2].of == "Atelierul Ciocârlia SRL (2)"


def test_a_repetition_of_what_is_there_is_a_repetition() -> None:
    rows = [a_row(2, tax_id=CUI), a_row(3, tax_id=CUI)]
    assert fates(rows, [known(tax_id=CUI)]) == [Fate.SAME, Fate.REPEATED]


def test_a_doubtful_row_stands_for_nothing_itself() -> None:
    rows = [
        a_row(2, website="alfa.example.org"),
        a_row(3, legal_name="Beta SA", website="alfa.example.org"),
        a_row(4, legal_name="Beta SA", locality="Sibiu"),
    ]
    assert fates(rows) == [Fate.NEW, Fate.DUPLICATE, Fate.NEW]


def test_a_row_with_a_mistake_stands_for_nothing() -> None:
    row = a_row(2, tax_id="9900000011")
    assert fates([row, a_row(3, tax_id=CUI)]) == [Fate.ERROR, Fate.NEW]
    assert row.problems == [Remark("cui_checksum", {"value": "9900000011"})]


@pytest.mark.parametrize("take_doubtful", [False, True])
def test_what_was_taken_is_known_again(take_doubtful: bool) -> None:
    rows = [
        a_row(2, tax_id=CUI),
        a_row(3, tax_id=OTHER_CUI),
        a_row(4, legal_name="Beta SA", locality="Sibiu", website="beta.example.org"),
        a_row(5, legal_name="Gama SA", website="beta.example.org"),
        a_row(6, legal_name="Delta"),
    ]
    first = plan(rows, [], take_doubtful=take_doubtful)
    names = ("legal_name", "country", "tax_id", "lei", "locality", "website")
    there = [
        Known(identity(one.row.number, **{name: one.row.text(name) for name in names}), dict(one.row.values))
        for one in first
        if one.fate == Fate.NEW
    ]
    again = plan(rows, there, take_doubtful=take_doubtful)
    assert {one.fate for one in again} <= {Fate.SAME, Fate.DUPLICATE}
    assert [one.fate == Fate.SAME for one in again] == [one.fate == Fate.NEW for one in first]
