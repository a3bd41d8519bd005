"""The office makes events: the list of all of them, a new one, its first page, its sections."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common import audit, wording
from cluster_portal.common.gatherings import companions
from cluster_portal.common.models import User
from events.actions.editing import create_event
from events.enums import EventAudience, EventKind, EventState
from events.filters.editing import ManagedFilter
from events.forms.editing import SECTIONS, NewEventForm
from events.forms.editing_fields import EventForm, plain, refuse
from events.models import Event
from events.queries.changes import Differences
from events.queries.circulars import IN_CALENDARS, being_told, heard_by
from events.queries.managing import Heard, heard, overview, single, without_english
from events.queries.registrations import managed_events
from events.views.editing_doors import clash_page, compared, manager, opened, saved
from members.rules.errors import RuleError
from members.rules.merging import Merged

A_PAGE = 30
AGAIN = 5
"""How often a form is brought in again that others overtake at that very moment."""
TITLES = {
    "texts": gettext_lazy("Texts"),
    "place": gettext_lazy("Time and place"),
    "audience": gettext_lazy("For whom"),
    "seats": gettext_lazy("Seats"),
    "registration": gettext_lazy("Registration"),
}


@never_cache
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Every event with its state and its counts; filtered, thirty a page."""
    manager(request)
    found = ManagedFilter(request.GET, managed_events())
    page = Paginator(found.qs, A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "filter": found,
        "page": page,
        "rows": rows,
        "without_english": without_english(rows),
        "in_use": any(request.GET.get(name) for name in found.filters),
        "query": request.GET.urlencode(),
    }
    return render(request, "events/editing/events.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A draft: what, when. Sent twice, it is one draft all the same."""
    user = manager(request)
    form = NewEventForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        key = values.pop("key")
        try:
            event = create_event(by=user, values=values, key=key)
        except RuleError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The draft is there. Only the office sees it until it is published."))
            return redirect("events:manage-event", event.pk)
    return render(request, "events/editing/new.html", {"form": form})


@never_cache
@require_safe
def event(request: HttpRequest, pk: int) -> HttpResponse:
    """The first page of an event: its sections, what publishing still needs, and what can be done with it."""
    row, _user = opened(request, pk)
    trail = audit.of(row).select_related("actor")[:8]
    context = {
        "event": row,
        "found": overview(row),
        "heard": heard(heard_by(row)),
        "telling": being_told(row),
        "titles": TITLES,
        "entries": [{"at": one.at, "text": wording.told(one), "by": one.actor_name} for one in trail],
        "series": Event.objects.filter(series=row.series).exclude(pk=row.pk) if row.series else [],
        "days": companions(row.key) if row.kind == EventKind.BROKERAGE and row.state != EventState.DRAFT else [],
    }
    return render(request, "events/editing/event.html", context)


# ------------------------------------------------------------------ sections
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, pk: str, section: str) -> HttpResponse:
    """One section: shown and saved. A change that people are told of is confirmed first."""
    row, user = opened(request, pk)
    form = SECTIONS[section](request.POST if request.method == "POST" else None, instance=copy(row))
    if row.state == EventState.CANCELLED:
        form.lock()
    if request.method == "POST" and form.is_valid():
        answer = _saved(request, form, row, user, section)
        if answer is not None:
            return answer
    context: dict[str, Any] = {"event": row, "form": form, "title": TITLES[section], "section": section}
    if section == "audience":
        context["invitees"] = row.invitees.select_related("organisation")
        context["invited"] = row.audience == EventAudience.INVITED
    if section == "registration":
        context["questions"] = row.questions.all()
    if section == "texts":
        context["single"] = single(row)
    return render(request, f"events/editing/{_template(section)}.html", context)


def _template(name: str) -> str:
    return name if name in {"texts", "audience", "seats", "registration"} else "section"


def _saved(request: HttpRequest, form: EventForm, row: Event, user: User, section: str) -> HttpResponse | None:
    """Save a valid form; None when the rules refuse, which the form then says."""
    if form.seen_version() == row.version and "told" not in request.POST:
        people = _told(form, row)
        if people is not None:
            return _told_page(request, form, row, people, section)
    try:
        after = _brought_in(form, row, user)
    except RuleError as error:
        refuse(form, error)
        return None
    if isinstance(after, Merged):
        return clash_page(request, form, after, Event.objects.get(pk=row.pk))
    if after.version == row.version:
        messages.info(request, _("Nothing was different, so nothing was saved."))
    elif after.state == EventState.DRAFT:
        messages.success(request, _("Saved."))
    else:
        messages.success(request, _("Saved. It is live now."))
    return redirect("events:manage-event", row.pk)


def _brought_in(form: EventForm, row: Event, user: User) -> Event | Merged:
    """The event with what was written; what only the other editor touched stays theirs. Merged: a person chooses."""
    try:
        return saved(form, row, user, version=form.seen_version())
    except RuleError as error:
        if error.code != "event_overtaken":
            raise
    for _again in range(AGAIN):
        now = Event.objects.get(pk=row.pk)
        found = compared(form, now)
        if found.clashes:
            return found
        form.left = set(form.fields) - set(found.values)
        form.initial.update(type(form)(instance=copy(now)).initial)  # what is kept is what stands there now
        try:
            return saved(form, now, user, version=now.version)
        except RuleError as error:
            if error.code != "event_overtaken":
                raise
    return found  # somebody saves without end


# ------------------------------------------------------------------ who hears of it
def _changes(form: EventForm, row: Event) -> list[str]:
    """The fields that differ from what is stored and that calendars and letters carry."""
    values = form.values()
    return [
        name for name in sorted(IN_CALENDARS) if name in values and plain(values[name]) != plain(getattr(row, name))
    ]


def _told(form: EventForm, row: Event) -> Heard | None:
    """Whom the change of a published event is told to; None: nobody."""
    if row.state != EventState.PUBLISHED or row.is_past or not _changes(form, row):
        return None
    people = heard(heard_by(row))
    return people if people.total else None


def _told_page(request: HttpRequest, form: EventForm, row: Event, people: Heard, section: str) -> HttpResponse:
    """Nothing is saved yet: what will be told, and to how many."""
    after, values = copy(row), form.values()
    before = {name: getattr(row, name) for name in _changes(form, row)}
    for name in before:
        setattr(after, name, values[name])
    context = {
        "event": row,
        "form": form,
        "heard": people,
        "differences": list(Differences(after, before)),
        "title": TITLES[section],
        "back": request.path,
    }
    return render(request, "events/editing/told.html", context)
