"""The office's pages of a brokerage day: its frame, its participants, its steps."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common import audit, wording
from cluster_portal.common.gatherings import Gathering, gathering
from cluster_portal.common.http import see_other
from cluster_portal.common.models import User
from matchmaking.actions import brokerage, timetables
from matchmaking.forms.days import CancelForm, DayForm, MembersForm, NewDayForm, SeedForm, refuse
from matchmaking.models import BrokerageDay
from matchmaking.permissions import can_broker
from matchmaking.queries.brokerage import figures, to_invite
from matchmaking.queries.brokerage import participants as participants_of
from matchmaking.queries.gatherings import members_among
from matchmaking.wording import sentence
from members.rules.errors import RuleError
from members.views.acts import tell

BOTH = ["GET", "HEAD", "POST"]
SAID = ("wish_stated", "hours_stated")
"""Lines of the trail that each participant leaves: on the desk, not on the first page of the day."""


def office(request: HttpRequest) -> User:
    """The person who runs brokerage days; 403 for everybody else, whether or not the day exists."""
    if not can_broker(request.user):
        raise PermissionDenied
    assert isinstance(request.user, User)
    return request.user


def opened(request: HttpRequest, pk: int) -> tuple[BrokerageDay, User]:
    """The day of a page of the office."""
    user = office(request)
    day = BrokerageDay.objects.filter(pk=pk).first()
    if day is None:
        raise Http404
    return day, user


def _event(text: str) -> Gathering | None:
    """The event of an address like ?event=<key>; 404 for one that is not there."""
    if not text:
        return None
    try:
        found = gathering(UUID(text))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


@never_cache
@require_http_methods(BOTH)
def new(request: HttpRequest) -> HttpResponse:
    """Prepare a day, free or for an event (`?event=`), whose participants it brings in."""
    user = office(request)
    event = _event(request.GET.get("event", ""))
    start = {}
    if event is not None:
        start = {name: getattr(event, name) for name in ("title_ro", "title_en", "place", "starts_at")}
    form = NewDayForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        of_event = event.key if event else None
        try:
            day = brokerage.create_day(by=user, values=form.values(), gathering=of_event, key=form.cleaned_data["key"])
            if event is not None:
                _bring_in(day, event, user)
        except RuleError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The day is there. Only the office sees it until wishes are opened."))
            return redirect("matchmaking:day-manage", day.pk)
    return render(request, "matchmaking/days/new.html", {"form": form, "event": event})


def _bring_in(day: BrokerageDay, event: Gathering, user: User) -> int:
    members = members_among(event)
    return len(brokerage.add_members(day.pk, by=user, organisations=members, attends=members))


@never_cache
@require_safe
def manage(request: HttpRequest, pk: int) -> HttpResponse:
    """The day at a glance: its figures, what can be done next, what happened."""
    day, _user = opened(request, pk)
    trail = audit.of(day).exclude(verb__in=SAID).select_related("actor")[:10]
    context = {
        "day": day,
        "at": "manage",
        "figures": figures(day),
        "event": gathering(day.gathering) if day.gathering else None,
        "entries": [{"at": one.at, "text": wording.told(one), "by": one.actor_name} for one in trail],
        "seed": SeedForm(initial={"seed": day.seed}),
    }
    return render(request, "matchmaking/days/manage.html", context)


@never_cache
@require_http_methods(BOTH)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The frame of the day: words, beginning, slots, tables, breaks."""
    day, user = opened(request, pk)
    form = DayForm(request.POST if request.method == "POST" else None, day=day)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            brokerage.edit_day(day.pk, by=user, version=version, values=form.values())
        except RuleError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return see_other("matchmaking:day-manage", day.pk)
    return render(request, "matchmaking/days/edit.html", {"day": day, "at": "edit", "form": form})


