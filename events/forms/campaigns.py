"""A campaign of invitations as the office writes it: the words of the letter, and whom it is for."""

import uuid
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from events.forms.editing_fields import Several, TagsField
from events.models import Campaign
from events.queries.campaigns import PEOPLE
from events.rules.campaigns import NAMES, Audience
from events.wording import sentence
from members.enums import AccessRole, County, HelixRole, Side
from members.forms.fields import long_words
from members.models import Sector, Tag
from members.rules.errors import RuleError


class SectorsField(forms.ModelMultipleChoiceField):
    """Sectors of the cluster, as boxes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            Sector.objects.order_by("position"),
            **{"required": False, "widget": forms.CheckboxSelectMultiple, **options},
        )


class CampaignForm(forms.Form):
    """`campaign`: the draft that is edited; None for a new one."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    text_ro = long_words(
        _("Words in Romanian"),
        _("What the letter says before title, time, place and summary of the event; greeting and link are added."),
        rows=6,
    )
    text_en = long_words(_("Words in English"), _("Empty: people who read English get the Romanian words."), rows=6)
    people = Several(PEOPLE, label=_("People of members"), help_text=_("Whom of each member to invite."))
    roles = Several(HelixRole.choices, label=_("Helix roles"), help_text=_("None ticked: members of every role."))
    sides = Several(Side.choices, label=_("Sides"))
    sectors = SectorsField(label=_("Sectors"))
    tags = TagsField(label=_("Capabilities"), help_text=_("Members that offer or seek one of these."))
    counties = forms.MultipleChoiceField(
        label=_("Counties"),
        choices=County,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text=_("None chosen: the whole country and abroad."),
    )
    past_tags = TagsField(
        label=_("Took part in events about"),
        help_text=_(
            "Beside the members above: whoever had a place at an earlier event with one of these capabilities."
        ),
    )

    def __init__(self, *args: Any, campaign: Campaign | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text_en"].required = False
        if campaign is None:
            self.initial = {"key": uuid.uuid4(), "people": [AccessRole.REPRESENTATIVE.value], **self.initial}
            return
        kept = campaign.audience
        self.initial = {
            **{name: kept[name] for name in ("people", "roles", "sides", "counties")},
            "sectors": Sector.objects.filter(code__in=kept["sectors"]),
            "tags": Tag.objects.filter(code__in=kept["tags"]),
            "past_tags": Tag.objects.filter(code__in=kept["past_tags"]),
            "key": campaign.key,
            "text_ro": campaign.text_ro,
            "text_en": campaign.text_en,
        }

    @property
    def letter(self) -> list[forms.BoundField]:
        return [self["text_ro"], self["text_en"]]

    @property
    def members(self) -> list[forms.BoundField]:
        return [self[name] for name in NAMES if name not in {"past_tags", "tags"}]

    @property
    def words(self) -> dict[str, str]:
        return {"text_ro": self.cleaned_data["text_ro"], "text_en": self.cleaned_data["text_en"]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not set(NAMES) & set(self.errors):
            try:
                cleaned["audience"] = Audience(**{name: _codes(cleaned[name]) for name in NAMES})
            except RuleError as error:
                self.add_error("people", sentence(error))
        return cleaned


def _codes(values: Any) -> tuple[str, ...]:
    return tuple(one.code for one in values) if isinstance(values, QuerySet) else tuple(values)


class StartForm(forms.Form):
    """How many letters the person has agreed to."""

    letters = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
