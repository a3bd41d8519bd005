"""A campaign from its start to its last letter: who is meant, who gets one, stopped, resumed, broken off."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from cluster_portal.common import topics
from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail, RefusalWay, User
from events import emails, tasks
from events.actions import campaigns, changing, programme, registering
from events.actions.steps import Hand
from events.models import Campaign, Event, Recipient
from events.permissions import can_register, forget_eyes, may_register
from events.queries.campaign_invariants import INVARIANTS
from events.queries.campaigns import audience_in_words, meant_by, reach_of
from events.rules.campaigns import Audience
from events.wording import INVITATIONS
from members.actions.membership import change_membership
from members.models import Organisation, Person, Sector, Tag
from members.rules.errors import RuleError, Unlawful
from tests import factories
from tests.events import seminars
from tests.events.campaigns.made import WORDS, a_campaign, fates, fresh, members, send_all, started
from tests.events.test_permissions import World
from tests.letters.made import a_letter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_broken(cluster: Cluster) -> Any:
    yield
    assert {one.name: one.violations() for one in INVARIANTS if one.violations()} == {}


def addresses(**audience: Any) -> list[str]:
    return [one.address for one in meant_by(Audience(**audience))]


def refused(code: str) -> Any:
    return pytest.raises(RuleError, check=lambda error: error.code == code)


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


# -- sending
def test_a_campaign_writes_to_each_in_their_language_and_finishes() -> None:
    members(2)
    factories.a_member(user=factories.a_user("ro@example.org", language="ro", full_name="Ilinca"))
    event = seminars.a_seminar()
    campaign = started(event)
    assert (campaign.state, campaign.total, campaign.sent) == ("sending", 3, 0)
    assert OutgoingMail.objects.filter(kind="events/invitation").count() == 0, "nothing leaves before the worker"
    tasks.send_invitations()
    campaign = fresh(campaign)
    assert (campaign.state, campaign.sent, campaign.left_out) == ("finished", 3, 0)
    letters = {mail.recipient: mail for mail in OutgoingMail.objects.filter(kind="events/invitation")}
    assert "There will be sensors." in letters["om001@example.org"].text
    assert "Aducem senzori." in letters["ro@example.org"].text and letters["ro@example.org"].language == "ro"
    assert {mail.topic for mail in letters.values()} == {INVITATIONS.code}
    assert not any(mail.attachments.exists() for mail in letters.values())
    trail = AuditEvent.objects.filter(verb__startswith="campaign_").order_by("pk")
    assert [line.verb for line in trail] == ["campaign_created", "campaign_start", "campaign_finish"]
    assert "om001" not in str([line.params for line in trail])


def test_it_goes_in_pieces_and_whoever_became_unwilling_meanwhile_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "CHUNK", 2)
    memberships = members(5)
    event = seminars.a_seminar()
    campaign = started(event)
    assert campaigns.send_chunk(campaign.pk) == 2
    assert (fresh(campaign).sent, fresh(campaign).state) == (2, "sending")
    topics.refuse("om003@example.org", INVITATIONS.code, way=RefusalWay.PAGE, by=None)
    registering.register(event.pk, by=memberships[3].organisation.representations.get().user)
    send_all(campaign)
    assert list(fates(campaign).values()) == ["sent", "sent", "refused", "registered", "sent"]
    assert (fresh(campaign).sent, fresh(campaign).left_out, fresh(campaign).state) == (3, 2, "finished")


def test_a_machine_that_stops_in_the_middle_of_a_piece_neither_loses_nor_doubles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(campaigns, "CHUNK", 2)
    members(5)
    campaign = started(seminars.a_seminar())
    campaigns.send_chunk(campaign.pk)
    write, calls = emails.invitation, []

    def broken(recipient: Recipient) -> Any:
        calls.append(recipient)
        if len(calls) == 2:
            raise SystemExit
        return write(recipient)

    with monkeypatch.context() as patch:
        patch.setattr(emails, "invitation", broken)
        with pytest.raises(SystemExit):
            campaigns.send_chunk(campaign.pk)
    assert (fresh(campaign).sent, OutgoingMail.objects.filter(kind="events/invitation").count()) == (2, 2)
    send_all(campaign)
    assert fresh(campaign).state == "finished"
    assert OutgoingMail.objects.filter(kind="events/invitation").count() == 5


def test_stopped_it_writes_nothing_and_resumed_it_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "CHUNK", 2)
    members(5)
    campaign, by = started(seminars.a_seminar()), seminars.office()
    campaigns.send_chunk(campaign.pk)
    for _twice in range(2):
        assert campaigns.stop_campaign(campaign.pk, by=by).stop_reason == "person"
    assert campaigns.send_chunk(campaign.pk) == 0
    for _twice in range(2):
        assert campaigns.resume_campaign(campaign.pk, by=by).state == "sending"
    send_all(campaign)
    assert fresh(campaign).sent == 5
    verbs = AuditEvent.objects.filter(verb__startswith="campaign_").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[-3:] == ["campaign_stop", "campaign_resume", "campaign_finish"]
    for act in (campaigns.stop_campaign, campaigns.start_campaign, campaigns.resume_campaign):
        with pytest.raises(Unlawful):
            act(campaign.pk, by=by)


def test_an_event_that_is_postponed_cancelled_or_closed_stops_its_campaign() -> None:
    members(1)
    by = seminars.office()
    event = seminars.a_seminar()
    campaign = started(event)
    changing.postpone(event.pk, by=by, reason="Storm.")
    assert (fresh(campaign).state, fresh(campaign).stop_reason) == ("stopped", "postponed")
    with refused("event_not_open"):
        campaigns.resume_campaign(campaign.pk, by=by)
    changing.reschedule(event.pk, by=by, starts_at=event.starts_at, ends_at=event.ends_at)
    campaigns.resume_campaign(campaign.pk, by=by)
    with time_machine.travel(event.starts_at):
        assert campaigns.send_chunk(campaign.pk) == 0
    assert (fresh(campaign).state, fresh(campaign).stop_reason, fresh(campaign).stopped_by) == (
        "stopped", "closed", None,
    )  # fmt: skip
    campaigns.resume_campaign(campaign.pk, by=by)
    changing.cancel_event(event.pk, by=by, reason="Snow.")
    assert (fresh(campaign).state, fresh(campaign).stop_reason) == ("stopped", "cancelled")
    with refused("event_cancelled"):
        campaigns.resume_campaign(campaign.pk, by=by)
    assert not OutgoingMail.objects.filter(kind="events/invitation").exists()


def test_people_may_be_invited_before_registration_opens() -> None:
    members(1)
    event = seminars.a_seminar()
    Event.objects.filter(pk=event.pk).update(opens_at=timezone.now() + timedelta(days=3))
    campaign = started(event)
    send_all(campaign)
    assert fresh(campaign).sent == 1


def test_one_invitation_for_an_event_over_all_its_campaigns_and_another_for_the_next_event() -> None:
    members(2)
    event = seminars.a_seminar()
    first, second = started(event), started(event)
    send_all(second)
    send_all(first)
    assert set(fates(second).values()) == {"sent"} and set(fates(first).values()) == {"invited"}
    assert OutgoingMail.objects.filter(kind="events/invitation").count() == 2
    other = started(seminars.a_seminar(title_ro="Altul"))
    send_all(other)
    assert set(fates(other).values()) == {"sent"}


# -- drafts
def test_a_second_click_makes_no_second_draft_and_what_has_started_stays() -> None:
    members(1)
    event, key, by = seminars.a_seminar(), uuid.uuid4(), seminars.office()
    audience = Audience(people=("representative",))
    for _twice in range(2):
        campaign = campaigns.create_campaign(event.pk, by=by, audience=audience, words=WORDS, key=key)
    assert Campaign.objects.count() == 1
    with refused("campaign_overtaken"):
        campaigns.create_campaign(seminars.a_seminar().pk, by=by, audience=audience, words=WORDS, key=key)
    campaigns.edit_campaign(campaign.pk, by=by, audience=Audience(people=("legal",)), words={"text_ro": "Altfel."})
    assert (fresh(campaign).text_ro, fresh(campaign).text_en) == ("Altfel.", "")
    campaigns.edit_campaign(campaign.pk, by=by, audience=audience, words=WORDS)
    with refused("campaign_needs_words"):
        campaigns.edit_campaign(campaign.pk, by=by, audience=audience, words={"text_ro": " "})
    with refused("campaign_reach_changed"):
        campaigns.start_campaign(campaign.pk, by=by, letters=7)
    for _twice in range(2):
        campaigns.start_campaign(campaign.pk, by=by, letters=1)
    for late in (
        lambda: campaigns.edit_campaign(campaign.pk, by=by, audience=audience, words=WORDS),
        lambda: campaigns.discard_campaign(campaign.pk, by=by),
    ):
        with refused("campaign_has_started"):
            late()
    draft = a_campaign(event)
    for _twice in range(2):
        campaigns.discard_campaign(draft.pk, by=by)
    assert list(Campaign.objects.values_list("pk", flat=True)) == [campaign.pk]


def test_only_the_office_acts_and_only_on_what_is_announced() -> None:
    members(1)
    campaign, somebody = a_campaign(seminars.a_seminar()), factories.a_director()
    for act in (
        campaigns.start_campaign,
        campaigns.stop_campaign,
        campaigns.resume_campaign,
        campaigns.discard_campaign,
    ):
        with refused("events_office_only"):
            act(campaign.pk, by=somebody)
    with refused("event_not_open"):
        a_campaign(seminars.a_draft())


def test_the_audience_is_told_in_words() -> None:
    words = dict(audience_in_words(Audience(people=("representative", "legal"), sides=("civil",), tags=("c2-sdr",))))
    assert words["People of members"] == "Representative, Legal representative"
    assert words["Sides"] == "Civil" and words["Capabilities"]
    assert set(words) == {"People of members", "Sides", "Capabilities"}


def test_an_event_with_campaigns_has_letters_written_inside_one_transaction() -> None:
    members(1)
    campaign = started(seminars.a_seminar())
    with transaction.atomic():
        campaigns.send_chunk(campaign.pk)
        transaction.set_rollback(True)
    assert fates(campaign) == {"om001@example.org": "waiting"}
    assert OutgoingMail.objects.filter(kind="events/invitation").count() == 0


def test_a_slow_machine_ends_its_piece_early_and_loses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "CHUNK_SECONDS", 0)
    members(3)
    campaign = started(seminars.a_seminar())
    assert [campaigns.send_chunk(campaign.pk) for _piece in range(4)] == [1, 1, 1, 0]
    assert (fresh(campaign).state, fresh(campaign).sent) == ("finished", 3)
