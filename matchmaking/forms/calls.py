"""Forms of calls for a consortium: the call itself with rows for its places, invitations, answers."""

import uuid
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from matchmaking.actions.calls import Asked, Plan
from matchmaking.models import Call
from matchmaking.models.consortium import MOST_MEMBERS, MOST_PLACES
from matchmaking.queries.consortium import lands_of_members, word_index
from members.enums import HelixRole
from members.forms.adhesion_file import TRL
from members.forms.fields import DayField, Words, long_words
from members.forms.profile import NO_SECRETS
from members.rules.text import comma_letters, fold

EUROPE = "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE NO IS CH GB UA MD TR".split()
"""Countries that calls usually name: the Union, the funds' neighbours; those of the members are added."""
AT_ONCE = 4
"""Empty rows that the form shows at least, and adds."""


class CallForm(forms.Form):
    """What the team must be, all but its places."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = Words(label=_("Title of the call"), max_length=200)
    text = long_words(_("What it is about"), NO_SECRETS)
    deadline = DayField(label=_("Deadline of the funder"))
    answer_days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=3,
        max_value=60,
        initial=14,
        help_text=_("So long has each invited member; never beyond the deadline."),
    )
    size = forms.IntegerField(
        label=_("Members at most"),
        min_value=2,
        max_value=MOST_MEMBERS,
        initial=6,
        help_text=_("Your organisation is one of them."),
    )
    least_countries = forms.IntegerField(
        label=_("Different countries at least"), min_value=1, max_value=MOST_MEMBERS, initial=1
    )
    countries = forms.MultipleChoiceField(
        label=_("Countries that must be represented"), required=False, widget=forms.CheckboxSelectMultiple
    )

    TEXTS = ("title", "text", "deadline")
    FIGURES = ("size", "answer_days", "least_countries")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = dict(countries)
        chosen = {*EUROPE, *lands_of_members(), *(self.initial.get("countries") or [])}
        field = self.fields["countries"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = sorted(
            ((code, comma_letters(str(names[code]))) for code in chosen if code in names),
            key=lambda one: fold(str(one[1])),
        )
        self.fields["key"].initial = uuid.uuid4
        for role, label in HelixRole.choices:
            self.fields[f"role_{role}"] = forms.IntegerField(
                label=label, min_value=0, max_value=MOST_MEMBERS, required=False
            )

    @property
    def texts(self) -> list[forms.BoundField]:
        return [self[name] for name in self.TEXTS]

    @property
    def figures(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIGURES]

    @property
    def roles(self) -> list[forms.BoundField]:
        return [self[f"role_{role}"] for role in HelixRole.values]

    def plan(self, places: tuple[Asked, ...]) -> Plan:
        """What was written, for the action."""
        values = self.cleaned_data
        return Plan(
            places=places,
            roles={role: values[f"role_{role}"] for role in HelixRole.values if values.get(f"role_{role}")},
            countries=tuple(values["countries"]),
            **{name: values[name] for name in (*self.TEXTS, *self.FIGURES)},
        )


class PlaceForm(forms.Form):
    """One capability that the team must or should have. An emptied row goes away."""

    word = forms.CharField(
        label=_("Capability"),
        required=False,
        max_length=250,
        widget=forms.TextInput(attrs={"list": "words", "autocomplete": "off", "class": "input"}),
    )
    least_trl = forms.TypedChoiceField(
        label=_("Maturity at least"),
        coerce=int,
        required=False,
        empty_value=None,
        choices=[("", _("any")), *TRL],
        widget=forms.Select(attrs={"class": "input"}),
    )
    must = forms.TypedChoiceField(
        label=_("Weight"),
        coerce=int,
        required=False,
        empty_value="1",
        choices=[(1, _("Must")), (0, _("Should"))],
        widget=forms.Select(attrs={"class": "input"}),
    )


class PlacesBase(forms.BaseFormSet):
    """The rows, with the words of the vocabulary read once."""

    @cached_property
    def index(self) -> dict[str, int]:
        return word_index()

    def clean(self) -> None:
        """Find each word in either language, by its other names or its code."""
        self.places: list[Asked] = []
        seen: set[int] = set()
        for form in self.forms:
            values = getattr(form, "cleaned_data", {})
            word = (values.get("word") or "").strip()
            if not word or form.errors:
                continue
            tag = self.index.get(fold(word))
            if tag is None:
                form.add_error("word", _("This is not a capability of the vocabulary. Choose one from the list."))
            elif tag in seen:
                form.add_error("word", _("This capability stands in another row already."))
            else:
                seen.add(tag)
                self.places.append(Asked(tag, values["least_trl"], bool(int(values["must"]))))


def _rows(number: int) -> type[PlacesBase]:
    made: Any = forms.formset_factory(
        PlaceForm, formset=PlacesBase, extra=number, max_num=MOST_PLACES, absolute_max=MOST_PLACES
    )
    rows: type[PlacesBase] = made
    return rows


def empty_rows(filled: int) -> int:
    return min(AT_ONCE, MOST_PLACES - filled)


def posted(data: QueryDict) -> tuple[CallForm, PlacesBase]:
    """The form as it was sent, to be checked."""
    return CallForm(data), _rows(0)(data, prefix="place")


def with_more_rows(data: QueryDict, initial: Mapping[str, Any]) -> tuple[CallForm, PlacesBase]:
    """The form with what was typed and more empty rows, not checked yet: for a browser without scripts too."""
    values: dict[str, Any] = {name: data.get(name) for name in CallForm(initial=dict(initial)).fields}
    values["countries"] = data.getlist("countries")
    rows = []
    for number in range(MOST_PLACES):
        row = {name: data.get(f"place-{number}-{name}", "") for name in ("word", "least_trl", "must")}
        if row["word"]:
            rows.append(row)
    return CallForm(initial=values), _rows(empty_rows(len(rows)))(initial=rows, prefix="place")


def fresh() -> tuple[CallForm, PlacesBase]:
    """An empty form."""
    return CallForm(), _rows(AT_ONCE)(prefix="place")


def of_call(call: Call, names: Mapping[int, str]) -> tuple[CallForm, PlacesBase]:
    """The form of a call that is there; `names`: capability -> how the form names it."""
    initial = {name: getattr(call, name) for name in (*CallForm.TEXTS, *CallForm.FIGURES, "countries", "version")}
    initial |= {f"role_{row.role}": row.least for row in call.roles.all()}
    rows = [
        {"word": names.get(place.tag_id, place.tag.name), "least_trl": place.least_trl, "must": int(place.must)}
        for place in call.places.all()
    ]
    return CallForm(initial=initial), _rows(empty_rows(len(rows)))(initial=rows, prefix="place")


class InviteForm(forms.Form):
    """The words that go with invitations."""

    message = long_words(_("Message"), _("All who are invited read the same words."), rows=4, most=2000)
    confirms = forms.BooleanField(
        label=_("I confirm that no controlled technology will be exchanged without the authorisation that it needs."),
        required=False,
    )

    def __init__(self, *args: Any, asks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["message"].required = False
        if not asks:
            del self.fields["confirms"]


class AcceptForm(forms.Form):
    """A yes; the box only where offers of a side are on the dual-use list."""

    confirms = forms.BooleanField(
        label=_("I confirm that no controlled technology will be exchanged without the authorisation that it needs."),
        required=False,
    )

    def __init__(self, *args: Any, asks: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not asks:
            del self.fields["confirms"]


class DeclineForm(forms.Form):
    reason = Words(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("For your own memory and the cluster office; the lead does not read it."),
    )
