"""Registering for an event: oneself, colleagues, a guest."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from events.actions import registering
from events.actions.registering import Person
from events.enums import RegistrationState
from events.forms.registering import ColleaguesForm, GuestForm, OneselfForm
from events.models import Event
from events.permissions import can_register_as_guest, eyes
from events.queries.page import event_page
from events.queries.registrations import registration_of
from events.queries.standing import Ways, ways_in
from events.views.doors import found_event, person, sent
from events.wording import sentence
from members.models import Organisation
from members.permissions import standing
from members.rules.errors import RuleError
from members.views.readers import known_as

FORMS = ["GET", "HEAD", "POST"]
GUESTS = 10  # forms by one reader in GUEST_SECONDS
GUEST_SECONDS = 600


def _ways(request: HttpRequest, slug: str) -> tuple[Event, Ways]:
    page = event_page(known_as(request), slug)
    if page is None:
        raise Http404
    return page.event, ways_in(known_as(request), page.event, page.registration, page.waiting)


def _closed(request: HttpRequest, event: Event, ways: Ways) -> HttpResponse:
    """Why nobody can register now."""
    assert ways.closed is not None
    context = {"event": event, "words": sentence(ways.closed)}
    return render(request, "events/visitor/closed.html", context, status=409)


@never_cache
@require_http_methods(FORMS)
def oneself(request: HttpRequest, slug: str) -> HttpResponse:
    """The form of whoever is signed in; a second click leads to the registration of the first."""
    event, ways = _ways(request, slug)
    if known_as(request).is_anonymous:  # staff without their second factor
        raise Http404
    known = registration_of(request.user, event)
    if known is not None and known.is_live:
        return redirect("events:registration", known.key)
    if ways.closed is not None:
        return _closed(request, event, ways)
    acts_for = Organisation.objects.filter(pk__in=standing(request.user).representations).order_by("sort_key")
    form = OneselfForm(sent(request), questions=event.questions.all(), organisations=acts_for)
    if request.method == "POST" and form.is_valid():
        organisation = form.cleaned_data.get("organisation")
        try:
            registration = registering.register(
                event.pk,
                by=person(request),
                organisation=organisation.pk if organisation is not None else None,
                answers=form.answers,
                agreed_to_be_shown=form.cleaned_data["agreed_to_be_shown"],
            )
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _what_became(registration.state))
            return redirect("events:registration", registration.key)
    return render(request, "events/visitor/register.html", {"event": event, "ways": ways, "form": form})


def _what_became(state: str) -> str:
    if state == RegistrationState.ASKED:
        return _("Your registration has arrived. The office decides on it; a letter tells you.")
    if state == RegistrationState.CONFIRMED:
        return _("You are registered. A letter with a calendar entry is on its way.")
    return _("You are on the waiting list. A letter with your position is on its way.")


@never_cache
@require_http_methods(FORMS)
def colleagues(request: HttpRequest, slug: str) -> HttpResponse:
    """Several people of one's own organisation at once; sent twice, it registers everybody once."""
    event, ways = _ways(request, slug)
    own = Organisation.objects.filter(pk__in=eyes(known_as(request)).organisations).order_by("sort_key")
    if not own:
        raise PermissionDenied
    if ways.closed is not None:
        return _closed(request, event, ways)
    form = ColleaguesForm(sent(request), organisations=own, language=get_language() or "ro")
    if request.method == "POST" and form.is_valid():
        try:
            found = registering.register_people(
                event.pk,
                by=person(request),
                people=form.cleaned_data["people"],
                organisation=form.cleaned_data["organisation"].pk,
            )
        except RuleError as error:
            form.add_error("people", sentence(error))
        else:
            new = sum(fresh for _registration, fresh in found)
            messages.success(request, _told(new, len(found) - new))
            return redirect("events:event", event.slug)
    return render(request, "events/visitor/colleagues.html", {"event": event, "ways": ways, "form": form})


def _told(new: int, known: int) -> str:
    words = ngettext(
        "%(count)s colleague was registered and is told by letter.",
        "%(count)s colleagues were registered and are told by letter.",
        new,
    ) % {"count": new}
    if known:
        words += " " + ngettext(
            "%(count)s was registered already and stays as before.",
            "%(count)s were registered already and stay as before.",
            known,
        ) % {"count": known}
    return words


@login_not_required
@never_cache
@require_http_methods(FORMS)
def guest(request: HttpRequest, slug: str) -> HttpResponse:
    """Without an account: the page that follows is the same whether the address is known or not."""
    event = found_event(request, slug)
    if not can_register_as_guest(event):
        raise Http404
    event, ways = _ways(request, slug)
    if ways.closed is not None:
        return _closed(request, event, ways)
    form = GuestForm(sent(request), questions=event.questions.all())
    if request.method == "POST" and form.is_valid():
        if not _may_try_again(request):
            answer = render(request, "429.html", status=429)
            answer["Retry-After"] = str(GUEST_SECONDS)
            return answer
        values = form.cleaned_data
        someone = Person(
            values["full_name"],
            values["email"],
            get_language() or "ro",
            values["agreed_to_be_shown"],
            form.answers,
        )
        try:
            registering.register_guest(event.pk, someone, organisation_name=values["organisation_name"])
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            return render(request, "events/visitor/guest_asked.html", {"event": event, "email": values["email"]})
    return render(request, "events/visitor/guest.html", {"event": event, "ways": ways, "form": form})


def _may_try_again(request: HttpRequest) -> bool:
    """Letters to strangers are counted in PostgreSQL, so that the loss of Valkey opens nothing."""
    key, counted = f"guest-{get_adapter(request).get_client_ip(request)}", caches["default"]
    return counted.add(key, 1, GUEST_SECONDS) or counted.incr(key) <= GUESTS
