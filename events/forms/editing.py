"""The sections of an event that the office edits: texts, time and place, audience, seats, registration."""

import uuid
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from events.actions.places import Seats
from events.enums import EventAudience, EventKind, EventState, Mode, Spoken
from events.forms.editing_fields import (
    CIRCLES,
    EventForm,
    SafeLink,
    Several,
    TagsField,
    WallClock,
    midnight_after,
    midnight_before,
    refuse,
)
from events.rules.windows import check_times, check_window
from events.wording import sentence
from members.enums import HelixRole, Side
from members.forms.fields import Words
from members.forms.profile import NO_SECRETS
from members.rules.errors import RuleError

ALL_DAY = _("For events of several days: calendars show days instead of hours. The last day is included.")


class Times(forms.Form):
    """Start, end and whole days: the end after the start, whole days from midnight to midnight."""

    starts_at = WallClock(label=_("Starts at"))
    ends_at = WallClock(label=_("Ends at"))
    all_day = forms.BooleanField(label=_("Whole days"), required=False, help_text=ALL_DAY)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if not starts or not ends:
            return cleaned
        if cleaned.get("all_day"):
            starts, ends = midnight_before(starts), midnight_after(ends)
            cleaned["starts_at"], cleaned["ends_at"] = starts, ends
        try:
            check_times(starts, ends)
        except RuleError as error:
            self.add_error("ends_at", sentence(error))
        return cleaned


