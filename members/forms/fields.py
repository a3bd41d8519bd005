"""Fields that the forms of applicants and members share: texts, telephones, days, web addresses."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.rules.errors import Remark
from members.rules.identifiers import looks_like_cnp
from members.rules.text import comma_letters
from members.wording import sentence

DAYS = ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
"""How a day may be typed: as browsers send it, and as people here write it."""
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{4,24}[0-9]")


class Words(forms.CharField):
    """A text about an organisation: Romanian letters with the comma, lines that end in one way, no personal numbers."""

    def to_python(self, value: Any) -> str:
        text = comma_letters(super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(line.rstrip() for line in text.split("\n")).strip()

    def validate(self, value: str) -> None:
        super().validate(value)
        if looks_like_cnp(value):
            raise ValidationError(sentence(Remark("text_holds_cnp")), code="text_holds_cnp")


def long_words(label: Any, hint: Any, *, rows: int = 5, most: int = 4000) -> Words:
    """A text of several lines."""
    return Words(label=label, help_text=hint, max_length=most, widget=forms.Textarea(attrs={"rows": rows}))


class DayField(forms.DateField):
    """A day in the browser's own calendar, also typed as day.month.year; a year of five digits is a slip."""

    EARLIEST = date(1000, 1, 1)  # universities are old
    LATEST = date(2200, 1, 1)

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        errors = {"invalid": _("Write a day that exists, as day.month.year, such as 24.07.2026.")}
        super().__init__(**{"widget": widget, "input_formats": DAYS, "error_messages": errors, **options})

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value and not self.EARLIEST <= value < self.LATEST:
            raise ValidationError(_("Check the year of this day."), code="year")


class PhoneField(forms.CharField):
    """A telephone number as people write it."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"type": "tel", "autocomplete": "off"})  # it is seldom the person who types
        super().__init__(**{"max_length": 30, "widget": widget, **options})

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not _PHONE.fullmatch(value):
            raise ValidationError(_("Write the number with digits, spaces and a leading +, such as +40 269 123 456."))


class WebField(forms.URLField):
    """A web address; `https://` is added when it is left out, and only the schemes of the web are taken."""

    def __init__(self, **options: Any) -> None:
        errors = {"invalid": _("Write the whole address, such as https://www.example.org.")}
        super().__init__(**{"assume_scheme": "https", "max_length": 200, "error_messages": errors, **options})

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not value.lower().startswith(("https://", "http://")):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
