"""Filters of the lists of events; every choice is in the address of the page."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from events.enums import EventKind, Mode, Spoken
from events.models import Event
from events.models.event import EventQuerySet
from events.queries.listing import searched, tags_of, with_public_materials
from members.models import Tag


class EventFilter(django_filters.FilterSet):
    """What is to come, by words, kind, way of taking part, language and capability."""

    q = django_filters.CharFilter(
        method="of_words",
        label=_("Search"),
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("Title, place or speaker"), "maxlength": 200}),
    )
    kind = django_filters.MultipleChoiceFilter(
        choices=EventKind.choices, label=_("Kind"), widget=forms.CheckboxSelectMultiple, distinct=False
    )
    mode = django_filters.MultipleChoiceFilter(
        choices=Mode.choices, label=_("How one takes part"), widget=forms.CheckboxSelectMultiple, distinct=False
    )
    language = django_filters.MultipleChoiceFilter(
        choices=Spoken.choices, label=_("Language"), widget=forms.CheckboxSelectMultiple, method="of_language"
    )
    tag = django_filters.ModelChoiceFilter(
        queryset=Tag.objects.none(),
        to_field_name="code",
        field_name="tags",
        label=_("Capability"),
        empty_label=_("All"),
    )

    class Meta:
        model = Event
        fields: tuple[str, ...] = ("q", "kind", "mode", "language", "tag")

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self.filters["tag"].queryset = tags_of(self.queryset)

    def of_words(self, events: EventQuerySet, _name: str, value: str) -> EventQuerySet:
        return searched(events, value[:200])

    def of_language(self, events: EventQuerySet, _name: str, value: list[str]) -> EventQuerySet:
        return events.filter(languages__overlap=value) if value else events


class ArchiveFilter(EventFilter):
    """What has been, also by whether there is something to read or watch."""

    materials = django_filters.BooleanFilter(
        method="of_materials", label=_("With open materials"), widget=forms.CheckboxInput
    )

    class Meta(EventFilter.Meta):
        fields = (*EventFilter.Meta.fields, "materials")

    def of_materials(self, events: EventQuerySet, _name: str, value: bool) -> EventQuerySet:
        return with_public_materials(events) if value else events
