"""A match becomes an introduction: two members in browsers, with and without scripts, in both languages."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from cluster_portal.common.models import Cluster
from matchmaking.models import Interest, Introduction
from tests.browser.windows import Opened
from tests.matchmaking.conftest import a_match

pytestmark = pytest.mark.django_db(transaction=True)
LAST = "main .btn--primary"


@pytest.mark.parametrize(("languages", "scripts"), [(("en", "ro"), True), (("ro", "en"), False)])
def test_a_match_becomes_an_introduction(
    opened: Opened, cluster: Cluster, languages: tuple[str, str], scripts: bool
) -> None:
    pairing = a_match()
    maker = opened(pairing.by_maker, languages[0], scripts=scripts)
    institute = opened(pairing.by_institute, languages[1], scripts=scripts)
    maker.goto("/matchmaking/")
    maker.locator(f"main a[href*='/with/{pairing.institute.slug}/']").first.click()
    expect(maker.locator("main")).not_to_contain_text("institute@example.org")
    maker.locator("main a[href$='/interest/']").first.click()
    maker.locator("main [name=message]").fill("Avem un radio sigur, căutăm încercări.")
    for box in maker.locator("main form input[type=checkbox]").all():
        box.check()
    maker.locator(LAST).click()
    interest = Interest.objects.get()

    institute.goto("/members/mine/")
    institute.locator("main a[href^='/matchmaking/interests/']").first.click()
    institute.locator(f"main a[href='/matchmaking/interests/{interest.key}/']").first.click()
    expect(institute.locator("main")).to_contain_text("Avem un radio sigur")
    for box in institute.locator("main form input[type=checkbox]").all():
        box.check()
    institute.locator("form[action$='/accept/'] .btn--primary").click()
    path = f"/matchmaking/introductions/{Introduction.objects.get().key}/"
    institute.wait_for_url(f"**{path}")
    expect(institute.locator("main")).to_contain_text("maker@example.org")
    maker.goto(path)
    expect(maker.locator("main")).to_contain_text("institute@example.org")
