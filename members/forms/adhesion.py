"""Forms of the adhesion steps: the organisation and its representatives. A draft may lack things, never be wrong."""

import re
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from members.enums import County, Ownership
from members.forms.fields import DayField, PhoneField, WebField, Words
from members.models import AdhesionRequest, LegalForm
from members.queries.drafts import DELEGATE, PERSON
from members.rules.errors import Remark, RuleError
from members.rules.identifiers import (
    EU,
    check_cui,
    check_euid,
    check_lei,
    check_ncage,
    check_trade_register,
    check_vat,
    looks_like_cnp,
)
from members.wording import sentence

NOTHING_CHOSEN = ("", _("Choose"))
_POSTCODE = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z -]{0,9}[0-9A-Za-z])?")


class StepForm(forms.Form):
    """One step. Nothing is required while it is a draft; `asked` fields are those that the file needs in the end."""

    asked: Collection[str] = ()
    _errors: Any  # Django fills it in `full_clean`
    use_required_attribute = False

    def __init__(self, *args: Any, request: AdhesionRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self._show_asked()

    def full_clean(self) -> None:
        for field in self.fields.values():
            field.required = False
        super().full_clean()
        self._show_asked()
        if self._errors:  # what is wrong is told in the order of the page
            found = self._errors
            order = [name for name in ("__all__", *self.fields) if name in found]
            self._errors = type(found)({name: found[name] for name in order})

    def _show_asked(self) -> None:
        """Fields that are not asked for carry the word "optional"."""
        for name, field in self.fields.items():
            field.required = name in self.asked

    def good_values(self) -> dict[str, Any]:
        """What can be saved: everything but the fields that are wrong."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.data_names()}

    def data_names(self) -> Collection[str]:
        """The fields that this form writes."""
        return self.fields

    def in_words(self, name: str, value: Any) -> str:
        """A value as its reader sees it: the labels of choices, the days as days."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            labels = _labels(field.choices)
            chosen = value if isinstance(value, list | tuple) else [value]
            return ", ".join(labels.get(str(one), str(one)) for one in chosen if one not in ("", None))
        if isinstance(value, bool):
            return str(_("ticked") if value else _("not ticked"))
        if isinstance(value, date):
            return value.strftime("%d.%m.%Y")
        return "" if value is None else str(value)

    def check(self, name: str, rule: Callable[[str], str]) -> None:
        """Let a rule of the statute look at a field that is filled in; its sentence becomes the field's error."""
        text = self.cleaned_data.get(name)
        if not text:
            return
        try:
            self.cleaned_data[name] = rule(text)
        except RuleError as error:
            self.add_error(name, sentence(error))


def _labels(choices: Any) -> dict[str, str]:
    """Value -> label, through groups."""
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            found |= _labels(label)
        else:
            found[str(value)] = str(label)
    return found


class OrganisationForm(StepForm):
    """Name, form, numbers and seat."""

    asked = ("legal_name", "legal_form", "country", "street", "locality", "county", "tax_id")

    legal_name = Words(
        label=_("Legal name"), max_length=250, help_text=_("In full, as printed on the certificate of registration.")
    )
    short_name = Words(label=_("Short name"), max_length=60, help_text=_("As people call the organisation."))
    legal_form = forms.ChoiceField(label=_("Legal form"))
    country = forms.ChoiceField(label=_("Country of the seat"))
    tax_id = forms.CharField(
        label=_("Tax number"),
        max_length=60,
        help_text=_("In Romania the CUI/CIF, with or without RO. Abroad the EU VAT number with its country prefix."),
    )
    trade_register = forms.CharField(
        label=_("Trade register number"),
        max_length=60,
        help_text=_("Such as J32/1234/2001, if you are entered in the Romanian trade register."),
    )
    euid = forms.CharField(label="EUID", max_length=60, help_text=_("If you have no EU VAT number."))
    lei = forms.CharField(label="LEI", max_length=60, help_text=_("If you have neither of the two."))
    ncage = forms.CharField(
        label="NCAGE", max_length=60, help_text=_("Five characters; the NATO code of your organisation, if it has one.")
    )
    founded_on = DayField(label=_("Founded on"))
    street = Words(label=_("Street and number"), max_length=200)
    locality = Words(label=_("Town or village"), max_length=120)
    county = forms.ChoiceField(label=_("County"), choices=[NOTHING_CHOSEN, *County.choices])
    postcode = forms.CharField(label=_("Postcode"), max_length=12)
    website = WebField(label=_("Website"))
    email = forms.EmailField(label=_("E-mail of the organisation"))
    phone = PhoneField(label=_("Telephone"))
    employees = forms.IntegerField(
        label=_("Employees"), min_value=0, max_value=5_000_000, help_text=_("At the end of the last year.")
    )
    ownership = forms.ChoiceField(label=_("Ownership"), choices=[NOTHING_CHOSEN, *Ownership.choices])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer("country", [NOTHING_CHOSEN, *countries])
        self._offer("legal_form", [NOTHING_CHOSEN, *((one.code, one.name) for one in LegalForm.objects.all())])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        country = self.cleaned_data.get("country") or ""
        romanian = country == "RO"
        if romanian:
            self.check("tax_id", check_cui)
            self.check("trade_register", check_trade_register)
        elif country in EU:
            self.check("tax_id", lambda text: check_vat(text, country))
        elif looks_like_cnp(self.cleaned_data.get("tax_id") or ""):
            self.add_error("tax_id", sentence(Remark("text_holds_cnp")))
        elif len(self.cleaned_data.get("tax_id") or "") > 30:
            self.add_error("tax_id", _("A tax number has at most 30 characters."))
        self.check("euid", check_euid)
        self.check("lei", check_lei)
        self.check("ncage", lambda text: check_ncage(text, country))
        if len(self.cleaned_data.get("ncage") or "") > 5:
            self.add_error("ncage", _("An NCAGE code has five characters."))
        self._check_place(romanian=romanian)
        return self.cleaned_data

    def _check_place(self, *, romanian: bool) -> None:
        postcode = " ".join((self.cleaned_data.get("postcode") or "").split())
        if romanian and postcode and not re.fullmatch(r"[0-9]{6}", postcode):
            self.add_error("postcode", _("A Romanian postcode has six digits, such as 550024."))
        elif postcode and not _POSTCODE.fullmatch(postcode):
            self.add_error("postcode", _("A postcode has letters and digits only."))
        founded = self.cleaned_data.get("founded_on")
        if founded and founded > timezone.localdate():
            self.add_error("founded_on", _("This day lies in the future. Write the day of founding."))


class RepresentativeForm(StepForm):
    """Who binds the organisation, and who stands for it in the cluster."""

    asked = ("full_name", "email")

    full_name = Words(label=_("Full name"), max_length=150)
    position = Words(label=_("Position"), max_length=120, help_text=_("Such as director general, rector, mayor."))
    email = forms.EmailField(label=_("E-mail"))
    phone = PhoneField(label=_("Telephone"))
    language = forms.ChoiceField(label=_("Language"), choices=[("ro", "Română"), ("en", "English")])
    delegate_full_name = Words(label=_("Full name"), max_length=150)
    delegate_position = Words(label=_("Position"), max_length=120)
    delegate_email = forms.EmailField(label=_("E-mail"))
    delegate_phone = PhoneField(label=_("Telephone"))
    delegate_language = forms.ChoiceField(label=_("Language"), choices=[("ro", "Română"), ("en", "English")])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("full_name", "email", "phone"):
            self.fields[name].widget.attrs["autocomplete"] = "off"  # it is seldom the person who types

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        if any(values.get(DELEGATE + name) for name in PERSON[1:4]) and not values.get(f"{DELEGATE}full_name"):
            self.add_error(f"{DELEGATE}full_name", _("Write the name of the person to whom these data belong."))
        if any(values.get(name) for name in PERSON[1:4]) and not values.get("full_name"):
            self.add_error("full_name", _("Write the name of the person to whom these data belong."))
        return values
