"""A campaign of invitations: its lawful steps, whom it addresses as data, and why somebody gets no letter."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from events.rules.windows import check_open
from members.rules.errors import RuleError, Unlawful


class CampaignState(StrEnum):
    DRAFT = "draft"
    SENDING = "sending"
    STOPPED = "stopped"
    FINISHED = "finished"


C = CampaignState
CAMPAIGN_TRANSITIONS = (
    (C.DRAFT, C.SENDING, "start"),
    (C.SENDING, C.STOPPED, "stop"),
    (C.STOPPED, C.SENDING, "resume"),
    (C.SENDING, C.FINISHED, "finish"),
)
"""(from, to, verb)."""


class Reason(StrEnum):
    """Why somebody of the audience gets no letter; the first that holds is told."""

    REGISTERED = "registered"
    INVITED = "invited"
    NO_RIGHT = "no_right"
    REFUSED = "refused"
    BOUNCED = "bounced"


def check_campaign(source: str, target: str, verb: str) -> None:
    """Whether a campaign may take this step, or `Unlawful`."""
    if (source, target, verb) not in {(str(one), str(other), name) for one, other, name in CAMPAIGN_TRANSITIONS}:
        raise Unlawful("campaign_step_unlawful", {"source": source, "target": target, "verb": verb})


def check_invites(
    state: str, *, starts_at: datetime, opens_at: datetime | None, closes_at: datetime | None, now: datetime
) -> None:
    """Whether people may be invited now: the event is on, and registration is open or will be."""
    if closes_at is not None and starts_at <= now:
        raise RuleError("event_has_begun")
    later = max(now, opens_at) if opens_at is not None else now
    check_open(state, starts_at=starts_at, opens_at=opens_at, closes_at=closes_at, now=later)


@dataclass(frozen=True)
class Audience:
    """Whom a campaign addresses, in codes.

    `people`: which people of members (roles of access, functions); empty: none of members. Of these members only those
    with one of the `roles`, one of the `sides`, and so on; an empty list asks nothing. `past_tags`: beside them whoever
    took part in an event about one of these capabilities.
    """

    people: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    past_tags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.people and not self.past_tags:
            raise RuleError("campaign_addresses_nobody")

    def as_data(self) -> dict[str, list[str]]:
        """As it is kept: lists without double entries, in a fixed order."""
        return {name: sorted(set(getattr(self, name))) for name in NAMES}


NAMES = tuple(field.name for field in fields(Audience))


def audience_from(data: Mapping[str, Any]) -> Audience:
    """The audience as it was kept; raises TypeError for what nobody wrote so."""
    unknown = set(data) - set(NAMES)
    if unknown:
        raise TypeError(f"an audience has no {sorted(unknown)}")
    return Audience(**{name: tuple(map(str, data.get(name, ()))) for name in NAMES})
