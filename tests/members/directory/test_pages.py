"""What visitors see: home, directory, a member, the statute and how one joins; also when there is nothing yet."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Capability, Certificate, StatuteVersion
from members.queries.home import statute_today
from tests.factories import a_member, a_user, an_office_person
from tests.members.directory.conftest import leaves, listed

pytestmark = pytest.mark.django_db
PUBLIC = ("/", "/members/", "/members/join/", "/statute/", "/matchmaking/", "/events/")


def page(client: Client, path: str, **query: Any) -> str:
    answer = client.get(path, query)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("path", PUBLIC)
def test_every_page_stands_without_members(client: Client, path: str) -> None:
    assert "<h1" in page(client, path)


@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_pages_are_only_read(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405


def test_home_counts_members_by_side_and_role_and_names_the_steps(client: Client) -> None:
    for name, side, role in [("A", "civil", "industry"), ("B", "dual", "industry"), ("C", "defence", "funder")]:
        listed(name, side=side, helix_role=role)
    text = page(client, "/")
    assert "3 companies, universities, authorities and funders" in text
    assert "1 civil members, 1 defence members and 1 on both sides" in text
    assert 'href="/members/?role=industry"' in text and 'href="/members/?role=government"' not in text
    rules = statute_today().parameters  # type: ignore[union-attr]
    assert f"For {rules.objection_window_days} days" in text and f"within {rules.result_notice_days} days" in text


def test_home_counts_members_by_county_and_names_those_abroad(client: Client) -> None:
    for name, country, county in [("A", "RO", "SB"), ("B", "RO", "SB"), ("C", "RO", "B"), ("D", "DE", "")]:
        listed(name, country=country, county=county)
    text = page(client, "/")
    assert 'href="/members/?area=RO-SB"><title>SB 2: Sibiu, 2 members</title>' in text
    assert "<title>B 1: București, 1 member</title>" in text and "Cluj," not in text
    assert '<a href="/members/?area=DE">Germany</a> <span class="num soft">1</span>' in text
    assert "2 of 4 members" in page(client, "/members/?area=RO-SB")


def test_home_of_a_cluster_without_a_window_for_objections_says_who_checks(client: Client) -> None:
    StatuteVersion.objects.all().delete()
    rules = {"objection_window_days": 0, "completion_grace_days": 45}
    StatuteVersion.objects.create(label="2", in_force_from="2020-01-01", rules=rules)
    text = page(client, "/")
    assert "objection" not in text and "45 days to complete it" in text


def test_a_portal_without_a_statute_says_so(client: Client) -> None:
    StatuteVersion.objects.all().delete()
    for path in ("/", "/statute/", "/members/join/"):
        assert "has not been entered on this portal yet" in page(client, path)


def test_the_statute_has_an_address_for_every_article_and_paragraph(client: Client) -> None:
    text, version = page(client, "/statute/"), statute_today()
    assert version is not None
    for article in version.articles.all():
        assert f'id="art-{article.number}"' in text and f'href="#art-{article.number}"' in text
        for number in range(1, len(article.paragraphs) + 1):
            assert f'id="art-{article.number}-{number}"' in text
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_joining_names_documents_declarations_terms_and_articles(client: Client) -> None:
    text, version = page(client, "/members/join/"), statute_today()
    assert version is not None
    rules = version.parameters
    assert "Trade register certificate (ONRC)" in text and "90 days" in text
    for words in (f"{rules.completion_grace_days} days to complete", f"{rules.appeal.days} days"):
        assert words in text
    for number in {rules.article(key) for key in ("eligibility", "required_documents", "appeal")}:
        assert f'href="/statute/#art-{number}"' in text
    assert "/accounts/signup/" in text


def test_the_button_that_starts_a_request_is_for_those_who_may(client: Client) -> None:
    client.force_login(a_user())
    assert 'action="/members/requests/start/"' in page(client, "/members/join/")
    for person in (an_office_person(), a_member().organisation.representations.get().user):
        client.force_login(person)
        assert "cannot begin a request" in page(client, "/members/join/")


def test_the_directory_without_members_says_so(client: Client) -> None:
    assert "has no members on this portal yet" in page(client, "/members/")


def test_the_directory_shows_count_filters_chips_and_ways_on(client: Client) -> None:
    for number in range(30):
        listed(f"Atelierul {number:02}", side="civil" if number else "dual")
    text = page(client, "/members/", side="civil", sort="newest")
    assert '<h2 id="found">29 of 30 members</h2>' in text
    assert re.search(r'class="chip" href="/members/\?sort=newest"', text)
    assert 'value="civil" checked' in text.replace('id="side-civil" ', "")
    assert "1 to 20 of 29" in text and 'rel="next nofollow"' in text
    assert 'href="/members/export.csv?side=civil"' in text
    assert 'name="sort" value="newest"' in text


def test_htmx_is_told_the_address_without_what_is_empty(client: Client) -> None:
    listed("Atelierul Unu")
    query = {"q": "", "side": "civil", "role": "nothing"}
    answer = client.get("/members/", query, headers={"HX-Request": "true"})
    assert answer["HX-Push-Url"] == "/members/?side=civil"
    assert "HX-Push-Url" not in client.get("/members/", query)


def test_what_is_found_under_another_spelling_is_said(client: Client) -> None:
    listed("Spectra Optic")
    assert "No member matches “spektra” as it is written. These match “spectra”." in page(
        client, "/members/", q="spektra"
    )
    assert "No member is found so" in page(client, "/members/", q="xyzzyx")


@pytest.mark.parametrize(
    "query",
    [
        "?page=999999999999999999999",
        "?size=%ff",
        "?side=civil&side=&side=%E2%80%AE",
        "?after[]=1",
        "?q=%C0%80",
        "?sort=",
        "?cell=%3A",
        f"?can={'x' * 5000}",
        "?" + "&".join(f"area=RO-{number}" for number in range(400)),
        "?q=" + "a+" * 900,
    ],
)
def test_no_address_of_the_directory_is_an_error(client: Client, query: str) -> None:
    listed("Atelierul Unu")
    assert client.get(f"/members/{query}").status_code == 200
    assert client.get(f"/members/export.csv{query}").status_code == 200


def test_what_is_typed_never_becomes_markup(client: Client) -> None:
    bad = '"><script>alert(1)</script>'
    listed(f"Atelierul {bad}", summary_en=bad)
    for path, query in (("/members/", {}), ("/members/", {"q": bad}), ("/members/", {"can": bad, "sort": bad})):
        assert "<script>alert" not in page(client, path, **query)


def test_a_member_shows_offers_needs_matrix_certificates_and_facts(client: Client) -> None:
    organisation = listed("Universitatea Făget", ("isr-radar",), ("mat-stealth",), helix_role="university", side="dual")
    organisation.show_certificates = "public"
    organisation.save()
    for days, kind in ((-3, "iso_9001"), (10, "iso_14001"), (400, "iso_27001")):
        until = timezone.localdate() + timedelta(days=days)
        Certificate.objects.create(organisation=organisation, kind=kind, issuer="Registru", valid_until=until)
    Capability.objects.filter(direction="sought").update(weight=2)
    text = page(client, organisation.get_absolute_url())
    assert "Founding member, since March 2020" in text
    assert 'href="/members/?can=isr-radar"' in text and "Radar-absorbing materials" in text
    assert "Must" in text and "TRL&nbsp;6" in text and "Seen by" not in text
    assert text.count("Ended") == 1 and text.count("Ends soon") == 1
    assert "matrix--plain" in text


def test_own_people_find_the_way_to_the_editor_and_see_who_sees_what(client: Client) -> None:
    organisation = a_member().organisation
    client.force_login(organisation.representations.get().user)
    text = page(client, organisation.get_absolute_url())
    assert f"{organisation.get_absolute_url()}edit/" in text and "Seen by" in text


def test_a_bare_member_has_a_page_too(client: Client) -> None:
    organisation = listed("Atelierul Unu", summary_ro="", summary_en="", website="", county="", country="DE")
    assert "This member shows no more here" in page(client, organisation.get_absolute_url())
    assert "Germany" in page(client, organisation.get_absolute_url())


def test_pages_come_in_romanian(client: Client) -> None:
    organisation = listed("Atelierul Unu", ("mat-stealth",))
    client.cookies["language"] = "ro"
    assert "Materiale absorbante de unde radar" in page(client, organisation.get_absolute_url())
    assert "Construim detectoare" in page(client, organisation.get_absolute_url())


def test_a_sentence_in_the_other_language_says_so_in_the_list(client: Client) -> None:
    listed("Atelierul Unu", summary_ro="Construim detectoare.", summary_en="")
    listed("Atelierul Doi", summary_ro="Țesem.", summary_en="We weave.")
    text = page(client, "/members/")
    assert text.count('class="tongue"') == 1
    assert '<span lang="ro">Construim detectoare.</span> <span class="tongue">in Romanian</span>' in text
    client.cookies["language"] = "ro"
    assert 'class="tongue"' not in page(client, "/members/")


def test_long_lists_of_filters_are_folded_until_they_are_asked_for(client: Client) -> None:
    for number, county in enumerate(("AB", "AR", "BH", "BV", "CJ", "CT", "DJ", "GL", "IS")):
        listed(f"Member {number}", offers=(leaves()[number].code,), county=county)
    text = page(client, "/members/")
    shown = set(re.findall(r'name="area" value="([\w-]+)"', text))
    assert len(shown) == 6
    assert 'name="can"' not in text and 'data-hx-get="/members/?all=can"' in text
    for group, values in (("area", 9), ("can", 1)):
        whole = page(client, "/members/", all=group)
        assert len(set(re.findall(rf'name="{group}" value="([^"]+)"', whole))) == values
        assert f'data-hx-get="/members/?all={group}"' not in whole


def test_what_is_chosen_is_never_folded_away(client: Client) -> None:
    counties = ("AB", "AR", "BH", "BV", "CJ", "CT", "DJ", "GL", "IS", "MM", "SB")
    for number, county in enumerate(counties):
        listed(f"Member {number}", offers=(leaves()[number].code,), county=county)
    areas = [f"RO-{county}" for county in counties[:8]]
    text = page(client, "/members/", area=areas, can="biotech")
    for area in areas:
        assert f'name="area" value="{area}" checked' in text
    assert 'name="can" value="biotech" checked' in text
    assert "area=RO-AB" in text.partition("all=area")[0].rpartition("hx-get")[2]


def test_a_list_that_unfolds_is_no_other_page(client: Client) -> None:
    listed("Atelierul")
    script = {"HX-Request": "true"}
    assert client.get("/members/?side=civil", headers=script)["HX-Push-Url"] == "/members/?side=civil"
    assert "HX-Push-Url" not in client.get("/members/?side=civil&all=can", headers=script)
    assert 'name="can"' not in page(client, "/members/", all="nothing-known")
