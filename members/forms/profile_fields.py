"""Fields that the profile's forms share: texts, telephone and web address as at adhesion, and the version."""

from typing import Any

from django import forms
from django.core.validators import URLValidator

from members.forms import adhesion


class WordsField(adhesion.Words):
    """The same text as at adhesion, with lines that end in one way and nothing after their last word."""

    def to_python(self, value: Any) -> str:
        lines = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return "\n".join(line.rstrip() for line in lines).strip()


class PhoneField(adhesion.PhoneField):
    """The same number as at adhesion; its length and widget are its own, whatever the column says."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{name: value for name, value in options.items() if name not in {"max_length", "widget"}})
        self.widget.attrs["autocomplete"] = "off"  # it is seldom the person who types


class WebField(forms.URLField):
    """A web address; `https://` is added when it is left out, other schemes are refused."""

    default_validators = [URLValidator(["http", "https"])]  # noqa: RUF012  # as Django's own fields have it

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})


class Versioned(forms.Form):
    """A form that knows which state of the thing it shows, so that nobody's text is lost in silence."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def seen_version(self) -> int:
        """The state that the form was opened on; 0, which asks about everything, when it does not say."""
        value = self.cleaned_data.get("version")
        return value if isinstance(value, int) else 0

    def values(self) -> dict[str, Any]:
        """What was filled in, without what only serves the form, and without fields that keep what others wrote."""
        kept = {name for name in self.fields if self.data.get(self.add_prefix(f"keep-{name}")) == "theirs"}
        return {name: value for name, value in self.cleaned_data.items() if name in self.written() - kept}

    def written(self) -> set[str]:
        """Names of the fields that are written to the profile."""
        return set(self.fields) - {"version"}

    def lock(self) -> None:
        """For readers who may not write: everything is shown, nothing can be typed."""
        for field in self.fields.values():
            field.disabled = True
