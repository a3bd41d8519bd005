"""Public pages are found in both languages and shared with a picture; everything else is kept out."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from PIL import Image

from cluster_portal.common import cards
from cluster_portal.common.cards import Card
from cluster_portal.common.models import Cluster
from cluster_portal.common.press import drawn
from members.models import Organisation
from tests import factories
from tests.events import seminars
from tests.found.reading import Head

pytestmark = pytest.mark.django_db
SITE = "https://portal.example.org"
SPACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture(autouse=True)
def portal(cluster: Cluster, settings: Any) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def prut() -> Organisation:
    return factories.a_member(
        "Atelierele Prut SRL",
        slug="prut",
        summary_en="Sensors & optics for harsh places.",
        summary_ro="Senzori și optică pentru locuri aspre.",
        county="IS",
        side="dual",
    ).organisation


def head(client: Client, path: str, **headers: str) -> Head:
    answer = client.get(path, headers=headers)
    assert answer.status_code == 200, path
    assert "X-Robots-Tag" not in answer.headers, path
    return Head(answer.content.decode())


def follow(client: Client, address: str) -> Any:
    """What an address of the portal answers here."""
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == SITE
    return client.get(f"{parts.path}?{parts.query}")


def mapped(client: Client) -> list[Any]:
    """Every entry of the map."""
    index = ET.fromstring(client.get("/sitemap.xml").content)
    found = []
    for part in index.iterfind("s:sitemap/s:loc", SPACES):
        answer = client.get(urlsplit(str(part.text)).path)
        assert answer.status_code == 200
        found += ET.fromstring(answer.content).findall("s:url", SPACES)
    return found


def test_the_language_of_the_address_wins_over_browser_and_cookie(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ro"
    assert 'lang="en"' in client.get("/?lang=en", headers={"Accept-Language": "ro"}).content.decode()
    assert 'lang="ro"' in client.get("/?lang=xx", headers={"Accept-Language": "en"}).content.decode()
    page = client.get("/members/?lang=en&q=a").content.decode()
    assert '<input type="hidden" name="next" value="/members/?q=a">' in page, "the other language stays in reach"


def test_a_member_is_described_linked_and_shared_in_both_languages(client: Client, prut: Organisation) -> None:
    for language, summary in (("en", prut.summary_en), ("ro", prut.summary_ro)):
        found = head(client, f"/members/prut/?lang={language}")
        assert found.title == f"Atelierele Prut SRL · {Cluster.objects.get().short_name}"
        assert found.named["description"] == found.named["og:description"] == summary
        assert [one["href"] for one in found.link("canonical")] == [f"{SITE}/members/prut/?lang={language}"]
        assert {one["hreflang"]: one["href"] for one in found.link("alternate")} == {
            "ro": f"{SITE}/members/prut/?lang=ro",
            "en": f"{SITE}/members/prut/?lang=en",
            "x-default": f"{SITE}/members/prut/",
        }
        assert found.named["twitter:card"] == "summary_large_image"
        answer = follow(client, found.named["og:image"])
        assert (answer["Content-Type"], answer["Cache-Control"]) == ("image/png", cards.FOR_EVER)
    assert head(client, "/members/prut/").link("canonical")[0]["href"] == f"{SITE}/members/prut/"


def test_a_member_without_a_sentence_is_described_by_what_is_known(client: Client) -> None:
    factories.a_member(
        "Laboratorul Siret SRL", slug="siret", county="SB", side="civil", helix_role="industry", show_texts="members"
    )
    said = head(client, "/members/siret/?lang=en").named["description"]
    name = Cluster.objects.get().name_en
    assert said == f"Laboratorul Siret SRL: Industry, Civil, Sibiu. Member of {name}."


def test_machines_read_who_the_cluster_and_its_members_are(client: Client, prut: Organisation) -> None:
    cluster = Cluster.objects.get()
    (home,) = head(client, "/?lang=en").data
    assert (home["@type"], home["name"], home["url"]) == ("Organization", cluster.name_en, f"{SITE}/")
    way, member = sorted(head(client, "/members/prut/?lang=en").data, key=lambda one: str(one["@type"]))
    assert (member["legalName"], member["memberOf"]["name"]) == (prut.legal_name, cluster.name_en)
    assert member["address"] == {"@type": "PostalAddress", "addressRegion": "Iași", "addressCountry": "RO"}
    assert [(one["position"], one["name"], one["item"]) for one in way["itemListElement"]] == [
        (1, "Home", f"{SITE}/"),
        (2, "Members", f"{SITE}/members/"),
        (3, "Atelierele Prut SRL", f"{SITE}/members/prut/"),
    ]


def test_every_page_of_the_map_is_there_in_both_languages_with_a_title_and_a_sentence_of_its_own(
    client: Client, prut: Organisation
) -> None:
    factories.a_member("Ascuns SRL", slug="ascuns", show_profile="members")
    factories.a_capability(prut, direction="sought", note_ro="Căutăm optică.", note_en="We look for optics.")
    seminars.a_seminar()
    seminars.a_seminar(audience="members", title_en="Secret", title_ro="Secret")
    seen: dict[str, list[tuple[str, str]]] = {"ro": [], "en": []}
    for entry in mapped(client):
        address = str(entry.findtext("s:loc", namespaces=SPACES))
        others = {one.get("hreflang"): one.get("href") for one in entry.iterfind("x:link", SPACES)}
        language = address.rpartition("=")[2]
        assert others[language] == address
        assert set(others) == {"ro", "en", "x-default"}
        assert others["x-default"] == address.partition("?")[0]
        found = head(client, address.removeprefix(SITE))
        assert found.link("canonical")[0]["href"] == address
        assert len(found.named["description"]) > 20, address
        seen[language].append((found.title, found.named["description"]))
    for pages in seen.values():
        assert len(pages) > 14
        for told in zip(*pages, strict=True):
            assert sorted(told) == sorted(set(told)), "two pages say the same of themselves"
    assert "ascuns" not in str(client.get("/sitemap-members.xml").content)
    assert "secret" not in str(client.get("/sitemap-events.xml").content)
    assert b"<lastmod>" in client.get("/sitemap-members.xml").content


@pytest.mark.parametrize(
    "path",
    [
        "/members/?q=radar",
        "/members/?lang=xx",
        "/members/?page=x",
        "/?utm=1",
        "/accounts/signup/",
        "/robots.txt",
        "/no/",
    ],
)
def test_searches_and_all_other_pages_are_kept_out(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer["X-Robots-Tag"] == "noindex"
    assert b"canonical" not in answer.content


def test_what_is_shown_to_somebody_with_a_session_is_kept_out(client: Client, prut: Organisation) -> None:
    client.force_login(factories.a_user(), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/members/prut/")
    assert answer["X-Robots-Tag"] == "noindex"
    assert b"og:image" not in answer.content
    assert b"ld+json" not in answer.content


def test_an_opportunity_that_has_run_out_is_kept_out(client: Client, prut: Organisation) -> None:
    need = factories.a_capability(prut, direction="sought")
    path = need.opportunity.get_absolute_url()
    assert "X-Robots-Tag" not in client.get(path).headers
    type(need).objects.filter(pk=need.pk).update(expires_on="2020-01-01")
    assert client.get(path)["X-Robots-Tag"] == "noindex"


def test_robots_are_told_where_the_map_is_and_where_not_to_knock(client: Client) -> None:
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert lines[-1] == f"Sitemap: {SITE}/sitemap.xml"
    closed = [line.partition(": ")[2] for line in lines if line.startswith("Disallow")]
    assert {"/admin/", "/accounts/", "/mailbox/"} <= set(closed)
    for entry in mapped(client):
        path = urlsplit(str(entry.findtext("s:loc", namespaces=SPACES))).path
        assert path == "/accounts/login/" or not any(path.startswith(one) for one in closed), path


def test_news_and_calendars_are_found_from_home_and_events(client: Client) -> None:
    for path in ("/", "/events/", "/events/archive/", "/events/calendars/"):
        feeds = [one for one in head(client, path).link("alternate") if one.get("type") == "application/atom+xml"]
        assert [one["href"] for one in feeds] == ["/events/news.atom"], path


def test_a_picture_is_small_of_the_usual_size_and_made_once(
    client: Client, prut: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = seminars.a_seminar()
    event_card = reverse("events:card", args=[event.slug])
    for path in ("/card.png", "/members/prut/card.png", event_card):
        content = client.get(f"{path}?lang=ro").content
        assert Image.open(BytesIO(content)).size == (1200, 630)
        assert len(content) < 60_000
    monkeypatch.setattr("cluster_portal.common.cards.drawn", lambda *_: pytest.fail("drawn again"))
    again = client.get(f"{event_card}?lang=ro")
    assert (again.content, again["Cache-Control"]) == (content, "no-cache")


def test_a_picture_prints_the_letters_of_romanian_and_what_a_name_says_is_never_markup(caplog: Any) -> None:
    for title in ("Întâlnire: știință și țesături ăâîșț ĂÂÎȘȚ", '#image("/etc/passwd") $x$ *b* @ref <a> \\ [', ""):
        assert drawn(cards.TEMPLATE, Card(title).data()).startswith(b"\x89PNG")
    assert not caplog.records


def test_the_picture_of_a_hidden_profile_does_not_exist(client: Client) -> None:
    user = factories.a_user()
    factories.a_member("Ascuns SRL", slug="ascuns", user=user, show_profile="members")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/members/ascuns/").status_code == 200
    assert client.get("/members/ascuns/card.png").status_code == 404


def test_another_cluster_gives_the_pictures_another_address(prut: Organisation) -> None:
    before = Card("x").digest
    assert re.fullmatch(r"[0-9a-f]{12}", before)
    assert Card("x").digest == before != Card("y").digest
