"""What the office does with an event as a whole: preview, publish, postpone, reschedule, cancel, discard, duplicate."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.actions import changing, editing
from events.enums import EventState
from events.forms.editing_fields import refuse
from events.forms.editing_steps import ReasonForm, RescheduleForm, SeriesForm
from events.models import Event
from events.queries.circulars import heard_by
from events.queries.managing import heard
from events.views import event as event_page
from events.views.editing_doors import manager, opened
from events.wording import sentence
from members.rules.errors import RuleError

BOTH = ["GET", "HEAD", "POST"]


@never_cache
@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of the event as a visitor will find it, marked as a preview."""
    event, _user = opened(request, pk)
    return event_page.preview(request, event)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce a draft; what it still needs is said."""
    event, user = opened(request, pk)
    try:
        editing.publish(event.pk, by=user)
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("Published: whoever it is for finds it now."))
    return redirect("events:manage-event", event.pk)


@never_cache
@require_http_methods(BOTH)
def postpone(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, then takes the event off its time."""
    event, user = opened(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        changing.postpone(event.pk, by=user, reason=form.cleaned_data["reason"])
        return _("Postponed. Everybody who is registered gets a letter.")

    return _asked(request, event, "postpone", form, act)


@never_cache
@require_http_methods(BOTH)
def reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a postponed event its new time."""
    event, user = opened(request, pk)
    form = RescheduleForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        values = form.cleaned_data
        changing.reschedule(event.pk, by=user, starts_at=values["starts_at"], ends_at=values["ends_at"])
        return _("The event has its new time. Everybody who is registered gets a letter.")

    return _asked(request, event, "reschedule", form, act)


@never_cache
@require_http_methods(BOTH)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, then cancels the event for good."""
    event, user = opened(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        changing.cancel_event(event.pk, by=user, reason=form.cleaned_data["reason"])
        return _("Cancelled. Everybody who is registered gets a letter.")

    return _asked(request, event, "cancel", form, act)


@never_cache
@require_http_methods(BOTH)
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Drafts like this event at other times."""
    event, user = opened(request, pk)
    form = SeriesForm(request.POST if request.method == "POST" else None)

    def act() -> str:
        made = len(editing.duplicate(event.pk, by=user, starts=form.cleaned_data["starts"]))
        if not made:
            return _("The series has an event at each of these times already; nothing was added.")
        return ngettext("%(count)d draft added.", "%(count)d drafts added.", made) % {"count": made}

    return _asked(request, event, "duplicate", form, act)


@never_cache
@require_http_methods(BOTH)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then throws a draft away; a second click finds nothing and says so."""
    user = manager(request)
    if request.method != "POST":
        event, _user = opened(request, pk)
        return _page(request, event, "discard", None)
    try:
        editing.discard_draft(pk, by=user)
    except RuleError as error:
        messages.error(request, sentence(error))
        return redirect("events:manage-event", pk)
    messages.success(request, _("The draft was thrown away."))
    return redirect("events:manage")


def _asked(request: HttpRequest, event: Event, act: str, form: Any, work: Callable[[], str]) -> HttpResponse:
    """The page that asks, and the act itself; a refusal stands on the form."""
    if request.method == "POST" and form.is_valid():
        try:
            words = work()
        except RuleError as error:
            refuse(form, error)
        else:
            messages.success(request, words)
            return redirect("events:manage-event", event.pk)
    return _page(request, event, act, form)


def _page(request: HttpRequest, event: Event, act: str, form: Any) -> HttpResponse:
    context = {
        "event": event,
        "act": act,
        "form": form,
        "heard": heard(heard_by(event)),
        "danger": act in {"cancel", "discard"},
        "back": reverse("events:manage-event", args=[event.pk]),
        "possible": act in _possible(event),
    }
    return render(request, "events/editing/step.html", context)


def _possible(event: Event) -> set[str]:
    """What can be done with an event in its state."""
    return {
        EventState.DRAFT: {"duplicate", "discard"},
        EventState.PUBLISHED: {"duplicate", "postpone", "cancel"},
        EventState.POSTPONED: {"duplicate", "reschedule", "cancel"},
        EventState.CANCELLED: {"duplicate"},
    }[EventState(event.state)]
