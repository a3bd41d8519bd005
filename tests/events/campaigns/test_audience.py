"""Whom a campaign means, who of them may have a letter, and why the others get none."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from cluster_portal.common import topics
from cluster_portal.common.models import Cluster, RefusalWay, User
from events.actions import campaigns, programme, registering
from events.actions.steps import Hand
from events.permissions import can_register, forget_eyes, may_register
from events.queries.campaign_invariants import INVARIANTS
from events.queries.campaigns import audience_in_words, meant_by, reach_of
from events.rules.campaigns import Audience
from events.wording import INVITATIONS
from members.actions.membership import change_membership
from members.models import Organisation, Person, Sector, Tag
from tests import factories
from tests.events import seminars
from tests.events.campaigns.made import a_campaign, fates, fresh, members, refused, send_all, started
from tests.events.test_permissions import World
from tests.letters.made import a_letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_broken(cluster: Cluster) -> Any:
    yield
    assert {one.name: one.violations() for one in INVARIANTS if one.violations()} == {}


def addresses(**audience: Any) -> list[str]:
    return [one.address for one in meant_by(Audience(**audience))]


# -- who is meant
def test_an_audience_means_the_people_of_members_that_every_filter_leaves() -> None:
    first, second, third = members(3)
    Organisation.objects.filter(pk=first.organisation_id).update(helix_role="university", county="CJ")
    Organisation.objects.filter(pk=second.organisation_id).update(side="defence")
    sector, tag = Sector.objects.all()[0], Tag.objects.get(code="c2-sdr")
    third.organisation.sectors.add(sector)
    factories.a_capability(third.organisation, "c2-sdr")
    one, two, three = (f"om00{number}@example.org" for number in (1, 2, 3))
    people = ("representative",)
    assert addresses(people=people) == [one, two, three]
    assert addresses(people=people, roles=("university", "funder")) == [one]
    assert addresses(people=people, sides=("defence",)) == [two]
    assert addresses(people=people, counties=("CJ",)) == [one]
    assert addresses(people=people, sectors=(sector.code,)) == [three]
    assert addresses(people=people, tags=("c2-sdr",)) == [three]
    assert addresses(people=people, tags=(Tag.objects.get(pk=tag.parent_id).code,)) == [three], (
        "a word means its branch"
    )
    assert addresses(people=people, tags=("c2-sdr",), sides=("defence",)) == []
    assert addresses(people=("contributor",)) == []


def test_a_function_is_addressed_as_the_member_names_it_and_only_in_its_days() -> None:
    (member,) = members(1)
    today = timezone.localdate()
    common = {"organisation": member.organisation, "role": "technical"}
    Person.objects.create(full_name="Tehnic Unu", email="Tehnic@Example.org", language="en", **common)
    Person.objects.create(full_name="Fără adresă", **common)
    Person.objects.create(full_name="De demult", email="old@example.org", ends_on=today.replace(year=2020), **common)
    (found,) = meant_by(Audience(people=("technical",)))
    assert (found.address, found.full_name, found.language) == ("tehnic@example.org", "Tehnic Unu", "en")
    assert addresses(people=("technical", "representative")) == ["om001@example.org", "tehnic@example.org"]


def test_members_that_are_suspended_or_gone_are_not_meant() -> None:
    first, second = members(2)
    change_membership(first.pk, "suspend", by=seminars.office(), basis="Resolution 9/2026", article="7")
    assert addresses(people=("representative",)) == ["om002@example.org"]
    change_membership(second.pk, "cease", by=seminars.office(), basis="Dissolved", article="7")
    assert addresses(people=("representative",)) == []


def test_past_participants_are_those_who_had_a_place_at_what_is_over() -> None:
    tag = Tag.objects.get(code="c2-sdr")
    held, coming, other = (seminars.a_seminar(title_ro=title) for title in ("Ținut", "Viitor", "Altul"))
    for event in (held, coming):
        event.tags.add(tag)
    guest = seminars.a_confirmed_guest(held, "guest@example.org")
    account = seminars.a_registration(held, factories.a_user("konto@example.org"))
    given_back = seminars.a_registration(held, factories.a_user("nu@example.org"))
    registering.cancel_registration(given_back.pk, Hand(given_back.user))
    seminars.a_guest(held, "unconfirmed@example.org")
    seminars.a_confirmed_guest(coming, "coming@example.org")
    seminars.a_confirmed_guest(other, "other@example.org")
    assert addresses(past_tags=("c2-sdr",)) == []
    seminars.over(held)
    seminars.over(other)
    found = meant_by(Audience(past_tags=("c2-sdr",)))
    assert [one.address for one in found] == [guest.email, account.email]
    assert [one.user for one in found] == [None, account.user_id]


def test_an_address_that_is_met_twice_is_meant_once_with_its_account() -> None:
    (member,) = members(1)
    Person.objects.create(
        organisation=member.organisation, role="legal", full_name="Om Unu", email="OM001@example.org", language="ro"
    )
    (found,) = meant_by(Audience(people=("representative", "legal")))
    assert found.user is not None and found.language == "en"


def test_an_audience_that_addresses_nobody_is_refused() -> None:
    with refused("campaign_addresses_nobody"):
        Audience(sides=("civil",))


# -- who may, and why not
@pytest.mark.parametrize("audience", ["public", "members", "roles", "sides", "tags", "invited"])
def test_the_right_of_many_is_the_right_of_each(audience: str) -> None:
    world = World()
    tag = Tag.objects.get(code="c2-sdr")
    factories.a_capability(world.own.organisation, "c2-sdr")
    event = seminars.a_seminar(
        audience=audience, audience_roles=["university"], audience_sides=["defence"], audience_tags=[tag]
    )
    if audience == "invited":
        programme.invite(event.pk, by=seminars.office(), emails=["a@example.org"])
        programme.invite(event.pk, by=seminars.office(), organisations=[world.other.organisation_id])
    people = [person for person in world.people.values() if person.is_authenticated]
    for person in people:
        forget_eyes(person)
    able = may_register(event, [person.pk for person in people])
    assert able == {person.pk for person in people if can_register(person, event)}
    assert may_register(seminars.a_draft(audience=audience, audience_tags=[tag]), able) == set()


def test_each_reason_against_a_letter_is_told_and_the_first_one_counts() -> None:
    members(6, side="civil")
    event = seminars.a_seminar(audience="sides", audience_sides=["civil"])
    registered, invited, stranger, refuser, gone, plain = [f"om00{number}@example.org" for number in range(1, 7)]
    registering.register(event.pk, by=User.objects.get(email=registered))
    Organisation.objects.filter(representations__user__email=stranger).update(side="defence")
    topics.refuse(refuser, INVITATIONS.code, way=RefusalWay.ONE_CLICK, by=None)
    for _twice in range(2):
        a_letter(gone, state="failed", last_error="refused: 550 no such user")
    first = started(event, people=("representative",), sides=("civil",))
    send_all(first)
    assert fates(first)[invited] == fates(first)[plain] == "sent"
    second = a_campaign(event, people=("representative",))
    found = {one.address: one.reason for one in reach_of(second).candidates}
    assert found == {
        registered: "registered", invited: "invited", stranger: "no_right", refuser: "refused", gone: "bounced",
        plain: "invited",
    }  # fmt: skip
    with refused("campaign_reaches_nobody"):
        campaigns.start_campaign(second.pk, by=seminars.office())


def test_somebody_without_an_account_may_come_only_where_guests_are_welcome() -> None:
    (member,) = members(1)
    Person.objects.create(
        organisation=member.organisation, role="technical", full_name="Tehnic", email="t@example.org", language="ro"
    )
    people: Any = {"people": ("representative", "technical")}
    for values, expected in (
        ({}, ""),
        ({"guests_allowed": False}, "no_right"),
        ({"audience": "members"}, "no_right"),
    ):
        reach = reach_of(a_campaign(seminars.a_seminar(**values), **people))
        assert {one.address: one.reason for one in reach.candidates} == {
            "om001@example.org": "",
            "t@example.org": expected,
        }


def test_the_reach_costs_the_same_queries_for_one_and_for_thirty(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    event = seminars.a_seminar(audience="tags", audience_tags=[Tag.objects.get(code="c2-sdr")])
    campaign = fresh(a_campaign(event, people=("representative", "legal"), past_tags=("c2-sdr",)))
    made = 0
    for number in (1, 30):
        for one in range(made, number):
            member = factories.a_member(user=factories.a_user(f"q{one}@example.org"))
            named = {"organisation": member.organisation, "role": "legal", "full_name": f"Om {one}"}
            Person.objects.create(email=f"legal{one}@example.org", **named)
        made = number
        with django_assert_num_queries(REACH):
            assert len(reach_of(campaign).candidates) == 2 * number


REACH = 10
"""Words of the tree, people who sign in, people of functions, past participants, accounts; registered, invited, rights,
refused, bounced."""


def test_the_audience_is_told_in_words() -> None:
    words = dict(audience_in_words(Audience(people=("representative", "legal"), sides=("civil",), tags=("c2-sdr",))))
    assert words["People of members"] == "Representative, Legal representative"
    assert words["Sides"] == "Civil" and words["Capabilities"]
    assert set(words) == {"People of members", "Sides", "Capabilities"}
