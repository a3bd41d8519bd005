"""Rows 29 to 39 and 51 of the matrix, asked of the functions: who sees, registers, reads and runs what."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from cluster_portal.common.models import Cluster
from events.actions import programme
from events.models import Event, Material
from events.permissions import (
    can_manage,
    can_read_material,
    can_register,
    can_register_colleagues,
    can_see,
    can_see_online_link,
    can_see_participants,
    can_see_registration,
    can_see_registrations,
    forget_eyes,
    visible_to,
)
from members.actions.membership import change_membership
from members.models import Membership
from tests import factories
from tests.events import seminars

pytestmark = pytest.mark.django_db
OFFICE = {"M", "S"}


class World:
    """One person for each role, as in tests/permissions."""

    def __init__(self) -> None:
        self.people: dict[str, Any] = {
            "V": AnonymousUser(),
            "A": factories.a_user("a@example.org"),
            "R": factories.a_user("r@example.org"),
            "E": factories.a_user("e@example.org"),
            "X": factories.a_user("x@example.org"),
            "D": factories.a_director("d@example.org", "president"),
            "M": seminars.office(),
            "S": factories.a_user("s@example.org", is_staff=True, is_superuser=True),
        }
        self.own = self.member("R", side="defence", helix_role="industry")
        self.other = self.member("E", side="civil", helix_role="university")
        suspended = self.member("X", side="defence", helix_role="industry")
        change_membership(suspended.pk, "suspend", by=self.people["M"], basis="Resolution 9/2026", article="7")

    def member(self, role: str, **fields: Any) -> Membership:
        return factories.a_member(user=self.people[role], **fields)

    def who(self, may: Any) -> set[str]:
        """The roles of whom it is true."""
        found = set()
        for role, person in self.people.items():
            forget_eyes(person)
            if may(person):
                found.add(role)
        return found


@pytest.fixture
def world(cluster: Cluster) -> World:
    return World()


EVERYBODY = set("V A R E X D M S".split())


@pytest.mark.parametrize(
    ("values", "who"),
    [
        ({}, EVERYBODY),
        ({"audience": "members"}, set("RED") | OFFICE),
        ({"audience": "roles", "audience_roles": ["university", "funder"]}, set("ED") | OFFICE),
        ({"audience": "sides", "audience_sides": ["defence"]}, set("RD") | OFFICE),
        ({"audience": "invited"}, OFFICE),
    ],
)
def test_who_sees_a_published_event(world: World, values: dict[str, Any], who: set[str]) -> None:
    event = seminars.a_seminar(**values)
    assert world.who(lambda person: can_see(person, event)) == who
    assert world.who(lambda person: can_register(person, event)) == who


def test_who_sees_an_event_for_capabilities(world: World) -> None:
    tags = [capability.tag for capability in world.own.organisation.capabilities.all()]
    world.other.organisation.capabilities.all().delete()
    event = seminars.a_seminar(audience="tags", audience_tags=tags)
    assert world.who(lambda person: can_see(person, event)) == set("RD") | OFFICE


def test_who_is_invited_sees_it(world: World) -> None:
    event = seminars.a_seminar(audience="invited")
    programme.invite(
        event.pk, by=world.people["M"], emails=["A@example.org"], organisations=[world.own.organisation_id]
    )
    again = programme.invite(event.pk, by=world.people["M"], emails=["a@example.org"])
    assert again == 0
    assert world.who(lambda person: can_see(person, event)) == set("AR") | OFFICE


def test_a_draft_is_the_offices_alone(world: World) -> None:
    draft = seminars.a_draft()
    assert world.who(lambda person: can_see(person, draft)) == OFFICE
    assert world.who(lambda person: can_register(person, draft)) == OFFICE - OFFICE


def test_guests_register_where_they_are_welcome(world: World) -> None:
    closed = seminars.a_seminar(guests_allowed=False)
    assert world.who(lambda person: can_register(person, closed)) == EVERYBODY - {"V"}


def test_who_runs_events_and_sees_who_comes(world: World) -> None:
    assert world.who(can_manage) == world.who(can_see_registrations) == OFFICE


def test_colleagues_are_those_of_ones_own_organisation(world: World) -> None:
    event = seminars.a_seminar(audience="members")
    own = world.own.organisation_id
    assert world.who(lambda person: can_register_colleagues(person, event, own)) == {"R"} | OFFICE


def test_a_registration_is_seen_by_its_person_and_the_office(world: World) -> None:
    registration = seminars.a_registration(seminars.a_seminar(), world.people["R"])
    assert world.who(lambda person: can_see_registration(person, registration)) == {"R"} | OFFICE


def test_participants_link_and_materials_are_for_those_who_take_part(world: World) -> None:
    event = seminars.a_seminar(mode="hybrid", online_link="https://meet.example.org/x")
    registration = seminars.a_registration(event, world.people["E"])
    guest = seminars.a_confirmed_guest(event)
    open_, closed = (
        Material.objects.create(
            event=event, title_ro=access, link="https://x.org", access=access, added_by=seminars.office()
        )
        for access in ("public", "registered")
    )
    inside = {"E"} | OFFICE
    assert world.who(lambda person: can_see_participants(person, event)) == inside
    assert world.who(lambda person: can_see_online_link(person, event)) == inside
    assert world.who(lambda person: can_read_material(person, closed)) == inside
    assert world.who(lambda person: can_read_material(person, open_)) == EVERYBODY
    assert can_read_material(AnonymousUser(), closed, guest) and can_see_online_link(AnonymousUser(), event, guest)
    Event.objects.filter(pk=event.pk).update(audience="members")
    assert can_read_material(AnonymousUser(), open_, registration)
    assert not can_read_material(AnonymousUser(), Material(event=seminars.a_seminar(), access="registered"), guest)
    change_membership(world.other.pk, "suspend", by=seminars.office(), basis="Resolution 10/2026", article="7")
    event.refresh_from_db()
    fresh = Material.objects.get(pk=closed.pk)
    assert world.who(lambda person: can_read_material(person, fresh)) == OFFICE, "access ends with the standing"
    assert world.who(lambda person: can_see_participants(person, event)) == OFFICE


def test_lists_begin_with_what_one_may_see(world: World) -> None:
    for audience in ("public", "members", "invited"):
        seminars.a_seminar(audience=audience)
    seminars.a_draft()
    counts = {role: visible_to(person).count() for role, person in world.people.items()}
    assert counts == {"V": 1, "A": 1, "R": 2, "E": 2, "X": 1, "D": 2, "M": 4, "S": 4}
