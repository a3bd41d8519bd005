"""The door on the day: who has come, by a click, a code or a form; the protocol stands in `checkin.js`."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import see_other
from events.actions import door
from events.actions.door import DOORS_OPEN
from events.enums import EventState
from events.forms.day import ScanForm, WalkInForm
from events.models import Event, Registration
from events.queries.desk import at_door, door_of, people_at
from events.views.day_doors import opened
from events.wording import sentence
from members.rules.errors import RuleError

Act = Callable[..., Registration]
WANTED, GONE = 400, 404
REFUSED = 409


@never_cache
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody who is expected, with a button each; works without scripts, and with them without a connection."""
    event, _user = opened(request, pk)
    words = request.GET.get("q", "").strip()[:200]
    came, expected = people_at(event)
    opens = event.starts_at - DOORS_OPEN
    context = {
        "event": event,
        "door": door_of(event, words),
        "words": words,
        "came": came,
        "expected": expected,
        "opens": opens if timezone.now() < opens else None,
        "on": event.state == EventState.PUBLISHED,
    }
    return render(request, "events/day/door.html", context)


@require_POST
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody with a place has come."""
    return _act(request, pk, door.check_in)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """A check-in was a mistake."""
    return _act(request, pk, door.undo_check_in)


def _act(request: HttpRequest, pk: int, act: Act) -> HttpResponse:
    """One act, sent by a form or by a phone, perhaps for the second time; answers in the way that was asked for."""
    event, user = opened(request, pk)
    form = ScanForm(request.POST)
    if not form.is_valid():
        return _refused(request, event, WANTED, _("What was sent could not be read. Load the page again."))
    sent = form.cleaned_data
    registration = at_door(event, sent["registration"], sent["code"])
    if registration is None:
        return _refused(request, event, GONE, _("Nobody at this event has this code."))
    scan = sent["scan"] or uuid4()
    try:
        done = act(registration.pk, by=user, scan=scan, at=sent["at"])
    except RuleError as error:
        return _refused(request, event, REFUSED, sentence(error))
    words = _("Arrived at %(time)s") % {"time": _clock(done)} if done.checked_in_at else _("Not here")
    if _wants_json(request):
        return JsonResponse({"scan": str(scan), "registration": str(done.key), "words": words})
    messages.success(request, f"{done.full_name}: {words}")
    return see_other(_back(event, sent["q"]))


def _clock(registration: Registration) -> str:
    assert registration.checked_in_at is not None
    return str(date_format(timezone.localtime(registration.checked_in_at), "H:i"))


def _wants_json(request: HttpRequest) -> bool:
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _back(event: Event, words: str = "") -> str:
    """The door again, with what was searched for."""
    query = QueryDict(mutable=True)
    if words:
        query["q"] = words
    address = reverse("events:manage-door", args=[event.pk])
    return f"{address}?{query.urlencode()}" if query else address


def _refused(request: HttpRequest, event: Event, status: int, words: str) -> HttpResponse:
    """The sentence why not: a phone shows it and does not send the act again."""
    if _wants_json(request):
        return JsonResponse({"words": words}, status=status)
    messages.error(request, words)
    return see_other(_back(event, request.POST.get("q", "")[:200]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets in somebody without a place; the form carries its own key, so a double click lets in one."""
    event, user = opened(request, pk)
    given = {"full_name": request.GET.get("name", "")[:150], "email": request.GET.get("email", "")[:254]}
    form = WalkInForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            done = door.walk_in(event.pk, by=user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("%(name)s is in.") % {"name": done.full_name})
            return see_other("events:manage-door", event.pk)
    return render(request, "events/day/walk_in.html", {"event": event, "form": form})
