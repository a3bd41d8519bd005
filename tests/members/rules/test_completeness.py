"""What a file lacks, step by step, under different statutes."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from stdnum.at import uid
from stdnum.iso7064 import mod_97_10
from stdnum.ro import cui, onrc

from members.rules.completeness import STEPS, DocumentFact, FileFacts, completeness, missing
from members.rules.statute import StatuteRules

TODAY = date(2026, 11, 23)
RULES = StatuteRules.defaults()
CUI = f"1234567{cui.calc_check_digit('1234567')}"
LEI = "529900" * 3 + mod_97_10.calc_check_digits("529900" * 3)
VAT = f"ATU7654321{uid.calc_check_digit('U7654321')}"
ROMANIAN = FileFacts(
    country="RO",
    legal_form="srl",
    legal_name="Exemplu Optronic SRL",
    cui=f"RO {CUI}",
    trade_register=onrc.validate("J40/1234/2001"),
    street="Strada Încercării 1",
    locality="București",
    county="B",
    helix_role="industry",
    side="dual",
    membership_type="associate",
    contribution="Senzori pentru detecție.",
    representative="Ana Exemplu",
    representative_email="ana@exemplu.example",
    documents=(
        DocumentFact("form", TODAY),
        DocumentFact("reg_cert"),
        DocumentFact("onrc", TODAY - timedelta(days=90)),
        DocumentFact("const_act"),
        DocumentFact("join_decision"),
        DocumentFact("mandate", expires_on=TODAY),
        DocumentFact("presentation"),
    ),
    declarations=tuple((one.code, one.version) for one in RULES.declarations),
)
ABROAD = replace(ROMANIAN, country="AT", cui="", trade_register="", county="", vat=VAT, legal_form="gmbh")


def lacks(facts: FileFacts, rules: StatuteRules = RULES) -> list[tuple[str, str, str]]:
    return [(one.step, one.field, one.code) for one in missing(facts, rules, on=TODAY)]


def with_rules(**written: Any) -> StatuteRules:
    return StatuteRules.parse(written)


def test_a_whole_file_lacks_nothing() -> None:
    for facts in (ROMANIAN, ABROAD):
        found = completeness(facts, RULES, TODAY)
        assert found.missing == ()
        assert found.is_complete
        assert found.present == found.required


def test_an_empty_file_lacks_something_in_every_step_but_the_optional_one() -> None:
    found = completeness(FileFacts(), RULES, TODAY)
    assert {one.step for one in found.missing} == set(STEPS) - {"evidence"}
    assert found.present == found.required - len(found.missing)
    assert not found.is_complete
    assert [one.code for one in found.of("representative")] == [
        "representative_missing",
        "representative_email_missing",
    ]


def test_what_is_missing_comes_in_the_order_of_the_steps() -> None:
    steps = [one.step for one in missing(FileFacts(), RULES, on=TODAY)]
    assert steps == sorted(steps, key=STEPS.index)


@pytest.mark.parametrize(
    ("change", "step", "field", "code"),
    [
        ({"legal_person": False}, "organisation", "legal_form", "legal_person_required"),
        ({"legal_name": "  "}, "organisation", "legal_name", "name_missing"),
        ({"legal_form": ""}, "organisation", "legal_form", "legal_form_missing"),
        ({"street": ""}, "organisation", "street", "street_missing"),
        ({"locality": ""}, "organisation", "locality", "locality_missing"),
        ({"county": ""}, "organisation", "county", "county_missing"),
        ({"cui": ""}, "organisation", "cui", "cui_missing"),
        ({"cui": "RO12345"}, "organisation", "cui", "cui_checksum"),
        ({"trade_register": ""}, "organisation", "trade_register", "trade_register_missing"),
        ({"trade_register": "40/12"}, "organisation", "trade_register", "trade_register_shape"),
        ({"representative": ""}, "representative", "representative", "representative_missing"),
        (
            {"representative_email": "ana"},
            "representative",
            "representative_email",
            "representative_email_missing",
        ),
        ({"side": ""}, "role", "side", "side_missing"),
        ({"membership_type": ""}, "role", "membership_type", "membership_type_missing"),
        ({"membership_type": "patron"}, "role", "membership_type", "membership_type_unknown"),
        ({"membership_type": "founding"}, "role", "membership_type", "membership_type_closed"),
        ({"contribution": "\n"}, "role", "contribution", "contribution_missing"),
    ],
)
def test_one_thing_wanting_is_told_at_its_field(change: dict[str, Any], step: str, field: str, code: str) -> None:
    assert lacks(replace(ROMANIAN, **change)) == [(step, field, code)]


def test_an_unknown_helix_role_is_missing() -> None:
    assert ("role", "helix_role", "helix_role_missing") in lacks(replace(ROMANIAN, helix_role="guild"))


def test_a_type_open_to_natural_persons_asks_for_no_legal_person() -> None:
    assert lacks(replace(ROMANIAN, legal_person=False, membership_type="honorary")) == []


@pytest.mark.parametrize("role", ["university", "government", "civil_society"])
def test_who_is_not_in_the_trade_register_needs_neither_its_number_nor_its_certificate(role: str) -> None:
    papers = tuple(one for one in ROMANIAN.documents if one.code != "onrc")
    assert lacks(replace(ROMANIAN, helix_role=role, trade_register="", documents=papers)) == []


def test_abroad_one_registration_number_is_enough_and_every_one_given_must_be_right() -> None:
    assert lacks(replace(ABROAD, vat="")) == [("organisation", "vat", "registration_missing")]
    assert lacks(replace(ABROAD, vat="", lei=LEI)) == []
    assert lacks(replace(ABROAD, lei=f"{LEI[:-2]}00")) == [("organisation", "lei", "lei_checksum")]
    assert lacks(replace(ABROAD, country="DE")) == [("organisation", "vat", "vat_country")]
    assert lacks(replace(ABROAD, euid="AT")) == [("organisation", "euid", "euid_shape")]


def test_a_statute_may_close_the_door_to_countries_and_legal_forms() -> None:
    rules = with_rules(eligibility={"countries": ["RO"], "legal_forms": ["srl"]})
    assert lacks(ROMANIAN, rules) == []
    assert [code for _, _, code in lacks(ABROAD, rules)] == [
        "legal_form_not_eligible",
        "country_not_eligible",
    ]


def test_a_statute_may_ask_for_sponsors_and_says_how_many_are_wanting() -> None:
    rules = with_rules(eligibility={"sponsor_count": 2})
    (wanting,) = missing(replace(ROMANIAN, sponsors=1), rules, on=TODAY)
    assert (wanting.code, wanting.params["count"], wanting.params["of"]) == ("sponsors_missing", 1, 2)
    assert lacks(replace(ROMANIAN, sponsors=2), rules) == []


def test_a_statute_may_ask_for_a_field_its_evidence_and_capabilities() -> None:
    rules = with_rules(eligibility={"field_evidence_required": True, "capability_count": 1})
    assert [code for _, _, code in lacks(ROMANIAN, rules)] == [
        "capabilities_missing",
        "field_function_missing",
        "evidence_missing",
    ]
    assert lacks(replace(ROMANIAN, capabilities=1, field_functions=1, evidence=1), rules) == []


def test_a_statute_may_do_without_helix_roles() -> None:
    rules = with_rules(eligibility={"helix_role_required": False})
    assert lacks(replace(ABROAD, helix_role=""), rules) == []


def swap(*new: DocumentFact) -> FileFacts:
    """The Romanian file with other documents of the same codes."""
    codes = {one.code for one in new}
    return replace(ROMANIAN, documents=(*(one for one in ROMANIAN.documents if one.code not in codes), *new))


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (DocumentFact("onrc", TODAY - timedelta(days=91)), "document_too_old"),
        (DocumentFact("onrc"), "document_undated"),
        (DocumentFact("onrc", TODAY + timedelta(days=1)), "document_from_the_future"),
        (DocumentFact("mandate", expires_on=TODAY - timedelta(days=1)), "document_expired"),
        (DocumentFact("presentation", TODAY + timedelta(days=1)), "document_from_the_future"),
    ],
)
def test_a_document_that_is_no_good_is_told_by_its_code(document: DocumentFact, code: str) -> None:
    (wanting,) = missing(swap(document), RULES, on=TODAY)
    assert (wanting.step, wanting.field, wanting.code) == ("documents", document.code, code)
    assert wanting.params["document"] == document.code


def test_one_good_document_among_several_of_its_code_is_enough() -> None:
    old, new = DocumentFact("onrc", date(2020, 1, 1)), DocumentFact("onrc", TODAY)
    assert lacks(swap(old, new)) == []
    assert lacks(swap(new, old)) == []


def test_of_several_bad_documents_the_last_one_is_told() -> None:
    assert [code for _, _, code in lacks(swap(DocumentFact("onrc", date(2020, 1, 1)), DocumentFact("onrc")))] == [
        "document_undated"
    ]


@pytest.mark.parametrize(
    ("for_whom", "asked_of"),
    [
        ("all", {"romanian", "abroad"}),
        ("romania", {"romanian"}),
        ("abroad", {"abroad"}),
        ("trade_register", {"romanian"}),
        ("industry", {"romanian", "abroad"}),
        ("university", set()),
    ],
)
def test_documents_are_asked_of_those_they_concern(for_whom: str, asked_of: set[str]) -> None:
    rules = with_rules(required_documents=[{"code": "extra", "for_whom": for_whom}])
    found = {name for name, facts in (("romanian", ROMANIAN), ("abroad", ABROAD)) if lacks(facts, rules)}
    assert found == asked_of


def test_optional_documents_are_never_missing() -> None:
    rules = with_rules(required_documents=[{"code": "certs", "optional": True}])
    assert lacks(replace(ROMANIAN, documents=()), rules) == []


def test_declarations_are_ticked_in_their_present_version() -> None:
    rules = with_rules(declarations=[{"code": "gdpr", "version": "2"}])
    assert lacks(ROMANIAN, rules) == [("declarations", "gdpr", "declaration_outdated")]
    assert lacks(replace(ROMANIAN, declarations=()), rules) == [("declarations", "gdpr", "declaration_missing")]
    assert lacks(replace(ROMANIAN, declarations=(("gdpr", "1"), ("gdpr", "2"))), rules) == []


@pytest.mark.parametrize(("side", "asked"), [("civil", False), ("dual", True), ("defence", True), ("", True)])
def test_export_control_is_declared_by_who_is_not_purely_civil(side: str, asked: bool) -> None:
    facts = replace(ROMANIAN, side=side, declarations=())
    assert (("declarations", "decl_export", "declaration_missing") in lacks(facts)) is asked


def test_each_lack_names_the_article_that_asks_for_it() -> None:
    rules = with_rules(articles={"required_documents": "9", "required_documents.onrc": "10", "declarations": "12"})
    articles = {
        one.field: one.article for one in missing(FileFacts(country="RO", helix_role="industry"), rules, on=TODAY)
    }
    assert (articles["mandate"], articles["onrc"], articles["gdpr"], articles["street"]) == (
        "9",
        "10",
        "12",
        "11",
    )
