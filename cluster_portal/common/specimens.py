"""The example values of the style guide: every component in every state, invented throughout."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.messages import ERROR, INFO, SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.paginator import Paginator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.drawings import tiles
from cluster_portal.common.models import Written

FIELDS = (
    ("C", _("Chemical")),
    ("B", _("Biological")),
    ("R", _("Radiological")),
    ("N", _("Nuclear")),
    ("E", _("Explosives")),
)


class SpecimenForm(forms.Form):
    """One field of each kind that the portal uses."""

    name = forms.CharField(label=_("Name of the organisation"), help_text=_("As in the register."))
    kind = forms.ChoiceField(label=_("Helix role"), choices=[("", "—"), ("industry", _("Industry"))])
    text = forms.CharField(
        label=_("What do you contribute there?"),
        min_length=40,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Two or three sentences that a director can check. No classified information."),
    )
    issued_on = forms.DateField(label=_("Date of issue"), widget=forms.DateInput(attrs={"type": "date"}))
    staff = forms.IntegerField(label=_("Staff"), required=False, min_value=0)
    evidence = forms.FileField(label=_("One piece of evidence"), help_text=_("PDF, up to 10 MB."), required=False)
    side = forms.ChoiceField(
        label=_("Side"),
        choices=[("civil", _("Civil")), ("dual", _("Dual")), ("defence", _("Defence"))],
        widget=forms.RadioSelect,
    )
    seeks = forms.MultipleChoiceField(
        label=_("Looks for"),
        choices=[("joint", _("Joint development")), ("licence", _("Licence"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    declared = forms.BooleanField(
        label=_("I have read the statute and I accept it."), help_text=_("Version in force since 1 March 2025.")
    )


class WrongForm(SpecimenForm):
    """The same as it comes back, without the field that nothing can be wrong with."""

    seeks = None  # type: ignore[assignment]  # Django's way to leave a field out


def matrices() -> dict[str, Any]:
    """One table in the three kinds: counts, yes or no, checkboxes."""
    counts = {
        _("Detect"): ((9, 6), (5, 3), (4, 5), (2, 3), (3, 6)),
        _("Protect"): ((8, 9), (6, 5), (2, 3), (1, 1), (2, 8)),
        _("Decontaminate"): ((4, 5), (4, 4), (1, 3), (0, 2), (0, 0)),
    }

    def counted(name: object, pairs: tuple[tuple[int, int], ...]) -> tuple[object, list[dict[str, Any]]]:
        cells = [
            {"civil": left, "defence": right, "total": max(left, right) + min(left, right) // 2, "href": "#matrix"}
            for left, right in pairs
        ]
        return name, cells

    count = [counted(name, pairs) for name, pairs in counts.items()]
    count[0][1][0]["current"] = True
    plain = [
        (name, [{"civil": left > 3, "defence": right > 4} for left, right in pairs]) for name, pairs in counts.items()
    ]
    tick = [
        (name, [{"value": f"{index}-{place}", "checked": index == 0} for place in range(5)])
        for index, name in enumerate(counts)
    ]
    return {"columns": FIELDS, "count_rows": count, "plain_rows": plain, "tick_rows": tick}


def sayings() -> dict[str, Any]:
    """Counties, texts in one language, and what is said after an act."""
    return {
        "counties": [("SB", "Sibiu", 12, "#counties"), ("BV", "Brașov", 1, "#counties"), ("CJ", "Cluj", 0, "")],
        "no_counties": [(code, code, 0, "") for code in tiles()],
        "one_language": Written("Detectoare pentru ateliere.", "ro")
        if get_language() != "ro"
        else Written("Detectors for workshops.", "en"),
        "said": [
            Message(SUCCESS, str(_("The profile is saved."))),
            Message(INFO, str(_("Nothing was changed."))),
            Message(ERROR, str(_("The round closed before your ballot arrived."))),
        ],
    }


def specimens() -> dict[str, Any]:
    """The context of the style guide."""
    helix = (("industry", 22, 10, 14), ("university", 9, 7, 3), ("government", 2, 3, 9), ("catalyst", 5, 2, 1))
    return {
        **matrices(),
        **sayings(),
        "form": SpecimenForm(prefix="right"),
        "wrong_form": WrongForm({"wrong-name": "Atelierul Înălțimii SRL", "wrong-text": "Prea scurt"}, prefix="wrong"),
        "helix": [{"role": r, "label": "", "civil": c, "dual": u, "defence": d} for r, c, u, d in helix],
        "no_helix": [{"role": "funder", "label": _("Funder"), "civil": 0, "dual": 0, "defence": 0}],
        "page_of_many": Paginator(range(120), 12).get_page(4),
        "facts": [
            (_("Register"), "J00/0000/1998"),
            (_("Represented by"), "Mihnea Țuțuianu"),
            (_("Place"), "Iași, Nord-Est"),
            (_("Website"), ""),
        ],
        "steps": [
            {"label": _("Organisation"), "href": "#steps", "state": "done"},
            {"label": _("Representative"), "href": "#steps", "state": "wrong"},
            {"label": _("Role and side"), "href": "#steps", "state": "current"},
            {"label": _("Documents"), "href": "", "state": ""},
        ],
        "paragraphs": [
            _("Legal persons, established in Romania or abroad, may ask for adhesion."),
            _("The applicant shows a contribution in at least one field and one function."),
            _("The Board of Directors verifies the file and decides."),
        ],
        "log": [
            {"at": date(2026, 11, 20), "text": _("Round 1 was opened by written procedure"), "by": "Anghel Șerbănescu"},
            {"at": date(2026, 11, 5), "text": _("The file was declared complete"), "note": _("5 documents")},
        ],
        "tabs": [(_("Mine"), "#tabs", True), (_("All"), "#tabs-all", False)],
        "sides": [
            {"value": "civil", "label": _("Civil"), "count": 6, "checked": True},
            {"value": "dual", "label": _("Dual"), "count": 3, "checked": False},
            {"value": "defence", "label": _("Defence"), "count": 0, "checked": False},
        ],
        "seats_reached": ["cast", "cast", "cast", "cast", "you", "open", "open"],
        "seats_cast": ["you-cast", "open", "open", "open", "recused"],
        "seats_many": ["cast"] * 5 + ["open"] * 10,
        "rated": (0, 1, 3, 12, 9),
        "no_rating": (0, 0, 0, 0, 0),
        "none": None,
        "tally": [(_("For"), 3), (_("Against"), 0), (_("Abstain"), 1), (_("Open"), 3)],
        "checklist": [
            {"label": _("Trade register certificate"), "ok": True, "note": _("issued 31.08.2026")},
            {"label": _("Decision of the governing body"), "ok": False, "href": "#progress", "source": "art. 11 (3)"},
        ],
    }