@never_cache
@require_http_methods(BOTH)
def participants(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes, how much they ask for and are asked for; members are added here."""
    day, user = opened(request, pk)
    form = MembersForm(request.POST if request.method == "POST" else None, among=to_invite(day))
    if request.method == "POST" and form.is_valid():
        chosen = [one.pk for one in form.cleaned_data["organisations"]]
        try:
            added = len(brokerage.add_members(day.pk, by=user, organisations=chosen))
        except RuleError as error:
            refuse(form, error)
        else:
            _say_added(request, added)
            return see_other("matchmaking:day-participants", day.pk)
    context = {
        "day": day,
        "at": "participants",
        "rows": participants_of(day),
        "form": form,
        "event": gathering(day.gathering) if day.gathering else None,
    }
    return render(request, "matchmaking/days/participants.html", context)


def _say_added(request: HttpRequest, added: int) -> None:
    if added:
        words = ngettext("%(count)s participant was added.", "%(count)s participants were added.", added)
        messages.success(request, words % {"count": added})
    else:
        messages.info(request, _("Nobody new: all of them were on the list already."))


@require_POST
def from_event(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings in the members that have registered for the event since."""
    day, user = opened(request, pk)
    event = gathering(day.gathering) if day.gathering else None
    if event is None:
        messages.error(request, _("This day belongs to no event."))
    else:
        tell(request, lambda: _say_added(request, _bring_in(day, event, user)), sentence)
    return see_other("matchmaking:day-participants", day.pk)


@require_POST
def open_for_wishes(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the wishes; every participant gets a letter."""
    day, user = opened(request, pk)
    tell(
        request,
        lambda: brokerage.open_wishes(day.pk, by=user),
        sentence,
        _("Wishes are open. Every participant gets a letter."),
    )
    return see_other("matchmaking:day-manage", day.pk)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the wishes."""
    day, user = opened(request, pk)
    tell(request, lambda: brokerage.close_wishes(day.pk, by=user), sentence, _("Wishes are closed."))
    return see_other("matchmaking:day-manage", day.pk)


@require_POST
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the timetable, which the worker makes."""
    day, user = opened(request, pk)
    form = SeedForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The number of the draw is a whole number from 0 to 1,000,000."))
    else:
        seed = form.cleaned_data["seed"]
        tell(
            request,
            lambda: timetables.ask_for_timetable(day.pk, by=user, seed=seed),
            sentence,
            _("The timetable is being made. This page shows it as soon as it is there."),
        )
    return see_other("matchmaking:day-manage", day.pk)


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirms all meetings; every participant gets its timetable."""
    day, user = opened(request, pk)
    tell(
        request,
        lambda: timetables.publish_timetable(day.pk, by=user),
        sentence,
        _("Published. Every participant gets its timetable."),
    )
    return see_other("matchmaking:day-manage", day.pk)


@never_cache
@require_http_methods(BOTH)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why, then calls the day off."""
    day, user = opened(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            brokerage.cancel_day(day.pk, by=user, reason=form.cleaned_data["reason"])
        except RuleError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Cancelled. Every participant gets a letter."))
            return see_other("matchmaking:day-manage", day.pk)
    return _asked(request, day, "cancel", form)


@never_cache
@require_http_methods(BOTH)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks, then throws a day away that was never announced."""
    day, user = opened(request, pk)
    if request.method == "POST":
        try:
            brokerage.discard_day(day.pk, by=user)
        except RuleError as error:
            messages.error(request, sentence(error))
            return see_other("matchmaking:day-manage", day.pk)
        messages.success(request, _("The day was thrown away."))
        return see_other("matchmaking:days")
    return _asked(request, day, "discard", None)


def _asked(request: HttpRequest, day: BrokerageDay, act: str, form: Any) -> HttpResponse:
    back = reverse("matchmaking:day-manage", args=[day.pk])
    context = {"day": day, "act": act, "form": form, "danger": True, "back": back}
    return render(request, "matchmaking/days/step.html", context)
