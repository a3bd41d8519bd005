"""Filters of the office's list of registrations and of the trainings on record."""

from datetime import timedelta
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.enums import RegistrationState
from events.models import Registration, TrainingRecord
from events.models.registration import RegistrationQuerySet
from events.queries.afterwards import trainings_called
from events.queries.desk import searched
from members.enums import HelixRole, Side

SOON = 90  # days


class RegistrationFilter(django_filters.FilterSet):
    """By words, state, side, helix role, and whether they have come; what is not chosen is not asked."""

    q = django_filters.CharFilter(method="by_words", label=_("Name or organisation"), max_length=80)
    state = django_filters.ChoiceFilter(
        choices=RegistrationState, empty_label=_("Every state"), label=_("State"), widget=forms.HiddenInput
    )
    side = django_filters.ChoiceFilter(choices=Side, empty_label=_("Every side"), label=_("Side"))
    helix_role = django_filters.ChoiceFilter(choices=HelixRole, empty_label=_("Every role"), label=_("Helix role"))
    came = django_filters.ChoiceFilter(
        method="by_arrival",
        choices=[("yes", _("Have come")), ("no", _("Have not come"))],
        empty_label=_("All"),
        label=_("On the day"),
    )

    class Meta:
        model = Registration
        fields = ("q", "state", "side", "helix_role", "came")

    def by_words(self, rows: RegistrationQuerySet, _name: str, value: Any) -> RegistrationQuerySet:
        return searched(rows, value)

    def by_arrival(self, rows: RegistrationQuerySet, _name: str, value: Any) -> RegistrationQuerySet:
        return rows.confirmed().filter(checked_in_at__isnull=value == "no")


class TrainingFilter(django_filters.FilterSet):
    """By the words of name and title, and by when the training has to be renewed."""

    q = django_filters.CharFilter(method="by_words", label=_("Name or training"), max_length=80)
    due = django_filters.ChoiceFilter(
        method="by_day",
        choices=[("soon", _("Within 90 days")), ("over", _("Run out")), ("never", _("Do not run out"))],
        empty_label=_("Any time"),
        label=_("To be renewed"),
    )

    class Meta:
        model = TrainingRecord
        fields = ("q", "due")

    def by_words(self, rows: QuerySet[TrainingRecord], _name: str, value: Any) -> QuerySet[TrainingRecord]:
        return trainings_called(rows, value)

    def by_day(self, rows: QuerySet[TrainingRecord], _name: str, value: Any) -> QuerySet[TrainingRecord]:
        today = timezone.localdate()
        if value == "soon":
            return rows.filter(renew_by__gte=today, renew_by__lte=today + timedelta(days=SOON))
        return rows.filter(renew_by__lt=today) if value == "over" else rows.filter(renew_by__isnull=True)
