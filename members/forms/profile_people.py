"""Forms about who acts for a member and about what only the office changes: invitation, role, identity, objection."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from members.enums import AccessRole
from members.forms.fields import DayField, Words
from members.forms.profile_fields import say_choose
from members.models import Organisation
from members.rules.identity import IDENTITY_FIELDS


class InvitationForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("The invitation can be accepted only by an account with this address."),
    )
    full_name = Words(label=_("Full name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("Role"), choices=AccessRole, widget=forms.RadioSelect, initial="contributor")
    language = forms.ChoiceField(label=_("Language of the letter"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["language"].initial = get_language() or "ro"


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=AccessRole)


class IdentityForm(forms.ModelForm):
    """The identity as it should be, with the reason; what it says is checked by the action that asks the office."""

    reason = Words(
        label=_("Why it changes"),
        max_length=2000,
        help_text=_("Such as: moved, renamed by decision 3/2026. The office compares it with your papers."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Organisation
        fields = IDENTITY_FIELDS
        field_classes: ClassVar[dict[str, Any]] = {
            **dict.fromkeys(("legal_name", "short_name", "street", "locality", "postcode"), Words),
            "founded_on": DayField,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "county": _("In Romania only."),
            "tax_id": _("In Romania the CUI; elsewhere the VAT number with its prefix."),
            "helix_role": _("A sub-type of another role is taken off when the role changes."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_choose(self)

    def _post_clean(self) -> None:
        """Not the model's own checks: the office's decision is what changes the row."""

    def wanted(self) -> dict[str, str]:
        """IDENTITY_FIELDS as texts."""
        shown = {name: self.cleaned_data[name] for name in IDENTITY_FIELDS}
        texts = {name: "" if value is None else str(value) for name, value in shown.items()}
        form = self.cleaned_data["legal_form"]
        return {**texts, "legal_form": form.pk if form else ""}


class ObjectionForm(forms.Form):
    """One reasoned objection, for one of the members for which the reader speaks."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("On behalf of"))
    reasons = Words(
        label=_("Reasons"),
        max_length=4000,
        help_text=_("The cluster office and the Board read them; other members and the applicant do not."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )

    def __init__(self, *args: Any, members: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = members
        only = list(members[:2])
        if len(only) == 1:
            field.initial, field.widget = only[0], forms.HiddenInput()
