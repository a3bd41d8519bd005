"""How the queue is narrowed: by where a file stands, by its term, by what the reader still has to do."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Ballot, Seat
from members.permissions import is_director
from members.queries.desk import BEFORE_DECISION, OFFICE_DAYS
from members.rules.lifecycle import OPEN_STATES, State

OPEN = sorted(str(state) for state in OPEN_STATES if state is not State.DRAFT)
GROUPS: dict[str, tuple[Any, list[str]]] = {
    "office": (_("Waits for the office"), ["submitted", "appealed"]),
    "returned": (_("Returned for completion"), ["returned"]),
    "objection": (_("Open to objections"), ["objection"]),
    "complete": (_("Complete, waits for a round"), ["complete", "adjourned"]),
    "deliberation": (_("In deliberation"), ["deliberation"]),
    "approved": (_("Approved"), ["approved"]),
    "rejected": (_("Rejected"), ["rejected"]),
    "ended": (_("Withdrawn or lapsed"), ["withdrawn", "lapsed"]),
}


class ChoiceFilter(admin.SimpleListFilter):
    """A filter whose first choice is a default, not "all"."""

    default: Any = _("All")

    def choices(self, changelist: Any) -> Any:
        """As the stock filter, with the name of the default."""
        rows = iter(super().choices(changelist))
        first = next(rows)
        yield {**first, "display": self.default}
        yield from rows


class StateFilter(ChoiceFilter):
    """Open files when nothing is said."""

    title = _("where it stands")
    parameter_name = "stands"
    default = _("All open")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(code, label) for code, (label, _states) in GROUPS.items()] + [("all", _("All, decided ones too"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value()
        if chosen == "all":
            return queryset
        states = GROUPS[chosen][1] if chosen in GROUPS else OPEN
        return queryset.filter(state__in=states)


class TermFilter(ChoiceFilter):
    """Late, or soon."""

    title = _("term")
    parameter_name = "term"
    default = _("Any")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("late", _("Late")), ("soon", _("Within 7 days"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        if self.value() == "late":
            unread = timezone.now() - timedelta(days=OFFICE_DAYS + 1)
            return queryset.filter(
                Q(state__in=BEFORE_DECISION, decision_due_on__lt=today)
                | Q(state="returned", completion_due_on__lt=today)
                | Q(state="submitted", submitted_at__lt=unread)
            )
        if self.value() == "soon":
            week = (today, today + timedelta(days=7))
            return queryset.filter(
                Q(state__in=BEFORE_DECISION, decision_due_on__range=week)
                | Q(state="returned", completion_due_on__range=week)
                | Q(state="objection", objections_until__range=week)
            )
        return queryset


class MyVoteFilter(ChoiceFilter):
    """For directors: where a ballot of theirs is awaited, or was sent."""

    title = _("my vote")
    parameter_name = "vote"
    default = _("Any")

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("awaited", _("Awaited")), ("sent", _("Sent, round open"))] if is_director(request.user) else []

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in {"awaited", "sent"}:
            return queryset
        voted = Exists(Ballot.objects.filter(seat=OuterRef("pk")))
        seats = Seat.objects.filter(user=request.user.pk, recused=False, round__closed_at__isnull=True)
        mine = seats.filter(voted) if self.value() == "sent" else seats.exclude(voted)
        return queryset.filter(pk__in=mine.values("round__request_id"))
