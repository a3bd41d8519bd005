"""Forms of the office around registrations, the door and the reports."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events.actions.registering import Person
from events.queries.desk import member_called
from events.rules.pasting import Reading, read_people
from events.wording import sentence
from members.forms.fields import DayField, Words
from members.models import Organisation
from members.rules.errors import RuleError

MOST_PASTED = 1_500_000
"""Letters of a pasted list; below the limit for a whole form, so that the answer is a sentence."""
MOST_PEOPLE = 20_000


class ReasonForm(forms.Form):
    """Why somebody is declined or cancelled: the person reads it."""

    reason = Words(
        label=_("Reason"),
        max_length=2000,
        help_text=_("The person reads it in the letter."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ChosenForm(forms.Form):
    """The registrations that were ticked."""

    people = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, among: list[int], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["people"].choices = [(pk, pk) for pk in among]  # type: ignore[attr-defined]  # it is a choice


class PastedForm(forms.Form):
    """People to be registered, pasted one a line."""

    people = forms.CharField(
        label=_("People, one a line"),
        max_length=MOST_PASTED,
        help_text=_(
            "Such as: Ana Pop &lt;ana.pop@example.org&gt;, or Ana Pop; ana.pop@example.org, or two columns of a "
            "spreadsheet."
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    organisation = forms.CharField(
        label=_("Member that they come from"),
        required=False,
        max_length=200,
        help_text=_("Its name or tax number as in the register. Empty: they come from no member."),
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    reading: Reading | None = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].initial = get_language() or "ro"

    def clean_people(self) -> str:
        """Refuses the whole list when a line of it is wrong: nobody is registered by halves."""
        text: str = self.cleaned_data["people"]
        self.reading = read_people(text)
        if len(self.reading.people) > MOST_PEOPLE:
            count = len(self.reading.people)
            raise forms.ValidationError(sentence(RuleError("too_many_at_once", {"most": MOST_PEOPLE, "count": count})))
        if self.reading.remarks:
            raise forms.ValidationError([sentence(remark) for remark in self.reading.remarks])
        return text

    def clean_organisation(self) -> Organisation | None:
        words: str = self.cleaned_data["organisation"]
        if not words:
            return None
        found = member_called(words)
        if not found:
            raise forms.ValidationError(_("No member in good standing has this name or tax number."))
        if len(found) > 1:
            raise forms.ValidationError(_("Several members have this name. Write the tax number."))
        return found[0]

    def wanted(self) -> list[Person]:
        """The people of a valid form."""
        language = self.cleaned_data["language"]
        people = self.reading.people if self.reading is not None else ()
        return [Person(one.full_name, one.email, language) for one in people]


@dataclass(frozen=True)
class Way:
    """How far a long list has come: who was dealt with, and how many of them are new."""

    reached: int
    fresh: int

    def on(self, count: int, fresh: int) -> "Way":
        return Way(self.reached + count, self.fresh + fresh)


class WayForm(forms.Form):
    """Carries from portion to portion how far a list has come; at its beginning, nothing."""

    reached = forms.IntegerField(required=False, min_value=0)
    fresh = forms.IntegerField(required=False, min_value=0)

    def way(self, total: int) -> Way:
        """Never beyond the list, whatever was sent: then nobody is dealt with once more."""
        values = self.cleaned_data if self.is_valid() else {}
        reached = min(values.get("reached") or 0, total)
        return Way(reached, min(values.get("fresh") or 0, reached))


class ScanForm(forms.Form):
    """An act at the door, as a page or a phone sends it; without scripts it has neither key nor time."""

    registration = forms.UUIDField(required=False)
    code = forms.CharField(required=False, max_length=500)
    scan = forms.UUIDField(required=False)
    at = forms.DateTimeField(required=False)
    q = forms.CharField(required=False, max_length=200)


class WalkInForm(forms.Form):
    """Somebody without a place who stands at the door."""

    full_name = Words(label=_("Full name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        help_text=_("For the certificate of attendance. Empty: no letters."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    organisation_name = Words(
        label=_("Organisation"), required=False, max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    language = forms.ChoiceField(label=_("Language of the letters"), choices=settings.LANGUAGES)
    scan = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].initial = get_language() or "ro"
        self.fields["scan"].initial = uuid4()


class BadgesForm(forms.Form):
    """How many badges stand on a sheet."""

    layout = forms.TypedChoiceField(
        label=_("Badges on a sheet"),
        coerce=int,
        choices=[(8, _("8, of 90 by 65 mm")), (10, _("10, of 90 by 55 mm"))],
        initial=8,
        widget=forms.RadioSelect,
    )


class PeriodForm(forms.Form):
    """The days that a report is about, both included; this year, when nothing is chosen."""

    first = DayField(label=_("From"), required=False)
    last = DayField(label=_("Until"), required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first."))
        return values

    def period(self) -> tuple[date, date]:
        """From and until of a form, the wrong parts of it left out."""
        year = timezone.localdate().year
        given = self.cleaned_data if self.is_valid() else {}
        first = given.get("first") or date(year, 1, 1)
        last = given.get("last") or max(first, date(first.year, 12, 31))
        return (first, last) if first <= last else (date(last.year, 1, 1), last)
