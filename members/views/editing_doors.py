"""Who comes through the doors of a member's own pages, and what they find when somebody was there before them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format

from cluster_portal.common.models import User
from members.actions.profile import Overtaken
from members.forms.profile_fields import Versioned
from members.models import Organisation
from members.permissions import Anyone, acts_for, can_edit_profile, standing
from members.queries.editing import last_edit, organisation_called

SAFE = {"GET", "HEAD"}
Right = Callable[[Anyone, Organisation], bool]


@dataclass(frozen=True)
class Door:
    """A member's own page, opened: the organisation, and whether the reader may write."""

    organisation: Organisation
    may: bool
    user: User


def opened(request: HttpRequest, slug: str, right: Right = can_edit_profile, *, writing: bool = False) -> Door:
    """The door of a member's own page.

    404 for those to whom the page does not exist (other members, applicants), 403 for directors, who know that it
    does. The member's own people may always read; who may not write (a suspended member's people; on the pages of
    colleagues a contributor) gets 403 for every POST, and for a GET of a page that only serves `writing`.
    """
    user = request.user
    assert isinstance(user, User)
    organisation = organisation_called(slug)
    if organisation is None:
        raise Http404
    may = right(user, organisation)
    if not may and not acts_for(user, organisation):
        if standing(user).director:
            raise PermissionDenied
        raise Http404
    if not may and (writing or request.method not in SAFE):
        raise PermissionDenied
    return Door(organisation, may, user)


# ------------------------------------------------------------------ two editors
@dataclass(frozen=True)
class Difference:
    """One field that both have changed: its label, what is stored, what the reader typed."""

    name: str
    label: Any
    theirs: str
    mine: str


def differences(form: Versioned, clashes: Iterable[str], row: Any) -> list[Difference]:
    """Both texts of each field in question, as people read them. `row` is what is stored now."""
    found = []
    for name in clashes:
        field = form.fields[name]
        stored = getattr(row, name)
        theirs = list(stored.all()) if hasattr(stored, "all") else stored
        found.append(Difference(name, field.label, in_words(field, theirs), in_words(field, form.cleaned_data[name])))
    return found


def in_words(field: forms.Field, value: Any) -> str:
    """A value as its reader sees it: labels of choices, days as days; "" for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, date):
        return str(date_format(value, "DATE_FORMAT"))
    if isinstance(value, str | int) and isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(code): str(label) for code, label in choices}
        return labels.get(str(value), str(value))
    if hasattr(value, "__iter__") and not isinstance(value, str):
        return ", ".join(str(one) for one in value)
    return str(value)


def second_try(form: Versioned, mine: Iterable[str], row: Any) -> Versioned:
    """The same form on what is stored now, but with what the reader typed in the fields `mine`."""
    fresh: Versioned = type(form)(instance=row)  # type: ignore[call-arg]  # every versioned form is a model form
    fresh.initial.update({name: form.cleaned_data[name] for name in mine})
    return fresh


def clash_page(request: HttpRequest, form: Versioned, error: Overtaken, row: Any, back: str) -> HttpResponse:
    """Both texts of what two people changed, and the choice between them; nothing is saved yet (409)."""
    organisation = row if isinstance(row, Organisation) else row.organisation
    context = {
        "organisation": organisation,
        "differences": differences(form, error.clashes, row),
        "form": second_try(form, {*error.clashes, *error.merged}, row),
        "last": last_edit(organisation),
        "file_lost": bool(form.files),
        "back": back,
    }
    return render(request, "members/editing/clash.html", context, status=409)
