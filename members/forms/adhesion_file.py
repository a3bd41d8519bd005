"""Forms of the adhesion steps: role and membership, contribution, documents, declarations, and the appeal."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.common.uploads import ACCEPTED, CheckedFile, UploadRefused, check_document
from members.enums import HelixRole, Side, Tier
from members.forms.adhesion import NOTHING_CHOSEN, StepForm
from members.forms.fields import DayField, Words, long_words
from members.models import DocumentType, HelixSubtype, MembershipType, Organisation, Sector
from members.models.capability import MOST_OFFERS
from members.queries.contributions import words_to_choose
from members.queries.drafts import declarations_asked, sponsor_called
from members.queries.statute import statute_of
from members.rules.statute import StatuteRules

TRL = [
    ("1", _("1 · basic principles observed")),
    ("2", _("2 · technology concept formulated")),
    ("3", _("3 · experimental proof of concept")),
    ("4", _("4 · validated in the laboratory")),
    ("5", _("5 · validated in a relevant environment")),
    ("6", _("6 · demonstrated in a relevant environment")),
    ("7", _("7 · prototype demonstrated in operation")),
    ("8", _("8 · system complete and qualified")),
    ("9", _("9 · proven in operation")),
]
LONGEST_LIST = 20


class SponsorsField(forms.CharField):
    """Names of members, one a line; cleaned to their ids."""

    def __init__(self, *, types: Iterable[str], **options: Any) -> None:
        self.types = list(types)
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), **options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            rows = Organisation.objects.in_bulk(value)
            return "\n".join(rows[pk].legal_name for pk in value if pk in rows)
        return value

    def clean(self, value: Any) -> Any:
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        if len(lines) > LONGEST_LIST:
            raise forms.ValidationError(_("Name at most twenty members."))
        found: list[int] = []
        for line in lines:
            rows = sponsor_called(line, self.types)
            if len(rows) != 1:
                raise forms.ValidationError(
                    _("“%(name)s” is not the name of one member that may recommend you. Copy it from the directory."),
                    params={"name": line[:80]},
                )
            found.append(rows[0].pk)
        return sorted(set(found))


class RoleForm(StepForm):
    """What the organisation is within the cluster, and which membership it asks for."""

    asked = ("helix_role", "side", "membership_type", "sponsors")

    helix_role = forms.ChoiceField(label=_("Helix role"), choices=HelixRole.choices, widget=forms.RadioSelect)
    helix_subtype = forms.ChoiceField(label=_("Sub-type"))
    side = forms.ChoiceField(
        label=_("Side"),
        choices=Side.choices,
        widget=forms.RadioSelect,
        help_text=_("Dual: what you do serves civil and defence purposes alike."),
    )
    tier = forms.ChoiceField(
        label=_("Place in the supply chain"),
        choices=[NOTHING_CHOSEN, *Tier.choices],
        help_text=_("For industry: how far from the final product."),
    )
    sectors = forms.MultipleChoiceField(label=_("Sectors"), widget=forms.CheckboxSelectMultiple)
    membership_type = forms.ChoiceField(label=_("Membership you ask for"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rules = statute_of(self.request).parameters
        subtypes = list(HelixSubtype.objects.all())
        groups = [
            (label, [(one.code, one.name) for one in subtypes if one.role == role]) for role, label in HelixRole.choices
        ]
        self._offer("helix_subtype", [NOTHING_CHOSEN, *[group for group in groups if group[1]]])
        self._offer("sectors", [(one.code, one.name) for one in Sector.objects.all()])
        self._offer("membership_type", _types_on_offer(rules))
        if rules.eligibility.sponsor_count:
            self.fields["sponsors"] = SponsorsField(
                label=_("Members who recommend you"),
                types=rules.eligibility.sponsor_types,
                help_text=_("Their names as in the directory, one a line. The statute asks for %(count)s.")
                % {"count": rules.eligibility.sponsor_count},
            )
            self._show_asked()
            self.initial.setdefault("sponsors", [])

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        role, subtype = self.cleaned_data.get("helix_role"), self.cleaned_data.get("helix_subtype")
        if role and subtype and not HelixSubtype.objects.filter(code=subtype, role=role).exists():
            self.add_error(
                "helix_subtype", _("This sub-type belongs to another helix role. Choose one of your role, or none.")
            )
        return self.cleaned_data


def _types_on_offer(rules: StatuteRules) -> list[tuple[str, str]]:
    """The types that are obtained by a decision, each with what it allows."""
    names = {one.code: one.name for one in MembershipType.objects.all()}
    votes = {
        "full": _("with a vote in the general assembly"),
        "consultative": _("with a consultative vote"),
        "none": _("without a vote"),
    }
    return [
        (kind.code, f"{names.get(kind.code, kind.code)}, {votes[kind.vote]}")
        for kind in rules.membership_types
        if kind.obtained == "decision"
    ]


class EvidenceForm(StepForm):
    """Where the organisation contributes, what proves it, and why it wishes to join."""

    asked: Collection[str] = ("cells", "contribution")

    cells = forms.MultipleChoiceField(label=_("Where do you contribute?"))
    contribution = long_words(
        _("What do you contribute there?"),
        _("Two or three sentences that a director can check against the evidence. No classified information."),
    )
    evidence = Words(
        label=_("One piece of evidence"),
        max_length=300,
        help_text=_(
            "A contract, patent, certificate or test report, with its number and year. No classified information."
        ),
    )
    trl = forms.TypedChoiceField(
        label=_("Maturity of what you offer (TRL)"), choices=[NOTHING_CHOSEN, *TRL], coerce=int, empty_value=None
    )
    motive = long_words(_("Why do you wish to join?"), _("What you expect of the cluster and of its members."), rows=4)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words_to_choose()
        field = self.fields["cells"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.code, one.name) for one in self.words]
        if statute_of(self.request).parameters.eligibility.field_evidence_required:
            self.asked = ("cells", "contribution", "evidence")
            self._show_asked()

    @property
    def ticked(self) -> set[str]:
        """The words that are ticked on the page."""
        return set(self["cells"].value() or [])

    def clean_cells(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["cells"]
        if len(chosen) > MOST_OFFERS:
            raise forms.ValidationError(_("Choose at most %(most)s, those that matter most.") % {"most": MOST_OFFERS})
        return chosen

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        nothing = "cells" in values and not values["cells"]
        if nothing and values.get("evidence"):
            self.add_error("evidence", _("Choose first, above, to what this belongs; then it can be saved."))
        if nothing and values.get("trl"):
            self.add_error("trl", _("Choose first, above, to what this belongs; then it can be saved."))
        return values


class DocumentForm(forms.Form):
    """One document: the file and the days printed on it. `received` is the file, looked through."""

    use_required_attribute = False

    file = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty. Choose it again.")},
    )
    issued_on = DayField(label=_("Date of issue"), required=False)
    expires_on = DayField(label=_("Valid until"), required=False)

    def __init__(self, *args: Any, kind: DocumentType, needs_file: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "prefix": kind.code})
        self.kind = kind
        self.received: CheckedFile | None = None
        self.fields["file"].required = needs_file

    def clean_file(self) -> Any:
        upload = self.cleaned_data.get("file")
        if upload is None:
            return None
        try:
            self.received = check_document(upload)
        except UploadRefused as refused:
            raise forms.ValidationError(refused.sentence, code=refused.code) from refused
        return upload

    def clean(self) -> dict[str, Any]:
        values = self.cleaned_data
        today = timezone.localdate()
        issued, expires = values.get("issued_on"), values.get("expires_on")
        if issued and issued > today:
            self.add_error("issued_on", _("This day lies in the future. Write the day printed on the document."))
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("This day lies before the date of issue. Compare both with the document."))
        return values


class DeclarationsForm(StepForm):
    """The declarations of the statute, each with its whole text in the reader's language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.declarations = declarations_asked(self.request)
        for one in self.declarations:
            self.fields[one.code] = forms.BooleanField(label=_("I declare this on behalf of the organisation"))
        self.asked = [one.code for one in self.declarations]
        self._show_asked()

    def lines(self) -> list[tuple[Any, Any]]:
        """Each declaration with its box."""
        return [(one, self[one.code]) for one in self.declarations]

    def data_names(self) -> Collection[str]:
        return [one.code for one in self.declarations]


class AppealForm(forms.Form):
    """Why a rejection is contested."""

    reasons = long_words(
        _("Reasons of the appeal"),
        _("What the Board did not know or did not weigh. No classified information."),
        rows=8,
    )
