"""How a member narrows its own list of matches."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from matchmaking.models import ListSeen, Pair
from matchmaking.queries.matches import in_region, mature, newer_than, pairs_of, with_word, words_of
from members.enums import REGIONS, County, HelixRole, Side
from members.models import Tag


class MatchFilter(django_filters.FilterSet):
    """By what the partner is, where it sits, a word, how mature its offers are, and whether it is new in the list."""

    role = django_filters.ChoiceFilter(
        field_name="partner__helix_role", choices=HelixRole, empty_label=_("Every role"), label=_("Helix role")
    )
    side = django_filters.ChoiceFilter(
        field_name="partner__side", choices=Side, empty_label=_("Every side"), label=_("Side")
    )
    region = django_filters.ChoiceFilter(
        method="of_region",
        choices=[(region, region) for region in REGIONS],
        empty_label=_("All of them"),
        label=_("Region"),
    )
    county = django_filters.ChoiceFilter(
        field_name="partner__county", choices=County, empty_label=_("All of them"), label=_("County")
    )
    tag = django_filters.ModelChoiceFilter(
        queryset=Tag.objects.none(),
        method="of_word",
        to_field_name="code",
        empty_label=_("All of yours"),
        label=_("About"),
    )
    trl = django_filters.ChoiceFilter(
        method="of_maturity",
        choices=[("2", _("TRL 4 or more")), ("3", _("TRL 7 or more"))],
        empty_label=_("Any"),
        label=_("Maturity"),
    )
    new = django_filters.BooleanFilter(
        method="of_news", label=_("Only new since you last marked the list as seen"), widget=forms.CheckboxInput
    )

    class Meta:
        model = Pair
        fields: tuple[str, ...] = ("role", "side", "region", "county", "tag", "trl", "new")

    def __init__(self, data: Any, *, member: int, seen: ListSeen | None) -> None:
        self.seen = seen
        super().__init__(data, queryset=pairs_of(member))
        self.filters["tag"].queryset = words_of(member)

    def of_region(self, pairs: QuerySet[Pair], _name: str, value: str) -> QuerySet[Pair]:
        return in_region(pairs, value)

    def of_word(self, pairs: QuerySet[Pair], _name: str, value: Tag) -> QuerySet[Pair]:
        return with_word(pairs, value.pk)

    def of_maturity(self, pairs: QuerySet[Pair], _name: str, value: str) -> QuerySet[Pair]:
        return mature(pairs, int(value))

    def of_news(self, pairs: QuerySet[Pair], _name: str, value: bool) -> QuerySet[Pair]:
        return newer_than(pairs, self.seen) if value else pairs

    @property
    def in_use(self) -> bool:
        """Whether anything is asked that narrows the list."""
        self.form.is_valid()  # what cannot be read asks for nothing
        return any(self.form.cleaned_data.get(name) for name in self.Meta.fields)
