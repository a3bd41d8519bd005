"""The invented organisations: readable, whole in number, and nobody's."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

import pytest
from stdnum.ro import cui

from cluster_portal.common.demonstration import SIGN_INS
from cluster_portal.demonstration.accounts import names
from cluster_portal.demonstration.organisations import COUNTY_NUMBERS
from cluster_portal.demonstration.reading import DATA, FILES, companies, known_presets, scenario
from members.enums import County
from members.rules import presets
from members.rules.text import comma_letters

PRESETS = Path(presets.__file__).resolve().parent.parent / "presets"


@pytest.mark.parametrize("preset", known_presets())
def test_about_sixty_organisations_in_all_helix_roles_and_on_all_sides(preset: str) -> None:
    every = companies(preset)
    roles = Counter(company.values["helix_role"] for company in every)
    assert roles == {
        "industry": 32,
        "university": 12,
        "government": 7,
        "catalyst": 5,
        "funder": 3,
        "civil_society": 2,
    }
    assert {company.values["side"] for company in every} == {"civil", "dual", "defence"}
    assert len({company.values["county"] for company in every} - {""}) >= 30
    assert len({company.values["country"] for company in every} - {"RO"}) >= 3
    assert len({company.key for company in every}) == len(every)


@pytest.mark.parametrize("preset", known_presets())
def test_everything_is_said_in_the_words_of_the_preset(preset: str) -> None:
    words = presets.load(PRESETS / f"{preset}.toml")
    tags = {tag.code for tag in words.vocabulary}
    sectors = {sector.code for sector in words.sectors}
    subtypes = {item.code: role.code for role in words.helix_roles for item in role.subtypes}
    forms = {form.code for form in words.legal_forms}
    for company in companies(preset):
        assert {skill.code for skill in (*company.offers, *company.needs)} <= tags, company.key
        for skills in (company.offers, company.needs):
            assert len({skill.code for skill in skills}) == len(skills), company.key
        assert company.offers, company.key
        assert set(company.sectors) <= sectors, company.key
        assert subtypes[company.values["subtype"]] == company.values["helix_role"], company.key
        assert company.values["legal_form_id"] in forms, company.key


@pytest.mark.parametrize("preset", known_presets())
def test_the_scenario_names_organisations_that_are_there_once(preset: str) -> None:
    keys = {company.key for company in companies(preset)}
    story = scenario(preset)
    asking = [key for path in story.requests.values() for key in path]
    assert len(set(asking)) == len(asking)
    assert {*asking, *story.desks.values()} <= keys
    assert set(asking) == set(story.words)
    assert not set(asking) & set(story.desks.values())


def test_texts_are_in_both_languages_but_for_a_few_that_show_what_is_missing() -> None:
    every = {company.key: company for preset in known_presets() for company in companies(preset)}
    lacking = [
        company.key for company in every.values() if not (company.values["summary_ro"] and company.values["summary_en"])
    ]
    assert 3 <= len(lacking) <= 10
    assert all(company.values["summary_ro"] or company.values["summary_en"] for company in every.values())
    for company in every.values():
        assert max(len(company.values["summary_ro"]), len(company.values["summary_en"])) <= 300


def test_romanian_is_written_with_commas() -> None:
    for path in sorted(DATA.glob("*.toml")):
        text = path.read_text(encoding="utf-8")
        assert comma_letters(text) == text, path.name


def test_every_file_is_used() -> None:
    assert {path.stem for path in DATA.glob("*.toml")} == {*FILES, "scenario", "events"}
    for name in FILES:
        for table in tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["organisation"]:
            assert set(table) & set(known_presets()), table["key"]


def test_numbers_pass_their_checks_in_a_range_that_nobody_has() -> None:
    serial = "990000001"
    assert cui.is_valid(serial + cui.calc_check_digit(serial))
    assert set(COUNTY_NUMBERS) == set(County.values)
    assert len(set(COUNTY_NUMBERS.values())) == 42


def test_no_two_people_have_one_name() -> None:
    people = [name for name, _number in zip(names(), range(200), strict=False)]
    assert len({*people, *(one.full_name for one in SIGN_INS)}) == len(people) + len(SIGN_INS)
