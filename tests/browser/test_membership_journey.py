"""From the first visit to the own profile: a visitor, an applicant, the office and the Board in browsers, real letters.

With scripts and without, the applicant in one language and the office in the other.
"""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from cluster_portal.common.models import Cluster, User
from members.actions.office import end_objections
from members.models import AdhesionRequest, Membership, Resolution
from tests import factories
from tests.browser.windows import Opened, letter
from tests.conftest import Sink
from tests.members.adhesion import corpus
from tests.members.adhesion.conftest import ORGANISATION, REPRESENTATIVE, ROLE
from tests.members.desk.conftest import door

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = "stefan@atelier.example.org"
PASSWORD = "a password nobody guesses"
PAPERS = ("form", "reg_cert", "onrc", "const_act", "join_decision", "mandate", "presentation")
EVIDENCE = {
    "contribution": "Detectoare de urme și doi operatori instruiți.",
    "evidence": "Contract 12/2025",
    "trl": "6",
    "motive": "Căutăm parteneri de încercări.",
}
LAST = "main .btn--primary"


def write(page: Page, values: dict[str, str]) -> None:
    """Fill in the form that is open, whatever its controls are."""
    for name, value in values.items():
        control = page.locator(f"main [name='{name}']").first
        kind = control.evaluate("(one) => one.type")
        if kind == "checkbox":
            control.check()
        elif kind == "radio":
            page.locator(f"main [name='{name}'][value='{value}']").check()
        elif control.evaluate("(one) => one.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def signs_up(page: Page, sink: Sink) -> None:
    page.goto("/members/join/")
    page.locator("main a[href^='/accounts/signup/']").first.click()
    write(page, {"email": EMAIL, "password1": PASSWORD, "password2": PASSWORD})
    page.locator(LAST).click()
    page.wait_for_url("**/accounts/confirm-email/")
    found = re.search(r"https?://[^/\s]+(/accounts/confirm-email/[^\s]+)", letter(sink, EMAIL, "/confirm-email/"))
    assert found is not None
    page.goto(found[1])
    page.locator(LAST).click()
    if "/login/" in page.url:
        write(page, {"login": EMAIL, "password": PASSWORD})
        page.locator(LAST).click()


def applies(page: Page, folder: Path) -> AdhesionRequest:
    """Step by step, each paper by its own form."""
    page.goto("/members/join/")
    page.locator("form[action='/members/requests/start/'] button").click()
    page.wait_for_url("**/members/requests/*/**")
    adhesion = AdhesionRequest.objects.get()
    start = f"/members/requests/{adhesion.key}/"
    steps = {"organisation": ORGANISATION, "representative": REPRESENTATIVE, "role": ROLE, "evidence": EVIDENCE}
    for step, values in steps.items():
        page.goto(f"{start}{step}/")
        write(page, values)
        if step == "evidence":
            page.locator(".domain", has=page.locator("[value='cyber-soc']")).locator("summary").first.click()
            page.locator("[value='cyber-soc']").check()
        page.locator(LAST).click()
        expect(page.locator(".errors")).to_have_count(0)
    for paper in PAPERS:
        uploads(page, start, paper, folder)
    page.goto(f"{start}declarations/")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.locator(LAST).click()
    page.wait_for_url("**/review/")
    return adhesion


def uploads(page: Page, start: str, paper: str, folder: Path) -> None:
    file = folder / f"{paper} semnată.pdf"
    file.write_bytes(corpus.pdf())
    page.goto(f"{start}documents/")
    page.locator(f"#{paper} input[type=file]").set_input_files(file)
    days = page.locator(f"#{paper} input[name='{paper}-issued_on']")
    if days.count():
        days.fill((timezone.localdate() - timedelta(days=5)).isoformat())
    page.locator(f"#{paper} button.btn").click()
    expect(page.locator(f"#{paper}")).to_contain_text("semnată.pdf")


def submits(page: Page, start: str) -> None:
    page.goto(f"{start}review/")
    page.locator("form[action$='/submit/'] button").click()
    page.wait_for_url(f"**{start}")


def office_decides(page: Page, act: str, **typed: str) -> None:
    """From the desk to the file of the applicant, and the act."""
    page.goto("/admin/")
    page.get_by_role("link", name=str(ORGANISATION["legal_name"])).click()
    page.locator(f"a[href$='/{act}/']").click()
    write(page, typed)
    page.locator(LAST).click()
    expect(page.locator(".errors")).to_have_count(0)


def votes(page: Page, adhesion: AdhesionRequest, choice: str) -> None:
    page.goto(door(adhesion))
    if choice == "aside":
        page.locator("#id_interest_1").check()
        page.locator("#id_interest_words").fill("My brother works there.")
    else:
        page.locator("#id_interest_0").check()
    page.locator(f"button[name=choice][value={choice}]").click()
    page.wait_for_load_state()
    expect(page.locator(".errors")).to_have_count(0)


@pytest.mark.parametrize(("languages", "scripts"), [(("ro", "en"), True), (("en", "ro"), False)])
def test_from_the_first_visit_to_the_own_profile(
    opened: Opened,
    cluster: Cluster,
    smtp_sink: Sink,
    live_worker: Any,
    tmp_path: Path,
    languages: tuple[str, str],
    scripts: bool,
) -> None:
    board = factories.a_board(5)
    applicant = opened(None, languages[0], scripts=scripts)
    office = opened(factories.an_office_person(), languages[1], scripts=scripts)
    signs_up(applicant, smtp_sink)
    adhesion = applies(applicant, tmp_path)
    start = f"/members/requests/{adhesion.key}/"
    submits(applicant, start)

    office_decides(office, "return", **{"tick-doc-mandate": "on", "note-doc-mandate": "Not signed.", "note": "Nearly."})
    assert "Not signed." in letter(smtp_sink, EMAIL, "Nearly.")
    applicant.goto(start)
    expect(applicant.locator("main")).to_contain_text("Not signed.")
    uploads(applicant, start, "mandate", tmp_path)
    submits(applicant, start)
    office_decides(office, "complete")

    AdhesionRequest.objects.update(objections_until=timezone.localdate() - timedelta(days=1))
    end_objections(adhesion.pk)  # what the timetable does at night
    president = opened(board[0], languages[1], scripts=scripts)
    president.goto(door(adhesion, "open"))
    write(president, {"procedure": "written"})
    president.locator(LAST).click()
    votes(opened(board[4], languages[0], scripts=scripts), adhesion, "aside")
    for director in board[1:4]:
        votes(opened(director, languages[1], scripts=scripts), adhesion, "for")
    if not Resolution.objects.exists():
        votes(president, adhesion, "for")
    resolution = Resolution.objects.get()
    assert resolution.outcome == "approved" and resolution.figures["recused"] == 1
    assert Membership.objects.get().organisation_id == adhesion.organisation_id

    letter(smtp_sink, EMAIL, str(resolution))
    edits_the_profile(applicant)
    visitor = opened(None, "en", scripts=scripts)
    visitor.goto("/members/?q=inaltimii")
    visitor.get_by_role("link", name="Atelierul Înălțimii").click()
    expect(visitor.locator("main [lang=ro]", has_text="Detectoare pentru ateliere.")).to_be_visible()
    expect(visitor.locator("main")).to_contain_text("in Romanian")


def edits_the_profile(member: Page) -> None:
    """The new member writes one text, in Romanian only."""
    member.goto("/members/mine/")
    member.locator(LAST).click()
    member.locator("main a[href$='/edit/texts/']").first.click()
    write(member, {"summary_ro": "Detectoare pentru ateliere."})
    member.locator(LAST).first.click()
    expect(member.locator(".errors")).to_have_count(0)


@pytest.mark.parametrize(("language", "scripts"), [("ro", True), ("en", False)])
def test_a_visitor_finds_a_member(opened: Opened, cluster: Cluster, language: str, scripts: bool) -> None:
    factories.a_member("Radarul Rapid", county="SB", side="dual")
    factories.a_member("Textila Lentă", county="B", side="civil")
    visitor = opened(None, language, scripts=scripts)
    visitor.goto("/")
    visitor.locator(".county-map a[href='/members/?area=RO-SB']").click()
    expect(visitor.locator("#found")).to_contain_text({"ro": "1 din 2", "en": "1 of 2"}[language])
    visitor.locator("main .chip").click()  # take the county away again
    expect(visitor.locator("#found")).to_have_text({"ro": "2 membri", "en": "2 members"}[language])
    visitor.locator("main input[type=search]").fill("radarul")
    visitor.keyboard.press("Enter")
    expect(visitor.get_by_role("link", name="Textila Lentă")).to_have_count(0)
    visitor.get_by_role("link", name="Radarul Rapid").click()
    expect(visitor.locator("h1")).to_contain_text("Radarul Rapid")


@pytest.fixture
def board(cluster: Cluster) -> list[User]:
    return factories.a_board(3)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_word_of_the_statute_explains_itself_by_keyboard(opened: Opened, board: list[User], scripts: bool) -> None:
    vote = factories.an_open_round(board)
    page = opened(board[0], "en", scripts=scripts)
    page.goto(door(vote.request))
    word, said = page.locator("[popovertarget=term-recusal]"), page.locator("#term-recusal")
    expect(said).to_be_hidden()
    word.focus()
    page.keyboard.press("Enter")
    expect(said).to_be_visible()
    page.keyboard.press("Tab")
    expect(said.get_by_role("link", name="In the glossary")).to_be_focused()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    expect(word).to_be_focused()
