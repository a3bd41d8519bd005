"""Official numbers, right and wrong; the right ones are built with the checksum, not copied from anybody."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.at import uid
from stdnum.gr import vat as greek
from stdnum.iso7064 import mod_97_10
from stdnum.ro import cnp, cui

from members.rules.errors import RuleError
from members.rules.identifiers import (
    check_cui,
    check_euid,
    check_lei,
    check_ncage,
    check_trade_register,
    check_vat,
    looks_like_cnp,
    ncage_warning,
)


def made_cui(body: str) -> str:
    return body + cui.calc_check_digit(body)


def made_lei(body: str) -> str:
    return body + mod_97_10.calc_check_digits(body)


def made_register_number(year: int, serial: int, county: int) -> str:
    """The new shape: the letter counts as its code modulo ten, and the last digit is the sum modulo ten."""
    digits = f"{year}{serial:06}{county:02}"
    return f"J{digits}{(ord('J') % 10 + sum(map(int, digits))) % 10}"


def made_cnp(body: str) -> str:
    return body + cnp.calc_check_digit(body)


AUSTRIAN = f"ATU7654321{uid.calc_check_digit('U7654321')}"
GREEK = f"76543210{greek.calc_check_digit('76543210')}"


def refused(check: Callable[[str], str], text: str) -> str:
    with pytest.raises(RuleError) as refusal:
        check(text)
    return refusal.value.code


@given(st.integers(1, 999_999_999))
def test_a_cui_with_the_right_check_digit_is_taken_however_it_is_written(body: int) -> None:
    number = made_cui(str(body))
    for written in (number, f"RO{number}", f" ro {number} ", f"RO-{number}"):
        assert check_cui(written) == number


@given(st.integers(1, 999_999_999), st.integers(1, 9))
def test_a_cui_with_another_check_digit_is_refused(body: int, off: int) -> None:
    right = made_cui(str(body))
    assert refused(check_cui, right[:-1] + str((int(right[-1]) + off) % 10)) == "cui_checksum"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "cui_missing"),
        ("  ", "cui_missing"),
        ("1", "cui_shape"),
        ("RO", "cui_shape"),
        ("0" + made_cui("1234"), "cui_shape"),
        ("12345678901", "cui_shape"),
        (AUSTRIAN, "cui_shape"),
        ("12\x0034", "cui_shape"),
        ("1" * 500, "cui_shape"),
        (made_cnp("198010140001"), "cui_is_personal"),
    ],
)
def test_what_is_no_cui_is_refused(text: str, code: str) -> None:
    assert refused(check_cui, text) == code


def test_full_width_digits_are_read_as_digits() -> None:
    number = made_cui("7654321")
    assert check_cui(number.translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("J40/1234/2001", "J40/1234/2001"),
        ("j40/1234/2001", "J40/1234/2001"),
        ("J 40 / 1234 / 2001", "J40/1234/2001"),
        ("J5/99/1995", "J05/99/1995"),
        ("F12/7/2010", "F12/7/2010"),
        ("ROONRC.J40/1234/2001", "J40/1234/2001"),
        (made_register_number(2012, 750, 40), made_register_number(2012, 750, 40)),
        (made_register_number(2025, 4321, 0), made_register_number(2025, 4321, 0)),
    ],
)
def test_trade_register_numbers_old_and_new_are_taken(text: str, number: str) -> None:
    assert check_trade_register(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "trade_register_missing"),
        ("40/1234/2001", "trade_register_shape"),
        ("J45/1234/2001", "trade_register_shape"),
        ("J40/1234/1889", "trade_register_shape"),
        ("J40/1234567/2001", "trade_register_shape"),
        ("J40/1234", "trade_register_shape"),
        ("X40/1234/2001", "trade_register_shape"),
        ("ROONRC.", "trade_register_shape"),
        (made_register_number(2012, 750, 40)[:-1], "trade_register_shape"),
        (made_register_number(2025, 4321, 40), "trade_register_shape"),
    ],
)
def test_what_is_no_trade_register_number_is_refused(text: str, code: str) -> None:
    assert refused(check_trade_register, text) == code


def test_a_new_trade_register_number_has_a_check_digit() -> None:
    right = made_register_number(2012, 750, 40)
    assert refused(check_trade_register, right[:-1] + str((int(right[-1]) + 1) % 10)) == "trade_register_checksum"


def test_a_vat_number_is_taken_with_its_prefix() -> None:
    romanian = f"RO{made_cui('7654321')}"
    assert check_vat(romanian.lower(), "RO") == romanian
    assert check_vat(f"ATU {AUSTRIAN[3:]}", "at") == AUSTRIAN
    assert check_vat(AUSTRIAN) == AUSTRIAN


def test_a_greek_vat_number_begins_with_el() -> None:
    assert refused(lambda text: check_vat(text, "GR"), f"GR{GREEK}") == "vat_country"
    assert check_vat(f"EL{GREEK}", "GR") == f"EL{GREEK}"


def test_an_organisation_from_outside_the_eu_may_be_registered_anywhere_in_it() -> None:
    assert check_vat(AUSTRIAN, "CH") == AUSTRIAN


@pytest.mark.parametrize(
    ("text", "country", "code"),
    [
        ("", "AT", "vat_missing"),
        (AUSTRIAN[3:], "", "vat_shape"),
        (AUSTRIAN[:-1], "AT", "vat_shape"),
        (AUSTRIAN[:-1] + str((int(AUSTRIAN[-1]) + 1) % 10), "AT", "vat_checksum"),
        (AUSTRIAN, "DE", "vat_country"),
        ("US123456", "US", "vat_shape"),
        ("RO" + made_cnp("198010140001"), "RO", "vat_is_personal"),
    ],
)
def test_what_is_no_vat_number_is_refused(text: str, country: str, code: str) -> None:
    assert refused(lambda written: check_vat(written, country), text) == code


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=18, max_size=18))
def test_a_lei_with_the_right_check_digits_is_taken(body: str) -> None:
    number = made_lei(body)
    assert check_lei(f" {number[:4]} {number[4:].lower()}") == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "lei_missing"),
        (made_lei("5299" * 4), "lei_shape"),
        (made_lei("529900" * 3) + "0", "lei_shape"),
        (made_lei("529900" * 3)[:-2] + "00", "lei_checksum"),
        ("5299/0" * 3 + "00", "lei_shape"),
    ],
)
def test_what_is_no_lei_is_refused(text: str, code: str) -> None:
    assert refused(check_lei, text) == code


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ROONRC.J40/1234/2001", "ROONRC.J40/1234/2001"),
        ("roonrc.j5/99/1995", "ROONRC.J05/99/1995"),
        ("DEK1101R.HRB1234", "DEK1101R.HRB1234"),
        ("ATBRA.123456-001", "ATBRA.123456-001"),
        ("FR 7501 . 123456789", "FR7501.123456789"),
    ],
)
def test_an_euid_is_taken(text: str, number: str) -> None:
    assert check_euid(text) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "euid_missing"),
        ("HRB1234", "euid_shape"),
        ("USDE.1234", "euid_shape"),
        ("DEK1101R.", "euid_shape"),
        ("ROXXXX.J40/1234/2001", "euid_shape"),
        ("ROONRC.J45/1234/2001", "trade_register_shape"),
    ],
)
def test_what_is_no_euid_is_refused(text: str, code: str) -> None:
    assert refused(check_euid, text) == code


@pytest.mark.parametrize(("text", "country"), [("1ab2l", "RO"), ("0000L", "ro"), ("D1234", "DE"), ("K0123", "GB")])
def test_an_ncage_code_is_taken_in_upper_case(text: str, country: str) -> None:
    assert check_ncage(text, country) == text.upper()
    assert ncage_warning(text, country) is None


@pytest.mark.parametrize("text", ["A123L", "1234", "1234M", "12345L", "1-34L"])
def test_a_romanian_ncage_code_has_its_shape(text: str) -> None:
    assert refused(lambda written: check_ncage(written, "RO"), text) == "ncage_romania"


@pytest.mark.parametrize("text", ["D12", "D12345", "D-123", "DI234"])
def test_an_odd_ncage_code_from_abroad_is_taken_with_a_warning(text: str) -> None:
    assert check_ncage(text, "DE") == text
    warning = ncage_warning(text, "DE")
    assert warning is not None
    assert (warning.code, warning.params["value"]) == ("ncage_unusual", text)


@pytest.mark.parametrize(("text", "code"), [(" ", "ncage_missing"), ("Ж1234", "ncage_shape")])
def test_an_ncage_code_is_plain_letters_and_digits(text: str, code: str) -> None:
    assert refused(lambda written: check_ncage(written, "DE"), text) == code


PERSON = made_cnp("298123140001")


@pytest.mark.parametrize(
    "text",
    [
        PERSON,
        f"CNP: {PERSON}.",
        f"RO{PERSON}",
        " ".join([PERSON[0], PERSON[1:7], PERSON[7:]]),
        f"{PERSON[:7]}-{PERSON[7:]}",
    ],
)
def test_a_personal_number_is_recognised_inside_a_text(text: str) -> None:
    assert looks_like_cnp(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        PERSON[:-1],
        PERSON + "1",
        PERSON[:-1] + str((int(PERSON[-1]) + 1) % 10),
        made_cnp("298133140001"),
        "0212345678, 0723456789",
        made_cui("123456789"),
    ],
    ids=["nothing", "short", "long", "checksum", "month 13", "telephones", "cui"],
)
def test_other_numbers_are_no_personal_numbers(text: str) -> None:
    assert not looks_like_cnp(text)


def outcome(check: Callable[[str], str], text: str) -> str:
    """The number, or the code of the refusal; any other exception fails the test."""
    try:
        return check(text)
    except RuleError as refusal:
        return refusal.code


@given(st.text(max_size=70))
def test_any_text_is_either_taken_in_plain_letters_or_refused_in_words(text: str) -> None:
    checks: list[Callable[[str], str]] = [
        check_cui,
        check_trade_register,
        check_vat,
        check_lei,
        check_euid,
        lambda written: check_ncage(written, "RO"),
        lambda written: check_ncage(written, "DE"),
    ]
    for check in checks:
        assert outcome(check, text).isascii()
    assert looks_like_cnp(text) in (True, False)


@given(st.text("JFC0123456789/-. ROATU", max_size=20), st.sampled_from(["", "RO", "AT", "DE", "US"]))
def test_texts_that_resemble_numbers_are_taken_or_refused_in_words(text: str, country: str) -> None:
    for check in (check_cui, check_trade_register, check_lei, check_euid, lambda written: check_vat(written, country)):
        assert outcome(check, text)
