"""A campaign from its start to its last letter: written, stopped, resumed, broken off; and its draft."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from cluster_portal.common import topics
from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail, RefusalWay
from events import emails, tasks
from events.actions import campaigns, changing, registering
from events.models import Campaign, Event, Recipient
from events.queries.campaign_invariants import INVARIANTS
from events.rules.campaigns import Audience
from events.wording import INVITATIONS
from members.rules.errors import Unlawful
from tests import factories
from tests.events import seminars
from tests.events.campaigns.made import WORDS, a_campaign, fates, fresh, members, refused, send_all, started

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_broken(cluster: Cluster) -> Any:
    yield
    assert {one.name: one.violations() for one in INVARIANTS if one.violations()} == {}


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
