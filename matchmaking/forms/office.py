"""Forms of the office when it brokers: two members, and what each reads about the other."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matchmaking.actions.proposals import SHARED, Proposed
from matchmaking.queries.office import items_of, taking_part
from members.forms.fields import long_words
from members.models import Capability, Organisation


class PairForm(forms.Form):
    """Two members; the second may be left open, to be shown whom the first could meet."""

    member = forms.ModelChoiceField(
        Organisation.objects.none(), to_field_name="slug", label=_("Member"), empty_label=_("Choose a member")
    )
    partner = forms.ModelChoiceField(
        Organisation.objects.none(),
        to_field_name="slug",
        required=False,
        label=_("Partner"),
        empty_label=_("Show whom it could meet"),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("member", "partner"):
            field: Any = self.fields[name]
            field.queryset = taking_part()
            field.label_from_instance = lambda row: row.display_name


class Item(forms.ModelChoiceField):
    """An offer or a need of a member, with who sees it."""

    def label_from_instance(self, obj: Any) -> str:
        hidden = "" if obj.visibility in SHARED else f" ({obj.get_visibility_display()})"
        return f"{obj.get_direction_display()}: {obj.tag}{hidden}"


class ProposeForm(forms.Form):
    """For each side: what it is about, whether the other reads its name, and the words that the other reads."""

    def __init__(self, *args: Any, one: Organisation, other: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        self.members = {"one": one, "other": other}
        for prefix, side, reader in (("one", one, other), ("other", other, one)):
            names = {"side": side.display_name, "reader": reader.display_name}
            self.fields[f"{prefix}_words"] = long_words(
                _("What %(reader)s reads about %(side)s") % names,
                _("In the words of the office. Without the name, its sites and addresses when it is to stay unknown."),
                rows=4,
                most=2000,
            )
            item = Item(
                items_of(side),
                required=False,
                label=_("It is about this item of %(side)s") % names,
                empty_label=_("Nothing in particular"),
                help_text=_("An item that is not for all members keeps the name of its owner unknown."),
            )
            self.fields[f"{prefix}_item"] = item
            self.fields[f"{prefix}_named"] = forms.BooleanField(
                required=False, initial=True, label=_("%(reader)s reads the name of %(side)s") % names
            )

    @property
    def sides(self) -> tuple[Proposed, Proposed]:
        one, other = (self._side(prefix) for prefix in ("one", "other"))
        return one, other

    def _side(self, prefix: str) -> Proposed:
        item: Capability | None = self.cleaned_data[f"{prefix}_item"]
        return Proposed(
            member=self.members[prefix].pk,
            words=self.cleaned_data[f"{prefix}_words"],
            named=self.cleaned_data[f"{prefix}_named"],
            item=item.pk if item else None,
        )
