"""Figures for the reports of the cluster: who came, by helix role and side, and how it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Aggregate, Avg, Count, Q

from events.enums import EventState
from events.models import Event, Feedback, FeedbackReceipt, Registration
from members.enums import HelixRole, Side

RATINGS = ("overall", "content", "speakers", "organisation")
FEWEST = 3
"""Below so many answers their words and distribution could name somebody, and are not shown."""


@dataclass(frozen=True)
class Attendance:
    """Who registered and who came: in all, by helix role and by side; empty is for guests without a member."""

    confirmed: int
    came: int
    roles: Mapping[str, int]
    sides: Mapping[str, int]


def attendance_of(*events: Event) -> Attendance:
    """Confirmed places of some events, by helix role and side of the organisation (one query)."""
    rows = Registration.objects.confirmed().filter(event__in=[event.pk for event in events])
    roles = dict.fromkeys(["", *HelixRole.values], 0)
    sides = dict.fromkeys(["", *Side.values], 0)
    confirmed = came = 0
    grouped = rows.values_list("helix_role", "side").order_by("helix_role", "side")
    counted = grouped.annotate(total=Count("pk"), here=Count("pk", filter=Q(checked_in_at__isnull=False)))
    for role, side, total, here in counted:
        roles[role] += total
        sides[side] += total
        confirmed += total
        came += here
    return Attendance(confirmed, came, roles, sides)


def events_between(begin: datetime, end: datetime) -> list[Event]:
    """What took place in a span of time, for a report."""
    held = Event.objects.filter(state=EventState.PUBLISHED, starts_at__gte=begin, starts_at__lt=end)
    return list(held.order_by("starts_at", "pk"))


@dataclass(frozen=True)
class FeedbackSummary:
    """What participants thought. `ratings`: name -> average and how often each of 1 to 5 was given."""

    asked: int
    given: int
    ratings: Mapping[str, tuple[float | None, tuple[int, ...]]]
    texts: tuple[str, ...]

    @property
    def shown(self) -> bool:
        return self.given >= FEWEST


def feedback_of(event: Event) -> FeedbackSummary:
    """The summary; with few answers only how many there are."""
    answers = Feedback.objects.filter(event=event)
    asked = Registration.objects.confirmed().filter(event=event).count()
    given = FeedbackReceipt.objects.filter(registration__event=event).count()
    if given < FEWEST:
        return FeedbackSummary(asked, given, {}, ())
    columns: dict[str, Aggregate] = {f"{name}_average": Avg(name) for name in RATINGS}
    columns |= {f"{name}_{value}": Count("pk", filter=Q(**{name: value})) for name in RATINGS for value in range(1, 6)}
    found = answers.aggregate(**columns)
    ratings = {
        name: (found[f"{name}_average"], tuple(found[f"{name}_{value}"] for value in range(1, 6))) for name in RATINGS
    }
    texts = tuple(sorted(text for text in answers.values_list("text", flat=True) if text))
    return FeedbackSummary(asked, given, ratings, texts)
