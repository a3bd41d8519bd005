"""Calls for a consortium: the list, the form, the page with its teams, the end of a call."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.models import User
from matchmaking.actions import calls
from matchmaking.enums import CallState
from matchmaking.forms import calls as forms
from matchmaking.models import Call
from matchmaking.permissions import can_see_call, can_speak_for, sees_all_calls
from matchmaking.queries.consortium import (
    all_calls,
    called,
    calls_led_by,
    invitations_of,
    invitations_to,
    words,
)
from matchmaking.views.doors import own_members
from matchmaking.views.teams import asked_in_words, teams_of
from matchmaking.wording import sentence
from members.models import Organisation
from members.rules.errors import RuleError

A_PAGE = 30


def reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def opened(request: HttpRequest, key: UUID, *, writing: bool = False) -> Call:
    """A call that this person may see; who only reads it gets 403 for what its lead alone may do."""
    call = called(key)
    if call is None or not can_see_call(request.user, call):
        raise Http404
    if writing and not can_speak_for(request.user, call.lead):
        raise PermissionDenied
    return call


def speakers(user: User) -> list[Organisation]:
    """Members for which this person may make calls and answer."""
    return speaking(user, own_members(user))


def speaking(user: User, own: list[Organisation]) -> list[Organisation]:
    return [one for one in own if can_speak_for(user, one)]


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Calls that the reader's members lead, and invitations to them; the office reads all calls."""
    user = reader(request)
    office = sees_all_calls(user)
    own = own_members(user)
    led = all_calls() if office else calls_led_by([one.pk for one in own])
    page = Paginator(led, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "office": office,
        "own": own,
        "speakers": speaking(user, own),
        "page": page,
        "calls": list(page.object_list),
        "invitations": [] if office else list(invitations_to([one.pk for one in own])[: 2 * A_PAGE]),
    }
    return render(request, "matchmaking/calls/index.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A call that one of the reader's members leads. Sent twice, it is one call all the same."""
    user = reader(request)
    mine = speakers(user)
    if not mine:
        raise PermissionDenied
    asked = request.POST.get("lead") or request.GET.get("member")
    lead = next((one for one in mine if one.slug == asked), mine[0])

    def save(form: forms.CallForm, plan: calls.Plan) -> Call:
        return calls.create_call(lead.pk, plan, by=user, key=form.cleaned_data["key"])

    return _form_page(request, save, {"lead": lead, "mine": mine, "call": None})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: UUID) -> HttpResponse:
    """What a call asks, changed."""
    user, call = reader(request), opened(request, key, writing=True)

    def save(form: forms.CallForm, plan: calls.Plan) -> Call:
        return calls.change_call(call.pk, plan, by=user, version=form.cleaned_data["version"] or 0)

    return _form_page(request, save, {"lead": call.lead, "mine": [call.lead], "call": call})


def _form_page(request: HttpRequest, save: Any, context: dict[str, Any]) -> HttpResponse:
    """The form of a call: shown, given more rows, or saved."""
    vocabulary = words()
    call = context["call"]
    if request.method != "POST":
        names = {word.tag: word.name for word in vocabulary}
        form, places = forms.of_call(call, names) if call else forms.fresh()
    elif "more" in request.POST:
        form, places = forms.with_more_rows(request.POST, {"countries": call.countries} if call else {})
    else:
        form, places = forms.posted(request.POST)
        whole = form.is_valid() & places.is_valid()
        if whole:
            try:
                saved = save(form, form.plan(tuple(places.places)))
            except RuleError as error:
                form.add_error(None, sentence(error))
            else:
                messages.success(request, _("Saved. These are the teams that could answer the call."))
                return redirect(saved)
    context |= {"form": form, "places": places, "words": vocabulary}
    return render(request, "matchmaking/calls/form.html", context)


@never_cache
@require_safe
def call(request: HttpRequest, key: UUID) -> HttpResponse:
    """A call: its answers so far, and the teams that could answer it."""
    row = opened(request, key)
    invitations = invitations_of(row)
    speaks = can_speak_for(request.user, row.lead)
    context: dict[str, Any] = {
        "call": row,
        "speaks": speaks and row.state == CallState.OPEN,
        "office": sees_all_calls(request.user),
        "invitations": invitations,
        "asked": asked_in_words(row),
        **teams_of(row, invitations),
    }
    return render(request, "matchmaking/calls/call.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, key: UUID) -> HttpResponse:
    """Asks first, then ends the call."""
    user, row = reader(request), opened(request, key, writing=True)
    back = reverse("matchmaking:call", args=[row.key])
    if request.method == "POST":
        calls.close_call(row.pk, by=user)
        messages.success(request, _("The call is closed."))
        return redirect(back)
    context = {"call": row, "back": back, "danger": True, "waiting": row.invitations.open().count()}
    return render(request, "matchmaking/calls/close.html", context)
