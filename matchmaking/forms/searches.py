"""Forms of a person's saved searches and letters."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from matchmaking.enums import DigestRhythm, LetterRhythm, Weight
from matchmaking.filters.board import INDENT, LEVELS
from matchmaking.models import DigestChoice, SavedSearch
from members.enums import CapabilityKind, County, Direction, HelixRole, Side
from members.forms.fields import Words
from members.models import Tag

ANY = [("", _("Any"))]
WISHES = {
    "q": "text",
    "direction": "direction",
    "tag": "tag",
    "trl": "trl",
    "weight": "weight",
    "county": "county",
    "side": "sides",
    "role": "roles",
    "kind": "kinds",
}
"""What the board's address calls a wish, and what a saved search does."""
SEVERAL = frozenset({"side", "role", "kind"})


class TagChoice(forms.ModelChoiceField):
    """A word of the tree, indented by its depth."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Tag.objects.none(), to_field_name="code", **options)

    def label_from_instance(self, obj: Any) -> str:
        return f"{INDENT * int(getattr(obj, 'tree_depth', 0))}{obj.name}"


class SearchForm(forms.Form):
    """A search of the board with the name and the rhythm that its owner gives it."""

    name = Words(label=_("Name"), max_length=80, help_text=_("The letters say which search found something."))
    rhythm = forms.ChoiceField(label=_("Letters"), choices=LetterRhythm.choices, widget=forms.RadioSelect)
    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    direction = forms.ChoiceField(
        label=_("Offers or needs"),
        choices=[("", _("Both")), (Direction.OFFERED, _("Offers")), (Direction.SOUGHT, _("Needs"))],
        required=False,
    )
    tag = TagChoice(label=_("Capability"), required=False, empty_label=_("Any"))
    trl = forms.TypedChoiceField(
        label=_("Maturity"), choices=[*ANY, *LEVELS], coerce=int, empty_value=None, required=False
    )
    weight = forms.TypedChoiceField(
        label=_("Importance of a need"), choices=[*ANY, *Weight.choices], coerce=int, empty_value=None, required=False
    )
    county = forms.ChoiceField(label=_("County"), choices=[*ANY, *County.choices], required=False)
    side = forms.MultipleChoiceField(
        label=_("Side"), choices=Side.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    role = forms.MultipleChoiceField(
        label=_("Helix role"), choices=HelixRole.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    kind = forms.MultipleChoiceField(
        label=_("Kind"), choices=CapabilityKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, kept: Tag | None = None, **options: Any) -> None:
        """`kept`: the word of a search that is changed; it may have been retired since."""
        super().__init__(*args, **options)
        words = Tag.objects.with_tree_fields().filter(merged_into__isnull=True)
        field = self.fields["tag"]
        assert isinstance(field, TagChoice)
        field.queryset = words.filter(active=True) | words.filter(pk=kept.pk if kept else None)

    @property
    def wishes(self) -> dict[str, Any]:
        """What is asked, under the names of a saved search."""
        return {theirs: self.cleaned_data[ours] for ours, theirs in WISHES.items()}


def from_address(query: QueryDict) -> dict[str, Any]:
    """The first values of the form, as the board's address asks; what does not exist is left out by the form."""
    found = {ours: query.getlist(ours) if ours in SEVERAL else query.get(ours, "") for ours in WISHES}
    return {**found, "rhythm": LetterRhythm.WEEKLY}


def from_search(search: SavedSearch) -> dict[str, Any]:
    """The first values of the form for a search that is changed."""
    found = {ours: getattr(search, theirs) for ours, theirs in WISHES.items()}
    return {**found, "name": search.name, "rhythm": search.rhythm, "tag": search.word.code if search.word else ""}


class DigestForm(forms.ModelForm):
    """Whether new matches are told, and from how many points on."""

    rhythm = forms.ChoiceField(
        label=_("Letters about new matches"), choices=DigestRhythm.choices, widget=forms.RadioSelect
    )
    threshold = forms.IntegerField(
        label=_("From how many points of a hundred"),
        min_value=1,
        max_value=100,
        help_text=_("A match below this is not told; it stays in your list."),
    )

    class Meta:
        model = DigestChoice
        fields = ("rhythm", "threshold")


def summary(search: SavedSearch) -> Iterator[str]:
    """What a search asks, part by part, in the reader's language."""
    if search.text:
        yield f"“{search.text}”"
    if search.direction:
        yield str(_("Offers") if search.direction == Direction.OFFERED else _("Needs"))
    if search.word:
        yield search.word.name
    if search.trl:
        yield f"TRL {search.trl}+"
    if search.weight:
        yield str(Weight(search.weight).label)
    if search.county:
        yield str(County(search.county).label)
    for values, choices in ((search.sides, Side), (search.roles, HelixRole), (search.kinds, CapabilityKind)):
        yield from (str(choices(value).label) for value in values)
