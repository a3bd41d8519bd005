"""Forms of those who register: oneself, colleagues, a guest; their answers, and what they thought afterwards."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from events.actions.registering import MOST_AT_ONCE, Person
from events.enums import QuestionKind
from events.models import Question, Registration
from members.forms.fields import Words
from members.models import Organisation

QUESTION = "question_"
MOST_WRONG_LINES = 10


class Answered(forms.Form):
    """The questions of an event as fields, and whether participants may see one's name."""

    agreed_to_be_shown = forms.BooleanField(
        required=False,
        label=_("Other participants may see my name and organisation"),
        help_text=_("Only those with a confirmed place see them. You can change it later."),
    )

    def __init__(self, *args: Any, questions: Iterable[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        for question in questions:
            self.fields[f"{QUESTION}{question.pk}"] = _field(question)
        self.order_fields([*(name for name in self.fields if name != "agreed_to_be_shown"), "agreed_to_be_shown"])

    @property
    def answers(self) -> dict[int, str]:
        """What was answered, by the id of the question."""
        return {
            int(name.removeprefix(QUESTION)): str(value)
            for name, value in self.cleaned_data.items()
            if name.startswith(QUESTION)
        }


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {"label": question.text, "required": question.required}
    if question.kind == QuestionKind.TEXT:
        return Words(max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), **common)
    if question.kind == QuestionKind.YES_NO:
        choices: list[tuple[str, Any]] = [("yes", _("Yes")), ("no", _("No"))]
    else:
        choices = [(str(place), text) for place, text in enumerate(question.choices, start=1)]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)


def answers_of(registration: Registration) -> dict[str, Any]:
    """The answers of a registration as the form shows them."""
    given: dict[str, Any] = {f"{QUESTION}{one.question_id}": one.value for one in registration.answers.all()}
    return given | {"agreed_to_be_shown": registration.agreed_to_be_shown}


class OneselfForm(Answered):
    """Registering oneself, for one of one's organisations or for none."""

    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), required=False, label=_("You come for"), empty_label=_("Nobody: I come for myself")
    )

    def __init__(self, *args: Any, organisations: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        own: Any = self.fields["organisation"]
        own.queryset = organisations
        if not organisations:
            del self.fields["organisation"]
        else:
            own.initial = organisations[0]
        self.order_fields(["organisation"])


class GuestForm(Answered):
    """Registering without an account; the address is confirmed by letter."""

    full_name = forms.CharField(
        label=_("Full name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"),
        help_text=_("A letter with a link goes there; your registration counts once you have followed it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    organisation_name = forms.CharField(
        label=_("Organisation"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(["full_name", "email", "organisation_name"])


LINE = re.compile(r"^(?P<name>[^<>@,;\t]+?)\s*[,;\t<]\s*(?P<email>[^\s<>,;]+@[^\s<>,;]+?)>?$")
"""A name and an address, as people write or copy them: `Ana Pop, ana@…`, `Ana Pop <ana@…>`, two cells of a table."""


class ColleaguesForm(forms.Form):
    """Registering several colleagues at once, one a line."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("They come for"), empty_label=None)
    people = forms.CharField(
        label=_("Colleagues"),
        max_length=MOST_AT_ONCE * 300,
        widget=forms.Textarea(attrs={"rows": 6, "autocapitalize": "words"}),
        help_text=_("One a line: name, comma, e-mail. Two columns of a table can be pasted as they are."),
    )

    def __init__(self, *args: Any, organisations: Any, language: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.language = language
        own: Any = self.fields["organisation"]
        own.queryset = organisations
        own.initial = organisations[0] if organisations else None
        if len(organisations) == 1:
            own.widget = own.hidden_widget()

    def clean_people(self) -> list[Person]:
        """The people, each once; says for each line that cannot be read what is wrong with it."""
        found: dict[str, Person] = {}
        wrong: list[str] = []
        for number, line in enumerate(self.cleaned_data["people"].splitlines(), start=1):
            text = line.strip()
            if not text:
                continue
            read = LINE.match(text)
            if read is None or not _is_address(read["email"]):
                wrong.append(
                    _now("Line %(number)s, “%(text)s”: write a name, a comma and an e-mail address.")
                    % {"number": number, "text": text[:60]}
                )
                continue
            email = read["email"].lower()
            found.setdefault(email, Person(read["name"].strip()[:150], email, self.language))
        if wrong:
            raise ValidationError(wrong[:MOST_WRONG_LINES])
        if not found:
            raise ValidationError(_("Write at least one colleague."))
        return list(found.values())


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


RATES = [(str(number), str(number)) for number in range(1, 6)]


def _rating(label: Any, *, required: bool = False) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, choices=RATES, coerce=int, empty_value=None, required=required, widget=forms.RadioSelect
    )


class FeedbackForm(forms.Form):
    """What a participant thought, from 1 (poor) to 5 (excellent)."""

    overall = _rating(_("The event as a whole"), required=True)
    content = _rating(_("What was said"))
    speakers = _rating(_("The speakers"))
    organisation = _rating(_("How it was organised"))
    text = forms.CharField(
        label=_("In your words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5})
    )

    @property
    def ratings(self) -> Mapping[str, int | None]:
        return {name: value for name, value in self.cleaned_data.items() if name != "text"}


class CodeForm(forms.Form):
    """The code of a certificate, as it is printed."""

    code = forms.CharField(
        label=_("Verification code"),
        max_length=40,
        help_text=_("Twelve letters and figures, printed under the QR code."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
