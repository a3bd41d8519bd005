"""Forms of brokerage days. Slots and tables count from 0 in the rows and from 1 for people."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from matchmaking.actions.brokerage import ALWAYS
from matchmaking.actions.wishes import MOST_WORDS, Said
from matchmaking.enums import WishAnswer
from matchmaking.models import BrokerageDay, DayMember
from matchmaking.models.brokerage import MOST_SLOTS
from matchmaking.wording import sentence
from members.forms.fields import Words
from members.models import Organisation
from members.rules.errors import RuleError

YEARS = range(2000, 2101)
MOMENTS = tuple(f"{day}{between}%H:%M" for day in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y") for between in ("T", " "))
PLACES = {
    "day_in_the_past": "starts_at",
    "day_is_all_breaks": "breaks",
    "wishes_end_before_the_day": "wishes_until",
    "cancel_reason_missing": "reason",
    "table_unknown": "slot",
    "table_is_taken": "table",
    "member_is_away": "slot",
    "member_is_busy": "slot",
}
"""Beside which field the sentence of a refusal stands, where the form has it."""


def refuse(form: forms.Form, error: RuleError) -> None:
    """Say on a form why it was not done, at the field that has to be corrected."""
    place = PLACES.get(error.code, "")
    form.add_error(place if place in form.fields else None, sentence(error))


def hour(day: BrokerageDay, slot: int) -> str:
    """The time of a slot, by the wall clock."""
    return f"{localtime(day.starts(slot)):%H:%M}–{localtime(day.ends(slot)):%H:%M}"


class Moment(forms.DateTimeField):
    """A moment by the wall clock of Bucharest."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        errors = {"invalid": _("Write a day and a time that exist, such as 24.07.2026 10:00.")}
        super().__init__(**{"widget": widget, "input_formats": MOMENTS, "error_messages": errors, **options})

    def to_python(self, value: Any) -> Any:
        moment = super().to_python(value)
        if moment is not None and moment.year not in YEARS:
            raise ValidationError(_("Check the year of this day."), code="year")
        return moment


class DayForm(forms.Form):
    """The frame of a day. Breaks are chosen among the slots that it has, so a new day has none yet."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_ro = Words(label=_("Title in Romanian"), max_length=160)
    title_en = Words(label=_("Title in English"), max_length=160, required=False)
    place = Words(label=pgettext_lazy("brokerage day", "Place"), max_length=200, required=False)
    starts_at = Moment(label=_("The first meeting begins at"))
    slot_minutes = forms.IntegerField(
        label=_("Minutes of a meeting"),
        min_value=5,
        max_value=120,
        initial=20,
        help_text=_("With the time to change tables; 20 to 30 are usual."),
    )
    slots = forms.IntegerField(
        label=_("Meetings one after the other"),
        min_value=1,
        max_value=MOST_SLOTS,
        initial=12,
        help_text=_("Breaks count too: you choose them afterwards."),
    )
    tables = forms.IntegerField(
        label=pgettext_lazy("brokerage day", "Tables"),
        min_value=1,
        max_value=300,
        initial=10,
        help_text=_("So many meetings at the same time."),
    )
    wishes_until = Moment(label=_("Wishes until"), required=False, help_text=_("Empty: until the office closes them."))
    breaks = forms.TypedMultipleChoiceField(
        label=_("Breaks"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Slots in which nobody meets. Times are those that are saved."),
    )

    def __init__(self, *args: Any, day: BrokerageDay | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        if day is None or day.pk is None:
            del self.fields["breaks"]
        else:
            breaks: Any = self.fields["breaks"]
            breaks.choices = [(slot, hour(day, slot)) for slot in range(day.slots)]
        if day is not None:
            names = set(self.fields) - {"version"}
            self.initial = {**{name: getattr(day, name) for name in names}, "version": day.version, **self.initial}
            if day.state == "published":
                for name in names - ALWAYS:
                    del self.fields[name]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class NewDayForm(DayForm):
    """The frame of a new day. `key` makes a form that is sent twice make one day."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name != "key"}


