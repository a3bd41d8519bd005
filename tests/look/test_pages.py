"""The pages of the kernel: who may see them, what they weigh, and that they hold without the database."""

import gzip
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.template import engines
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from cluster_portal.common import assets
from cluster_portal.common.context import current_cluster, ways
from cluster_portal.common.glossary import TERMS
from cluster_portal.common.guide import GUIDES
from cluster_portal.common.models import Cluster, User
from cluster_portal.common.templatetags import furniture, matrix_table, pages, ui, words
from cluster_portal.management.commands import write_guides
from tests.look.test_components import Tags

pytestmark = pytest.mark.django_db
PAGES = (
    "/style-guide/",
    "/privacy/",
    "/accessibility/",
    "/guide/",
    "/guide/director/",
    "/glossary/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
)
ERRORS = ("400.html", "403.html", "403_csrf.html", "404.html", "405.html", "429.html", "500.html", "503.html")


@pytest.fixture(autouse=True)
def demonstration(settings: Any, cluster: Cluster) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "ro"])
def test_a_page_has_a_language_one_heading_a_skip_link_and_nothing_inline(
    client: Client, address: str, language: str
) -> None:
    answer = client.get(address, headers={"Accept-Language": language})
    assert answer.status_code == 200
    tags = Tags(answer.content.decode())
    assert tags.of("html")[0]["lang"] == language
    assert len(tags.of("h1")) == 1
    assert tags.of("a")[0]["href"] == "#content"
    assert tags.of("main")[0]["id"] == "content"
    assert not tags.of("style")
    for name, attributes in tags.found:
        assert "style" not in attributes, name
        assert not [key for key in attributes if key.startswith("on")], name
    for script in tags.of("script"):
        assert "src" in script or script["type"] in {"application/json", "application/ld+json"}


@pytest.mark.parametrize("address", PAGES)
def test_every_page_says_that_it_is_a_demonstration(client: Client, settings: Any, address: str) -> None:
    assert b"This is a demonstration." in client.get(address).content
    settings.DEMO = False
    assert b"This is a demonstration." not in client.get(address).content


def test_a_first_visit_weighs_at_most_thirty_kilobytes(client: Client) -> None:
    page = client.get("/accessibility/").content
    html = len(gzip.compress(page, 6))
    rest = sum(len(assets.asset(name).compressed) for name in ("portal.css", "work.css", "sprite.svg", "mark.svg"))
    assert html <= 6 * 1024
    assert html + rest <= 30 * 1024
    assert len(assets.asset("portal.css").compressed) <= 10 * 1024
    assert b"<script" not in page


def test_the_cluster_costs_one_query_a_minute(client: Client) -> None:
    client.get("/privacy/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/privacy/")
    assert len(queries) == 0


def test_the_page_before_any_preset_still_answers(client: Client) -> None:
    Cluster.objects.all().delete()
    assert client.get("/privacy/").status_code == 200
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_cluster_is_read_again_after_a_minute(monkeypatch: pytest.MonkeyPatch, cluster: Cluster) -> None:
    assert current_cluster() == cluster
    Cluster.objects.update(short_name="Alt nume")
    assert str(current_cluster()) == "Punte"
    monkeypatch.setattr("cluster_portal.common.context.monotonic", lambda: float("inf"))
    assert str(current_cluster()) == "Alt nume"


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", "/"),
        ("/members/", "/members/"),
        ("/members/12/", "/members/"),
        ("/members/join/", "/members/join/"),
        ("/members/join/step/2/", "/members/join/"),
        ("/privacy/", ""),
        ("/events/x/", "/events/"),
        ("/matchmaking/interests/", "/matchmaking/"),
        ("/matchmaking/searches/", "/matchmaking/opportunities/"),
    ],
)
def test_the_navigation_marks_where_the_reader_is(path: str, current: str) -> None:
    assert [way.href for way in ways(path) if way.current] == ([current] if current else [])


def test_the_language_is_changed_by_a_form_and_the_page_stays(client: Client) -> None:
    page = client.get("/privacy/?a=1").content.decode()
    assert '<input type="hidden" name="next" value="/privacy/?a=1">' in page
    answer = client.post("/language/", {"language": "ro", "next": "/privacy/?a=1"})
    assert (answer.status_code, answer["Location"]) == (302, "/privacy/?a=1")
    assert 'lang="ro"' in client.get("/privacy/").content.decode()


def test_a_page_for_strangers_sets_no_cookie(client: Client) -> None:
    client.get("/privacy/")
    client.get("/style-guide/")
    assert not client.cookies


def test_a_stranger_s_page_is_never_given_to_the_next_reader(client: Client) -> None:
    """The masthead is remembered; what belongs to one reader is not."""
    client.get("/privacy/?secret=1")
    person = User.objects.create_user("ilinca@punte.example", full_name="Ilinca <b>Vrânceanu</b>")
    reader = Client()
    reader.force_login(person)
    page = reader.get("/privacy/").content.decode()
    assert "Ilinca &lt;b&gt;Vrânceanu&lt;/b&gt;" in page
    assert "secret" not in page
    again = client.get("/privacy/").content.decode()
    assert "Ilinca" not in again
    assert "«" not in page + again


