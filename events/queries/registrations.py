"""Registrations as people and the office see them."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from events.enums import RegistrationState
from events.models import AttendanceCertificate, Event, Registration, TrainingRecord
from events.models.event import EventQuerySet
from events.models.registration import LIVE, RegistrationQuerySet
from members.permissions import Anyone


def registration_of(user: Anyone, event: Event) -> Registration | None:
    """The registration of a person for an event that counts: the live one, else the last."""
    if not user.is_authenticated:
        return None
    own = Registration.objects.filter(user=user.pk, event=event.pk).select_related("organisation", "event")
    return own.live().first() or own.order_by("-pk").first()


def registrations_of(user: Anyone) -> RegistrationQuerySet:
    """A person's own registrations, latest event first."""
    own = Registration.objects.filter(user=user.pk).select_related("event", "organisation")
    return own.order_by("-event__starts_at", "-pk")


def registered_by(user: Anyone, event: Event) -> RegistrationQuerySet:
    """The colleagues whom a person has registered."""
    rows = Registration.objects.filter(registered_by=user.pk, event=event.pk).exclude(user=user.pk)
    return rows.select_related("organisation").order_by("pk")


def participants(event: Event) -> list[Registration]:
    """Confirmed participants who agreed to be shown to the others."""
    shown = Registration.objects.confirmed().filter(event=event, agreed_to_be_shown=True)
    return list(shown.select_related("organisation").order_by("full_name", "pk"))


def attendance(event: Event) -> RegistrationQuerySet:
    """The list for the day: everybody with a place, by name, with their answers."""
    rows = Registration.objects.confirmed().filter(event=event).select_related("organisation", "user", "quota")
    return rows.prefetch_related("answers__question").order_by("full_name", "pk")


def every_registration(event: Event) -> RegistrationQuerySet:
    """All registrations of an event for the office: those that wait for it first, then the list in its order."""
    rows = Registration.objects.filter(event=event).select_related("organisation", "user", "quota", "registered_by")
    return rows.order_by("state", "position", "pk")


def managed_events() -> EventQuerySet:
    """Every event for the office, latest first, with the counts of its registrations (one query)."""
    counted = {
        name: Count("registrations", filter=Q(registrations__state=state))
        for name, state in (
            ("confirmed_count", RegistrationState.CONFIRMED),
            ("asked_count", RegistrationState.ASKED),
            ("listed_count", RegistrationState.LISTED),
            ("offered_count", RegistrationState.OFFERED),
        )
    }
    came = Count("registrations", filter=Q(registrations__checked_in_at__isnull=False))
    return Event.objects.annotate(**counted, came_count=came).order_by("-starts_at", "-pk")


@dataclass(frozen=True)
class Counts:
    """How many registrations of an event stand where."""

    by_state: dict[str, int]
    live: int
    came: int
    walked_in: int


def counts_of(event: Event) -> Counts:
    """One query."""
    rows = Registration.objects.filter(event=event).values("state").order_by("state")
    states: dict[str, int] = {}
    came = walked_in = 0
    for row in rows.annotate(
        total=Count("pk"),
        came=Count("pk", filter=Q(checked_in_at__isnull=False)),
        walked=Count("pk", filter=Q(walk_in=True)),
    ):
        states[row["state"]] = row["total"]
        came += row["came"]
        walked_in += row["walked"]
    return Counts(states, sum(states.get(state, 0) for state in LIVE), came, walked_in)


def certificate_by(code: str) -> AttendanceCertificate | None:
    """The certificate with this code, as typed by hand: small letters and missing hyphens are forgiven."""
    signs = "".join(sign for sign in code.upper() if sign.isalnum())
    if len(signs) != 12 or not signs.isascii():
        return None
    return AttendanceCertificate.objects.filter(code=f"{signs[:4]}-{signs[4:8]}-{signs[8:]}").first()


def trainings_of(user: Anyone) -> QuerySet[TrainingRecord]:
    """The trainings on a person's record, latest first."""
    return TrainingRecord.objects.filter(user=user.pk).select_related("certificate")


def trainings_running_out(days: int) -> QuerySet[TrainingRecord]:
    """Trainings of anybody that run out within so many days, for the office."""
    last = timezone.localdate() + timedelta(days=days)
    soon = TrainingRecord.objects.filter(renew_by__gte=timezone.localdate(), renew_by__lte=last)
    return soon.select_related("certificate", "user").order_by("renew_by", "pk")