class NewEventForm(Times):
    """What an event begins with; everything else follows on its own pages."""

    field_order = ("kind", "title_ro", "title_en", "starts_at", "ends_at", "all_day")

    key = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind, initial=EventKind.SEMINAR)
    title_ro = Words(label=_("Title in Romanian"), max_length=160)
    title_en = Words(label=_("Title in English"), max_length=160, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("key", uuid.uuid4())


class TextsForm(EventForm):
    languages = Several(Spoken.choices, label=_("Languages spoken"))
    tags = TagsField(label=_("Capabilities"), help_text=_("What it is about; people find it and follow it by these."))

    class Meta(EventForm.Meta):
        fields = (
            *("kind", "valid_months", "title_ro", "title_en", "summary_ro", "summary_en"),
            *("description_ro", "description_en", "languages", "tags", "contact_name", "contact_email"),
        )
        field_classes: ClassVar[dict[str, Any]] = {
            f"{name}_{code}": Words for name in ("title", "summary", "description") for code in ("ro", "en")
        } | {"contact_name": Words}
        widgets: ClassVar[dict[str, Any]] = {
            f"{name}_{code}": forms.Textarea(attrs={"rows": rows, "lang": code})
            for name, rows in (("summary", 2), ("description", 10))
            for code in ("ro", "en")
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "summary_ro": _("One sentence for lists and letters. At most 300 characters."),
            "summary_en": _("The same in English, again at most 300 characters."),
            "description_ro": NO_SECRETS,
            "description_en": NO_SECRETS,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("valid_months") is not None and cleaned.get("kind") != EventKind.TRAINING:
            self.add_error("valid_months", sentence(RuleError("only_trainings_run_out")))
        return cleaned


class PlaceForm(Times, EventForm):
    field_order = ("starts_at", "ends_at", "all_day", "mode", "place_name", "place_address", "online_link")

    class Meta(EventForm.Meta):
        fields = ("starts_at", "ends_at", "all_day", "mode", "place_name", "place_address", "online_link")
        field_classes: ClassVar[dict[str, Any]] = {
            "place_name": Words,
            "place_address": Words,
            "online_link": SafeLink,
        }
        widgets: ClassVar[dict[str, Any]] = {"mode": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.all_day:  # the last day itself, not the midnight after it
            self.initial["ends_at"] = self.instance.ends_at - timedelta(minutes=1)
        if self.instance.state == EventState.POSTPONED:
            for name in ("starts_at", "ends_at", "all_day"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        mode = cleaned.get("mode")
        if self.instance.state == EventState.DRAFT or not mode:
            return cleaned
        if mode != Mode.ONLINE and not cleaned.get("place_name") and "place_name" not in self.errors:
            self.add_error("place_name", _("An announced event on site has its place."))
        if mode != Mode.ON_SITE and not cleaned.get("online_link") and "online_link" not in self.errors:
            self.add_error("online_link", _("An announced event online has its link."))
        return cleaned


class AudienceForm(EventForm):
    audience_roles = Several(HelixRole.choices, label=_("Helix roles"))
    audience_sides = Several(Side.choices, label=_("Sides"))
    audience_tags = TagsField(
        label=_("Capabilities of those invited"), help_text=_("Members that offer or seek one of these.")
    )

    class Meta(EventForm.Meta):
        fields = ("audience", "audience_roles", "audience_sides", "audience_tags")
        widgets: ClassVar[dict[str, Any]] = {"audience": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needed = CIRCLES.get(EventAudience(cleaned["audience"])) if cleaned.get("audience") else None
        if needed and not cleaned.get(needed):
            self.add_error(needed, _("Choose at least one, or another audience."))
        return cleaned


class SeatsForm(EventForm):
    """Seats, and how many of them are kept for each side or helix role; empty fields keep none."""

    class Meta(EventForm.Meta):
        fields = ("capacity", "list_order", "offer_hours")
        widgets: ClassVar[dict[str, Any]] = {"list_order": forms.RadioSelect}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        quotas = {(q.side, q.helix_role): q for q in self.instance.quotas.all()} if self.instance.pk else {}
        self.quota_names: dict[str, tuple[str, str]] = {}
        self.taken: dict[str, int] = {}
        for side, role, label in [
            *((side.value, "", side.label) for side in Side),
            *(("", role.value, role.label) for role in HelixRole),
        ]:
            name = f"quota_{side or role}"
            known = quotas.get((side, role))
            self.fields[name] = forms.IntegerField(label=label, required=False, min_value=1, max_value=100_000)
            self.initial[name] = known.seats if known else None
            self.quota_names[name] = (side, role)
            self.taken[name] = known.taken if known else 0

    @property
    def quota_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.quota_names]

    def written(self) -> set[str]:
        return super().written() - {"capacity", *self.quota_names}

    def seats(self) -> Seats:
        """What the fields say; a field that keeps what others wrote says that."""

        def value(name: str) -> Any:
            kept = self.get_initial_for_field(self.fields[name], name)
            return kept if self.keeps(name) else self.cleaned_data.get(name)

        quotas = tuple((*who, value(name)) for name, who in self.quota_names.items() if value(name))
        return Seats(value("capacity"), quotas)

    def clean(self) -> dict[str, Any]:
        """The sentences of the rules at the fields that have to be corrected."""
        cleaned = super().clean() or self.cleaned_data
        capacity, taken = cleaned.get("capacity"), self.instance.taken
        kept = sum(cleaned.get(name) or 0 for name in self.quota_names)
        if capacity is not None and capacity < taken:
            refuse(self, RuleError("capacity_below_taken", {"taken": taken, "capacity": capacity}))
        elif capacity is None and kept and "capacity" not in self.errors:
            refuse(self, RuleError("quotas_need_capacity", {"kept": kept}))
        elif capacity is not None and kept > capacity:
            refuse(self, RuleError("quotas_above_capacity", {"kept": kept, "capacity": capacity}))
        return cleaned


class RegistrationForm(EventForm):
    opens_at = WallClock(label=_("Registration opens at"), required=False, help_text=_("Empty: once it is published."))
    closes_at = WallClock(label=_("Registration closes at"), required=False, help_text=_("Empty: when it begins."))

    class Meta(EventForm.Meta):
        fields = ("opens_at", "closes_at", "approval_required", "guests_allowed")
        help_texts: ClassVar[dict[str, Any]] = {"guests_allowed": _("Only where the event is for everyone.")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if {"opens_at", "closes_at"} & set(self.errors):
            return cleaned
        try:
            check_window(cleaned.get("opens_at"), cleaned.get("closes_at"), self.instance.ends_at)
        except RuleError as error:
            refuse(self, error)
        return cleaned


SECTIONS: dict[str, type[EventForm]] = {
    "texts": TextsForm,
    "place": PlaceForm,
    "audience": AudienceForm,
    "seats": SeatsForm,
    "registration": RegistrationForm,
}
