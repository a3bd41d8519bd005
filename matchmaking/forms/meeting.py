"""Forms of those who want to meet: expressing interest, answering, putting aside, telling how it goes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.enums import NotInterestedReason, StageName
from matchmaking.queries.between import Care
from matchmaking.wording import confirmation
from members.forms.fields import Words, long_words
from members.forms.profile import NO_SECRETS
from members.models import Organisation, Tag


class Confirmed(forms.Form):
    """Asks for the confirmation of export-control care where the meeting touches the dual-use list."""

    confirms = forms.BooleanField(label="")

    def __init__(self, *args: Any, mine: Organisation, theirs: str, care: Care, **options: Any) -> None:
        super().__init__(*args, **options)
        self.unsure = care.unsure
        if not care.touched:
            del self.fields["confirms"]
            return
        field = self.fields["confirms"]
        field.label = confirmation(mine.display_name, theirs)
        field.error_messages["required"] = _("Confirm this to go on, or ask the cluster office when you are unsure.")
        if care.offers:
            field.help_text = _("It touches: %(offers)s.") % {"offers": ", ".join(care.offers)}

    @property
    def confirms_now(self) -> bool:
        return bool(self.cleaned_data.get("confirms"))


class InterestForm(Confirmed):
    """A few words to another member."""

    message = long_words(
        _("What would you like to talk about?"),
        _("They read these words and the name of your organisation, no contacts."),
        rows=6,
        most=2000,
    )
    about = forms.ModelChoiceField(
        Tag.objects.none(),
        to_field_name="code",
        required=False,
        label=_("About"),
        empty_label=_("Nothing in particular"),
    )

    def __init__(self, *args: Any, words: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        about: Any = self.fields["about"]
        about.queryset = words
        self.fields["message"].help_text = f"{self.fields['message'].help_text} {NO_SECRETS}"
        self.order_fields(["message", "about", "confirms"])


class DeclineForm(forms.Form):
    """Why one says no; it may be left empty."""

    reason = Words(
        label=_("Reason"),
        required=False,
        max_length=500,
        help_text=_("For your colleagues and the cluster office. The other side never reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AsideForm(forms.Form):
    """Why a partner shall not stand in the list any more."""

    reason = forms.ChoiceField(choices=NotInterestedReason, label=_("Reason"), widget=forms.RadioSelect)
    note = Words(
        label=_("Note"),
        required=False,
        max_length=300,
        help_text=_("For your colleagues. The other side never reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class StageForm(forms.Form):
    """How far one side says that the two have come."""

    stage = forms.ChoiceField(choices=StageName, label=_("What has happened"), widget=forms.RadioSelect)
    note = Words(
        label=_("Note"),
        required=False,
        max_length=500,
        help_text=_("For your colleagues and the cluster office. To close it, write why."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("stage") == StageName.CLOSED and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Write why it is closed."))
        return cleaned
