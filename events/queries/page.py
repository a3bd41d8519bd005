"""What the page of one event shows to one person."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Prefetch

from cluster_portal.database import standing_cursor
from events.models import Event, Material, Registration, Session, Talk
from events.models.event import EventQuerySet
from events.permissions import can_manage, can_read_material, can_see_online_link, can_see_participants, visible_to
from events.queries.parts import PARTS, Parts, parts_of
from events.queries.registrations import participants, registration_of
from events.queries.seen import seen_text
from members.permissions import Anyone


@dataclass(frozen=True)
class Opened:
    """A material and whether this person may open it; that it exists is no secret to who sees the event."""

    material: Material
    may_open: bool

    @property
    def speaker(self) -> str:
        return self.material.speaker.full_name if self.material.speaker else ""


@dataclass(frozen=True)
class EventPage:
    """One event with everything that its page shows; what this person may not see is empty."""

    event: Event
    parts: Parts
    materials: list[Opened]
    registration: Registration | None
    online_link: str
    participants: list[Registration]
    manager: bool

    @property
    def waiting(self) -> int:
        return self.parts.waiting


COLUMNS = [field.attname for field in Event._meta.concrete_fields]


def every(user: Anyone, _now: datetime) -> EventQuerySet:
    """Whatever this person sees, in no order."""
    return visible_to(user).order_by()


def event_page(user: Anyone, slug: str) -> EventPage | None:
    """The page, or None where the event does not exist for this person. A stranger's is one query."""
    seen, values = seen_text(user, every, *COLUMNS)
    statement = f"SELECT seen.*, {PARTS.format(event='seen.id')} FROM ({seen}) seen WHERE seen.slug = %s"  # noqa: S608  # our own texts
    with standing_cursor() as cursor:
        cursor.execute(statement, [*values, slug])
        row = cursor.fetchone()
    if row is None:
        return None
    event = Event.from_db(connection.alias, COLUMNS, row[: len(COLUMNS)])
    return page_of(user, event, registration_of(user, event), Parts(*row[len(COLUMNS) :]))


def page_of(user: Anyone, event: Event, registration: Registration | None, parts: Parts | None = None) -> EventPage:
    """The page of an event for somebody with this registration, be it by sign-in or by key."""
    parts = parts or parts_of(event.pk)
    materials = event.materials.select_related("event", "speaker") if parts.has_materials else ()
    return EventPage(
        event=event,
        parts=parts,
        materials=[Opened(one, can_read_material(user, one, registration)) for one in materials],
        registration=registration,
        online_link=event.online_link if can_see_online_link(user, event, registration) else "",
        participants=participants(event) if can_see_participants(user, event) else [],
        manager=can_manage(user),
    )


def agenda(event: Event) -> list[Session]:
    """The sessions in order, each with its speakers and their organisations (two queries)."""
    talks = Talk.objects.select_related("speaker__organisation")
    return list(event.sessions.prefetch_related(Prefetch("talks", talks)))
