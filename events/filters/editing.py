"""Filters of the office's list of events."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import EventKind, EventState
from events.models import Event
from events.models.event import EventQuerySet
from events.queries.listing import searched


class ManagedFilter(django_filters.FilterSet):
    """By words, state, kind and time; what is not chosen is not asked."""

    q = django_filters.CharFilter(method="by_words", label=_("Words"), max_length=80, widget=forms.SearchInput)
    state = django_filters.ChoiceFilter(choices=EventState, empty_label=_("Every state"), label=_("State"))
    kind = django_filters.ChoiceFilter(choices=EventKind, empty_label=_("Every kind"), label=_("Kind"))
    when = django_filters.ChoiceFilter(
        method="by_time",
        choices=[("coming", _("Coming")), ("past", _("Past"))],
        empty_label=_("Any time"),
        label=_("Time"),
    )

    class Meta:
        model = Event
        fields = ("q", "state", "kind", "when")

    def by_words(self, rows: EventQuerySet, _name: str, value: Any) -> EventQuerySet:
        return rows.filter(pk__in=searched(Event.objects.all(), value).values("pk"))

    def by_time(self, rows: EventQuerySet, _name: str, value: Any) -> EventQuerySet:
        now = timezone.now()
        return rows.upcoming(now) if value == "coming" else rows.past(now)
