"""What the page of one event shows to one person."""

from dataclasses import dataclass

from django.db.models import Prefetch

from events.models import Event, Material, Registration, Session, Talk
from events.permissions import can_manage, can_read_material, can_see_online_link, can_see_participants, visible_to
from events.queries.registrations import participants, registration_of
from members.permissions import Anyone


@dataclass(frozen=True)
class Opened:
    """A material and whether this person may open it; that it exists is no secret to who sees the event."""

    material: Material
    may_open: bool


@dataclass(frozen=True)
class EventPage:
    """One event with everything that its page shows; what this person may not see is empty."""

    event: Event
    sessions: list[Session]
    materials: list[Opened]
    registration: Registration | None
    online_link: str
    participants: list[Registration]
    waiting: int
    manager: bool


def event_page(user: Anyone, slug: str) -> EventPage | None:
    """The page, or None where the event does not exist for this person."""
    found = visible_to(user).filter(slug=slug).prefetch_related("tags", "quotas")
    event = found.first()
    return page_of(user, event, registration_of(user, event)) if event is not None else None


def page_of(user: Anyone, event: Event, registration: Registration | None) -> EventPage:
    """The page of an event for somebody with this registration, be it by sign-in or by key."""
    materials = event.materials.select_related("event", "session", "speaker")
    return EventPage(
        event=event,
        sessions=agenda(event),
        materials=[Opened(one, can_read_material(user, one, registration)) for one in materials],
        registration=registration,
        online_link=event.online_link if can_see_online_link(user, event, registration) else "",
        participants=participants(event) if can_see_participants(user, event) else [],
        waiting=Registration.objects.listed().filter(event=event).count(),
        manager=can_manage(user),
    )


def agenda(event: Event) -> list[Session]:
    """The sessions in order, each with its speakers and their organisations (two queries)."""
    talks = Talk.objects.select_related("speaker__organisation")
    return list(event.sessions.prefetch_related(Prefetch("talks", talks)))
