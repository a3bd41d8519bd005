"""Who may pass which door of the desk: every role at every door, and what a refused POST leaves unchanged."""

from __future__ import annotations

import time
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from cluster_portal.common.models import Cluster, User
from members.actions.board import declare_interest
from members.models import AdhesionRequest, ChangeRequest, Directorship, Membership, Representation
from tests import factories
from tests.members.desk.conftest import LIST, SignIn, door

pytestmark = pytest.mark.django_db

ROLES = ("visitor", "applicant", "member", "director", "tied", "recused", "president", "office", "superuser")


@dataclass
class World:
    """One request in deliberation, one submitted, one draft, and a person of every role."""

    people: dict[str, User | None]
    open: AdhesionRequest
    new: AdhesionRequest
    draft: AdhesionRequest
    membership: Membership
    change: ChangeRequest


@pytest.fixture
def world(cluster: Cluster, directors: list[User], office: User, superuser: User) -> World:
    vote = factories.an_open_round(directors)
    adhesion = AdhesionRequest.objects.get(pk=vote.request_id)
    tied, recused = directors[5], directors[6]
    Representation.objects.create(organisation=adhesion.organisation, user=tied, role="contributor")
    declare_interest(vote.pk, by=recused, has_interest=True, interest="My firm competes.")
    membership = factories.a_member()
    change = ChangeRequest.objects.create(
        organisation=membership.organisation,
        changes={"street": [membership.organisation.street, "Strada Nouă 2"]},
        reason="We moved.",
        asked_by=membership.organisation.representations.get().user,
    )
    return World(
        people={
            "visitor": None,
            "applicant": adhesion.applicant,
            "member": membership.organisation.representations.get().user,
            "director": directors[3],
            "tied": tied,
            "recused": recused,
            "president": directors[0],
            "office": office,
            "superuser": superuser,
        },
        open=adhesion,
        new=factories.a_submitted_request(),
        draft=factories.a_draft(),
        membership=membership,
        change=change,
    )


def browsers(world: World, as_: SignIn) -> dict[str, Client]:
    return {role: Client() if user is None else as_(user) for role, user in world.people.items()}


def answers(codes: str) -> dict[str, int]:
    """Codes in the order of ROLES."""
    return dict(zip(ROLES, [int(code) for code in codes.split()], strict=True))


# visitor applicant member director tied recused president office superuser
GET_DOORS = {
    "index": "302 403 403 200 200 200 200 200 200",
    "list": "302 403 403 200 200 200 200 200 200",
    "file": "302 403 403 200 403 403 200 200 200",
    "file of a draft": "302 403 403 404 404 404 404 404 404",
    "file that never was": "302 403 403 404 404 404 404 404 404",
    "history of a file": "302 403 403 200 403 403 200 200 200",
    "return": "302 403 403 403 403 403 403 200 403",
    "complete": "302 403 403 403 403 403 403 200 403",
    "open": "302 403 403 403 403 403 200 403 403",
    "votes": "302 403 403 200 200 200 200 403 403",
    "round before closing": "302 403 403 403 403 403 403 403 403",
    "register": "302 403 403 200 200 200 200 200 200",
    "register file": "302 403 403 200 200 200 200 200 200",
    "organisations": "302 403 403 200 200 200 200 200 200",
    "membership": "302 403 403 200 200 200 200 200 200",
    "suspend": "302 403 403 403 403 403 403 200 403",
    "resolutions": "302 403 403 200 200 200 200 200 200",
    "statutes": "302 403 403 200 200 200 200 200 200",
    "mandates": "302 403 403 200 200 200 200 200 200",
    "appoint": "302 403 403 403 403 403 403 200 200",
    "changes": "302 403 403 403 403 403 403 200 200",
    "change": "302 403 403 403 403 403 403 200 200",
    "words": "302 403 403 403 403 403 403 200 200",
    "trail": "302 403 403 200 200 200 200 200 200",
    "people": "302 403 403 403 403 403 403 403 200",
    "groups": "302 403 403 403 403 403 403 403 200",
    "factors": "302 403 403 403 403 403 403 403 200",
    "cluster": "302 403 403 403 403 403 403 200 200",
}