def test_the_language_form_leads_to_no_other_site(client: Client) -> None:
    answer = client.post("/language/", {"language": "ro", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_the_style_guide_is_for_staff_where_nothing_is_a_demonstration(client: Client, settings: Any) -> None:
    settings.DEMO = False
    assert client.get("/style-guide/").status_code == 404
    client.force_login(User.objects.create_user("ilinca@punte.example", is_staff=True))
    settings.REQUIRE_STAFF_MFA = False
    assert client.get("/style-guide/").status_code == 200


def test_the_letter_in_the_frame_can_do_nothing(client: Client) -> None:
    answer = client.get("/style-guide/letter/")
    policy = answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "sandbox" in policy
    assert not Tags(answer.content.decode()).of("script")


def test_the_style_guide_shows_every_component(client: Client) -> None:
    folder = django_settings.BASE_DIR / "cluster_portal/common/templatetags"
    guide = (django_settings.BASE_DIR / "templates/pages/style_guide.html").read_text(encoding="utf-8")
    source = (folder / "ui.py").read_text(encoding="utf-8")
    tags = re.findall(r"@register\.(?:simple_tag|simple_block_tag|inclusion_tag\([^)]*\))\ndef (\w+)", source)
    tags += re.findall(r"^register\.simple_tag\((\w+)\)", source, re.MULTILINE)
    assert len(tags) > 30
    elsewhere = {"asset_url", "mark", "errors", "field"}  # in base.html and behind `{{ form }}`
    assert [tag for tag in tags if tag not in elsewhere and f"{{% {tag} " not in guide] == []


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_asks_the_database_nothing(name: str, django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0), override("en"):
        page = render_to_string(name)
    tags = Tags(page)
    assert tags.of("html")[0]["lang"] == "en"
    assert len(tags.of("h1")) == 1
    assert not tags.of("script")


KEY = "2f0e6a52-8f0f-4d4e-9b40-3f0d6c0c3b11"


@pytest.fixture
def person(client: Client) -> Client:
    client.force_login(User.objects.create_user("ana@example.org"))
    return client


@pytest.mark.parametrize(
    ("address", "form"),
    [
        (f"/matchmaking/interests/{KEY}/accept/", f"/matchmaking/interests/{KEY}/"),
        (f"/members/requests/{KEY}/submit/", f"/members/requests/{KEY}/"),
        ("/members/requests/start/", "/members/requests/"),
    ],
)
@pytest.mark.parametrize("language", ["en", "ro"])
def test_the_address_of_a_button_leads_to_its_form(person: Client, address: str, form: str, language: str) -> None:
    """Typed by hand, or left by the switch of languages."""
    answer = person.get(address, headers={"Accept-Language": language, "Accept": "text/html"})
    assert answer.status_code == 405 and answer.headers["Allow"] == "POST"
    tags = Tags(answer.content.decode())
    assert tags.of("html")[0]["lang"] == language
    assert [link["href"] for link in tags.of("a") if "btn" in (link.get("class") or "")] == [form]


def test_the_address_of_a_button_tells_programs_the_method(person: Client) -> None:
    answer = person.get("/members/requests/start/", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.headers["Allow"], answer.content) == (405, "POST", b"")


def test_an_unknown_address_is_answered_in_our_manner_without_a_query(
    client: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/no/such/page/")
    assert answer.status_code == 404
    assert b"There is no such page" in answer.content


def test_the_page_for_an_outage_keeps_what_was_typed() -> None:
    page = render_to_string("503.html", {"typed": [("motive", "<b>Țintă</b>")], "path": "/x/?a=1&b=2", "token": "t"})
    assert "&lt;b&gt;Țintă&lt;/b&gt;" in page
    assert 'action="/x/?a=1&amp;b=2"' in page
    assert 'name="motive"' in page


def test_an_assembled_file_is_kept_for_ever_under_its_digest_only(client: Client) -> None:
    answer = client.get(assets.asset_url("portal.css"), headers={"Accept-Encoding": "gzip"})
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(answer.content) == client.get(assets.asset_url("portal.css")).content
    assert client.get("/assets/0123456789ab/portal.css")["Cache-Control"] == "no-cache"
    assert client.get("/assets/0123456789ab/settings.py").status_code == 404
    assert "Set-Cookie" not in answer


def test_the_sprite_holds_every_icon_and_every_role() -> None:
    sprite = assets.sprite()
    assert set(re.findall(r'id="i-([\w-]+)"', sprite)) == set(assets.ICONS)
    assert set(re.findall(r'id="r-([\w-]+)"', sprite)) == set(assets.GLYPHS)
    assert "style" not in sprite


def test_security_txt_names_the_office_and_does_not_expire_soon(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:birou@punte.example\n" in text
    assert re.search(r"^Expires: 20\d\d-\d\d-\d\dT00:00:00Z$", text, re.MULTILINE)


def test_the_privacy_page_names_the_officer_when_there_is_one(client: Client, settings: Any) -> None:
    settings.DPO_CONTACT = "Ana Țurcanu, dpo@punte.example"
    assert "Data protection officer: Ana Țurcanu, dpo@punte.example." in client.get("/privacy/").content.decode()


def page_of(client: Client, source: str, **values: Any) -> Tags:
    """A page written in a line, drawn for the request of a visitor."""
    request = client.get("/privacy/").wsgi_request
    return Tags(engines["django"].from_string(source).render(values, request))


def test_a_confirmation_asks_before_it_acts_and_offers_the_way_back(client: Client) -> None:
    source = '{% extends "layouts/confirm.html" %}{% block title %}W{% endblock %}{% block question %}W?{% endblock %}'
    tags = page_of(client, source, action="/members/requests/1/withdraw/", back="/members/requests/1/", danger=True)
    form = next(form for form in tags.of("form") if form["action"] == "/members/requests/1/withdraw/")
    assert form["method"] == "post"
    assert "btn btn--stop" in {button.get("class") for button in tags.of("button")}
    assert "/members/requests/1/" in {link["href"] for link in tags.of("a")}


def test_the_desk_has_its_own_bar_with_what_waits(client: Client) -> None:
    source = (
        '{% extends "admin/desk.html" %}{% block title %}D{% endblock %}{% block content %}<h1>D</h1>{% endblock %}'
    )
    ways_of_the_desk = [{"label": "Requests to decide", "href": "/admin/x/", "count": 2}]
    request = client.get("/privacy/").wsgi_request
    page = engines["django"].from_string(source).render({"desk_menu": ways_of_the_desk, "site_header": "Desk"}, request)
    assert 'class="deskbar"' in page
    assert 'class="masthead' not in page
    assert '<a href="/admin/x/">Requests to decide <span class="num">(2)</span></a>' in page


def test_htmx_comes_only_where_it_is_asked_for_and_with_our_script_after_it(client: Client) -> None:
    assert b"htmx" not in client.get("/privacy/").content
    scripts = page_of(client, '{% include "components/htmx.html" %}').of("script")
    assert [str(one["src"]).rpartition("/")[2] for one in scripts] == ["htmx-2.min.js", "htmx.js"]
    assert all("defer" in one for one in scripts)


NOT_SHOWN = {
    "sharing.html": "stands in the head of public pages",
    "demo_sign_ins.html": "the sign-in page of a demonstration",
    "desk_menu.html": "the bar of the desk",
    "htmx.html": "a script in the head of the pages that use it",
    "me.html": "the masthead of whoever is signed in",
}
"""Components that stand on no style guide, and where they are seen."""


def test_the_style_guide_draws_every_component_file(client: Client) -> None:
    for module in (ui, furniture, matrix_table, pages, words):
        for one in vars(module).values():
            if hasattr(one, "cache_clear"):
                one.cache_clear()  # what was drawn before is not drawn again
    drawn = {str(template.name) for template in client.get("/style-guide/").templates}
    files = {path.name for path in (django_settings.BASE_DIR / "templates/components").glob("*.html")}
    assert {name for name in files if f"components/{name}" not in drawn} == set(NOT_SHOWN)


def test_no_word_explains_itself_twice_on_a_page() -> None:
    """The pop-over of a word has the word for its id."""
    folder = django_settings.BASE_DIR / "templates"
    for path in folder.rglob("*.html"):
        keys = [
            key
            for tag, said in re.findall(r'{% (terms?) "([^"]+)"', path.read_text())
            for key in (said.split() if tag == "terms" else [said])
        ]
        assert len(keys) == len(set(keys)), path
        assert set(keys) <= set(TERMS), path


@pytest.mark.parametrize("language", ["en", "ro"])
@pytest.mark.parametrize("role", GUIDES)
def test_every_task_of_a_guide_leads_to_its_door(client: Client, role: str, language: str) -> None:
    page = client.get(f"/guide/{role}/", headers={"Accept-Language": language}).content.decode()
    links = {attributes.get("href") for attributes in Tags(page).of("a")}
    assert {reverse(task.door) for task in GUIDES[role].tasks} <= links
    assert set(GUIDES[role].words) <= set(TERMS)


def test_there_is_no_guide_for_a_role_that_is_not_known(client: Client) -> None:
    assert client.get("/guide/emperor/").status_code == 404


def test_a_pop_over_leads_to_its_word_in_the_glossary(client: Client) -> None:
    ids = {attributes.get("id") for _tag, attributes in Tags(client.get("/glossary/").content.decode()).found}
    page = Tags(client.get("/style-guide/").content.decode())
    buttons = [one["popovertarget"] for one in page.of("button") if "popovertarget" in one]
    assert sorted(map(str, buttons)) == ["term-abstention", "term-quorum", "term-recusal", "term-trl"]
    assert {str(one).removeprefix("term-") for one in buttons} <= ids
    assert "/glossary/#quorum" in [one.get("href") for one in page.of("a")]


def test_the_files_of_the_guides_say_what_the_pages_say() -> None:
    """`make guides` writes them anew."""
    assert {path.name: path.read_text() == text for path, text in write_guides.pages().items()} == {
        "glossary.md": True,
        "guide.md": True,
        "ghid.md": True,
    }
