"""After the event: numbered certificates, trainings on the record, feedback that names nobody."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events import emails
from events.actions.steps import Hand, handled, managed
from events.enums import EventKind, EventState
from events.models import AttendanceCertificate, Event, Feedback, FeedbackReceipt, Registration, TrainingRecord
from events.permissions import can_give_feedback
from members.actions.counters import next_number
from members.rules.deadlines import add_months, local_day
from members.rules.errors import RuleError

SERIES = "attendance"
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # nothing that is mistaken for something else
RATINGS = ("overall", "content", "speakers", "organisation")


@transaction.atomic
def issue_certificates(pk: int, *, by: User) -> list[AttendanceCertificate]:
    """Give everybody who came a numbered certificate, and a training its line on their record; each gets a letter.

    Whoever has one already is left out, so a second click issues nothing. Raises RuleError while the event goes on.
    """
    event = managed(pk, by)
    if event.state != EventState.PUBLISHED:
        raise RuleError("event_not_on")
    if not event.is_past:
        raise RuleError("event_not_over", {"ends": event.ends_at})
    present = Registration.objects.confirmed().filter(event=event, checked_in_at__isnull=False, certificate=None)
    issued = [_issue(registration, event, by) for registration in present.select_related("user").order_by("pk")]
    if issued:
        audit.record("certificates_issued", event, by=by, count=len(issued))
    return issued


def _issue(registration: Registration, event: Event, by: User) -> AttendanceCertificate:
    registration.event = event
    year = timezone.localdate().year
    certificate = AttendanceCertificate.objects.create(
        registration=registration,
        year=year,
        number=next_number(SERIES, year),
        code=new_code(),
        full_name=registration.full_name,
        title_ro=event.title_ro,
        title_en=event.title_en,
        held_on=local_day(event.starts_at),
        held_until=local_day(event.ends_at),
        hours=hours_of(event),
        issued_by=by,
    )
    if event.kind == EventKind.TRAINING:
        completed = local_day(event.ends_at)
        TrainingRecord.objects.create(
            certificate=certificate,
            user=registration.user,
            email=registration.email,
            completed_on=completed,
            renew_by=add_months(completed, event.valid_months) if event.valid_months else None,
        )
    emails.certificate_issued(registration, certificate)
    return certificate


def new_code() -> str:
    """A code that nobody guesses: 60 bits in three groups."""
    signs = "".join(secrets.choice(LETTERS) for _ in range(12))
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"


def hours_of(event: Event) -> int:
    """How long it lasted, as certificates say it: the time of its sessions, else of all of it; at least one hour."""
    sessions = list(event.sessions.values_list("starts_at", "ends_at"))
    return max(1, round(_together(sessions or [(event.starts_at, event.ends_at)]) / 3600))


def _together(spans: list[tuple[datetime, datetime]]) -> float:
    """Seconds that spans cover; what runs at the same time counts once."""
    total, until = 0.0, None
    for start, end in sorted(spans):
        begin = start if until is None else max(start, until)
        if end > begin:
            total += (end - begin).total_seconds()
            until = end
    return total


@transaction.atomic
def give_feedback(pk: int, hand: Hand, *, ratings: Mapping[str, int | None], text: str = "") -> bool:
    """Say how it was, once; what was said is kept apart from who said it. False when it was said already.

    The trail knows only that somebody of this event has given feedback.
    """
    registration, _actor = handled(pk, hand)
    if hand.by is not None and registration.user_id != hand.by.pk:
        raise RuleError("registration_not_yours")
    if not can_give_feedback(registration):
        raise RuleError("feedback_not_now")
    if FeedbackReceipt.objects.filter(registration=registration).exists():
        return False
    given = {name: ratings.get(name) for name in RATINGS}
    if given["overall"] is None:
        raise RuleError("feedback_needs_rating")
    if any(value is not None and not 1 <= value <= 5 for value in given.values()):
        raise RuleError("rating_out_of_range")
    FeedbackReceipt.objects.create(registration=registration)
    Feedback.objects.create(event=registration.event, text=text.strip()[:4000], **given)
    audit.record("feedback_given", registration.event, by=None)
    return True