def addresses(world: World) -> dict[str, str]:
    return {
        "index": "/admin/",
        "list": LIST,
        "file": door(world.open),
        "file of a draft": door(world.draft),
        "file that never was": f"{LIST}987654321/change/",
        "history of a file": door(world.open, "history"),
        "return": door(world.new, "return"),
        "complete": door(world.new, "complete"),
        "open": door(world.new, "open"),
        "votes": f"{LIST}votes/?ids={world.open.pk}",
        "round before closing": door(world.open, "round", 1),
        "register": "/admin/members/registerevent/",
        "register file": "/admin/members/registerevent/register.csv",
        "organisations": "/admin/members/organisation/",
        "membership": f"/admin/members/membership/{world.membership.pk}/change/",
        "suspend": f"/admin/members/membership/{world.membership.pk}/suspend/",
        "resolutions": "/admin/members/resolution/",
        "statutes": "/admin/members/statuteversion/",
        "mandates": "/admin/members/directorship/",
        "appoint": "/admin/members/directorship/appoint/",
        "changes": "/admin/members/changerequest/",
        "change": f"/admin/members/changerequest/{world.change.pk}/change/",
        "words": "/admin/members/tag/",
        "trail": "/admin/common/auditevent/",
        "people": "/admin/common/user/",
        "groups": "/admin/auth/group/",
        "factors": "/admin/mfa/authenticator/",
        "cluster": "/admin/common/cluster/",
    }


def test_every_role_at_every_door(world: World, as_: SignIn) -> None:
    clients, ways = browsers(world, as_), addresses(world)
    assert set(ways) == set(GET_DOORS)
    found = {name: {role: clients[role].get(way).status_code for role in ROLES} for name, way in ways.items()}
    assert found == {name: answers(codes) for name, codes in GET_DOORS.items()}


# what is sent, and the answers in the order of ROLES; visitors are sent to sign in
POST_DOORS: dict[str, tuple[dict[str, str], str]] = {
    "return": ({"other": "A stamp."}, "302 403 403 403 403 403 403 303 403"),
    "complete": ({}, "302 403 403 403 403 403 403 303 403"),
    "open": ({"procedure": "written"}, "302 403 403 403 403 403 422 403 403"),
    "ballot": ({"interest": "none", "choice": "for"}, "302 403 403 303 403 403 303 403 403"),
    "aside": ({"interest_words": "A cousin."}, "302 403 403 303 303 303 303 403 403"),
    "presence": ({}, "302 403 403 403 403 403 303 403 403"),
    "close": ({}, "302 403 403 403 403 403 409 403 403"),
    "demand": ({"reasons": "Too large."}, "302 403 403 303 403 403 303 403 403"),
    "appeal": ({"upheld": "yes", "motive": "x"}, "302 403 403 403 403 403 403 409 403"),
    "votes": ({}, "302 403 403 200 200 200 200 403 403"),
    "suspend": ({"basis": "Decision 3", "on": ""}, "302 403 403 403 403 403 403 422 403"),
    "appoint": ({"email": ""}, "302 403 403 403 403 403 403 422 422"),
    "accept": ({}, "302 403 403 403 403 403 403 303 403"),
    "refuse": ({"answer": "No."}, "302 403 403 403 403 403 403 303 403"),
}


def post_address(world: World, name: str) -> str:
    if name in {"return", "complete"}:
        return door(world.new, name)
    if name == "votes":
        return reverse("admin:members_adhesionrequest_votes")
    if name == "suspend":
        return f"/admin/members/membership/{world.membership.pk}/suspend/"
    if name == "appoint":
        return "/admin/members/directorship/appoint/"
    if name in {"accept", "refuse"}:
        return f"/admin/members/changerequest/{world.change.pk}/{name}/"
    return door(world.open, name)


def checksum() -> list[object]:
    """One number for everything that the engine owns."""
    tables = (
        "adhesionrequest",
        "round",
        "seat",
        "ballot",
        "resolution",
        "membership",
        "registerevent",
        "changerequest",
    )
    with connection.cursor() as cursor:
        found: list[object] = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(sum(hashtext(t::text)::bigint), 0) FROM members_{table} t")
            found.append(cursor.fetchone())
        return found


def test_every_role_at_every_button(world: World, as_: SignIn) -> None:
    """Each press in a transaction of its own that is undone, so that every role finds the same world."""
    clients, before = browsers(world, as_), checksum()
    for name, (values, codes) in POST_DOORS.items():
        for role in ROLES:
            with transaction.atomic():
                answer = clients[role].post(post_address(world, name), values)
                assert answer.status_code == answers(codes)[role], (name, role, answer.content.decode()[-3000:])
                nothing_new = (name, role) in {("aside", "recused"), ("presence", "president")}
                assert (checksum() != before) == (answer.status_code == 303 and not nothing_new), (name, role)
                transaction.set_rollback(True)


def test_buttons_that_only_act_refuse_to_be_looked_at(world: World, as_: SignIn) -> None:
    president = as_(world.people["president"])  # type: ignore[arg-type]
    assert president.get(door(world.open, "ballot")).status_code == 405
    assert president.get(door(world.open, "aside")).status_code == 405


