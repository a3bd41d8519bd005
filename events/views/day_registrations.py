"""The office's desk of registrations: the list, approving, declining, cancelling, registering people."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import see_other
from events.actions import places
from events.actions.desk import Approved, approve_several
from events.actions.registering import cancel_registration, register_people
from events.actions.steps import Hand
from events.enums import RegistrationState
from events.filters.day import RegistrationFilter
from events.forms.day import ChosenForm, PastedForm, ReasonForm, WayForm
from events.models import Event, Registration
from events.queries.desk import IN_ORDER, addresses_known, refusing, registrations_of
from events.queries.registrations import Counts, counts_of
from events.views.day_doors import opened, part_of
from events.wording import sentence
from members.rules.errors import RuleError

A_PAGE = 50
A_PORTION = 50
"""People who are registered in one request. It takes a second or two, in which others wait to register for the event;
they are sent away after three."""
MOST_SHOWN = 200
"""Rows of a list that is looked at before it is registered."""
STATES = RegistrationState


@never_cache
@require_safe
def registrations(request: HttpRequest, pk: int) -> HttpResponse:
    """All registrations of an event, by state, filtered and searched."""
    event, _user = opened(request, pk)
    sieve = RegistrationFilter(request.GET, registrations_of(event))
    page = Paginator(sieve.qs, A_PAGE).get_page(request.GET.get("page"))
    counts = counts_of(event)
    rows = list(page.object_list)
    context = {
        "event": event,
        "counts": counts,
        "states": states(request, counts),
        "filter": sieve,
        "in_use": any(request.GET.get(name) for name in ("q", "side", "helix_role", "came")),
        "page": page,
        "rows": rows,
        "refusing": refusing(rows),
        "to_approve": not event.is_past and any(row.state == STATES.ASKED for row in rows),
        "query": request.GET.urlencode(),
    }
    return render(request, "events/day/registrations.html", context)


def states(request: HttpRequest, counts: Counts) -> list[tuple[str, str, bool]]:
    """Tabs: all of them, then each state that somebody is in, with the number; (label, address, current)."""
    query = request.GET.copy()
    query.pop("page", None)
    now = query.pop("state", [""])[-1]

    def address(state: str) -> str:
        query["state"] = state
        return f"?{query.urlencode()}"

    every = _("All")
    shown = [state for state in IN_ORDER if counts.by_state.get(state) or now == state]
    return [
        (f"{every} {sum(counts.by_state.values())}", address(""), not now),
        *((f"{state_label(state)} {counts.by_state.get(state, 0)}", address(state), now == state) for state in shown),
    ]


def state_label(state: str) -> str:
    return str(STATES(state).label)


@require_POST
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets in everybody who was ticked."""
    event, user = opened(request, pk)
    waiting = Registration.objects.filter(event=event).values_list("pk", flat=True)
    form = ChosenForm(request.POST, among=list(waiting))
    chosen = form.cleaned_data["people"] if form.is_valid() else []
    back = reverse("events:manage-registrations", args=[event.pk])
    if not chosen:
        messages.warning(request, _("Tick the people whom you want to approve."))
        return see_other(back)
    try:
        done = approve_several(event.pk, chosen, by=user)
    except RuleError as error:
        messages.error(request, sentence(error))
        return see_other(back)
    _say_approved(request, done)
    return see_other(back)


def _say_approved(request: HttpRequest, done: Approved) -> None:
    if done.confirmed:
        words = ngettext("%(count)s person has a place now.", "%(count)s people have a place now.", done.confirmed)
        messages.success(request, words % {"count": done.confirmed})
    if done.listed:
        words = ngettext(
            "All seats are taken: %(count)s person is on the waiting list now.",
            "All seats are taken: %(count)s people are on the waiting list now.",
            done.listed,
        )
        messages.success(request, words % {"count": done.listed})
    if done.left:
        words = ngettext(
            "%(count)s person did not wait for approval any more.",
            "%(count)s people did not wait for approval any more.",
            done.left,
        )
        messages.info(request, words % {"count": done.left})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks for the reason, then declines."""
    event, user = opened(request, pk)
    registration = part_of(event, part)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            places.decline(registration.pk, by=user, reason=form.cleaned_data["reason"])
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("%(name)s was declined and is told why.") % {"name": registration.full_name})
            return see_other("events:manage-registrations", event.pk)
    return _reason_page(request, "events/day/decline.html", registration, form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks for the reason, then cancels a registration; the seat goes to whoever is next."""
    event, user = opened(request, pk)
    registration = part_of(event, part)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_registration(registration.pk, Hand(by=user), reason=form.cleaned_data["reason"])
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            words = _("The registration of %(name)s was cancelled.") % {"name": registration.full_name}
            messages.success(request, words)
            return see_other("events:manage-registrations", event.pk)
    return _reason_page(request, "events/day/cancel.html", registration, form)


def _reason_page(request: HttpRequest, template: str, registration: Registration, form: ReasonForm) -> HttpResponse:
    back = reverse("events:manage-registrations", args=[registration.event_id])
    context = {"event": registration.event, "registration": registration, "form": form, "back": back, "danger": True}
    return render(request, template, context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Registers pasted people: shows first who they are, then registers each once and writes to them.

    A long list goes in portions, each a request of its own. What is done stays done: a list that was left half way is
    pasted again, and who is registered already stays as they are.
    """
    event, user = opened(request, pk)
    form = PastedForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"event": event, "form": form}
    if request.method == "POST" and form.is_valid():
        if "confirmed" not in request.POST:
            return render(request, "events/day/add_check.html", context | _checked(event, form))
        people, organisation = form.wanted(), form.cleaned_data["organisation"]
        way = WayForm(request.POST).way(len(people))
        try:
            found = register_people(
                event.pk,
                by=user,
                people=people[way.reached : way.reached + A_PORTION],
                organisation=organisation.pk if organisation else None,
            )
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            way = way.on(len(found), sum(new for _registration, new in found))
            if way.reached < len(people):
                return render(request, "events/day/add_going.html", context | {"way": way, "total": len(people)})
            _say_registered(request, way.fresh, len(people) - way.fresh)
            return _to_list(request, event)
    return render(request, "events/day/add.html", context)


def _to_list(request: HttpRequest, event: Event) -> HttpResponse:
    """To the registrations; a page that goes on by itself is told to leave as a whole."""
    answer = see_other("events:manage-registrations", event.pk)
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
    return answer


def _checked(event: Event, form: PastedForm) -> dict[str, Any]:
    """What would happen: who is new, who is registered already, which lines said something twice."""
    people = form.wanted()
    known = addresses_known(event, [person.email for person in people])
    new = [person for person in people if person.email not in known]
    return {
        "people": new,
        "shown": new[:MOST_SHOWN],
        "more": len(new[MOST_SHOWN:]),
        "portion": A_PORTION if len(people) > A_PORTION else 0,
        "known": [person for person in people if person.email in known],
        "repeated": form.reading.repeated if form.reading is not None else 0,
        "organisation": form.cleaned_data["organisation"],
    }


def _say_registered(request: HttpRequest, fresh: int, known: int) -> None:
    if fresh:
        words = ngettext(
            "%(count)s person was registered and is told by letter.",
            "%(count)s people were registered and are told by letter.",
            fresh,
        )
        messages.success(request, words % {"count": fresh})
    if known:
        words = ngettext(
            "%(count)s person was registered already; nothing changed for them.",
            "%(count)s people were registered already; nothing changed for them.",
            known,
        )
        messages.info(request, words % {"count": known})
