"""Forms of the parts of an event: sessions, speakers, questions to registrants, materials, invitees."""

from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster_portal.common.uploads import ACCEPTED
from events.actions.programme import edition_of
from events.enums import MaterialAccess
from events.forms.editing_fields import SafeLink, WallClock, refuse
from events.models import Event, Material, Question, Session, Speaker
from events.rules.windows import check_session
from members.forms.fields import Words
from members.forms.profile_fields import Versioned, say_choose
from members.models import Organisation
from members.models.membership import LISTED
from members.rules.errors import RuleError

MOST_ADDRESSES = 500


class PartForm(Versioned, forms.ModelForm):
    """One row of an event; its version is the newest line of its history."""

    extra: ClassVar[frozenset[str]] = frozenset()
    """Fields that the action takes apart from the values."""

    def __init__(self, *args: Any, event: Event | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.event = event
        say_choose(self)
        if self.instance.pk and not self.is_bound:
            self.initial.setdefault("version", edition_of(self.instance))

    def written(self) -> set[str]:
        return super().written() - self.extra


class SessionForm(PartForm):
    extra = frozenset({"speakers"})

    starts_at = WallClock(label=_("Starts at"))
    ends_at = WallClock(label=_("Ends at"))
    speakers = forms.ModelMultipleChoiceField(
        Speaker.objects.select_related("organisation"),
        label=_("Speakers"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    field_order = (
        *("title_ro", "title_en", "starts_at", "ends_at", "room"),
        *("speakers", "summary_ro", "summary_en"),
    )

    class Meta:
        model = Session
        fields = ("title_ro", "title_en", "starts_at", "ends_at", "room", "summary_ro", "summary_en")
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(
            ("title_ro", "title_en", "room", "summary_ro", "summary_en"), Words
        )
        widgets: ClassVar[dict[str, Any]] = {
            "summary_ro": forms.Textarea(attrs={"rows": 3, "lang": "ro"}),
            "summary_en": forms.Textarea(attrs={"rows": 3, "lang": "en"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk:
            self.initial["speakers"] = list(self.instance.talks.values_list("speaker", flat=True))
        elif self.event is not None:
            last = self.event.sessions.order_by("-ends_at").values_list("ends_at", flat=True).first()
            self.initial.setdefault("starts_at", last or self.event.starts_at)

    def speakers_in_order(self) -> list[int]:
        """Those who were there keep their order; who is new comes after them."""
        chosen = {speaker.pk for speaker in self.cleaned_data["speakers"]}
        before = [pk for pk in self.initial.get("speakers", []) if pk in chosen]
        return [*before, *sorted(chosen - set(before))]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and self.event is not None:
            try:
                check_session(starts, ends, self.event.starts_at, self.event.ends_at)
            except RuleError as error:
                refuse(self, error)
        return cleaned


class SpeakerForm(PartForm):
    class Meta:
        model = Speaker
        fields = (
            *("full_name", "organisation", "organisation_name", "post_ro", "post_en"),
            *("biography_ro", "biography_en"),
        )
        field_classes: ClassVar[dict[str, Any]] = dict.fromkeys(
            ("full_name", "organisation_name", "post_ro", "post_en", "biography_ro", "biography_en"), Words
        )
        widgets: ClassVar[dict[str, Any]] = {
            "biography_ro": forms.Textarea(attrs={"rows": 5, "lang": "ro"}),
            "biography_en": forms.Textarea(attrs={"rows": 5, "lang": "en"}),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisation"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = members(self.instance.organisation_id)


def members(also: int | None = None) -> Any:
    """The organisations that are members in good standing, and one that may have been."""
    rows = Organisation.objects.filter(Q(memberships__state__in=LISTED) | Q(pk=also)).distinct()
    return rows.order_by("legal_name")


class Lines(Words):
    """One entry a line, kept as a list."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "widget": forms.Textarea(attrs={"rows": 4}), **options})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return [line.strip() for line in super().clean(value).split("\n") if line.strip()]


class QuestionForm(PartForm):
    choices_ro = Lines(label=_("Answers in Romanian"), help_text=_("One a line, for a question with several answers."))
    choices_en = Lines(label=_("Answers in English"), help_text=_("The same answers in the same order."))
    field_order = ("kind", "text_ro", "text_en", "choices_ro", "choices_en", "required", "position")

    class Meta:
        model = Question
        fields = ("kind", "text_ro", "text_en", "choices_ro", "choices_en", "required", "position")
        field_classes: ClassVar[dict[str, Any]] = {"text_ro": Words, "text_en": Words}
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect}
        labels: ClassVar[dict[str, Any]] = {"position": _("Place in the list")}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ro, en = cleaned.get("choices_ro") or [], cleaned.get("choices_en") or []
        if cleaned.get("kind") != "choice":
            cleaned["choices_ro"], cleaned["choices_en"] = [], []
        elif len(ro) < 2:
            refuse(self, RuleError("choice_needs_answers"))
        elif en and len(en) != len(ro):
            refuse(self, RuleError("choices_do_not_match", {"ro": len(ro), "en": len(en)}))
        if any(len(line) > 120 for line in [*ro, *en]):
            self.add_error("choices_ro", _("An answer may have 120 characters. Shorten it."))
        return cleaned


class MaterialForm(PartForm):
    """Title, circle, and what it belongs to; the file or the link itself is never exchanged under a title."""

    class Meta:
        model = Material
        fields = ("title_ro", "title_en", "session", "speaker", "access", "position")
        field_classes: ClassVar[dict[str, Any]] = {"title_ro": Words, "title_en": Words}
        widgets: ClassVar[dict[str, Any]] = {"access": forms.RadioSelect}
        labels: ClassVar[dict[str, Any]] = {"position": _("Place in the list")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        session, speaker = self.fields["session"], self.fields["speaker"]
        assert isinstance(session, forms.ModelChoiceField)
        assert isinstance(speaker, forms.ModelChoiceField)
        session.queryset = Session.objects.filter(event=self.event)
        here = Speaker.objects.filter(Q(talks__session__event=self.event) | Q(pk=self.instance.speaker_id))
        speaker.queryset = here.distinct()
        self.fields["access"].initial = MaterialAccess.REGISTERED


class FileForm(MaterialForm):
    extra = frozenset({"upload"})
    field_order = ("upload", "title_ro", "title_en", "session", "speaker", "access", "position")

    upload = forms.FileField(
        label=pgettext_lazy("upload", "File"),
        help_text=_("PDF, picture, DOCX or XLSX, at most 15 MB. No classified information."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )


class LinkForm(MaterialForm):
    extra = frozenset({"link"})
    field_order = ("link", "title_ro", "title_en", "session", "speaker", "access", "position")

    link = SafeLink(label=_("Link"), help_text=_("To a recording or to slides that are elsewhere; it begins https://."))

    class Meta(MaterialForm.Meta):
        fields = MaterialForm.Meta.fields


class InviteForm(forms.Form):
    """Whom an event by invitation is open to: addresses as they are pasted, and members."""

    addresses = forms.CharField(
        label=_("E-mail addresses"),
        required=False,
        help_text=_("One a line, or with commas between them."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=40_000,
    )
    organisations = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Members"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["organisations"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = members()

    def clean_addresses(self) -> list[str]:
        words = self.cleaned_data["addresses"].replace(",", " ").replace(";", " ").split()
        if len(words) > MOST_ADDRESSES:
            raise forms.ValidationError(
                _("These are %(count)s addresses; add at most %(most)s at once."),
                params={"count": len(words), "most": MOST_ADDRESSES},
            )
        return list(dict.fromkeys(words))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned.get("addresses") and not cleaned.get("organisations"):
            self.add_error("addresses", _("Write an address or choose a member."))
        return cleaned
