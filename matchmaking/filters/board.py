"""Filters of the board of opportunities; every choice is in the address of the page."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.enums import Weight
from matchmaking.models import Opportunity
from matchmaking.models.opportunity import OpportunityQuerySet
from matchmaking.queries.board import WordInUse, with_words, words_in_use
from members.enums import CapabilityKind, County, Direction, HelixRole, Side
from members.models import Tag

INDENT = "\N{NO-BREAK SPACE}" * 3
LEVELS = [(level, f"TRL {level}+") for level in range(1, 10)]


def ticks(choices: Any, label: Any, field: str) -> django_filters.MultipleChoiceFilter:
    """Several words of one column, any of which will do."""
    return django_filters.MultipleChoiceFilter(
        choices=choices, label=label, field_name=field, widget=forms.CheckboxSelectMultiple, distinct=False
    )


class BoardFilter(django_filters.FilterSet):
    """Offers and needs by words, direction, side, helix role, county, word of the tree, kind, maturity, importance.

    The queryset is what the reader may see: nothing else can be counted, found or offered as a choice.
    """

    q = django_filters.CharFilter(
        method="of_words",
        label=_("Search"),
        widget=forms.TextInput(attrs={"type": "search", "maxlength": 200}),
    )
    direction = django_filters.ChoiceFilter(
        choices=[(Direction.OFFERED, _("Offers")), (Direction.SOUGHT, _("Needs"))],
        label=_("Offers or needs"),
        field_name="capability__direction",
        empty_label=_("Both"),
    )
    tag = django_filters.ChoiceFilter(method="of_tag", label=_("Capability"), empty_label=_("All"), choices=())
    trl = django_filters.ChoiceFilter(method="of_trl", label=_("Maturity"), empty_label=_("Any"), choices=LEVELS)
    weight = django_filters.ChoiceFilter(
        method="of_weight", label=_("Importance of a need"), empty_label=_("Any"), choices=Weight.choices
    )
    county = django_filters.ChoiceFilter(
        choices=County.choices,
        label=_("County"),
        field_name="capability__organisation__county",
        empty_label=_("All"),
    )
    side = ticks(Side.choices, _("Side"), "capability__side")
    role = ticks(HelixRole.choices, _("Helix role"), "capability__organisation__helix_role")
    kind = ticks(CapabilityKind.choices, _("Kind"), "capability__kind")

    class Meta:
        model = Opportunity
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = words_in_use(self.queryset)
        self.filters["tag"].extra["choices"] = _choices(self.words)

    def of_words(self, found: OpportunityQuerySet, _name: str, value: str) -> OpportunityQuerySet:
        return with_words(found, value[:200])

    def of_tag(self, found: OpportunityQuerySet, _name: str, value: str) -> OpportunityQuerySet:
        tag = Tag.objects.filter(code=value).values_list("pk", flat=True)
        return found.filter(tags__contains=list(tag)) if tag else found.none()

    def of_trl(self, found: OpportunityQuerySet, _name: str, value: str) -> OpportunityQuerySet:
        return found.filter(capability__trl__gte=int(value))

    def of_weight(self, found: OpportunityQuerySet, _name: str, value: str) -> OpportunityQuerySet:
        return found.filter(capability__direction=Direction.SOUGHT, capability__weight=int(value))


def _choices(words: Iterable[WordInUse]) -> list[tuple[str, str]]:
    return [(word.code, f"{INDENT * word.depth}{word.name} ({word.count})") for word in words]
