"""Forms of the rows of a profile: a person in a function, a capability offered or sought, a certificate."""

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.common.uploads import ACCEPTED
from members.actions.profile_parts import edition_of
from members.enums import ControlClass, Direction
from members.forms.adhesion_file import TRL
from members.forms.fields import DayField, PhoneField, Words
from members.forms.profile import NO_SECRETS
from members.forms.profile_fields import Versioned, say_choose
from members.models import Capability, Certificate, Person


class PartForm(Versioned):
    """One row; its version is the newest line of its history."""

    extra: ClassVar[frozenset[str]] = frozenset()
    """Fields that the action takes apart from the values."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say_choose(self)
        row: Any = getattr(self, "instance")  # noqa: B009  # the model forms below have it
        if row.pk and not self.is_bound:
            self.initial.setdefault("version", edition_of(row))

    def written(self) -> set[str]:
        return super().written() - self.extra


class PersonForm(PartForm, forms.ModelForm):
    class Meta:
        model = Person
        fields = ("full_name", "role", "position", "email", "phone", "language", "starts_on", "ends_on")
        field_classes: ClassVar[dict[str, Any]] = {
            "full_name": Words,
            "position": Words,
            "phone": PhoneField,
            "starts_on": DayField,
            "ends_on": DayField,
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "role": _("A person with two functions stands in the list twice."),
            "ends_on": _("Leave it empty while the person holds the function."),
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The end lies before the beginning. Correct one of the days."))
        return cleaned


class CapabilityForm(PartForm, forms.ModelForm):
    """How an offer or a need is meant; its word was chosen before."""

    OFFERS_ONLY = ("references", "evidence", "control", "control_category", "control_group")

    trl = forms.TypedChoiceField(coerce=int, required=False, empty_value=None)
    weight = forms.TypedChoiceField(label=_("Weight"), coerce=int, widget=forms.RadioSelect)

    class Meta:
        model = Capability
        fields = (
            *("kind", "side", "trl", "weight", "references", "evidence", "note_ro", "note_en", "visibility"),
            *("expires_on", "control", "control_category", "control_group"),
        )
        field_classes: ClassVar[dict[str, Any]] = {
            **dict.fromkeys(("evidence", "note_ro", "note_en"), Words),
            "expires_on": DayField,
        }
        widgets: ClassVar[dict[str, Any]] = {
            "side": forms.RadioSelect,
            "visibility": forms.RadioSelect,
            "note_ro": forms.Textarea(attrs={"rows": 2, "lang": "ro"}),
            "note_en": forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        }
        labels: ClassVar[dict[str, Any]] = {"references": _("How many projects, patents or contracts prove it")}
        help_texts: ClassVar[dict[str, Any]] = {
            "evidence": _("One of them by name: a project, a contract, a certificate, a publication."),
            "note_ro": NO_SECRETS,
            "expires_on": _(
                "Leave it empty when it stands until you say otherwise. You are reminded two weeks before."
            ),
            "control": _(
                "Your own view under Regulation (EU) 2021/821, Annex I. The portal keeps it and never judges it; with "
                "“unsure” the compliance contact at the cluster office is told."
            ),
            "control_category": _("For an offer on the list: the digit of its control number, such as 3 in 3E001."),
            "control_group": _("The letter of the control number, such as E in 3E001."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = self.instance.direction == Direction.OFFERED
        trl, weight = self.fields["trl"], self.fields["weight"]
        assert isinstance(trl, forms.ChoiceField)
        assert isinstance(weight, forms.ChoiceField)
        trl.choices = [("", _("not stated") if offered else _("any")), *TRL]
        trl.label = _("Maturity (TRL)") if offered else _("Maturity at least (TRL)")
        weight.choices = [(2, _("Must: without it there is no match")), (1, _("Should: good to have"))]
        for name in ("weight",) if offered else self.OFFERS_ONLY:
            del self.fields[name]
        self.fields["side"].help_text = (
            _("For which side you can deliver it.") if offered else _("On which side you will use it.")
        )

    def clean_expires_on(self) -> Any:
        day = self.cleaned_data["expires_on"]
        if day and "expires_on" in self.changed_data and day < timezone.localdate():
            raise forms.ValidationError(_("This day is over. Choose one that is to come, or leave it empty."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "control" not in self.fields:
            return cleaned
        parts = ("control_category", "control_group")
        for name in parts:
            if cleaned.get("control") != ControlClass.DUAL_USE:
                cleaned[name] = ""
            elif not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("An offer on the dual-use list needs its category and its group."))
        return cleaned


class CertificateForm(PartForm, forms.ModelForm):
    extra = frozenset({"upload", "drop_file"})

    upload = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        required=False,
        help_text=_("PDF, picture, DOCX or XLSX, at most 15 MB. No classified information."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    drop_file = forms.BooleanField(label=_("Remove the present file"), required=False)

    class Meta:
        model = Certificate
        fields = ("kind", "title", "number", "issuer", "scope", "valid_from", "valid_until")
        field_classes: ClassVar[dict[str, Any]] = {
            **dict.fromkeys(("title", "number", "issuer", "scope"), Words),
            "valid_from": DayField,
            "valid_until": DayField,
        }
        help_texts: ClassVar[dict[str, Any]] = {"scope": _("What the certificate covers, as it is written on it.")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.instance.file:
            del self.fields["drop_file"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        begins, ends = cleaned.get("valid_from"), cleaned.get("valid_until")
        if begins and ends and ends < begins:
            self.add_error("valid_until", _("The end lies before the beginning. Correct one of the days."))
        if cleaned.get("kind") == "other" and not cleaned.get("title"):
            self.add_error("title", _("Write the name of the certificate."))
        return cleaned
