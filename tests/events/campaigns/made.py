"""Campaigns for tests, made by the portal's own actions."""

from __future__ import annotations

from typing import Any

import pytest

from cluster_portal.common import topics
from cluster_portal.common.models import RefusalWay
from events.actions import campaigns
from events.models import Campaign, Event
from events.rules.campaigns import Audience
from events.wording import INVITATIONS
from members.models import Membership
from members.rules.errors import RuleError
from tests import factories
from tests.events import seminars

WORDS = {"text_ro": "Vă așteptăm.\n\nAducem senzori.", "text_en": "We look forward to you.\n\nThere will be sensors."}


def a_campaign(event: Event, *, words: dict[str, str] | None = None, **audience: Any) -> Campaign:
    """A draft for the representatives of all members, when nothing else is said."""
    wanted = Audience(**(audience or {"people": ("representative",)}))
    return campaigns.create_campaign(event.pk, by=seminars.office(), audience=wanted, words=words or WORDS)


def started(event: Event, **audience: Any) -> Campaign:
    return campaigns.start_campaign(a_campaign(event, **audience).pk, by=seminars.office())


def members(number: int, **fields: Any) -> list[Membership]:
    """Members with one representative each: om001@example.org and so on."""
    return [
        factories.a_member(user=factories.a_user(f"om{one:03}@example.org", full_name=f"Om {one}"), **fields)
        for one in range(1, number + 1)
    ]


def send_all(campaign: Campaign) -> None:
    """What the worker does, to the end."""
    while campaigns.send_chunk(campaign.pk):
        pass


def fresh(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_related("event").get(pk=campaign.pk)


def fates(campaign: Campaign) -> dict[str, str]:
    """What became of each address: its state, or why it was left out."""
    rows = campaign.recipients.values_list("address", "state", "reason")
    return {address: reason or state for address, state, reason in rows}


def a_sent_campaign() -> Campaign:
    """A campaign with everything that it writes: letters, somebody who refused, somebody who may not come."""
    one, other, refuser = (factories.a_member(side=side) for side in ("civil", "dual", "dual"))
    address = refuser.organisation.representations.get().user.email
    topics.refuse(address, INVITATIONS.code, way=RefusalWay.ONE_CLICK, by=None)
    wanted = one.organisation.side, other.organisation.side
    campaign = started(seminars.a_seminar(title_ro="Cu invitații"), people=("representative",), sides=wanted)
    send_all(campaign)
    return fresh(campaign)


def refused(code: str) -> Any:
    """What is done inside is refused with this sentence."""
    return pytest.raises(RuleError, check=lambda error: error.code == code)
