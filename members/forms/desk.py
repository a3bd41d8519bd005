"""Forms of the desk: a ballot, a return with what is missing, a round, a change of membership, a mandate, an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from members.actions.office import ReturnItem
from members.enums import BoardRole, Choice, Procedure
from members.models import Seat

ASIDE = "aside"
"""The fourth button of the ballot: step aside."""


def words(label: Any, *, most: int, rows: int = 3, required: bool = True, hint: Any = "") -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DayInput(forms.DateInput):
    """A day, in the form that the browser's own calendar understands."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class BallotForm(forms.Form):
    """Declaration of interest, then the vote; which button was pressed is `choice`. Nothing is chosen beforehand."""

    interest = forms.ChoiceField(
        label=_("Declaration of interest"),
        required=False,
        choices=[("none", _("I have none")), ("have", _("I have one"))],
        widget=forms.RadioSelect,
    )
    interest_words = words(_("What the interest is"), most=2000, rows=2, required=False)
    choice = forms.ChoiceField(
        label=_("Your vote"), required=False, choices=[*Choice.choices, (ASIDE, _("Step aside"))]
    )
    motive = words(_("Motive"), most=4000, required=False, hint=_("Needed with a vote against."))

    def __init__(self, *args: Any, declared: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declared = declared

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        choice, interest = values.get("choice"), values.get("interest")
        if "choice" in self.errors:
            return values
        if not choice:
            self.add_error("choice", _("Press one of the three buttons."))
        elif choice == ASIDE:
            self._clean_aside(interest, values)
        elif interest == "have":
            self.add_error("interest", _("Who has an interest does not vote: step aside, or say that you have none."))
        elif not self.declared and interest != "none":
            self.add_error("interest", _("Declare first whether you have an interest in this request; then vote."))
        if choice == Choice.AGAINST and not values.get("motive"):
            self.add_error("motive", _("A vote against needs a motive: it is what the applicant will be told."))
        return values

    def _clean_aside(self, interest: str | None, values: dict[str, Any]) -> None:
        if interest != "have":
            self.add_error("interest", _("To step aside, say that you have an interest."))
        elif not values.get("interest_words"):
            self.add_error("interest_words", _("Say in a few words what your interest is; the minutes will name it."))


class StepAsideForm(forms.Form):
    """The declaration of an interest by a director who may not open the file."""

    interest_words = words(
        _("What the interest is"), most=2000, rows=2, hint=_("A few words; the minutes will name it.")
    )


@dataclass(frozen=True)
class Wanted:
    """A thing that a return may ask for: a document by its code, or an aspect of the file without one."""

    key: str
    label: str
    code: str = ""
    lacking: bool = False
    note: str = ""


class ReturnForm(forms.Form):
    """What is missing: a tick and a note each, filled in from the check of completeness; then anything else."""

    def __init__(self, wanted: Iterable[Wanted], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wanted = list(wanted)
        for one in self.wanted:
            self.fields[f"tick-{one.key}"] = forms.BooleanField(label=one.label, required=False, initial=one.lacking)
            self.fields[f"note-{one.key}"] = forms.CharField(
                label=_("What is wrong with it"), required=False, max_length=500, initial=one.note
            )
        self.fields["other"] = words(_("Anything else that is missing"), most=1000, required=False)
        self.fields["note"] = words(_("A word to the applicant"), most=2000, required=False)

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        """Tick and note side by side."""
        return [(self[f"tick-{one.key}"], self[f"note-{one.key}"]) for one in self.wanted]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if not self.errors and not self.items():
            self.add_error(
                None,
                _("Tick or write at least one thing that is missing, so that the applicant knows what to send."),
            )
        return values

    def items(self) -> list[ReturnItem]:
        """The ticked things, as the action takes them; an aspect without a document says its name in the note."""
        found: list[ReturnItem] = []
        for one in self.wanted:
            if not self.cleaned_data.get(f"tick-{one.key}"):
                continue
            note = self.cleaned_data.get(f"note-{one.key}", "")
            said = note if one.code else f"{one.label}: {note}" if note else one.label
            found.append({"code": one.code, "note": said})
        if self.cleaned_data.get("other"):
            found.append({"code": "", "note": self.cleaned_data["other"]})
        return found


class AppealForm(forms.Form):
    """What the assembly decided on an appeal."""

    upheld = forms.TypedChoiceField(
        label=_("The assembly"),
        choices=[("yes", _("upheld the appeal: the organisation becomes a member")), ("no", _("dismissed the appeal"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    motive = words(_("The decision in words"), most=4000, hint=_("Number and day of the assembly, and its reasons."))


class OpenRoundForm(forms.Form):
    """How and until when the Board votes. `first` is the earliest lawful day of a written procedure."""

    procedure = forms.ChoiceField(label=_("Procedure"), choices=Procedure.choices, widget=forms.RadioSelect)
    closes_on = forms.DateField(
        label=_("Closes on"),
        widget=DayInput(),
        help_text=_("For a meeting: the day on which it takes place."),
    )
    closes_time = forms.TimeField(label=_("at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, *args: Any, written: bool, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not written:
            self.fields["procedure"].choices = [(Procedure.MEETING.value, Procedure.MEETING.label)]  # type: ignore[attr-defined]
        self.fields["closes_on"].widget.attrs["min"] = timezone.localdate().isoformat()
        self.initial.setdefault("closes_on", first)
        self.initial.setdefault("closes_time", "18:00")

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("closes_on") and values.get("closes_time") and self.closes_at() <= timezone.now():
            self.add_error("closes_on", _("This moment is over: choose one that lies ahead."))
        return values

    def closes_at(self) -> datetime:
        moment = datetime.combine(self.cleaned_data["closes_on"], self.cleaned_data["closes_time"])
        return timezone.make_aware(moment)


class PresenceForm(forms.Form):
    """Who is present at a meeting."""

    present = forms.TypedMultipleChoiceField(
        label=_("Present"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, seats: Iterable[Seat], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = [seat for seat in seats if not seat.recused]
        self.fields["present"].choices = [  # type: ignore[attr-defined]
            (seat.pk, f"{seat.user}, {seat.get_role_display()}") for seat in rows
        ]
        self.initial.setdefault("present", [seat.pk for seat in rows if seat.present])


class DemandForm(forms.Form):
    """Why a request should be discussed at a meeting."""

    reasons = words(_("Reasons"), most=2000, hint=_("The Board and the applicant will read them."))


class MembershipForm(forms.Form):
    """A change of a membership that was decided elsewhere, or a notice that the member gave."""

    basis = words(
        _("On what ground"),
        most=1000,
        hint=_("The decision or the letter, with its number and day; the register shows it."),
    )
    article = forms.CharField(label=_("Article of the statute"), max_length=10, required=False)
    on = forms.DateField(label=_("In effect from"), widget=DayInput())

    def __init__(self, *args: Any, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first, self.last = first, last
        self.fields["on"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}

    def clean_on(self) -> date:
        """Not before the last line of the register, nor ahead: the state changes with the recording."""
        day: date = self.cleaned_data["on"]
        if not self.first <= day <= self.last:
            words = {"first": date_format(self.first, "j F Y"), "last": date_format(self.last, "j F Y")}
            raise forms.ValidationError(_("Choose a day from %(first)s to %(last)s."), params=words)
        return day


class MandateForm(forms.Form):
    """A mandate that the assembly gave."""

    email = forms.EmailField(label=_("Address with which the person signs in"))
    role = forms.ChoiceField(label=_("Office"), choices=BoardRole.choices)
    starts_on = forms.DateField(label=_("From"), widget=DayInput())
    ends_on = forms.DateField(
        label=_("Until"), widget=DayInput(), required=False, help_text=_("Empty: until it is ended.")
    )


class EndMandateForm(forms.Form):
    """The last day of a mandate."""

    ends_on = forms.DateField(label=_("Last day"), widget=DayInput())


class AnswerForm(forms.Form):
    """The office's answer to a change that a member asked for."""

    answer = words(_("Answer"), most=2000, required=False, hint=_("Needed with a refusal; the member will read it."))


class DayForm(forms.Form):
    """The day for which the register is asked; today when nothing is said."""

    day = forms.DateField(label=_("As of"), widget=DayInput(), required=False)
    ended = forms.BooleanField(label=_("With ended memberships"), required=False)
