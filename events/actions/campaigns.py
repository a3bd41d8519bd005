"""The office invites people to an event: writes a campaign, starts it, stops it; the worker sends it piece by piece."""

import time
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from cluster_portal.common.outbox import Unwritten
from events import emails
from events.actions.steps import check_manager, managed
from events.enums import CampaignState, EventState, LeftOut, RecipientState, StopReason
from events.models import Campaign, Event, Recipient
from events.queries.campaigns import candidates_of, reach_of, with_reasons
from events.rules.campaigns import Audience, check_campaign, check_invites
from members.rules.errors import RuleError

CHUNK = 50
CHUNK_SECONDS = 1.0
"""Letters that are written in one transaction, and after how long a slow machine ends it earlier: whoever stops a
campaign, or cancels its event, waits no longer than that."""
WHY_UNWRITTEN = {Unwritten.TWICE: LeftOut.INVITED, Unwritten.REFUSED: LeftOut.REFUSED}


@transaction.atomic
def create_campaign(
    pk: int, *, by: User, audience: Audience, words: Mapping[str, str], key: uuid.UUID | None = None
) -> Campaign:
    """A draft for an announced event. `words`: text_ro, text_en. `key` names it: a second click finds the first."""
    event = managed(pk, by)
    key = key or uuid.uuid4()
    known = Campaign.objects.filter(key=key, event=event).first()
    if known is not None:
        return known
    if event.state == EventState.DRAFT:
        raise RuleError("event_not_open")
    campaign = Campaign(event=event, key=key, created_by=by)
    _set(campaign, audience, words)
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError as error:  # the key belongs to a campaign of another event
        raise RuleError("campaign_overtaken") from error
    _tell("campaign_created", campaign, by)
    return campaign


@transaction.atomic
def edit_campaign(pk: int, *, by: User, audience: Audience, words: Mapping[str, str]) -> Campaign:
    """Change a draft; what has been sent stays as it was sent."""
    campaign = _locked(pk, by)
    _check_draft(campaign)
    before = (campaign.audience, campaign.text_ro, campaign.text_en)
    _set(campaign, audience, words)
    if before != (campaign.audience, campaign.text_ro, campaign.text_en):
        campaign.save()
        _tell("campaign_edited", campaign, by)
    return campaign


@transaction.atomic
def discard_campaign(pk: int, *, by: User) -> None:
    """Throw a draft away; a second click finds nothing and says nothing."""
    check_manager(by)
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("event").filter(pk=pk).first()
    if campaign is None:
        return
    _check_draft(campaign)
    _tell("campaign_discarded", campaign, by)
    campaign.delete()


@transaction.atomic
def start_campaign(pk: int, *, by: User, letters: int | None = None) -> Campaign:
    """Settle who is meant and let the worker send. A second click changes nothing.

    `letters`: how many the person has agreed to; RuleError("campaign_reach_changed") when it is another number now.
    """
    campaign = _with_event(pk, by)
    if campaign.state == CampaignState.SENDING:
        return campaign
    check_campaign(campaign.state, CampaignState.SENDING, "start")
    check_open_for(campaign.event)
    reach = reach_of(campaign)
    number = len(reach.reached)
    if not number:
        raise RuleError("campaign_reaches_nobody")
    if letters is not None and letters != number:
        raise RuleError("campaign_reach_changed", {"letters": number})
    campaign.state, campaign.started_by, campaign.started_at = CampaignState.SENDING, by, timezone.now()
    campaign.total, campaign.left_out = len(reach.candidates), len(reach.others)
    campaign.save()
    Recipient.objects.bulk_create(
        (
            Recipient(
                campaign=campaign,
                event=campaign.event,
                address=one.address,
                user_id=one.user,
                organisation_id=one.organisation,
                full_name=one.full_name,
                language=one.language,
                state=RecipientState.LEFT_OUT if one.reason else RecipientState.WAITING,
                reason=one.reason,
            )
            for one in reach.candidates
        ),
        batch_size=500,
    )
    _tell("campaign_start", campaign, by, letters=number)
    return campaign


@transaction.atomic
def stop_campaign(pk: int, *, by: User) -> Campaign:
    """No further letter is written, from this moment on: whoever is writing some is waited for."""
    campaign = _locked(pk, by)
    if campaign.state == CampaignState.STOPPED:
        return campaign  # a second click
    _stop(campaign, StopReason.PERSON, by)
    return campaign


@transaction.atomic
def resume_campaign(pk: int, *, by: User) -> Campaign:
    """Go on with those who wait; whether each may have a letter is asked again."""
    campaign = _with_event(pk, by)
    if campaign.state == CampaignState.SENDING:
        return campaign
    check_campaign(campaign.state, CampaignState.SENDING, "resume")
    check_open_for(campaign.event)
    campaign.state, campaign.stop_reason = CampaignState.SENDING, ""
    campaign.stopped_by = campaign.stopped_at = None
    campaign.save()
    _tell("campaign_resume", campaign, by, letters=campaign.waiting)
    return campaign


