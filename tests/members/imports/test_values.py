"""Values of a row: what is understood, what is left empty and said, what stops the row."""

from __future__ import annotations

from datetime import date

import pytest

from members.rules.imports.places import bucharest, country_code, county_code
from members.rules.imports.values import Row, read_row
from tests.members.imports.made import CUI, TODAY, WORDS, a_row


def problems(row: Row) -> list[str]:
    return [problem.code for problem in row.problems]


def of(cells: dict[str, str]) -> Row:
    """A row of a list that has a column for the country."""
    return read_row(2, cells, WORDS, country="RO", today=TODAY)


def remarks(row: Row) -> list[str]:
    return [str(remark.params.get("field", remark.code)) for remark in row.remarks]


BUCHAREST = """
BUCAREST|BUCARESTI|BUCHAREST|BUCHAREST 6|BUCHAREST(BUCURESTI)|BUCHARESTI|BUCUREST|BUCURESTI|BUCURESTI 5|
BUCURESTI SECTOR 1|BUCURESTI SECTORUL 4|Bucharest|Bucuresti|Bucureşti|București|Municipiul București|
Mun. Bucureşti, Sector 3|Sector 2|sectorul 6, București|Bukarest|Bukareszt|RO-BUCURESTI|București, România|
București - Sectorul 1|BUCUREȘTI
"""


@pytest.mark.parametrize("written", [name.strip() for name in BUCHAREST.replace("\n", "").split("|")])
def test_bucharest_is_bucharest_however_it_is_spelled(written: str) -> None:
    row = a_row(locality=written)
    assert (row.values["locality"], row.values["county"]) == ("București", "B")
    assert not row.remarks


@pytest.mark.parametrize(
    "written", ["Buzău", "Budapest", "Bucecea", "MAGURELE-BUCURESTI", "Voluntari, Bucharest", "Buc"]
)
def test_other_places_are_not(written: str) -> None:
    assert bucharest(written) is None
    assert a_row(locality=written).values["county"] == ""


def test_the_sector_of_bucharest_is_kept_with_the_street() -> None:
    assert a_row(locality="BUCURESTI SECTORUL 4").values["street"] == "sector 4"
    row = a_row(locality="Bucharest 6", street="Strada Lungă 1")
    assert row.values["street"] == "Strada Lungă 1, sector 6"
    row = a_row(locality="Sector 3", street="Strada Lungă 1, sectorul 3")
    assert row.values["street"] == "Strada Lungă 1, sectorul 3"


def test_bucharest_abroad_is_another_place() -> None:
    assert a_row(country="DE", locality="Bukarest").values["locality"] == "Bukarest"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("România", "RO"),
        ("ROMANIA", "RO"),
        ("ro", "RO"),
        ("Germania", "DE"),
        ("EL", "GR"),
        ("UK", "GB"),
        ("Republica Moldova", "MD"),
        ("Atlantida", ""),
    ],
)
def test_a_country_by_code_or_name_in_either_language(written: str, code: str) -> None:
    assert country_code(written, WORDS.countries) == code


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("BV", "BV"),
        ("Braşov", "BV"),
        ("jud. Cluj", "CJ"),
        ("Județul Cluj", "CJ"),
        ("Cluj County", "CJ"),
        ("Caraş-Severin", "CS"),
        ("Mun. București", "B"),
        ("Transilvania", ""),
    ],
)
def test_a_county_with_or_without_the_word(written: str, code: str) -> None:
    assert county_code(written, WORDS.counties) == code


def test_a_country_that_is_not_understood_stops_the_row() -> None:
    assert problems(of({"legal_name": "Alfa", "country": "Atlantida"})) == ["value_unreadable"]
    assert problems(of({"legal_name": "Alfa", "country": ""})) == ["country_missing"]


def test_a_county_that_is_not_understood_is_left_empty_and_said() -> None:
    row = a_row(county="Transilvania")
    assert (row.values["county"], remarks(row), problems(row)) == ("", ["county"], [])


def test_names_stay_as_given_with_comma_letters_and_single_spaces() -> None:
    row = a_row(legal_name="  SOCIETATEA   ŢESĂTORIA  BOTOŞANI SA ")
    assert row.values["legal_name"] == "SOCIETATEA ȚESĂTORIA BOTOȘANI SA"
    assert a_row(legal_name="COMBINATUL DE SUS SA").values["legal_name"] == "COMBINATUL DE SUS SA"


def test_a_row_without_a_name_is_stopped() -> None:
    assert problems(a_row(legal_name="")) == ["name_missing"]
    assert problems(a_row(legal_name="---")) == ["value_unreadable"]


