"""What happens to an announced event, and how everybody who is registered learns of it: postponed, moved, cancelled."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events import emails
from events.actions.campaigns import stop_campaigns
from events.actions.steps import managed, offered_until, settle_list
from events.actions.telling import announce
from events.enums import CircularKind, EventState, RegistrationState, StopReason
from events.models import Event, Registration
from events.rules.lifecycle import check_event
from events.rules.local_time import instant, local
from events.rules.windows import check_times
from members.rules.errors import RuleError


@transaction.atomic
def postpone(pk: int, *, by: User, reason: str) -> Event:
    """The event does not take place at its time, and no other is known yet. Registrations stay; offers rest."""
    event = managed(pk, by)
    if event.state == EventState.POSTPONED:
        return event  # a second click
    check_event(event.state, EventState.POSTPONED, "postpone")
    _check_ahead(event, reason)
    stop_campaigns(event, StopReason.POSTPONED, by=by)
    event.state, event.reason = EventState.POSTPONED, reason.strip()
    event.postponed_by, event.postponed_at = by, timezone.now()
    _save_for_calendars(event)
    audit.record("event_postpone", event, by=by)
    announce(event, CircularKind.POSTPONED)
    return event


@transaction.atomic
def reschedule(pk: int, *, by: User, starts_at: datetime, ends_at: datetime) -> Event:
    """A postponed event gets its new time; everybody is told and keeps place and position. Offers begin anew.

    The agenda and the window of registration move along, by the wall clock.
    """
    event = managed(pk, by)
    if event.state == EventState.PUBLISHED and (event.starts_at, event.ends_at) == (starts_at, ends_at):
        return event  # a second click
    check_event(event.state, EventState.PUBLISHED, "reschedule")
    check_times(starts_at, ends_at)
    if starts_at <= timezone.now():
        raise RuleError("new_date_is_past")
    before: dict[str, object] = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    shift = local(starts_at) - local(event.starts_at)
    move_sessions(event, shift)
    event.opens_at = instant(local(event.opens_at) + shift) if event.opens_at else None
    event.closes_at = instant(local(event.closes_at) + shift) if event.closes_at else None
    event.state, event.reason = EventState.PUBLISHED, ""
    event.postponed_by = event.postponed_at = None
    event.starts_at, event.ends_at = starts_at, ends_at
    _save_for_calendars(event)
    audit.record("event_reschedule", event, by=by)
    announce(event, CircularKind.CHANGED, before)
    for registration in Registration.objects.filter(event=event, state=RegistrationState.OFFERED).select_related(
        "user"
    ):
        registration.event = event
        registration.offered_until = offered_until(event)
        registration.save(update_fields=["offered_until"])
        emails.place_offered(registration, registration.steps.latest("pk").pk)
    settle_list(event)
    return event


@transaction.atomic
def cancel_event(pk: int, *, by: User, reason: str) -> Event:
    """The event does not take place. Everybody who is registered is told once, and calendars take it out."""
    event = managed(pk, by)
    if event.state == EventState.CANCELLED:
        return event  # a second click
    check_event(event.state, EventState.CANCELLED, "cancel")
    _check_ahead(event, reason)
    stop_campaigns(event, StopReason.CANCELLED, by=by)  # first: letters that are just being written are waited for
    event.postponed_by = event.postponed_at = None
    event.state, event.reason = EventState.CANCELLED, reason.strip()
    event.cancelled_by, event.cancelled_at = by, timezone.now()
    _save_for_calendars(event)
    audit.record("event_cancel", event, by=by)
    announce(event, CircularKind.CANCELLED)
    return event


def move_sessions(event: Event, shift: timedelta) -> None:
    """Move the agenda of an event along, by the wall clock."""
    for session in event.sessions.all():
        session.starts_at = instant(local(session.starts_at) + shift)
        session.ends_at = instant(local(session.ends_at) + shift)
        session.save(update_fields=["starts_at", "ends_at"])


def keep_offers_before(event: Event) -> None:
    """An event that was moved forward does not keep places beyond its beginning."""
    Registration.objects.filter(event=event, state=RegistrationState.OFFERED, offered_until__gt=event.starts_at).update(
        offered_until=event.starts_at
    )


def _save_for_calendars(event: Event) -> None:
    event.version += 1
    event.sequence += 1
    event.save()


def _check_ahead(event: Event, reason: str) -> None:
    if event.state == EventState.PUBLISHED and event.is_past:
        raise RuleError("event_is_over")
    if not reason.strip():
        raise RuleError("reason_needed")
