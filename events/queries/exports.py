"""Events for other programs: entries of a calendar for the office's choice, the programme of one event."""

from collections.abc import Iterable
from datetime import UTC

from django.conf import settings
from django.utils import timezone
from django.utils.translation import override

from cluster_portal.common.models import Cluster
from events.calendar import Day, Entry, Schedule, Slot, Speaker
from events.models import Event, Session, Talk
from events.queries.entries import entry_of
from events.queries.links import event_link
from events.queries.page import agenda


def entries(events: Iterable[Event], language: str) -> list[Entry]:
    """Events as entries; their tags have to be prefetched."""
    cluster = Cluster.objects.get()
    return [entry_of(event, cluster, language) for event in events]


def schedule_of(event: Event, language: str) -> Schedule:
    """The programme of an event (two queries); a session is named by its key, which an import knows again."""
    with override(language):
        days: dict[object, list[Slot]] = {}
        for session in agenda(event):
            days.setdefault(timezone.localtime(session.starts_at).date(), []).append(_slot(session, event, language))
        return Schedule(
            title=event.title,
            days=tuple(Day(day, tuple(slots)) for day, slots in days.items()),  # type: ignore[arg-type]  # a date
            acronym=event.slug,
            version=f"{event.version}",
            address=settings.SITE_URL,
        )


def _slot(session: Session, event: Event, language: str) -> Slot:
    return Slot(
        starts=session.starts_at.astimezone(UTC),
        length=session.ends_at - session.starts_at,
        title=session.title,
        key=f"{session.pk}",
        guid=f"{session.key}",
        room=session.room,
        language=language,
        abstract=session.summary,
        address=event_link(event),
        speakers=tuple(_speaker(talk) for talk in session.talks.all()),
    )


def _speaker(talk: Talk) -> Speaker:
    return Speaker(talk.speaker.full_name, f"{talk.speaker_id}")
