"""What is left of events for the office: certificates, trainings on record, and the figures of a period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from events.models import AttendanceCertificate, Event, Registration, TrainingRecord
from events.queries.desk import pattern_of
from events.queries.figures import events_between
from members.enums import HelixRole, Side
from members.rules.deadlines import BUCHAREST
from members.rules.text import fold


def certificates_of(event: Event) -> list[AttendanceCertificate]:
    """The certificates of an event, in the order of their numbers."""
    rows = AttendanceCertificate.objects.filter(registration__event=event)
    related = rows.select_related("registration__organisation", "registration__event", "training", "issued_by")
    return list(related.order_by("year", "number"))


def certificates_due(event: Event) -> int:
    """How many have come and have no certificate yet."""
    came = Registration.objects.confirmed().filter(event=event, checked_in_at__isnull=False)
    return came.filter(certificate=None).count()


def trainings_on_record() -> QuerySet[TrainingRecord]:
    """Every training on record, those first that run out first; those that never do last."""
    rows = TrainingRecord.objects.select_related("certificate__registration__organisation", "user")
    return rows.order_by(F("renew_by").asc(nulls_last=True), "-completed_on", "pk")


def trainings_called(rows: QuerySet[TrainingRecord], words: str) -> QuerySet[TrainingRecord]:
    """Those whose person or title holds every word, written with marks or without."""
    for word in fold(words).split()[:6]:
        pattern = pattern_of(word)
        held = Q(email__icontains=word) | Q(certificate__full_name__iregex=pattern)
        rows = rows.filter(held | Q(certificate__title_ro__iregex=pattern) | Q(certificate__title_en__iregex=pattern))
    return rows


# ------------------------------------------------------------------ figures for the reports
@dataclass
class Tally:
    """People with a place, and those of them who came; `by`: (helix role, side) -> who came, empty for no member."""

    confirmed: int = 0
    came: int = 0
    by: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, role: str, side: str, confirmed: int, came: int) -> None:
        self.confirmed += confirmed
        self.came += came
        self.by[role, side] = self.by.get((role, side), 0) + came

    def of_role(self, role: str) -> int:
        return sum(count for (one, _side), count in self.by.items() if one == role)

    def of_side(self, side: str) -> int:
        return sum(count for (_role, one), count in self.by.items() if one == side)

    @property
    def guests(self) -> int:
        """Those who came from no member."""
        return self.of_role("")


@dataclass(frozen=True)
class Report:
    """The events of a period, what each one counts, and all together."""

    events: Sequence[Event]
    tallies: Mapping[int, Tally]
    total: Tally

    @property
    def lines(self) -> list[tuple[Event, Tally]]:
        return [(event, self.tallies[event.pk]) for event in self.events]

    @property
    def balance(self) -> list[dict[str, object]]:
        """Who came, one line a helix role, split by side: what the drawing of the balance asks for."""
        return [
            {"role": role, "label": label}
            | {side: self.total.by.get((role, side), 0) for side in (Side.CIVIL, Side.DUAL, Side.DEFENCE)}
            for role, label in HelixRole.choices
        ]


def report(first: date, last: date) -> Report:
    """The figures of the events that began on these days, both included, and have begun by now (two queries)."""
    begin, end = (datetime.combine(day, time(), BUCHAREST) for day in (first, last + timedelta(days=1)))
    events = events_between(begin, min(end, timezone.now()))
    tallies = {event.pk: Tally() for event in events}
    total = Tally()
    rows = Registration.objects.confirmed().filter(event__in=list(tallies))
    grouped = rows.values_list("event_id", "helix_role", "side").order_by("event_id", "helix_role", "side")
    counted = grouped.annotate(confirmed=Count("pk"), came=Count("pk", filter=Q(checked_in_at__isnull=False)))
    for event, role, side, confirmed, came in counted:
        for tally in (tallies[event], total):
            tally.add(role, side, confirmed, came)
    return Report(events, tallies, total)
