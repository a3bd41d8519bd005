"""Who comes through the doors of the office's pages around the day."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from cluster_portal.common.models import User
from events.models import Event, Registration
from events.permissions import can_manage, can_see_registrations
from members.permissions import Anyone


def office(request: HttpRequest) -> User:
    """The person who runs events; 403 for everybody else, whether or not the event exists."""
    user: Anyone = request.user
    if not (can_manage(user) and can_see_registrations(user)):
        raise PermissionDenied
    assert isinstance(user, User)
    return user


def opened(request: HttpRequest, pk: int) -> tuple[Event, User]:
    """The event of a page of the office, and who opens it. A draft has no registrations, so its pages do not exist."""
    user = office(request)
    event = Event.objects.announced().filter(pk=pk).first()
    if event is None:
        raise Http404
    return event, user


def part_of(event: Event, part: int) -> Registration:
    """A registration of this event, or 404."""
    found = Registration.objects.filter(event=event, pk=part).select_related("organisation").first()
    if found is None:
        raise Http404
    found.event = event
    return found
