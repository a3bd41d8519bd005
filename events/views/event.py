"""The page of one event, its entry for calendars, and its materials."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cluster_portal.common.found import findable, is_findable
from cluster_portal.common.http import file
from cluster_portal.common.models import Cluster
from cluster_portal.common.uploads import attachment
from events.calendar import feed
from events.models import Event, Material
from events.permissions import can_read_material
from events.queries.entries import entry_of
from events.queries.feeds import REFRESH
from events.queries.page import EventPage, event_page, page_of
from events.queries.registrations import registered_by
from events.queries.standing import ways_in
from events.views.doors import CALENDAR, found_event
from events.views.drawn import pieces_of
from events.views.found import data_of, picture_of
from events.wording import sentence
from members.views.readers import known_as


@findable
@login_not_required
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: what, for whom, when, who speaks, and what this reader can do about it."""
    page = event_page(known_as(request), slug)
    if page is None:
        raise Http404
    return shown(request, page)


def shown(request: HttpRequest, page: EventPage, *, preview: bool = False) -> HttpResponse:
    """The page. `preview`: as everybody would see it, for the office before it is published."""
    reader = known_as(request)
    ways = ways_in(reader, page.event, page.registration, page.waiting)
    context = {
        "page": page,
        "pieces": pieces_of(page, get_language() or "ro"),
        "event": page.event,
        "ways": ways,
        "closed": sentence(ways.closed) if ways.closed is not None else "",
        "colleagues": list(registered_by(reader, page.event)) if ways.colleagues else [],
        "preview": preview,
    }
    if is_findable(request):
        picture = picture_of(page.event)
        context |= {"data": data_of(page, ways, picture), "picture": picture}
    return render(request, "events/visitor/event.html", context)


def preview(request: HttpRequest, event: Event) -> HttpResponse:
    """A draft as its readers will see it."""
    return shown(request, page_of(known_as(request), event, None), preview=True)


@login_not_required
@require_safe
def entry(request: HttpRequest, slug: str) -> HttpResponse:
    """The event as a calendar file."""
    there = found_event(request, slug)
    language = get_language() or "ro"
    content = feed([entry_of(there, Cluster.objects.get(), language)], there.title, language, REFRESH)
    return file(content, CALENDAR, f"{there.slug}.ics")


@login_not_required
@require_safe
def material(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Slides, a recording, a paper: the file, or the way to where it is."""
    found = Material.objects.select_related("event").filter(key=key).first()
    if found is None or not can_read_material(known_as(request), found):
        raise Http404
    return handed_out(found)


def handed_out(found: Material) -> HttpResponseBase:
    """A material for somebody who may open it."""
    if found.link:
        return redirect(found.link)
    return attachment(found.file, found.original_name or found.title, found.content_type)
