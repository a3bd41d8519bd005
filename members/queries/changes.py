"""Official data of a member and the requests to change them, in words."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.text import capfirst
from django_countries import countries

from members.enums import ChangeState, County, HelixRole, Side
from members.models import ChangeRequest, LegalForm, Organisation
from members.queries.editing import FIELDS, changes_of
from members.rules.identity import IDENTITY_FIELDS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LABELS = {"county": County, "helix_role": HelixRole, "side": Side}


@dataclass(frozen=True)
class Changed:
    """One field of a request: what it was when asked, what it should become."""

    label: "StrPromise | str"
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """A request with its fields in words."""

    request: ChangeRequest
    fields: list[Changed]

    @property
    def pending(self) -> bool:
        return self.request.state == ChangeState.PENDING


def in_words(name: str, text: str) -> str:
    """The text of an identity field as people read it."""
    if not text:
        return ""
    if name == "legal_form":
        form = LegalForm.objects.filter(pk=text).first()
        return form.name if form else text
    if name == "country":
        return str(countries.name(text) or text)
    if name == "founded_on":
        return str(date_format(date.fromisoformat(text), "DATE_FORMAT"))
    if name in LABELS:
        return str(dict(LABELS[name].choices).get(text, text))
    return text


def told_change(change: ChangeRequest) -> Told:
    """One request, for the member's page and for the desk."""
    pairs = [(name, change.changes[name]) for name in IDENTITY_FIELDS if name in change.changes]
    fields = [
        Changed(FIELDS[name].verbose_name, in_words(name, old), in_words(name, new)) for name, (old, new) in pairs
    ]
    return Told(change, fields)


def told_changes(organisation: Organisation) -> list[Told]:
    """Every request of a member, newest first."""
    return [told_change(change) for change in changes_of(organisation)]


def as_rows(organisation: Organisation) -> list[tuple[str, str]]:
    """The official data as label and value, in the order of the form."""
    rows = []
    for name in IDENTITY_FIELDS:
        value = getattr(organisation, FIELDS[name].attname)
        text = value.isoformat() if isinstance(value, date) else str(value or "")
        rows.append((str(capfirst(FIELDS[name].verbose_name)), in_words(name, text)))
    return rows
