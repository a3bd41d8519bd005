"""The steps: what is right is saved, what is wrong is said at its field, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.models import AuditEvent, User
from members.actions.drafts import save_step
from members.models import AdhesionRequest, Capability, Organisation, Tag
from members.models.capability import MOST_OFFERS
from members.queries.contributions import words_to_choose
from members.queries.drafts import STEPS, fingerprints, saved_values
from members.rules.errors import RuleError
from tests import factories
from tests.members.adhesion.conftest import ORGANISATION, REPRESENTATIVE, ROLE, opened, page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("step", STEPS)
def test_every_step_of_an_empty_draft_opens(browser_of: Client, draft: AdhesionRequest, step: str) -> None:
    answer = browser_of.get(page(draft, step))
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]


def test_the_steps_are_filled_in_one_after_the_other(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = browser_of.post(page(draft, "organisation"), ORGANISATION)
    assert (answer.status_code, answer["Location"]) == (303, page(draft, "representative"))
    answer = browser_of.post(page(draft, "representative"), REPRESENTATIVE)
    assert (answer.status_code, answer["Location"]) == (303, page(draft, "role"))
    answer = browser_of.post(page(draft, "role"), {**ROLE, "sectors": ["cybersecurity"]})
    assert answer.status_code in {303, 422}
    draft.refresh_from_db()
    organisation = draft.organisation
    assert (organisation.legal_name, organisation.sort_key) == ("Atelierul Înălțimii SRL", "atelierul inaltimii srl")
    assert (organisation.employees, organisation.size_class, organisation.county) == (42, "small", "SB")
    assert organisation.people.get().full_name == "Ștefan Țăranu"
    assert (organisation.helix_role, organisation.side, draft.membership_type_id) == ("industry", "dual", "associate")
    assert draft.steps_done[:2] == ["organisation", "representative"]


def test_an_incomplete_step_is_saved_and_leads_on(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = browser_of.post(page(draft, "organisation"), {"legal_name": "Atelierul", "country": ""})
    assert answer["Location"] == page(draft, "representative")
    draft.refresh_from_db()
    assert draft.organisation.legal_name == "Atelierul"
    shown = browser_of.get(page(draft, "organisation")).content.decode()
    assert "Write the street and number of the seat." in shown
    assert f'href="{page(draft, "organisation")}#id_street"' in shown


def test_the_second_button_saves_and_stays(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = browser_of.post(page(draft, "organisation"), {**ORGANISATION, "stay": "1"})
    assert answer["Location"] == page(draft, "organisation")
    assert b"Draft saved at" in browser_of.get(answer["Location"]).content


WRONG = {
    "cui_checksum": ("organisation", {"tax_id": "12345678"}, "tax_id", "check digit"),
    "cui_is_personal": ("organisation", {"tax_id": "1900101410011"}, "tax_id", "personal number"),
    "trade_register": ("organisation", {"trade_register": "J99/1/1800"}, "trade_register", "trade register number"),
    "ncage": ("organisation", {"ncage": "ABCDE"}, "ncage", "Romanian NCAGE"),
    "lei": ("organisation", {"lei": "529900T8BM49AURSDO55X"}, "lei", "LEI"),
    "euid": ("organisation", {"euid": "nothing"}, "euid", "EUID"),
    "founded_tomorrow": ("organisation", {"founded_on": "2199-01-01"}, "founded_on", "future"),
    "no_such_day": ("organisation", {"founded_on": "2026-02-30"}, "founded_on", "day that exists"),
    "address": ("organisation", {"website": "not an address"}, "website", "whole address"),
    "address_script": ("organisation", {"website": "javascript:alert(1)"}, "website", "whole address"),
    "phone": ("organisation", {"phone": "call me"}, "phone", "number with digits"),
    "postcode": ("organisation", {"postcode": "12"}, "postcode", "six digits"),
    "email": ("organisation", {"email": "ana@"}, "email", "email"),
    "employees": ("organisation", {"employees": "-3"}, "employees", "0"),
    "cnp_in_a_name": ("organisation", {"legal_name": "Ion 1900101410011"}, "legal_name", "CNP"),
    "foreign_vat": ("organisation", {"country": "DE", "tax_id": "DE123"}, "tax_id", "VAT number"),
    "too_long": ("organisation", {"locality": "x" * 121}, "locality", "120"),
    "unknown_form": ("organisation", {"legal_form": "no-such"}, "legal_form", "valid choice"),
    "nameless_person": ("representative", {"email": "a@example.org"}, "full_name", "name of the person"),
    "nameless_delegate": ("representative", {"delegate_email": "a@example.org"}, "delegate_full_name", "name"),
    "cnp_in_a_position": ("representative", {"position": "CNP 1900101410011"}, "position", "CNP"),
    "foreign_subtype": (
        "role",
        {"helix_role": "university", "helix_subtype": "sme"},
        "helix_subtype",
        "another helix role",
    ),
    "unknown_side": ("role", {"side": "left"}, "side", "valid choice"),
    "founding_is_closed": ("role", {"membership_type": "founding"}, "membership_type", "valid choice"),
    "unknown_word": ("evidence", {"cells": "no-such-word"}, "cells", "valid choice"),
    "evidence_of_nothing": ("evidence", {"evidence": "Contract 12"}, "evidence", "Choose first"),
    "trl_of_nothing": ("evidence", {"trl": "6"}, "trl", "Choose first"),
    "trl_ten": ("evidence", {"cells": "cyber", "trl": "10"}, "trl", "valid choice"),
    "cnp_in_a_text": ("evidence", {"contribution": "Contact: 1900101410011"}, "contribution", "CNP"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_value_is_said_at_its_field_and_stays_as_typed(
    browser_of: Client, draft: AdhesionRequest, case: str
) -> None:
    step, typed, field, words = WRONG[case]
    typed = {"country": "RO", **typed} if step == "organisation" else typed
    answer = browser_of.post(page(draft, step), typed)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert words in " ".join(form.errors[field])
    shown = answer.content.decode()
    assert f'href="#id_{field}' in shown
    value = form[field].value()
    assert value in (typed.get(field, ""), [typed.get(field)], None)


def test_the_right_fields_of_a_step_with_a_wrong_one_are_saved(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = browser_of.post(page(draft, "organisation"), {**ORGANISATION, "tax_id": "12345678"})
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.organisation.legal_name == ORGANISATION["legal_name"]
    assert draft.organisation.tax_id == ""
    answer = browser_of.post(
        page(draft, "organisation"),
        {**ORGANISATION, "version": answer.context["version"], "seen": answer.context["seen"]},
    )
    assert answer.status_code == 303


@pytest.mark.parametrize(
    "case", ["tax_id", "slug", "state", "number", "version", "id", "show_profile", "demonstration"]
)
def test_what_is_no_field_of_a_step_cannot_be_set_by_it(browser_of: Client, draft: AdhesionRequest, case: str) -> None:
    before = (draft.organisation.slug, draft.organisation.show_profile, draft.state, draft.number, draft.pk)
    browser_of.post(page(draft, "representative"), {**REPRESENTATIVE, case: "1", f"organisation.{case}": "1"})
    draft.refresh_from_db()
    organisation = Organisation.objects.get(pk=draft.organisation_id)
    assert (organisation.slug, organisation.show_profile, draft.state, draft.number, draft.pk) == before
    assert organisation.tax_id == ""


def test_a_number_that_a_member_has_is_refused_with_what_to_do(browser_of: Client, draft: AdhesionRequest) -> None:
    member = factories.a_member().organisation
    answer = browser_of.post(page(draft, "organisation"), {**ORGANISATION, "tax_id": member.tax_id})
    assert answer.status_code == 422
    assert "Ask its representative to invite you" in answer.context["form"].errors["tax_id"][0]


def test_two_drafts_may_name_one_organisation_and_the_second_to_submit_is_told(
    browser_of: Client, draft: AdhesionRequest
) -> None:
    browser_of.post(page(draft, "organisation"), ORGANISATION)
    rival = factories.a_draft()
    save_step(rival.pk, "organisation", by=rival.applicant, values={"tax_id": ORGANISATION["tax_id"]})
    rival.refresh_from_db()
    assert rival.organisation.tax_id == ORGANISATION["tax_id"]


def test_evidence_is_kept_with_what_is_ticked(browser_of: Client, draft: AdhesionRequest) -> None:
    typed = {
        "cells": ["cyber-soc", "cyber-crypto"],
        "evidence": "Contract 12/2025",
        "trl": "7",
        "contribution": "A SOC.",
    }
    assert browser_of.post(page(draft, "evidence"), typed).status_code == 303
    offers = Capability.objects.filter(organisation=draft.organisation).order_by("tag__code")
    assert [(one.tag.code, one.evidence, one.trl) for one in offers] == [
        ("cyber-crypto", "Contract 12/2025", 7),
        ("cyber-soc", "Contract 12/2025", 7),
    ]
    again = {**typed, **opened(browser_of, draft, "evidence"), "cells": ["cyber-soc", "cyber-pqc"]}
    browser_of.post(page(draft, "evidence"), again)
    assert {(one.tag.code, one.trl) for one in offers.all()} == {("cyber-soc", 7), ("cyber-pqc", 7)}


def test_an_applicant_offers_no_more_than_a_member_may(browser_of: Client, draft: AdhesionRequest) -> None:
    codes = [tag.code for tag in words_to_choose()[: MOST_OFFERS + 1]]
    answer = browser_of.post(page(draft, "evidence"), {"cells": codes})
    assert "Choose at most 20" in str(answer.context["form"].errors["cells"])
    with pytest.raises(RuleError, match="offers_full"):
        save_step(draft.pk, "evidence", by=draft.applicant, values={"cells": codes})
    assert not Capability.objects.exists()


def test_words_of_other_trees_and_needs_stay_when_the_step_is_saved(browser_of: Client, draft: AdhesionRequest) -> None:
    need = factories.a_capability(draft.organisation, "cyber-soc", direction="sought")
    other = factories.a_capability(draft.organisation, Tag.objects.get(code="3E"))
    browser_of.post(page(draft, "evidence"), {"cells": ["cyber"]})
    kept = set(Capability.objects.filter(organisation=draft.organisation).values_list("pk", flat=True))
    assert {need.pk, other.pk} < kept


def test_the_matrix_of_the_other_cluster_is_ticked_by_field_and_function(client: Client, db: None) -> None:
    factories.a_cluster("proeco-cbrne")
    applicant = factories.a_user()
    client.force_login(applicant)
    client.post("/members/requests/start/")
    draft = AdhesionRequest.objects.get()
    shown = client.get(page(draft, "evidence")).content.decode()
    assert 'class="matrix matrix--tick"' in shown and 'value="C-detect"' in shown
    assert client.post(page(draft, "evidence"), {"cells": ["C-detect"], "evidence": "Report 7"}).status_code == 303
    offer = Capability.objects.get()
    assert (offer.tag.row, offer.tag.column, offer.evidence) == ("detect", "C", "Report 7")


def test_declarations_are_ticked_in_their_version_and_in_the_language_of_the_reader(
    browser_of: Client, draft: AdhesionRequest, applicant: User
) -> None:
    browser_of.post(page(draft, "role"), {**ROLE, "side": "civil"})
    assert browser_of.post(page(draft, "declarations"), {"gdpr": "on", "decl_statute": "on"}).status_code == 303
    ticks = draft.declarations.order_by("declaration__code")
    assert [(one.declaration.code, one.declaration.version, one.by, one.language) for one in ticks] == [
        ("decl_statute", "1", applicant, "en"),
        ("gdpr", "1", applicant, "en"),
    ]
    assert "decl_export" not in browser_of.get(page(draft, "declarations")).context["form"].fields
    browser_of.post(page(draft, "declarations"), {**opened(browser_of, draft, "declarations"), "gdpr": "on"})
    assert [one.declaration.code for one in ticks.all()] == ["gdpr"]


def test_who_is_not_purely_civil_makes_the_export_declaration_too(browser_of: Client, draft: AdhesionRequest) -> None:
    browser_of.post(page(draft, "role"), ROLE)
    assert "decl_export" in browser_of.get(page(draft, "declarations")).context["form"].fields


# --- Saved by itself --------------------------------------------------------------------------------------------------
def autosaved(client: Client, draft: AdhesionRequest, step: str, typed: dict[str, Any]) -> Any:
    return client.post(page(draft, step), typed, headers={"accept": "application/json"})


def test_a_form_that_saves_itself_hears_when_and_what_to_send_next(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = autosaved(
        browser_of, draft, "organisation", {**opened(browser_of, draft, "organisation"), "legal_name": "Atelierul"}
    )
    told = answer.json()
    assert told["words"].startswith("Draft saved at ")
    answer = autosaved(
        browser_of,
        draft,
        "organisation",
        {"version": told["version"], "seen": told["seen"], "legal_name": "Atelierul Doi"},
    )
    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.organisation.legal_name == "Atelierul Doi"
    assert draft.steps_done == []  # the step was not left yet


def test_a_field_half_typed_is_left_out_of_what_saves_itself(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = autosaved(browser_of, draft, "organisation", {"legal_name": "Atelierul", "email": "bir"})
    assert "except the fields that are not right yet" in answer.json()["words"]


def test_saving_what_has_not_changed_writes_nothing(browser_of: Client, draft: AdhesionRequest) -> None:
    browser_of.post(page(draft, "organisation"), ORGANISATION)
    draft.refresh_from_db()
    version, organisation = draft.version, draft.organisation.version
    autosaved(browser_of, draft, "organisation", ORGANISATION)
    draft = AdhesionRequest.objects.get(pk=draft.pk)
    assert (draft.version, draft.organisation.version) == (version, organisation)


# --- Two windows ------------------------------------------------------------------------------------------------------
def test_two_windows_with_different_texts_are_shown_side_by_side_and_nothing_is_lost(
    browser_of: Client, draft: AdhesionRequest
) -> None:
    typed = {"contribution": "First text.", "motive": "First motive."}
    browser_of.post(page(draft, "evidence"), typed)
    one, two = opened(browser_of, draft, "evidence"), opened(browser_of, draft, "evidence")
    browser_of.post(page(draft, "evidence"), {**typed, **one, "contribution": "From the first window."})
    answer = browser_of.post(
        page(draft, "evidence"), {**typed, **two, "contribution": "From the second.", "motive": "New motive."}
    )
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "From the first window." in shown and "From the second." in shown
    assert [field["name"] for field in answer.context["fields"]] == ["contribution"]
    draft.refresh_from_db()
    assert (draft.contribution, draft.motive) == ("From the first window.", "First motive.")


@pytest.mark.parametrize(("choice", "left"), [("typed", "From the second."), ("saved", "From the first window.")])
def test_the_choice_between_two_windows_is_carried_out(
    browser_of: Client, draft: AdhesionRequest, choice: str, left: str
) -> None:
    browser_of.post(page(draft, "evidence"), {"contribution": "First text.", "motive": "First motive."})
    one, two = opened(browser_of, draft, "evidence"), opened(browser_of, draft, "evidence")
    browser_of.post(page(draft, "evidence"), {**one, "contribution": "From the first window.", "motive": "M1"})
    answer = browser_of.post(
        page(draft, "evidence"), {**two, "contribution": "From the second.", "motive": "First motive."}
    )
    carried = dict(answer.context["texts"])
    chosen = {**carried, "seen": answer.context["seen"], "keep-contribution": choice}
    assert browser_of.post(page(draft, "evidence"), chosen).status_code == 303
    draft.refresh_from_db()
    assert draft.contribution == left
    assert draft.motive == "M1"  # changed in one window only


def test_windows_on_different_fields_do_not_disturb_each_other(browser_of: Client, draft: AdhesionRequest) -> None:
    browser_of.post(page(draft, "organisation"), ORGANISATION)
    one, two = opened(browser_of, draft, "organisation"), opened(browser_of, draft, "organisation")
    browser_of.post(page(draft, "organisation"), {**ORGANISATION, **one, "street": "Strada Nouă 1"})
    answer = browser_of.post(page(draft, "organisation"), {**ORGANISATION, **two, "phone": "+40 269 000 000"})
    assert answer.status_code == 303
    organisation = Organisation.objects.get(pk=draft.organisation_id)
    assert (organisation.street, organisation.phone) == ("Strada Nouă 1", "+40 269 000 000")


def test_a_choice_not_made_is_asked_again(browser_of: Client, draft: AdhesionRequest) -> None:
    two = opened(browser_of, draft, "evidence")
    browser_of.post(page(draft, "evidence"), {"contribution": "From the first window."})
    answer = browser_of.post(page(draft, "evidence"), {**two, "contribution": "From the second."})
    answer = browser_of.post(page(draft, "evidence"), {**two, "contribution": "From the second."})
    assert answer.status_code == 409


@pytest.mark.parametrize("seen", ["", "nonsense", "[]", '{"contribution": 5}', '{"x'])
def test_a_spoilt_mark_asks_rather_than_overwrites(browser_of: Client, draft: AdhesionRequest, seen: str) -> None:
    browser_of.post(page(draft, "evidence"), {"contribution": "From the first window."})
    answer = browser_of.post(
        page(draft, "evidence"), {"version": "1", "seen": seen, "contribution": "From the second."}
    )
    assert answer.status_code == 409


def test_two_windows_that_save_themselves_do_not_overwrite_each_other(
    browser_of: Client, draft: AdhesionRequest
) -> None:
    two = opened(browser_of, draft, "evidence")
    browser_of.post(page(draft, "evidence"), {"contribution": "From the first window."})
    answer = autosaved(browser_of, draft, "evidence", {**two, "contribution": "From the second."})
    assert (answer.status_code, answer.json()) == (409, {"overtaken": True})


@pytest.mark.parametrize("step", ["organisation", "representative", "role", "evidence", "declarations"])
def test_a_form_and_its_rows_spell_every_value_alike(browser_of: Client, applicant: User, step: str) -> None:
    draft = factories.a_draft(applicant)
    form = browser_of.get(page(draft, step)).context["form"]
    values = form.initial if step != "declarations" else saved_values(draft, step)
    bound = type(form)({name: form[name].value() for name in form.fields}, request=draft)
    assert bound.is_valid(), bound.errors
    if step == "declarations":
        values = {name: bool(value) for name, value in values.items()}
    assert fingerprints(bound.good_values()) == fingerprints({name: values[name] for name in bound.good_values()})


def test_a_draft_leaves_no_line_in_the_trail_and_a_returned_file_does(
    browser_of: Client, applicant: User, draft: AdhesionRequest
) -> None:
    browser_of.post(page(draft, "organisation"), ORGANISATION)
    assert not AuditEvent.objects.filter(verb="adhesion_edited").exists()
