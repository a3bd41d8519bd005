"""The page of one event, its entry for calendars, and its materials."""

import json
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cluster_portal.common.context import current_cluster
from cluster_portal.common.http import file
from cluster_portal.common.models import Cluster
from cluster_portal.common.uploads import attachment
from events.calendar import feed
from events.enums import EventState, Mode
from events.models import Event, Material
from events.permissions import can_read_material
from events.queries.entries import entry_of
from events.queries.feeds import REFRESH
from events.queries.links import event_link
from events.queries.page import EventPage, event_page, page_of
from events.queries.registrations import registered_by
from events.queries.standing import ways_in
from events.views.doors import CALENDAR, found_event
from events.views.drawn import pieces_of
from events.wording import sentence
from members.views.readers import known_as


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
        "structured": "" if preview else structured(page.event),
        "preview": preview,
    }
    return render(request, "events/visitor/event.html", context)


def preview(request: HttpRequest, event: Event) -> HttpResponse:
    """A draft as its readers will see it."""
    return shown(request, page_of(known_as(request), event, None), preview=True)


MODES = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
STATES = {EventState.CANCELLED: "EventCancelled", EventState.POSTPONED: "EventPostponed"}


def structured(event: Event) -> SafeString:
    """The event for search engines (schema.org), as JSON that cannot end its own element."""
    cluster = current_cluster()
    organizer = {"@type": "Organization", "name": cluster.name, "email": cluster.email} if cluster is not None else {}
    where: dict[str, Any] = {"@type": "Place", "name": event.place_name, "address": event.place_address}
    if event.mode == Mode.ONLINE:
        where = {"@type": "VirtualLocation", "url": event_link(event)}
    about = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "startDate": event.starts_at.isoformat(),
        "endDate": event.ends_at.isoformat(),
        "eventStatus": f"https://schema.org/{STATES.get(EventState(event.state), 'EventScheduled')}",
        "eventAttendanceMode": f"https://schema.org/{MODES[Mode(event.mode)]}",
        "location": where,
        "url": event_link(event),
        "inLanguage": event.languages,
        "organizer": organizer,
    }
    text = json.dumps(about, ensure_ascii=False)
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(text)  # noqa: S308  # the three signs that mean something in HTML are written as escapes


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
