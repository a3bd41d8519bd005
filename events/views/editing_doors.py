"""Who comes through the doors of the office's pages for events, and what two editors find who changed the same."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cluster_portal.common.models import User
from events.actions.editing import edit_event
from events.forms.editing_fields import EventForm, in_words, plain
from events.models import Event
from events.permissions import can_manage
from events.queries.managing import last_edit, merged
from members.rules.merging import Merged


def manager(request: HttpRequest) -> User:
    """The person who runs events; 403 for everybody else, whether or not the event exists."""
    if not can_manage(request.user):
        raise PermissionDenied
    assert isinstance(request.user, User)
    return request.user


def opened(request: HttpRequest, pk: int | str) -> tuple[Event, User]:
    """The event of a page of the office."""
    user = manager(request)
    event = Event.objects.filter(pk=pk).first()
    if event is None:
        raise Http404
    return event, user


# ------------------------------------------------------------------ two editors
@dataclass(frozen=True)
class Difference:
    """One field that both have changed: its label, what is stored, what the reader typed."""

    name: str
    label: Any
    theirs: str
    mine: str


def stored_value(form: EventForm, event: Event, name: str) -> Any:
    """What is stored for a field of a form, be it a column, a list of words or the seats of a quota."""
    if name not in {field.name for field in event._meta.get_fields()}:
        return form.get_initial_for_field(form.fields[name], name)
    value = getattr(event, name)
    return value.all() if hasattr(value, "all") else value


def compared(form: EventForm, event: Event) -> Merged:
    """What two people changed: what can be saved at once, and what a person has to choose. `event` is as stored."""
    fresh = type(form)(instance=event)
    mine = {name: plain(value) for name, value in form.answers().items() if name in fresh.fields}
    theirs = {name: plain(stored_value(fresh, event, name)) for name in mine}
    return merged(event, form.seen_version(), mine, theirs)


def saved(form: EventForm, event: Event, user: User, *, version: int) -> Event:
    """Write a valid form over the event at this version; raises RuleError."""
    return edit_event(event.pk, by=user, version=version, values=form.values(), seats=form.seats())


def clash_page(request: HttpRequest, form: EventForm, found: Merged, event: Event) -> HttpResponse:
    """Both texts of what two people changed, and the choice between them; nothing is saved yet (409)."""
    stored, fresh = type(form)(instance=event), type(form)(instance=event)
    fresh.initial.update({name: form[name].value() for name in {*found.clashes, *found.values}})
    differences = [
        Difference(
            name,
            form.fields[name].label,
            in_words(form.fields[name], plain(stored_value(stored, event, name))),
            in_words(form.fields[name], plain(form.cleaned_data[name])),
        )
        for name in found.clashes
    ]
    context = {"event": event, "form": fresh, "differences": differences, "last": last_edit(event)}
    return render(request, "events/editing/clash.html", {**context, "back": request.path}, status=409)
