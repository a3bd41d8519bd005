"""A preset with mistakes: all of them are told at once, each with its place and what to write instead."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cluster_portal.common.models import Cluster
from members.models import (
    Article,
    Declaration,
    DocumentType,
    HelixSubtype,
    LegalForm,
    MembershipType,
    Sector,
    StatuteVersion,
    Tag,
)
from members.rules import presets
from members.rules.preset_shapes import LIMITS

Content = dict[str, Any]
MistakesOf = Callable[[Content], dict[str, str]]


def test_all_mistakes_are_told_in_one_error(content: Content) -> None:
    del content["cluster"]["name_en"]
    content["sectors"][2]["code"] = "energy"
    content["helix_roles"][0]["name_ro"] = "Industria de ap\u0103rare \u015fi securitate"
    content["statute"]["rules"]["completion_grace_days"] = "thirty"
    content["vocabulary"][1]["children"][0]["nmae_en"] = "Testing"
    content["matrix"]["rows"] = "DOMAINS"
    with pytest.raises(presets.PresetError) as caught:
        presets.parse(content, source="my-cluster.toml")
    assert str(caught.value).splitlines() == [
        "my-cluster.toml has 6 mistakes:",
        "- cluster.name_en: is missing; write a text in quotes",
        "- sectors[energy].code: is used twice: “energy”; give each entry its own",
        "- helix_roles[industry].name_ro: has ş or ţ with a cedilla; write ș and ț with a comma below",
        "- statute.rules.completion_grace_days: is not a whole number",
        "- vocabulary[SERV].children[serv-testing].nmae_en: is not a key that a preset knows; did you mean “name_en”?",
        "- matrix.rows: is “DOMAINS”; beside “maturity” write a root: DOMAIN, SERV, DUAL",
    ]


def test_an_empty_file_names_every_table_that_is_missing(mistakes_of: MistakesOf) -> None:
    found = mistakes_of({})
    for key in ("cluster", "sectors", "helix_roles", "legal_forms", "statute", "vocabulary", "matrix"):
        assert found[key].startswith("is missing; write a ")


@pytest.mark.parametrize("wrong", [5, "text", [], {}, True, ["text"], [5], 1.5])
@pytest.mark.parametrize(
    "key", ["cluster", "sectors", "helix_roles", "legal_forms", "statute", "axes", "vocabulary", "matrix"]
)
def test_a_table_of_the_wrong_kind_is_a_mistake_and_never_a_crash(
    content: Content, mistakes_of: MistakesOf, key: str, wrong: object
) -> None:
    content[key] = wrong
    assert any(place.startswith(key) or place == "vocabulary[DUAL].grid.rows" for place in mistakes_of(content))


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("code", "Dual Use", "is “Dual Use”; use small letters, digits and '-'"),
        ("country", "Romania", "is “Romania”; write two capital letters, such as RO"),
        ("email", "office", "is “office”; write an e-mail address"),
        ("website", "www.example.org", "is “www.example.org”; begin with https://"),
        (
            "founded_on",
            "March 2020",
            "is “March 2020”; write a year, a month or a day: 2020, 2020-03 or 2020-03-15",
        ),
        ("founded_on", 2020, "is not a text in quotes"),
        ("director_count", 0, "is 0; the least is 1"),
        ("director_count", True, "is not a whole number"),
        ("tagline_ro", "", "is empty; write the text"),
        ("short_name", "x" * 61, "has 61 characters; the most is 60"),
    ],
)
def test_identity_says_what_to_write(
    content: Content, mistakes_of: MistakesOf, key: str, value: object, sentence: str
) -> None:
    content["cluster"][key] = value
    assert mistakes_of(content) == {f"cluster.{key}": sentence}


def test_a_headline_in_one_language_only_is_a_mistake(content: Content, mistakes_of: MistakesOf) -> None:
    del content["cluster"]["headline_en"]
    assert mistakes_of(content) == {"cluster.headline_en": "is missing; write a text in quotes"}


def test_a_helix_role_that_the_portal_does_not_draw_is_a_mistake(content: Content, mistakes_of: MistakesOf) -> None:
    content["helix_roles"][1]["code"] = "univeristy"
    found = mistakes_of(content)
    assert found["helix_roles[univeristy].code"].endswith("did you mean “university”?")


def test_paragraphs_need_their_translation(content: Content, mistakes_of: MistakesOf) -> None:
    content["statute"]["articles"][0]["paragraphs_en"].pop()
    assert mistakes_of(content) == {
        "statute.articles[1]": "has paragraphs without their translation: 2 in Romanian, 1 in English"
    }


def test_two_articles_of_one_number_are_a_mistake(content: Content, mistakes_of: MistakesOf) -> None:
    content["statute"]["articles"][4]["number"] = 4
    assert mistakes_of(content) == {
        "statute.articles[4].number": "is used twice: “4”; give each entry its own",
    }


def test_a_rule_that_cites_no_article_is_a_mistake(content: Content, mistakes_of: MistakesOf) -> None:
    content["statute"]["rules"]["articles"]["appeal"] = "99"
    assert mistakes_of(content) == {"statute.rules.articles.appeal": "cites article 99, which does not exist"}


def test_what_the_rules_name_must_be_described_and_the_other_way_round(
    content: Content, mistakes_of: MistakesOf
) -> None:
    statute = content["statute"]
    statute["documents"] = [one for one in statute["documents"] if one["code"] != "onrc"]
    statute["membership_types"].append({"code": "friend", "name_ro": "Prieten", "name_en": "Friend"})
    statute["rules"]["eligibility"]["legal_forms"] = ["srll"]
    statute["declarations"][0]["version"] = "2"
    assert mistakes_of(content) == {
        "statute.documents": "has no entry for “onrc”, which the rules name; name it in both languages",
        "statute.membership_types[friend]": "is not in the rules; add it there or take it out here",
        "statute.declarations[decl_statute].version": "is “2”, but the rules ask for version “1”",
        "statute.rules.eligibility.legal_forms": (
            "has “srll”, which this preset does not describe; did you mean “srl”?"
        ),
    }


@pytest.mark.parametrize(
    ("path", "value", "place", "sentence"),
    [
        ("objection_days", 3, "objection_days", "is not a key that the rules know"),
        ("president_veto", 1, "president_veto", "is not true or false"),
        ("min_eligible", 0, "min_eligible", "is 0; write a number from 1 to 1000"),
        (
            "appeal",
            {"organ": "court", "days": 3},
            "appeal.organ",
            "is “court”; write one of: assembly, board, none",
        ),
        ("membership_types", [], "membership_types", "has too few entries; the least is 1"),
        ("articles", {"lunch": "4"}, "articles.lunch", "names no rule, so no article can stand behind it"),
        ("articles", {"appeal": 15}, "articles.appeal", "is not an article number in quotes"),
        ("matters", 5, "matters", "is not a table"),
        (
            "matters",
            {"admission": {"quorum": {"kind": "fraction", "p": 3, "q": 2}}},
            "matters.admission.quorum",
            "has the fraction 3/2; it must be above 0 and at most 1",
        ),
    ],
)
def test_mistakes_of_the_rules_are_told_in_plain_words(
    content: Content, mistakes_of: MistakesOf, path: str, value: object, place: str, sentence: str
) -> None:
    content["statute"]["rules"][path] = value
    found = mistakes_of(content)
    assert list(found) == [f"statute.rules.{place}"]
    assert found[f"statute.rules.{place}"].startswith(sentence)


def test_a_code_may_stand_for_one_tag_only_across_all_trees(content: Content, mistakes_of: MistakesOf) -> None:
    content["vocabulary"][1]["children"][0]["code"] = "0A"
    content["vocabulary"][1]["children"][1]["code"] = "cyber"
    found = mistakes_of(content)
    assert found["vocabulary[SERV].children[cyber].code"] == (
        "“cyber” is already the code of vocabulary[DOMAIN].children[cyber]; give each tag its own"
    )
    assert found["vocabulary[DUAL].grid.code"] == (
        "“0A” is already the code of vocabulary[SERV].children[0A]; give each tag its own"
    )


def test_a_tree_may_not_grow_deeper_than_people_can_survey(content: Content, mistakes_of: MistakesOf) -> None:
    tag = content["vocabulary"][1]["children"][0]
    for level in range(4):
        child = {"code": f"deep-{level}", "name_ro": f"Nivelul {level}", "name_en": f"Level {level}"}
        tag["children"] = [child]
        tag = child
    assert list(mistakes_of(content).values()) == ["is level 5 under its root; a vocabulary has at most 4"]


def test_a_tree_without_tags_is_a_mistake(content: Content, mistakes_of: MistakesOf) -> None:
    content["vocabulary"].append({"code": "EMPTY", "name_ro": "Gol", "name_en": "Empty"})
    assert mistakes_of(content) == {"vocabulary[EMPTY]": "has no tags; write children = […] or a grid"}


def test_a_grid_says_which_axis_or_word_it_does_not_know(content: Content, mistakes_of: MistakesOf) -> None:
    grid = content["vocabulary"][2]["grid"]
    grid |= {"columns": "GROUPS", "name_en": "{rwo}: {column}", "parents": "both"}
    found = mistakes_of(content)
    assert found["vocabulary[DUAL].grid.columns"] == (
        "is “GROUPS”; write one of: CATEGORY, GROUP; did you mean “GROUP”?"
    )
    assert "did you mean “row”?" in found["vocabulary[DUAL].grid.name_en"]
    assert found["vocabulary[DUAL].grid.parents"] == "is “both”; write one of: rows, columns"


def test_a_grid_whose_codes_repeat_or_cannot_be_codes_is_a_mistake(content: Content, mistakes_of: MistakesOf) -> None:
    content["vocabulary"][2]["grid"]["code"] = "{row_short} {column_code}"
    assert mistakes_of(content)["vocabulary[DUAL].grid.code"].startswith("makes “")
    content["vocabulary"][2]["grid"]["code"] = "x{row_code}"
    assert mistakes_of(content)["vocabulary[DUAL].grid.code"].startswith("“x")


def test_a_matrix_needs_a_grid_of_its_two_axes(content: Content, mistakes_of: MistakesOf) -> None:
    content["matrix"] |= {"rows": "GROUP", "columns": "CATEGORY"}
    assert mistakes_of(content) == {"matrix": "no grid of the vocabulary has rows “GROUP” and columns “CATEGORY”"}


def test_a_matrix_of_two_axes_is_accepted(content: Content) -> None:
    content["matrix"] |= {"rows": "CATEGORY", "columns": "GROUP"}
    assert presets.parse(content, source="copy").matrix.columns == "GROUP"


def test_a_file_that_is_not_there_or_not_toml_is_one_plain_mistake(tmp_path: Path) -> None:
    absent = tmp_path / "absent.toml"
    with pytest.raises(presets.PresetError, match="has 1 mistake:\n- file: does not exist"):
        presets.load(absent)
    absent.write_text('[cluster]\ncode = "x\n', encoding="utf-8")
    with pytest.raises(presets.PresetError, match=r"file: is not valid TOML: .*line 2"):
        presets.load(absent)
    absent.write_bytes("[cluster]\nname_ro = 'Țară'".encode("utf-16"))
    with pytest.raises(presets.PresetError, match="file: is not UTF-8"):
        presets.load(absent)


@pytest.mark.parametrize(
    ("limit", "model", "columns"),
    [
        ("short_name", Cluster, "short_name"),
        ("cluster_name", Cluster, "name_ro name_en"),
        ("tagline", Cluster, "tagline_ro tagline_en"),
        ("headline", Cluster, "headline_ro headline_en"),
        ("seat", Cluster, "seat"),
        ("version", StatuteVersion, "label"),
        ("version", Declaration, "version"),
        ("heading", Article, "heading_ro heading_en"),
        ("hint", DocumentType, "hint_ro hint_en"),
        ("document_name", DocumentType, "name_ro name_en"),
        ("document_name", Declaration, "name_ro name_en"),
        ("tag_name", Tag, "name_ro name_en"),
        *(("name", model, "name_ro name_en") for model in (Sector, HelixSubtype, LegalForm, MembershipType)),
    ],
)
def test_what_a_preset_may_hold_fits_its_column(limit: str, model: type[Any], columns: str) -> None:
    for column in columns.split():
        assert LIMITS[limit] <= model._meta.get_field(column).max_length
