"""What applicants write: recommendations by name, and texts that try to be markup."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.models import AdhesionRequest, StatuteVersion
from members.queries.drafts import STEPS
from tests import factories
from tests.members.adhesion import corpus
from tests.members.adhesion.conftest import ORGANISATION, REPRESENTATIVE, ROLE, page

pytestmark = pytest.mark.django_db
MARKUP = '"><script>window.__xss=1</script><img src=x onerror=alert(1)>{{7*7}}'


@pytest.fixture
def two_sponsors(cluster: object) -> None:
    """A statute that asks for the recommendation of two members."""
    rules = {**StatuteVersion.objects.get().rules}
    rules["eligibility"] = {**rules["eligibility"], "sponsor_count": 2, "sponsor_types": ["founding"]}
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        StatuteVersion.objects.update(rules=rules)
        cursor.execute("set session_replication_role = origin")


def recommended(client: Client, draft: AdhesionRequest, names: str) -> Any:
    return client.post(page(draft, "role"), {**ROLE, "sponsors": names})


def test_members_who_recommend_are_named_as_in_the_directory(
    two_sponsors: None, browser_of: Client, draft: AdhesionRequest
) -> None:
    first, second = factories.a_member("Alfa SRL").organisation, factories.a_member("Beta SRL").organisation
    assert "recommendations of 2 more members" in browser_of.get(page(draft, "role")).content.decode()
    assert recommended(browser_of, draft, "alfa  srl\nBeta SRL\n").status_code == 303
    assert set(draft.sponsors.all()) == {first, second}
    shown = browser_of.get(page(draft, "role")).content.decode()
    assert "Alfa SRL\nBeta SRL" in shown and "more member" not in shown


def test_a_name_that_is_no_member_of_the_right_type_is_refused_and_stays(
    two_sponsors: None, browser_of: Client, draft: AdhesionRequest
) -> None:
    factories.a_member("Gama SRL", type_code="observer")
    for name in ("Nobody", "Gama SRL"):
        answer = recommended(browser_of, draft, name)
        assert answer.status_code == 422
        assert f"“{name}” is not the name of one member" in answer.context["form"].errors["sponsors"][0]
        assert name in answer.content.decode()
    assert not draft.sponsors.exists()


def test_no_text_of_an_applicant_becomes_markup_on_any_page(browser_of: Client, draft: AdhesionRequest) -> None:
    browser_of.post(page(draft, "organisation"), {**ORGANISATION, "legal_name": MARKUP, "street": MARKUP[:100]})
    browser_of.post(
        page(draft, "representative"), {**REPRESENTATIVE, "full_name": MARKUP[:100], "position": MARKUP[:100]}
    )
    browser_of.post(
        page(draft, "evidence"), {"cells": ["cyber"], "contribution": MARKUP, "motive": MARKUP, "evidence": MARKUP}
    )
    upload = SimpleUploadedFile("a.pdf", corpus.pdf())
    upload.name = f"{MARKUP.replace('/', '')}.pdf"
    browser_of.post(reverse("members:document-add", args=[draft.key, "const_act"]), {"const_act-file": upload})
    paths = [page(draft, step) for step in STEPS]
    paths += [reverse(f"members:{name}", args=[draft.key]) for name in ("request", "request-form", "request-discard")]
    for path in [*paths, "/members/requests/"]:
        shown = browser_of.get(path).content.decode()
        assert (
            "<script>window" not in shown and "<img src=x" not in shown and "49" not in shown.split("{{7*7}}")[0][-3:]
        )
    assert "&lt;script&gt;" in browser_of.get(page(draft, "review")).content.decode()


def test_two_windows_with_markup_are_compared_as_text(browser_of: Client, draft: AdhesionRequest) -> None:
    context = browser_of.get(page(draft, "evidence")).context
    browser_of.post(page(draft, "evidence"), {"contribution": f"One {MARKUP}"})
    mine = {"contribution": f"Two {MARKUP}", "version": context["version"], "seen": context["seen"]}
    answer = browser_of.post(page(draft, "evidence"), mine)
    assert answer.status_code == 409
    assert "<script>window" not in answer.content.decode()


@pytest.mark.parametrize(
    "text", ["\u202eabc", "a\ufeffb", "x" * 4_000, "ș" * 4_000, "=1+1", "' OR 1=1 --", "\\", "％0a", "😀" * 500]
)
def test_naughty_texts_come_back_as_they_were_typed(browser_of: Client, draft: AdhesionRequest, text: str) -> None:
    assert browser_of.post(page(draft, "evidence"), {"motive": text}).status_code == 303
    draft.refresh_from_db()
    assert draft.motive == text


def test_a_text_with_nul_is_refused_before_anything_reads_it(browser_of: Client, draft: AdhesionRequest) -> None:
    assert browser_of.post(page(draft, "evidence"), {"motive": "a\0b"}).status_code == 400
