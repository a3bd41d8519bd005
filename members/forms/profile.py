"""The sections of a profile that a member edits at once: texts, contact, classification, visibility, logo."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from members.enums import HelixRole, SizeClass, Visibility
from members.forms.fields import PhoneField, WebField, Words
from members.forms.profile_fields import Versioned, say_choose
from members.models import HelixSubtype, Organisation

SIZES = {SizeClass.MICRO: (0, 9), SizeClass.SMALL: (10, 49), SizeClass.MEDIUM: (50, 249), SizeClass.LARGE: (250, None)}
NO_SECRETS = _("No classified information, please: this portal must not hold any.")


class SectionForm(Versioned, forms.ModelForm):
    """One section of the profile; `instance` is what it shows, the action writes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("version", self.instance.version)
        say_choose(self)

    def seen(self) -> dict[str, Any]:
        """What the editor had before them in fields whose history is not kept."""
        return {}

    class Meta:
        model = Organisation
        fields: tuple[str, ...] = ()


class TextsForm(SectionForm):
    class Meta:
        model = Organisation
        fields = ("summary_ro", "summary_en", "description_ro", "description_en")
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(fields, Words)
        widgets: ClassVar[dict[str, Any]] = {
            "description_ro": forms.Textarea(attrs={"rows": 10, "lang": "ro"}),
            "description_en": forms.Textarea(attrs={"rows": 10, "lang": "en"}),
            "summary_ro": forms.Textarea(attrs={"rows": 2, "lang": "ro"}),
            "summary_en": forms.Textarea(attrs={"rows": 2, "lang": "en"}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "summary_ro": _("What you do and for whom; lists show it beside the name. At most 300 characters."),
            "summary_en": _("The same in English, again at most 300 characters."),
            "description_ro": NO_SECRETS,
            "description_en": NO_SECRETS,
        }


class ContactForm(SectionForm):
    class Meta:
        model = Organisation
        fields = ("website", "email", "phone")
        field_classes: ClassVar[dict[str, Any]] = {"website": WebField, "phone": PhoneField}
        help_texts: ClassVar[dict[str, Any]] = {
            "email": _("Of the organisation rather than of a person, such as office@…")
        }


class ClassificationForm(SectionForm):
    """Sub-type, place in the supply chain, sectors and size; the helix role itself is the office's to change."""

    sectors_seen = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Organisation
        fields = ("helix_subtype", "tier", "sectors", "size_class", "employees", "ownership")
        widgets: ClassVar[dict[str, Any]] = {"sectors": forms.CheckboxSelectMultiple}
        labels: ClassVar[dict[str, Any]] = {"size_class": _("Size class")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        subtype = self.fields["helix_subtype"]
        assert isinstance(subtype, forms.ModelChoiceField)
        subtype.queryset = HelixSubtype.objects.filter(role=self.instance.helix_role)
        if self.instance.helix_role != HelixRole.INDUSTRY and not self.instance.tier:
            del self.fields["tier"]
        if not self.is_bound:
            chosen = self.instance.sectors.values_list("pk", flat=True)
            self.initial["sectors_seen"] = ",".join(str(pk) for pk in sorted(chosen))

    def written(self) -> set[str]:
        return super().written() - {"sectors_seen"}

    def seen(self) -> dict[str, Any]:
        if "sectors_seen" not in self.data:
            return {}
        given = self.cleaned_data["sectors_seen"].split(",")
        return {"sectors": [int(pk) for pk in given if pk.isascii() and pk.isdigit()]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        employees, size = cleaned.get("employees"), cleaned.get("size_class")
        if employees is not None and size:
            least, most = SIZES[SizeClass(size)]
            if employees < least or (most is not None and employees > most):
                self.add_error(
                    "employees", _("This number does not belong to the size class chosen. Correct one of them.")
                )
        return cleaned


LEVELS = (
    (Visibility.PUBLIC, _("Everyone"), _("anybody on the internet, search engines included.")),
    (
        Visibility.MEMBERS,
        _("Members"),
        _("people who sign in for a member in good standing, the Board and the office."),
    ),
    (
        Visibility.CONTACT,
        _("Partners"),
        _("only members with whom an introduction was accepted by both sides, and the office."),
    ),
    (Visibility.OFFICE, _("Office"), _("only the cluster office and your own people.")),
)
"""What each level means, in words for the page."""


class VisibilityForm(SectionForm):
    """Who may see which group of fields."""

    class Meta:
        model = Organisation
        fields = (
            *("show_profile", "show_texts", "show_contact", "show_size"),
            *("show_people", "show_certificates", "show_registration"),
        )
        widgets: ClassVar[dict[str, Any]] = dict.fromkeys(fields, forms.RadioSelect)
        help_texts: ClassVar[dict[str, Any]] = {
            "show_profile": _(
                "The name, side, helix role and county of a member are in the public register whatever you choose here."
            ),
            "show_texts": _("One sentence and presentation in both languages, and the website."),
            "show_contact": _("Street, town and postcode of the seat, e-mail and telephone of the organisation."),
            "show_size": _("Number of employees, size class, ownership, sub-type and place in the supply chain."),
            "show_people": _("Names, positions, e-mail and telephone of the people that you list."),
            "show_certificates": _("Kind, number, issuer, validity, and the file."),
            "show_registration": _("Legal form, day of founding, tax number, trade register, EUID, LEI and NCAGE."),
        }


SECTIONS: dict[str, type[SectionForm]] = {
    "texts": TextsForm,
    "contact": ContactForm,
    "classification": ClassificationForm,
    "visibility": VisibilityForm,
}


class LogoForm(forms.Form):
    logo = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "PNG, JPEG or WebP, at most 2 MB and 6000 pixels a side. It is drawn anew: places, dates and other data "
            "that the camera or the program wrote into it are not kept."
        ),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.webp"}),
    )
