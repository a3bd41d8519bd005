"""A secret word in every field and level: page, search, facets, profile and export show it to whom its level allows."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.common.visibility import ANYONE, Viewer, viewer
from members.actions.directory import refresh_directory
from members.actions.membership import change_membership
from members.models import Certificate, Membership, Organisation, Person
from members.permissions import can_see_profile, viewer_of
from members.queries.profile import may_open, profile_for
from tests.factories import a_capability, a_director, a_member, a_user, an_office_person
from tests.members.directory.conftest import leaves

pytestmark = pytest.mark.django_db

LEVELS = ("public", "members", "contact", "office")
SEES: dict[str, tuple[str, ...]] = {
    "visitor": ("public",),
    "applicant": ("public",),
    "member": ("public", "members"),
    "suspended": ("public",),
    "director": ("public", "members"),
    "office": ("public", "members", "contact", "office"),
    "superuser": ("public", "members", "contact", "office"),
    "own": ("public", "members", "contact", "office"),
}
IN_DIRECTORY = ("public", "members")  # the directory never says more than its two audiences see
GROUPS: dict[str, tuple[str, ...]] = {
    "show_texts": ("summary_en", "description_en", "website"),
    "show_contact": ("street", "locality", "email", "phone"),
    "show_registration": ("trade_register", "euid"),
}
SEARCHED = ("summary_en", "description_en", "locality", "note_en")


def secret(level: str, name: str) -> str:
    return f"zq{level}{name.replace('_', '')}"


def stated(level: str, name: str) -> str:
    word = secret(level, name)
    return {"website": f"https://{word}.example.org", "email": f"{word}@example.org"}.get(name, word)


@pytest.fixture
def world(cluster: Any) -> dict[str, User | None]:
    """For each level one member whose every group of fields has that level, and a person for each role."""
    people: dict[str, User | None] = {"visitor": None, "applicant": a_user(), "own": a_user()}
    for level in LEVELS:
        groups: dict[str, Any] = dict.fromkeys((*GROUPS, "show_size", "show_people", "show_certificates"), level)
        texts = {name: stated(level, name) for names in GROUPS.values() for name in names}
        organisation = a_member(f"Fabrica {level}", user=people["own"], **groups, **texts).organisation
        fill(organisation, level)
    people["member"] = a_member("Alt Membru").organisation.representations.get().user
    stopped = a_member("Membru Suspendat")
    people["office"] = office = an_office_person()
    change_membership(stopped.pk, "suspend", by=office, basis="Resolution 9/2026", article="7")
    people["suspended"] = stopped.organisation.representations.get().user
    people["director"] = a_director()
    people["superuser"] = a_user(is_staff=True, is_superuser=True)
    return people


def fill(organisation: Organisation, level: str) -> None:
    organisation.capabilities.all().delete()
    tag = leaves()[LEVELS.index(level)]
    a_capability(organisation, tag, visibility=level, note_en=stated(level, "note_en"))
    Person.objects.create(organisation=organisation, role="technical", full_name=stated(level, "person"))
    Certificate.objects.create(
        organisation=organisation,
        kind="iso_9001",
        issuer=stated(level, "issuer"),
        valid_until=timezone.localdate() + timedelta(days=300),
    )
    refresh_directory([organisation.pk])


def signed_in(person: User | None) -> Client:
    client = Client()
    if person:
        client.force_login(person)
    return client


def text_of(answer: Any) -> str:
    body = answer.getvalue() if answer.streaming else answer.content
    return str(body.decode())


@pytest.mark.parametrize("role", SEES)
def test_a_profile_shows_each_level_to_whom_it_is_for(world: dict[str, User | None], role: str) -> None:
    client = signed_in(world[role])
    for level in LEVELS:
        page = text_of(client.get(f"/members/fabrica-{level}/"))
        names = [*(name for names in GROUPS.values() for name in names), "note_en", "person", "issuer"]
        shown = {name for name in names if secret(level, name) in page}
        assert shown == (set(names) if level in SEES[role] else set()), (role, level)
        assert ("10 to 49" in page) == (level in SEES[role])


@pytest.mark.parametrize("role", SEES)
def test_directory_search_and_export_show_each_level_to_whom_it_is_for(
    world: dict[str, User | None], role: str
) -> None:
    client = signed_in(world[role])
    seen = {level for level in SEES[role] if level in IN_DIRECTORY} if role != "own" else {"public", "members"}
    table, page = text_of(client.get("/members/export.csv")), text_of(client.get("/members/"))
    for level, name in product(LEVELS, SEARCHED):
        found = text_of(client.get("/members/", {"q": secret(level, name)}))
        assert (f"/members/fabrica-{level}/" in found) == (level in seen), (role, level, name)
    for level in LEVELS:
        for shown in (table, page):
            assert (leaves()[LEVELS.index(level)].name_en in without_filters(shown)) == (level in seen)
        assert (secret(level, "locality") in page) == (secret(level, "locality") in table) == (level in seen)
        assert (secret(level, "website") in table) == (level in seen)
        assert not any(secret(level, hidden) in table + page for hidden in ("email", "phone", "person", "issuer"))


def without_filters(page: str) -> str:
    """The list without the words of the filters beside it, which are the vocabulary of the cluster."""
    return page.partition('id="results"')[2].partition('id="matrix"')[0] or page


@pytest.mark.parametrize("role", SEES)
def test_a_filter_on_a_hidden_capability_finds_nobody(world: dict[str, User | None], role: str) -> None:
    client = signed_in(world[role])
    seen = {"public", "members"} if role in ("own", "member", "director", "office", "superuser") else {"public"}
    for level in LEVELS:
        page = text_of(client.get("/members/", {"can": leaves()[LEVELS.index(level)].code}))
        assert (f"/members/fabrica-{level}/" in page) == (level in seen), (role, level)


@pytest.mark.parametrize(
    ("role", "answers"),
    [
        ("visitor", (200, 404, 404, 404)),
        ("applicant", (200, 404, 404, 404)),
        ("member", (200, 200, 404, 404)),
        ("suspended", (200, 404, 200, 404)),
        ("director", (200, 200, 200, 200)),
        ("office", (200, 200, 200, 200)),
        ("superuser", (200, 200, 200, 200)),
    ],
)
def test_who_may_open_which_page(world: dict[str, User | None], role: str, answers: tuple[int, ...]) -> None:
    a_member("Doar Pentru Membri", show_profile="members")
    ended = a_member("Fost Membru")
    change_membership(ended.pk, "cease", by=world["office"], basis="Dissolved", article="7")  # type: ignore[arg-type]
    client = signed_in(world[role])
    pages = ("fabrica-public", "doar-pentru-membri", "membru-suspendat", "fost-membru")
    assert tuple(client.get(f"/members/{slug}/").status_code for slug in pages) == answers
    assert client.get("/members/no-such-member/").status_code == 404


def test_a_page_that_may_not_be_seen_answers_as_one_that_does_not_exist(cluster: Any) -> None:
    a_member("Doar Pentru Membri", show_profile="members")
    one, other = (Client().get(f"/members/{slug}/") for slug in ("doar-pentru-membri", "no-such-member-at-all"))
    assert one.status_code == other.status_code == 404
    assert one.content.replace(b"doar-pentru-membri", b"no-such-member-at-all") == other.content


def test_page_and_permission_agree(world: dict[str, User | None]) -> None:
    for membership, person in product(Membership.objects.select_related("organisation"), world.values()):
        organisation = membership.organisation
        if person is not None:
            levels = viewer_of(person)
            page = may_open(levels, organisation.pk, membership.state, organisation.show_profile)
            assert page == can_see_profile(person, organisation, membership)


@pytest.mark.parametrize(
    ("eyes", "levels"),
    [(ANYONE, {"public"}), (viewer(member=True), {"public", "members"}), ("partner", {"public", "members", "contact"})],
)
def test_previews_borrow_the_eyes_of_others(
    world: dict[str, User | None], eyes: Viewer | str, levels: set[str]
) -> None:
    for level in LEVELS:
        organisation = Organisation.objects.get(slug=f"fabrica-{level}")
        looking = viewer(member=True, partners=[organisation.pk]) if isinstance(eyes, str) else eyes
        profile = profile_for(organisation.slug, looking)
        assert profile is not None
        assert bool(profile.people) == bool(profile.offers) == bool(profile.summary) == (level in levels)


def test_staff_without_their_second_factor_see_what_everybody_sees(world: Any, settings: Any) -> None:
    settings.REQUIRE_STAFF_MFA = True
    a_member("Doar Pentru Membri", show_profile="members")
    client = signed_in(world["office"])
    assert client.get("/members/doar-pentru-membri/").status_code == 404
    assert secret("members", "locality") not in text_of(client.get("/members/"))
