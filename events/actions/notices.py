"""The letters of the timetable: reminders, thanks, renewals. Each is sent once, or recorded as missed when too late."""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from events import emails
from events.actions.steps import locked_registration
from events.enums import EventState, NoticeKind, NoticeOutcome, RegistrationState
from events.models import Notice, Registration, TrainingRecord
from events.rules.reminders import RENEWAL_DAYS, Time, time_of


def remind_week(pk: int) -> bool:
    """A week before."""
    return give_notice(pk, NoticeKind.WEEK)


def remind_day(pk: int) -> bool:
    """A day before."""
    return give_notice(pk, NoticeKind.DAY)


def thank(pk: int) -> bool:
    """Afterwards."""
    return give_notice(pk, NoticeKind.THANKS)


@transaction.atomic
def give_notice(pk: int, kind: str) -> bool:
    """Send one reminder or the thanks to one participant if its time has come; True when a letter was written.

    After its time it is recorded as late and never sent. Harmless when repeated: the row of the notice is unique.
    """
    registration = locked_registration(pk)
    event = registration.event
    if registration.state != RegistrationState.CONFIRMED or event.state != EventState.PUBLISHED:
        return False
    if registration.confirmed_at is None or not registration.email:
        return False
    if kind == NoticeKind.THANKS and not was_there(registration):
        return False
    when = time_of(kind, event.starts_at, event.ends_at, registration.confirmed_at, timezone.now())
    if when not in {Time.DUE, Time.LATE}:
        return False
    outcome = NoticeOutcome.SENT if when is Time.DUE else NoticeOutcome.LATE
    notice, new = Notice.objects.get_or_create(
        registration=registration, kind=kind, about=event.starts_at, defaults={"outcome": outcome}
    )
    if not new or outcome == NoticeOutcome.LATE:
        return False
    if kind == NoticeKind.THANKS:
        emails.thanks(registration, notice.pk)
    else:
        emails.reminder(registration, notice.pk, kind)
    return True


def was_there(registration: Registration) -> bool:
    """Whether thanks are in place: who was checked in; at an event without a list at the door, everybody."""
    if registration.checked_in_at is not None:
        return True
    return not Registration.objects.filter(event=registration.event_id, checked_in_at__isnull=False).exists()


@transaction.atomic
def remind_renewal(pk: int) -> bool:
    """Tell somebody that a training runs out soon, once; True when a letter was written."""
    training = TrainingRecord.objects.select_related("certificate").get(pk=pk)
    if training.renew_by is None:
        return False
    registration = locked_registration(training.certificate.registration_id)
    today = timezone.localdate()
    if today < training.renew_by - timedelta(days=RENEWAL_DAYS) or not registration.email:
        return False
    outcome = NoticeOutcome.SENT if today <= training.renew_by else NoticeOutcome.LATE
    about = datetime.combine(training.renew_by, time(), UTC)
    _notice, new = Notice.objects.get_or_create(
        registration=registration, kind=NoticeKind.RECERTIFICATION, about=about, defaults={"outcome": outcome}
    )
    if not new or outcome == NoticeOutcome.LATE:
        return False
    emails.renewal_due(registration, training)
    return True
