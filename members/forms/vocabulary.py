"""Forms of the vocabulary desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members.actions.vocabulary import Naming
from members.forms.fields import Words
from members.forms.profile_fields import Versioned
from members.models import Tag
from members.rules.vocabulary import MOST_ALIASES

NAME, ALIAS = 160, 120


class WordField(forms.ModelChoiceField):
    """A word of the tree in use, chosen by name with its path; sent as its code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(Tag.objects.with_tree_fields().filter(active=True), to_field_name="code", **options)

    def label_from_instance(self, obj: Any) -> str:
        depth = getattr(obj, "tree_depth", 0)
        return "\N{NO-BREAK SPACE}" * 4 * depth + str(obj.name)


class NamingForm(Versioned):
    """A word in both languages, with its other words, one a line."""

    name_ro = Words(
        label=_("Name in Romanian"),
        max_length=NAME,
        widget=forms.TextInput(attrs={"lang": "ro", "autocomplete": "off"}),
    )
    name_en = Words(
        label=_("Name in English"), max_length=NAME, widget=forms.TextInput(attrs={"lang": "en", "autocomplete": "off"})
    )
    aliases = Words(
        label=_("Other words"),
        required=False,
        max_length=4000,
        help_text=_("One a line, in any language: whoever searches for them finds this word."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    scored = forms.BooleanField(
        label=_("Counts in matching"),
        required=False,
        initial=True,
        help_text=_("Without it, the word and all narrower ones only describe members."),
    )

    def clean_aliases(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip()]
        if len(lines) > MOST_ALIASES:
            raise forms.ValidationError(_("At most %(most)s other words.") % {"most": MOST_ALIASES})
        if long := next((line for line in lines if len(line) > ALIAS), ""):
            raise forms.ValidationError(_("“%(word)s…” is too long.") % {"word": long[:30]})
        return lines

    @property
    def naming(self) -> Naming:
        data = self.cleaned_data
        return Naming(data["name_ro"], data["name_en"], tuple(data["aliases"]), data["scored"])

    @staticmethod
    def shown(word: Tag) -> dict[str, Any]:
        """What the form of a word that is there begins with."""
        return {
            "version": word.version,
            "name_ro": word.name_ro,
            "name_en": word.name_en,
            "aliases": "\n".join(word.aliases),
            "scored": word.scored,
        }


class PlaceForm(Versioned):
    """Under which word a word stands."""

    under = WordField(label=_("Stands under"), empty_label=None)


class NewWordForm(NamingForm):
    """A word that is not there yet, and its place."""

    under = WordField(label=_("Stands under"), required=False, empty_label=_("none: a main branch"))
    field_order = ("under", "name_ro", "name_en", "aliases", "scored")


class HeirForm(forms.Form):
    """The word that takes the place of another."""

    into = WordField(label=_("Merge it into"), empty_label=_("Choose a word"))


class ListForm(forms.Form):
    """A table of words, as the desk gives it out."""

    MOST = 1024 * 1024

    upload = forms.FileField(
        label=pgettext_lazy("upload", "File"), widget=forms.FileInput(attrs={"accept": ".csv,text/csv"})
    )

    def clean_upload(self) -> str:
        upload = self.cleaned_data["upload"]
        if upload.size > self.MOST:
            raise forms.ValidationError(_("The file is larger than 1 MB. Bring in a part at a time."))
        try:
            text: str = upload.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise forms.ValidationError(_("The file is not in UTF-8. Save it as “CSV UTF-8”.")) from error
        if "\0" in text:
            raise forms.ValidationError(_("The file is not in UTF-8. Save it as “CSV UTF-8”."))
        return text


class SuggestForm(forms.Form):
    """A word that a member misses."""

    name = Words(label=_("The word that is missing"), max_length=120)
    note = Words(
        label=_("What you mean by it"),
        required=False,
        max_length=500,
        help_text=_("A sentence helps the office to find its place. No classified information."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PromoteForm(NewWordForm):
    """A suggestion that becomes a word: it stands below another one."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        under = self.fields["under"]
        assert isinstance(under, forms.ModelChoiceField)
        under.required, under.empty_label = True, str(_("Choose a word"))


class MeantForm(forms.Form):
    """The word that means what a member suggested."""

    word = WordField(label=_("The word that means it"), empty_label=_("Choose a word"))


class DeclineForm(forms.Form):
    """Why a suggestion is not taken up."""

    answer = Words(
        label=_("Answer"),
        max_length=500,
        help_text=_("Who asked reads it in a letter."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
