"""What the timetable has to look at: rows whose time may have come, by their keys."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, QuerySet

from events.enums import NoticeKind
from events.models import Campaign, Circular, Event, Notice, Registration, TrainingRecord
from events.rules.reminders import RENEWAL_DAYS, THANKS_AFTER, Kind, due_at

LOOKED_BACK = timedelta(days=30)
"""How long after an event its letters are still looked at, to be recorded as late when the timetable stood still."""
AHEAD = timedelta(days=8)
"""A week and the longest day: no reminder is due earlier."""


def offers_over(now: datetime) -> QuerySet[Registration, int]:
    """Offered places that were not accepted in time."""
    over = Registration.objects.filter(state="offered", offered_until__lte=now, event__state="published")
    return over.order_by("offered_until", "pk").values_list("pk", flat=True)


def guests_unconfirmed(before: datetime) -> QuerySet[Registration, int]:
    """Guests who have had their time to confirm the address."""
    late = Registration.objects.filter(state="unconfirmed", created_at__lt=before)
    return late.order_by("pk").values_list("pk", flat=True)


def lists_with_seats(now: datetime) -> QuerySet[Event, int]:
    """Published events with a waiting list and a free seat; whoever freed it has offered it, so mostly none."""
    waiting = Registration.objects.filter(event=OuterRef("pk"), state="listed")
    free = Event.objects.published().filter(Exists(waiting), starts_at__gt=now)
    open_ = free.filter(capacity__isnull=True) | free.filter(taken__lt=F("capacity"))
    return open_.order_by("pk").values_list("pk", flat=True)


def notices_due(kind: str, now: datetime) -> list[int]:
    """Registrations to which a letter of the timetable may be due, or has become late, and that had none yet."""
    events = Event.objects.published().filter(ends_at__gt=now - LOOKED_BACK)
    if kind == Kind.THANKS:
        events = events.filter(ends_at__lte=now - THANKS_AFTER)
    else:
        events = events.filter(starts_at__lte=now + AHEAD)
    found: list[int] = []
    for event in events.order_by("starts_at", "pk"):
        due = due_at(kind, event.starts_at, event.ends_at)
        if due <= now:
            had = Notice.objects.filter(registration=OuterRef("pk"), kind=kind, about=event.starts_at)
            rows = Registration.objects.confirmed().filter(~Exists(had), event=event).exclude(email="")
            if kind != Kind.THANKS:
                rows = rows.filter(confirmed_at__lte=due)
            found += rows.order_by("pk").values_list("pk", flat=True)
    return found


def renewals_due(today: date) -> QuerySet[TrainingRecord, int]:
    """Trainings that run out within a month and whose people were not told."""
    told = Notice.objects.filter(registration=OuterRef("certificate__registration"), kind=NoticeKind.RECERTIFICATION)
    soon = TrainingRecord.objects.filter(
        ~Exists(told), renew_by__lte=today + timedelta(days=RENEWAL_DAYS), renew_by__gt=today - LOOKED_BACK
    )
    return soon.exclude(email="").order_by("renew_by", "pk").values_list("pk", flat=True)


def campaigns_to_send() -> list[int]:
    """Campaigns that are being sent, the oldest first."""
    return list(Campaign.objects.sending().order_by("pk").values_list("pk", flat=True))


def circulars_untold() -> QuerySet[Circular, int]:
    """Changes of which somebody has yet to be told, the oldest first."""
    return Circular.objects.untold().values_list("pk", flat=True)
