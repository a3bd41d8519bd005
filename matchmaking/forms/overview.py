"""The form of the office's figures: which span of time they are about."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from matchmaking.rules.periods import ALL, Period, periods


def label(period: Period) -> str:
    """The period in words."""
    number, _mark, of = period.code.partition("-q")
    if period.code == ALL:
        return _("Everything so far")
    return _("%(year)s, quarter %(quarter)s") % {"year": number, "quarter": of} if of else number


class PeriodForm(forms.Form):
    """A quarter, a year or everything; everything, when nothing is chosen."""

    period = forms.ChoiceField(label=gettext_lazy("Period"))

    def __init__(self, *args: Any, since: date, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {one.code: one for one in periods(since, today)}
        field: Any = self.fields["period"]
        field.choices = [(code, label(one)) for code, one in self.known.items()]

    def chosen(self) -> Period:
        """The period asked for; everything while the form is wrong or was not sent."""
        return self.known[self.cleaned_data["period"]] if self.is_bound and self.is_valid() else Period()