def stop_campaigns(event: Event, reason: StopReason, *, by: User) -> None:
    """The event of these campaigns is off: part of the transaction that locked the event and changed it."""
    for campaign in Campaign.objects.sending().filter(event=event).select_for_update(of=("self",)).order_by("pk"):
        campaign.event = event
        _stop(campaign, reason, by)


@transaction.atomic
def send_chunk(pk: int) -> int:
    """Write the next letters of a campaign; returns how many recipients were dealt with, 0 when there is nothing to do.

    Letters and the rows that say so are one transaction: a machine that stops leaves both or none. Another worker that
    is at it is not waited for. Whoever has meanwhile registered, refused or lost the right gets no letter.
    """
    rows = Campaign.objects.sending().filter(pk=pk).select_for_update(of=("self",), skip_locked=True)
    campaign = rows.select_related("event").first()
    if campaign is None:
        return 0
    reason = why_off(campaign.event)
    if reason:
        _stop(campaign, reason, None)
        return 0
    waiting = Recipient.objects.waiting().filter(campaign=campaign).select_for_update(of=("self",))
    chunk = list(waiting.select_related("user")[:CHUNK])
    asked = {one.address: one.reason for one in with_reasons(campaign.event, candidates_of(chunk))}
    ends = time.monotonic() + CHUNK_SECONDS
    for number, recipient in enumerate(chunk, 1):
        _deal_with(recipient, campaign, asked[recipient.address])
        if time.monotonic() > ends:
            chunk = chunk[:number]
            break
    Recipient.objects.bulk_update(chunk, ["state", "reason", "sent_at"])
    written = sum(recipient.state == RecipientState.SENT for recipient in chunk)
    campaign.sent += written
    campaign.left_out += len(chunk) - written
    if not campaign.waiting:
        check_campaign(campaign.state, CampaignState.FINISHED, "finish")
        campaign.state, campaign.finished_at = CampaignState.FINISHED, timezone.now()
        _tell("campaign_finish", campaign, None, sent=campaign.sent, left_out=campaign.left_out)
    campaign.save()
    return len(chunk)


def why_off(event: Event) -> StopReason | None:
    """Why nobody is invited to this event now, None when they may be."""
    if event.state == EventState.PUBLISHED:
        try:
            check_open_for(event)
        except RuleError:
            return StopReason.CLOSED
        return None
    return StopReason.CANCELLED if event.state == EventState.CANCELLED else StopReason.POSTPONED


def check_open_for(event: Event) -> None:
    """Whether people may be invited to the event now; raises RuleError."""
    check_invites(
        event.state,
        starts_at=event.starts_at,
        opens_at=event.opens_at,
        closes_at=event.closes_at,
        now=timezone.now(),
    )


def _deal_with(recipient: Recipient, campaign: Campaign, reason: str) -> None:
    """Write the letter, unless there is a reason against it; set what became of the recipient."""
    recipient.campaign, recipient.event = campaign, campaign.event
    if not reason:
        written = emails.invitation(recipient)
        reason = str(WHY_UNWRITTEN[written]) if isinstance(written, Unwritten) else ""
    recipient.state = RecipientState.LEFT_OUT if reason else RecipientState.SENT
    recipient.reason = reason
    recipient.sent_at = None if reason else timezone.now()


def _stop(campaign: Campaign, reason: StopReason, by: User | None) -> None:
    check_campaign(campaign.state, CampaignState.STOPPED, "stop")
    campaign.state, campaign.stop_reason = CampaignState.STOPPED, reason
    campaign.stopped_by, campaign.stopped_at = by, timezone.now()
    campaign.save()
    _tell("campaign_stop", campaign, by, reason=f"stop_{reason}", waiting=campaign.waiting)


def _with_event(pk: int, by: User) -> Campaign:
    """The campaign with its event, both locked, the event first as everywhere."""
    event = managed(Campaign.objects.values_list("event_id", flat=True).get(pk=pk), by)
    campaign = Campaign.objects.select_for_update(of=("self",)).get(pk=pk)
    campaign.event = event
    return campaign


def _locked(pk: int, by: User) -> Campaign:
    check_manager(by)
    return Campaign.objects.select_for_update(of=("self",)).select_related("event").get(pk=pk)


def _check_draft(campaign: Campaign) -> None:
    if campaign.state != CampaignState.DRAFT:
        raise RuleError("campaign_has_started")


def _set(campaign: Campaign, audience: Audience, words: Mapping[str, str]) -> None:
    campaign.audience = audience.as_data()
    campaign.text_ro, campaign.text_en = words["text_ro"].strip(), words.get("text_en", "").strip()
    if not campaign.text_ro:
        raise RuleError("campaign_needs_words")


def _tell(verb: str, campaign: Campaign, by: User | None, **params: Any) -> None:
    audit.record(verb, campaign.event, by=by, campaign=campaign.pk, **params)
