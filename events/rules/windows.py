"""When one may register, and what has to be there before an event is published."""

from collections.abc import Mapping
from datetime import datetime

from members.rules.errors import RuleError


def check_times(starts_at: datetime, ends_at: datetime) -> None:
    """An end after the start."""
    if ends_at <= starts_at:
        raise RuleError("ends_before_start", {"starts": starts_at, "ends": ends_at})


def check_window(opens_at: datetime | None, closes_at: datetime | None, ends_at: datetime) -> None:
    """Registration opens before it closes, and not after the event is over."""
    if opens_at is not None and closes_at is not None and closes_at <= opens_at:
        raise RuleError("registration_closes_first")
    if opens_at is not None and opens_at >= ends_at:
        raise RuleError("registration_opens_too_late")


def check_session(starts_at: datetime, ends_at: datetime, event_starts: datetime, event_ends: datetime) -> None:
    """A session ends after it starts, within its event."""
    if ends_at <= starts_at:
        raise RuleError("session_ends_before_start")
    if starts_at < event_starts or ends_at > event_ends:
        raise RuleError("session_outside_event", {"starts": event_starts, "ends": event_ends})


def check_open(
    state: str,
    *,
    starts_at: datetime,
    opens_at: datetime | None,
    closes_at: datetime | None,
    now: datetime,
) -> None:
    """Whether somebody may register now; without a closing time, until the event begins."""
    if state == "cancelled":
        raise RuleError("event_cancelled")
    if state != "published":
        raise RuleError("event_not_open")
    if opens_at is not None and now < opens_at:
        raise RuleError("registration_not_open_yet", {"opens": opens_at})
    if now >= starts_at and closes_at is None:
        raise RuleError("event_has_begun")
    if closes_at is not None and now >= closes_at:
        raise RuleError("registration_closed", {"closed": closes_at})


def lacks(values: Mapping[str, object]) -> list[str]:
    """The names of what an event needs before it is published and does not have."""
    wanted = ["title_ro", "summary_ro"]
    if values.get("mode") != "online":
        wanted.append("place_name")
    if values.get("mode") != "on_site":
        wanted.append("online_link")
    audience = values.get("audience")
    wanted += {"roles": ["audience_roles"], "sides": ["audience_sides"], "tags": ["audience_tags"]}.get(
        str(audience), []
    )
    return [name for name in wanted if not values.get(name)]
