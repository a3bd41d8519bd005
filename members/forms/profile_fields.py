"""What the forms of a profile share besides their fields: which state of the profile they were opened on."""

from typing import Any

from django import forms

from members.forms.adhesion import NOTHING_CHOSEN


def say_choose(form: forms.BaseForm) -> None:
    """A list in which nothing is chosen yet says so, in place of a row of dashes; radio buttons have no dashes."""
    for field in form.fields.values():
        if isinstance(field, forms.ModelChoiceField):
            field.empty_label = None if field.empty_label is None else NOTHING_CHOSEN[1]
        elif isinstance(field, forms.ChoiceField):
            radio = isinstance(field.widget, forms.RadioSelect)
            choices: Any = field.choices
            choices = [(value, label) for value, label in choices if value != "" or not radio]
            field.choices = [NOTHING_CHOSEN if value == "" else (value, label) for value, label in choices]


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