class MembersForm(forms.Form):
    """Members to bring in by hand."""

    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Members"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the members that come.")},
    )  # fmt: skip

    def __init__(self, *args: Any, among: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen: Any = self.fields["organisations"]
        chosen.queryset = among
        chosen.label_from_instance = lambda one: one.display_name


class HoursForm(forms.Form):
    """Who comes, when they are there, how many meetings are enough."""

    attends = Words(
        label=_("Who comes"),
        max_length=200,
        required=False,
        help_text=_("Names, and what they are responsible for; the other participants read it."),
    )
    there = forms.TypedMultipleChoiceField(
        label=_("We are there at"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    most = forms.IntegerField(
        label=_("Meetings at most"),
        min_value=1,
        max_value=MOST_SLOTS,
        required=False,
        help_text=_("Empty: as many as there are."),
    )

    def __init__(self, *args: Any, part: DayMember, **options: Any) -> None:
        super().__init__(*args, **options)
        day = part.day
        self.open = [slot for slot in range(day.slots) if slot not in day.breaks]
        there: Any = self.fields["there"]
        there.choices = [(slot, hour(day, slot)) for slot in self.open]
        self.initial = {
            "attends": part.attends,
            "most": part.most,
            "there": [slot for slot in self.open if slot not in part.away],
        }

    def values(self) -> dict[str, Any]:
        there = set(self.cleaned_data["there"])
        return {
            "attends": self.cleaned_data["attends"],
            "most": self.cleaned_data["most"],
            "away": [slot for slot in self.open if slot not in there],
        }


class WishesForm(forms.Form):
    """A page of wishes: for each other participant an answer and a few words."""

    def __init__(self, *args: Any, among: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.among = list(among)
        for pk in self.among:
            self.fields[f"answer-{pk}"] = forms.ChoiceField(
                choices=[("", _("Nothing said")), *WishAnswer.choices], required=False
            )
            self.fields[f"words-{pk}"] = Words(max_length=MOST_WORDS, required=False)

    def said(self) -> dict[int, Said]:
        """What was sent; who was not on the page that was filled in stays as it is."""
        sent = (pk for pk in self.among if self.add_prefix(f"answer-{pk}") in self.data)
        data = self.cleaned_data
        return {pk: Said(data[f"answer-{pk}"], data[f"words-{pk}"]) for pk in sent}


class SeedForm(forms.Form):
    """Which draw to make: the same number gives the same timetable of the same wishes."""

    seed = forms.IntegerField(label=_("Number of the draw"), min_value=0, max_value=1_000_000)


class LockForm(forms.Form):
    """The meetings that a page showed, and those of them that stay."""

    seen = forms.TypedMultipleChoiceField(coerce=int, required=False)
    locked = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, among: Iterable[int], **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("seen", "locked"):
            field: Any = self.fields[name]
            field.choices = [(pk, pk) for pk in among]


class PlaceForm(forms.Form):
    """Where a meeting goes."""

    slot = forms.TypedChoiceField(label=pgettext_lazy("brokerage day", "Time"), coerce=int)
    table = forms.TypedChoiceField(label=_("Table"), coerce=int)

    def __init__(self, *args: Any, day: BrokerageDay, **options: Any) -> None:
        super().__init__(*args, **options)
        slot: Any = self.fields["slot"]
        table: Any = self.fields["table"]
        slot.choices = [(one, hour(day, one)) for one in range(day.slots) if one not in day.breaks]
        table.choices = [(one, str(one + 1)) for one in range(day.tables)]


class MeetingForm(PlaceForm):
    """Two participants whom the office puts together."""

    one = forms.TypedChoiceField(label=_("Participant"), coerce=int)
    other = forms.TypedChoiceField(label=_("Meets"), coerce=int)

    field_order = ("one", "other", "slot", "table")

    def __init__(self, *args: Any, day: BrokerageDay, among: Iterable[DayMember], **options: Any) -> None:
        super().__init__(*args, day=day, **options)
        choices = [(member.pk, member.organisation.display_name) for member in among]
        for name in ("one", "other"):
            field: Any = self.fields[name]
            field.choices = choices


class CancelForm(forms.Form):
    """Why a day does not take place."""

    reason = Words(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Every participant reads it in the letter."),
        error_messages={"required": _("Write why the day does not take place.")},
    )