def test_no_button_works_without_its_token(world: World) -> None:
    office = Client(enforce_csrf_checks=True)
    office.force_login(world.people["office"], backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    assert office.post(door(world.new, "complete")).status_code == 403
    world.new.refresh_from_db()
    assert world.new.state == "submitted"


def test_a_closed_file_says_why_and_names_the_recusal(world: World, as_: SignIn) -> None:
    recused = as_(world.people["recused"]).get(door(world.open)).content.decode()  # type: ignore[arg-type]
    assert "you declared an interest in this request" in recused
    assert "My firm competes." in recused
    assert world.open.contribution not in recused
    tied = as_(world.people["tied"]).get(door(world.open)).content.decode()  # type: ignore[arg-type]
    assert "you represent or represented this organisation" in tied
    assert "Declare and step aside" in tied


def test_the_trail_hides_the_lines_of_a_tied_file(world: World, as_: SignIn) -> None:
    number = f"{world.open.number} ·"
    assert number in as_(world.people["director"]).get("/admin/common/auditevent/").content.decode()  # type: ignore[arg-type]
    hidden = as_(world.people["recused"]).get("/admin/common/auditevent/").content.decode()  # type: ignore[arg-type]
    assert number not in hidden
    assert f"{world.new.number} ·" in hidden


def test_a_mandate_that_is_over_closes_the_desk_at_once(world: World, as_: SignIn) -> None:
    browser = as_(world.people["director"])  # type: ignore[arg-type]
    Directorship.objects.filter(user=world.people["director"]).update(ends_on="2026-01-01", starts_on="2025-01-01")
    assert browser.get(door(world.open)).status_code == 403
    assert browser.get(LIST).status_code == 403
    assert browser.post(door(world.open, "ballot"), {"interest": "none", "choice": "for"}).status_code == 403


@override_settings(REQUIRE_STAFF_MFA=True)
def test_without_a_second_factor_every_door_leads_to_setting_one_up(world: World, as_: SignIn) -> None:
    for role in ("director", "office", "superuser"):
        browser = as_(world.people[role])  # type: ignore[arg-type]
        for way in addresses(world).values():
            answer = browser.get(way)
            assert answer.status_code == 302, (role, way)
            assert answer.headers["Location"].startswith("/accounts/"), (role, way)


@override_settings(REQUIRE_STAFF_MFA=True)
def test_with_the_factor_shown_in_this_session_the_desk_opens_and_losing_it_closes_it(
    world: World, as_: SignIn
) -> None:
    director = world.people["director"]
    browser = as_(director)  # type: ignore[arg-type]
    factor = Authenticator.objects.create(user=director, type=Authenticator.Type.TOTP, data={"secret": "x"})
    session = browser.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session["account_authentication_methods_user"] = str(director.pk)  # type: ignore[union-attr]
    session.save()
    assert browser.get(door(world.open)).status_code == 200
    factor.delete()
    assert browser.get(door(world.open)).status_code == 403


def test_other_doors_of_the_stock_admin_do_not_exist(world: World, as_: SignIn) -> None:
    browser = as_(world.people["superuser"])  # type: ignore[arg-type]
    for way in ("password_change/", "r/1/1/", "doc/", "nothing/", "members/ballot/", "members/seat/", "members/round/"):
        assert browser.get(f"/admin/{way}").status_code == 404, way
    for way in ("account/emailconfirmation/", "usersessions/usersession/"):
        assert browser.get(f"/admin/{way}").status_code == 404, way


def test_lookups_over_relations_are_refused(world: World, as_: SignIn) -> None:
    for role in ("director", "office", "superuser"):
        browser = as_(world.people[role])  # type: ignore[arg-type]
        for query in ("applicant__password__startswith=a", "organisation__tax_id=1", "applicant__email=x"):
            answer = browser.get(f"{LIST}?{query}")
            assert answer.status_code == 400, (role, query)
        assert browser.get(f"{LIST}?_to_field=applicant").status_code == 400
        assert browser.get("/admin/common/cluster/1/change/?_to_field=").status_code == 400
        assert (
            browser.get("/admin/autocomplete/?app_label=members&model_name=organisation&field_name=x").status_code
            == 403
        )


def test_the_bar_leads_the_office_to_seminars_and_matches(world: World) -> None:
    """Not a director: what members are to each other is between them and the office."""
    for role, leads in (("office", True), ("superuser", True), ("director", False)):
        client = Client(headers={"accept-language": "en"})
        person = world.people[role]
        assert person is not None
        client.force_login(person)
        text = client.get("/admin/").content.decode()
        for way in ('<a href="/events/manage/">Seminars', '<a href="/matchmaking/office/">Matches'):
            assert (way in text) is leads, (role, way)