@pytest.mark.parametrize(
    ("written", "kept", "wrong"),
    [
        (CUI, CUI, []),
        (f"RO{CUI}", CUI, []),
        (f" ro {CUI[:4]} {CUI[4:]} ", CUI, []),
        ("9900000011", "", ["cui_checksum"]),
        ("treizeci", "", ["cui_shape"]),
        ("1800101221144", "", ["cui_is_personal"]),
        ("", "", []),
    ],
)
def test_a_tax_number_is_right_or_stops_the_row(written: str, kept: str, wrong: list[str]) -> None:
    row = a_row(tax_id=written)
    assert (row.values["tax_id"], problems(row)) == (kept, wrong)


def test_the_vat_number_stands_in_for_the_tax_number() -> None:
    assert a_row(vat=f"RO{CUI}").values["tax_id"] == CUI
    assert a_row(vat=f"RO{CUI}", tax_id=CUI).values["tax_id"] == CUI
    assert of({"legal_name": "Alfa", "country": "DE", "vat": "136695976"}).values["tax_id"] == "DE136695976"
    assert problems(of({"legal_name": "Alfa", "country": "DE", "vat": "136695970"})) == ["vat_checksum"]


def test_other_numbers_are_checked_too() -> None:
    assert problems(a_row(trade_register="J99/1")) == ["trade_register_shape"]
    assert problems(a_row(lei="123")) == ["lei_shape"]
    assert problems(a_row(ncage="XXXXX")) == ["ncage_romania"]


def test_a_personal_number_is_refused_anywhere() -> None:
    assert problems(a_row(street="Strada Lungă 1, CNP 1800101221144")) == ["text_holds_cnp"]


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("www.alfa.example.org", "https://www.alfa.example.org"),
        ("http://alfa.example.org/ro", "http://alfa.example.org/ro"),
        ("HTTPS://Alfa.example.org", "HTTPS://Alfa.example.org"),
        ("nu are", ""),
        ("javascript:alert(1)", ""),
        ("-", ""),
    ],
)
def test_a_website_is_an_address_or_left_empty(written: str, kept: str) -> None:
    row = a_row(website=written)
    assert row.values["website"] == kept
    assert remarks(row) == ([] if kept else ["website"])


def test_words_become_codes_or_are_left_empty_and_said() -> None:
    row = a_row(side="civilă", size_class="mică", legal_form="S.R.L.", ownership="a lor")
    assert (row.values["side"], row.values["size_class"]) == ("civil", "small")
    assert sorted(remarks(row)) == ["legal_form", "ownership"]


def test_the_helix_role_comes_from_its_column_alone() -> None:
    assert a_row(legal_name="Universitatea Tehnică de Sus").values["helix_role"] == ""
    assert a_row(helix_role="HES").values["helix_role"] == "university"
    row = a_row(helix_role="OTH")
    assert (row.values["helix_role"], remarks(row)) == ("", ["helix_role"])
    row = a_row(helix_role="funder|education")
    assert (row.values["helix_role"], remarks(row)) == ("university", ["role_of_several"])


def test_a_sub_type_says_the_role_and_does_not_contradict_it() -> None:
    assert a_row(helix_subtype="IMM").values["helix_role"] == "industry"
    row = a_row(helix_subtype="IMM", helix_role="HES")
    assert (row.values["helix_role"], row.values["helix_subtype"], remarks(row)) == (
        "university",
        "",
        ["helix_subtype"],
    )


def test_sectors_are_a_list() -> None:
    row = a_row(sectors="Energie; ICT | altele; energie")
    assert (row.sectors, remarks(row)) == (("energy", "ict"), ["sectors"])


@pytest.mark.parametrize(
    ("written", "count", "size"),
    [
        ("7", 7, "micro"),
        ("1.250", 1250, "large"),
        ("1 250", 1250, "large"),
        ("circa 30", None, ""),
        ("-3", None, ""),
        ("9999999999", None, ""),
    ],
)
def test_the_size_follows_from_the_number_of_employees(written: str, count: int | None, size: str) -> None:
    row = a_row(employees=written)
    assert (row.values["employees"], row.values["size_class"]) == (count, size)
    assert bool(row.remarks) == (count is None)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2011-05-14", date(2011, 5, 14)),
        ("14.05.2011", date(2011, 5, 14)),
        ("14/5/2011", date(2011, 5, 14)),
        ("1949", None),
        ("31.02.2011", None),
        ("2031-01-01", None),
    ],
)
def test_a_day_is_whole_or_left_empty(written: str, day: date | None) -> None:
    row = a_row(founded_on=written)
    assert (row.values["founded_on"], bool(row.remarks)) == (day, day is None)


def test_a_text_that_does_not_fit_is_never_cut() -> None:
    assert problems(a_row(legal_name="A" * 251)) == ["value_too_long"]
    assert problems(a_row(summary_ro="a" * 301)) == ["value_too_long"]
    row = a_row(short_name="A" * 61)
    assert (row.values["short_name"], remarks(row), problems(row)) == ("", ["short_name"], [])


def test_lines_of_a_description_stay() -> None:
    row = a_row(description_ro="Întâi  una.\r\n\r\nApoi alta.")
    assert row.values["description_ro"] == "Întâi una.\n\nApoi alta."
