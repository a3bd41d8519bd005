"""An event as it is found: the picture of a shared link, data for machines, the map of all public events."""

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from cluster_portal.common.cards import Card, picture
from cluster_portal.common.found import cluster_data
from cluster_portal.common.sitemaps import Map
from events.enums import EventState, Mode
from events.models import Event
from events.permissions import visible_to
from events.queries.links import event_link
from events.queries.page import EventPage
from events.queries.standing import Ways

MODES = {
    Mode.ON_SITE: "OfflineEventAttendanceMode",
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}
STATES = {EventState.CANCELLED: "EventCancelled", EventState.POSTPONED: "EventPostponed"}


def schema(word: str) -> str:
    return f"https://schema.org/{word}"


def card_of(event: Event) -> Card:
    """The picture beside a link to an event."""
    foot = " · ".join(part for part in (event.when, event.where) if part)
    return Card(event.title, label=event.get_kind_display(), line=event.summary, foot=foot)


def picture_of(event: Event) -> str:
    """The address of the picture."""
    return card_of(event).at(reverse("events:card", args=[event.slug]))


def data_of(page: EventPage, ways: Ways, picture: str) -> dict[str, Any]:
    """The event for search engines (schema.org), with the address of its picture. No price: the portal knows none."""
    event = page.event
    return {
        "@type": "Event",
        "name": event.title,
        "description": event.summary or event.description[:300],
        "startDate": localtime(event.starts_at).isoformat(),
        "endDate": localtime(event.ends_at).isoformat(),
        "eventStatus": schema(STATES.get(EventState(event.state), "EventScheduled")),
        "eventAttendanceMode": schema(MODES[Mode(event.mode)]),
        "location": where(event),
        "url": event_link(event),
        "image": [picture],
        "inLanguage": event.languages,
        "maximumAttendeeCapacity": event.capacity,
        "organizer": cluster_data(),
        "performer": [
            {"@type": "Person", "name": name}
            for name in dict.fromkeys(name for one in page.parts.sessions for name, _where in one.speakers)
        ],
        "offers": offer(event, ways),
    }


def where(event: Event) -> list[dict[str, Any]]:
    """The place, the online room (its address is for participants: here it is the event's page), or both."""
    place = {"@type": "Place", "name": event.place_name, "address": event.place_address or event.place_name}
    online = {"@type": "VirtualLocation", "url": event_link(event)}
    return [one for one, fits in ((place, event.mode != Mode.ONLINE), (online, event.mode != Mode.ON_SITE)) if fits]


def offer(event: Event, ways: Ways) -> dict[str, Any]:
    """Registering, while that is possible."""
    if ways.closed is not None:
        return {}
    return {
        "@type": "Offer",
        "url": event_link(event),
        "availability": schema("SoldOut" if ways.full else "InStock"),
        "validFrom": localtime(event.opens_at or event.published_at or event.created_at).isoformat(),
        "availabilityEnds": localtime(event.closes_at or event.starts_at).isoformat(),
    }


@login_not_required
@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """The picture of a public event; always as strangers know it, for whoever asks."""
    event = visible_to(AnonymousUser()).filter(slug=slug).first()
    if event is None:
        raise Http404
    return picture(request, card_of(event))


class Events(Map):
    """Public events, those to come and those of the archive."""

    def items(self) -> list[tuple[str, datetime]]:
        rows = visible_to(AnonymousUser()).announced().order_by("-starts_at", "pk").values_list("slug", "changed_at")
        return [(reverse("events:event", args=[slug]), changed_at) for slug, changed_at in rows]
