"""Certificates read back: what they say, in both languages, and that no text can do anything but be printed."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from events.papers.certificates import certificate
from tests.events.papers.made import CERTIFICATE, HOSTILE, alternatives, filled_with, letters, read, root, text_of


def test_it_says_everything_in_romanian() -> None:
    pdf = certificate(CERTIFICATE)
    text = text_of(pdf)
    for said in (
        "Clusterul Industrial Dual Carpați",
        "Certificat de participare",
        "Ștefania-Ăngela Țîrlea-Mîndruță",
        "Șantierul Naval Ânger SRL",
        "Cerințe AQAP 2110 pentru furnizorii din lanțul de apărare",
        "Instruire · Palatul Culturii, Brașov",
        "12–13 noiembrie 2026",
        "12,5 ore",
        "CP-2026-0042",
        "7KQ4-M2XD-9PTA",
        "portal.example.org/certificates/7KQ4-M2XD-9PTA/",
        "16 noiembrie 2026",
        "Valabil până la",
        "13 noiembrie 2028",
        "Ioana Văcărescu",
        "Managerul clusterului",
    ):
        assert letters(said) in letters(text), said


def test_it_can_be_read_aloud_and_kept() -> None:
    pdf = certificate(CERTIFICATE)
    reader = read(pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == "Certificat de participare CP-2026-0042, Ștefania-Ăngela Țîrlea-Mîndruță"
    assert reader.metadata.author == "Clusterul Industrial Dual Carpați"
    assert root(pdf)["/Lang"] == "ro"
    assert root(pdf)["/MarkInfo"]["/Marked"]
    assert list(alternatives(pdf)) == ["Codul QR al adresei la care se verifică acest certificat"]
    described = root(pdf)["/Metadata"].get_object().get_data().decode()
    assert "pdfuaid:part>1<" in described
    assert "pdfaid:part>2<" in described
    (page,) = reader.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595)


def test_it_speaks_english_and_leaves_out_what_is_not_known() -> None:
    plain = replace(CERTIFICATE, language="en", hours=None, valid_until=None, organisation="", place=" ")
    text = text_of(certificate(replace(plain, manager_role="Secretary", last_day=CERTIFICATE.first_day)))
    for said in ("Certificate of attendance", "This certifies that", "took part in", "12 November 2026", "Secretary"):
        assert said in text
    for left_out in ("Valid until", "Duration", " · ", "Cluster manager"):
        assert left_out not in text
    assert root(certificate(plain))["/Lang"] == "en"


@pytest.mark.parametrize(
    ("hours", "words"),
    [("1", "1 oră"), ("6", "6 ore"), ("20", "20 de ore"), ("1.5", "1,5 ore"), ("20.00", "20 de ore")],
)
def test_hours_are_counted_as_romanian_counts(hours: str, words: str) -> None:
    assert words in text_of(certificate(replace(CERTIFICATE, hours=int(hours) if hours == "6" else Decimal(hours))))


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 4, 30), date(2026, 5, 2), "30 aprilie – 2 mai 2026"),
        (date(2026, 12, 31), date(2027, 1, 2), "31 decembrie 2026 – 2 ianuarie 2027"),
    ],
)
def test_days_are_written_without_repeating_themselves(first: date, last: date, words: str) -> None:
    assert words in text_of(certificate(replace(CERTIFICATE, first_day=first, last_day=last)))


def test_the_same_data_give_the_same_bytes() -> None:
    assert certificate(CERTIFICATE) == certificate(CERTIFICATE)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_every_text_is_printed_and_does_nothing(text: str) -> None:
    pdf = certificate(filled_with(CERTIFICATE, text))
    (page,) = read(pdf).pages
    shown = letters(page.extract_text())
    assert "root:" not in shown
    if text != HOSTILE["right to left"]:  # is drawn from right to left, and read back in pieces
        assert shown.count(letters(text)) >= 10
    places: list[tuple[float, float]] = []
    page.extract_text(visitor_text=lambda part, _, at, *rest: places.append((at[4], at[5])) if part.strip() else None)
    assert all(0 <= x <= 842 and 0 <= y <= 595 for x, y in places)


def test_marks_that_turn_the_direction_do_not_reach_the_paper() -> None:
    text = text_of(certificate(replace(CERTIFICATE, person="Ion\u202epoP \u0000\u0007\ud800Pop\r\n\u2028Jr")))
    assert "IonpoP Pop Jr" in text


def test_letters_that_no_font_has_are_told_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, "events.papers"):
        pdf = certificate(replace(CERTIFICATE, person="\U00012000 Ion"))  # a cuneiform sign
    assert len(read(pdf).pages) == 1
    assert "certificate.typ is not accessible in all its letters" in caplog.text
