"""Fields and manners that the office's forms share: times by the wall clock, sentences of the rules at their field."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.uploads import UploadRefused
from events.enums import EventAudience
from events.models import Event
from events.rules.local_time import instant, local
from events.wording import moment, sentence
from members.forms.profile_fields import Versioned, say_choose
from members.models import Tag
from members.rules.errors import RuleError

MOMENTS = tuple(
    f"{day}{between}{hours}"
    for day in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y")
    for between in ("T", " ")
    for hours in ("%H:%M", "%H:%M:%S")
)
"""How a moment may be typed: as browsers send it, and as people here write it."""
YEARS = range(2000, 2101)
PLACES = {
    "ends_before_start": "ends_at",
    "session_ends_before_start": "ends_at",
    "session_outside_event": "starts_at",
    "sessions_outside": "ends_at",
    "new_date_is_past": "starts_at",
    "postponed_needs_date": "starts_at",
    "registration_closes_first": "closes_at",
    "registration_opens_too_late": "opens_at",
    "only_trainings_run_out": "valid_months",
    "capacity_below_taken": "capacity",
    "capacity_too_small": "capacity",
    "quotas_above_capacity": "capacity",
    "quotas_leave_too_few": "capacity",
    "quotas_need_capacity": "capacity",
    "title_needed": "title_ro",
    "name_needed": "full_name",
    "question_needs_text": "text_ro",
    "choice_needs_answers": "choices_ro",
    "choices_do_not_match": "choices_en",
    "question_answered_already": "kind",
    "reason_needed": "reason",
    "address_wrong": "addresses",
    "session_of_another_event": "session",
    "speaker_has_slides": "speakers",
}
"""Beside which field the sentence of a refusal stands, where the form has it."""


def refuse(form: forms.BaseForm, error: RuleError | UploadRefused) -> None:
    """Say on a form why it was not saved, at the field that has to be corrected."""
    if isinstance(error, UploadRefused):
        form.add_error("upload" if "upload" in form.fields else None, error.sentence)
        return
    place = PLACES.get(error.code, "")
    if error.code == "link_not_safe":
        place = next((name for name in ("online_link", "link") if name in form.fields), "")
    form.add_error(place if place in form.fields else None, sentence(error))


class WallClock(forms.DateTimeField):
    """A moment by the clock on the wall in Bucharest; one that does not exist or comes twice is refused with words."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        errors = {"invalid": _("Write a day and a time that exist, such as 24.07.2026 10:00.")}
        super().__init__(**{"widget": widget, "input_formats": MOMENTS, "error_messages": errors, **options})

    def prepare_value(self, value: Any) -> Any:
        return local(value) if isinstance(value, datetime) and value.tzinfo else value

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value if value.tzinfo else instant(value)
        wall = _typed(str(value).strip())
        if wall is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        if wall.year not in YEARS:
            raise ValidationError(_("Check the year of this day."), code="year")
        try:
            return instant(wall)
        except RuleError as error:
            raise ValidationError(sentence(error), code=error.code) from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(data) != initial)
        except ValidationError:
            return True


def _typed(text: str) -> datetime | None:
    for form in MOMENTS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  # the wall clock has no zone
        except ValueError:
            continue
    return None


def midnight_before(at: datetime) -> datetime:
    """The midnight at which the day of an instant begins in Bucharest."""
    return instant(datetime.combine(local(at).date(), time()))


def midnight_after(at: datetime) -> datetime:
    """The midnight at which the day of an instant ends in Bucharest."""
    return instant(datetime.combine(local(at).date() + timedelta(days=1), time()))


class SafeLink(forms.URLField):
    """A web address that is reached by https."""

    def __init__(self, **options: Any) -> None:
        errors = {"invalid": _("Write the whole address, such as https://www.example.org.")}
        super().__init__(**{"assume_scheme": "https", "max_length": 200, "error_messages": errors, **options})

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not value.startswith("https://"):
            raise ValidationError(sentence(RuleError("link_not_safe")), code="link_not_safe")


class Several(forms.MultipleChoiceField):
    """Boxes to tick, in the order of the choices."""

    def __init__(self, choices: Iterable[tuple[Any, Any]], **options: Any) -> None:
        super().__init__(
            choices=list(choices), **{"required": False, "widget": forms.CheckboxSelectMultiple, **options}
        )


class TagsField(forms.ModelMultipleChoiceField):
    """Words of the vocabulary, as boxes."""

    def __init__(self, **options: Any) -> None:
        words = Tag.objects.filter(scored=True, children__isnull=True).order_by("position", "pk")
        super().__init__(words, **{"required": False, "widget": forms.CheckboxSelectMultiple, **options})


class EventForm(Versioned, forms.ModelForm):
    """One section of an event; `instance` is what it shows, the action writes."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("version", self.instance.version)
        self.left: set[str] = set()
        """Fields that keep what is stored, whatever was sent."""
        say_choose(self)

    def keeps(self, name: str) -> bool:
        """Whether a field keeps what others wrote."""
        return name in self.left or self.data.get(self.add_prefix(f"keep-{name}")) == "theirs"

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in super().values().items() if name not in self.left}

    def answers(self) -> dict[str, Any]:
        """Everything that was filled in, be it a column or not."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version" and not self.keeps(name)}

    def seats(self) -> Any:
        """Seats and quotas, on the page that has them."""
        return None

    class Meta:
        model = Event
        fields: tuple[str, ...] = ()


def plain(value: Any) -> Any:
    """A value in a shape that can be compared: ids for rows, a sorted list for several, an instant in UTC."""
    if isinstance(value, QuerySet):
        return sorted(value.values_list("pk", flat=True))
    if isinstance(value, list | tuple | set):
        return sorted(getattr(one, "pk", one) for one in value)
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return getattr(value, "pk", value)


def in_words(field: forms.Field, value: Any) -> str:
    """A value as its reader sees it: labels of choices, moments by the wall clock; "" for nothing."""
    if isinstance(field, forms.BooleanField):
        return str(_("Yes") if value else _("No"))
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return str(date_format(value, "DATE_FORMAT"))
    if isinstance(field, forms.ModelMultipleChoiceField):
        rows = field.queryset
        return ", ".join(str(one) for one in rows.filter(pk__in=plain(value))) if rows is not None else ""
    labels = {}
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(code): str(label) for code, label in choices}
    if isinstance(value, list | tuple):
        return ", ".join(labels.get(str(one), str(one)) for one in value)
    return labels.get(str(value), str(value))


CIRCLES = {
    EventAudience.ROLES: "audience_roles",
    EventAudience.SIDES: "audience_sides",
    EventAudience.TAGS: "audience_tags",
}
"""The list that a kind of audience needs."""
