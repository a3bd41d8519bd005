"""The desk in a real browser: no breach of the policy, axe finds nothing, no wider than the screen, usable by keys."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from cluster_portal.common.models import Cluster, User
from members.models import AdhesionRequest, Ballot
from tests import factories
from tests.members.desk.conftest import LIST, door

pytestmark = pytest.mark.django_db(transaction=True)

WATCH = """
window.breaches = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.breaches.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""


@dataclass
class Desk:
    """A committed world and the addresses of its pages."""

    server: str
    director: User
    office: User
    superuser: User
    open: list[AdhesionRequest]
    new: AdhesionRequest


@pytest.fixture
def desk(cluster: Cluster, server: str) -> Desk:
    directors = factories.a_board()
    votes = [factories.an_open_round(directors, name=f"Firma {number} SRL") for number in range(2)]
    factories.votes(votes[0], directors[2], "for")
    closed = factories.an_open_round(directors, name="Închisă SRL")
    for director in directors[:4]:
        factories.votes(closed, director, "for")
    return Desk(
        server=server,
        director=directors[1],
        office=factories.an_office_person(),
        superuser=factories.a_user(is_staff=True, is_superuser=True),
        open=[vote.request for vote in votes],
        new=factories.a_submitted_request(),
    )


def sign_in(context: BrowserContext, desk: Desk, user: User) -> Page:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": desk.server}])
    page = context.new_page()
    page.add_init_script(WATCH)
    return page


def breaches(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.breaches")
    return found


def test_the_pages_of_the_desk_keep_the_policy_and_fit_the_screen(desk: Desk, context: BrowserContext) -> None:
    votes = f"{LIST}votes/?ids={','.join(str(one.pk) for one in desk.open)}"
    pages = {
        "director": (desk.director, ["/admin/", LIST, door(desk.open[0]), votes, "/admin/members/registerevent/"]),
        "office": (
            desk.office,
            [
                "/admin/",
                LIST,
                door(desk.new),
                door(desk.new, "return"),
                door(desk.new, "complete"),
                "/admin/members/tag/",
            ],
        ),
        "superuser": (
            desk.superuser,
            ["/admin/common/user/", "/admin/common/auditevent/", "/admin/members/sector/add/"],
        ),
    }
    axe, wrong = Axe(), []
    for user, ways in pages.values():
        context.clear_cookies()
        page = sign_in(context, desk, user)
        for way in ways:
            answer = page.goto(desk.server + way)
            assert answer is not None and answer.status == 200, way
            wrong += [f"{way}: {breach}" for breach in breaches(page)]
            for width in (1440, 768, 390):
                page.set_viewport_size({"width": width, "height": 900})
                over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
                if over > 0:
                    wrong.append(f"{way}: {over} px too wide at {width}")
            if way.startswith(("/admin/members/adhesionrequest", "/admin/members/registerevent")) or way == "/admin/":
                found = axe.run(page).response["violations"]
                wrong += [f"{way}: {one['id']} {one['nodes'][0]['html'][:200]}" for one in found]
        page.close()
    assert "\n".join(wrong) == ""


def test_the_watch_sees_a_breach_when_there_is_one(desk: Desk, context: BrowserContext) -> None:
    page = sign_in(context, desk, desk.director)
    page.goto(f"{desk.server}/admin/")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    page.wait_for_function("window.breaches.length > 0")
    assert "style-src" in breaches(page)[0]


def test_a_director_votes_with_the_mouse_and_reads_the_tally(desk: Desk, context: BrowserContext) -> None:
    page = sign_in(context, desk, desk.director)
    page.goto(desk.server + door(desk.open[0]))
    assert not page.get_by_label("What the interest is").is_visible()
    page.get_by_text("I have an interest and step aside.").click()
    assert page.get_by_label("What the interest is").is_visible()
    page.get_by_text("I have no personal interest in this request").click()
    page.get_by_role("button", name="Against").click()
    assert page.get_by_role("alert").is_visible()
    page.get_by_label("Motive").fill("No laboratory of their own.")
    page.get_by_role("button", name="Against").click()
    page.get_by_text("Your vote is recorded: Against.").wait_for()
    assert (
        Ballot.objects.get(seat__user=desk.director, seat__round__request=desk.open[0]).motive
        == "No laboratory of their own."
    )


def test_several_votes_by_keys_alone(desk: Desk, context: BrowserContext) -> None:
    page = sign_in(context, desk, desk.director)
    page.goto(f"{desk.server}{LIST}votes/?ids={','.join(str(one.pk) for one in desk.open)}")
    for _request in desk.open:
        page.keyboard.press("j")
        page.keyboard.press("3")
        page.evaluate("document.activeElement.closest('li').querySelector('input[value=none]').checked = true")
    page.get_by_role("button", name="Send these ballots").click()
    page.get_by_text("2 ballots were recorded.").wait_for()
    mine = Ballot.objects.filter(seat__user=desk.director, seat__round__request__in=desk.open)
    chosen = mine.values_list("choice", flat=True)
    assert list(chosen) == ["abstain", "abstain"]
