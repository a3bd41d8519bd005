"""Who comes through the doors of events, and how their answers leave."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache

from cluster_portal.common.models import User
from events.actions.steps import Hand
from events.models import Event, Registration
from events.permissions import can_see_registration, visible_to
from events.queries.tokens import registration_by
from members.views.readers import known_as

View = Callable[..., HttpResponse]
CALENDAR = "text/calendar; charset=utf-8"


def found_event(request: HttpRequest, slug: str) -> Event:
    """The event as this reader may know of it, else 404."""
    event = visible_to(known_as(request)).filter(slug=slug).first()
    if event is None:
        raise Http404
    return event


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; a form in which nothing was filled in is sent all the same."""
    return request.POST if request.method == "POST" else None


def person(request: HttpRequest) -> User:
    """Whoever is signed in."""
    assert isinstance(request.user, User)
    return request.user


def own(view: View) -> View:
    """The page of a registration for whoever is signed in: its person, who registered them, the office."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *, key: Any, **more: Any) -> HttpResponse:
        registration = Registration.objects.select_related("event", "organisation").filter(key=key).first()
        reader = known_as(request)
        if registration is None or not (
            registration.user_id == request.user.pk or can_see_registration(reader, registration)
        ):
            raise Http404
        return view(request, registration, Hand(by=person(request)), **more)

    return opened


def held(view: View) -> View:
    """The same page for people without an account, by the key of their letters.

    The address is the key. The portal's policy (same-origin) keeps it from other sites; a stricter one would take the
    origin out of the page's own forms, and they would be refused as forged.
    """

    @login_not_required
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, *, token: str, **more: Any) -> HttpResponse:
        registration = registration_by(token)
        if registration is None:
            raise Http404
        return view(request, registration, Hand(token=token), **more)

    return opened
