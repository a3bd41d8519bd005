"""What the timetable does for events: passes on places, forgets guests, reminds, thanks. Harmless when repeated."""

import time
from datetime import timedelta

from django.utils import timezone

from cluster_portal.common.tasks import each, task
from events.actions import campaigns, notices, places, registering, telling
from events.emails import CONFIRM_HOURS
from events.enums import NoticeKind
from events.queries import due

TURN = 8.0
"""Seconds after which a turn begins no further piece: the worker has other things to do."""


@task
def pass_on_places() -> None:
    """Lapse offers that were not accepted in time, and offer what is free."""
    each(due.offers_over(timezone.now()), places.lapse_offer)
    each(due.lists_with_seats(timezone.now()), places.offer_places)


@task
def send_invitations() -> None:
    """Write the letters of campaigns, piece by piece and in turns; what is left waits for the next turn."""
    ends = time.monotonic() + TURN
    waiting = due.campaigns_to_send()
    while waiting and time.monotonic() < ends:
        waiting = [pk for pk in waiting if campaigns.send_chunk(pk)]


@task
def tell_registrants() -> None:
    """Write the letters about what has changed; started by the change, and by the timetable if that was lost."""
    each(due.circulars_untold(), telling.tell)


@task
def forget_guests() -> None:
    """Lapse registrations of guests who did not confirm the address."""
    each(due.guests_unconfirmed(timezone.now() - timedelta(hours=CONFIRM_HOURS)), registering.lapse_unconfirmed)


@task
def remind_participants() -> None:
    """Write a week and a day before; what has become too late is recorded instead."""
    each(due.notices_due(NoticeKind.WEEK, timezone.now()), notices.remind_week)
    each(due.notices_due(NoticeKind.DAY, timezone.now()), notices.remind_day)


@task
def thank_participants() -> None:
    """Write afterwards to those who came, with the materials and the form for feedback."""
    each(due.notices_due(NoticeKind.THANKS, timezone.now()), notices.thank)


@task
def remind_renewals() -> None:
    """Write to those whose training runs out within a month."""
    each(due.renewals_due(timezone.localdate()), notices.remind_renewal)
