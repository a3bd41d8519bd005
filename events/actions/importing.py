"""Takes in what other programs have written: entries of a calendar as drafts, a programme as sessions."""

from datetime import UTC, timedelta
from typing import Any

from django.db import transaction

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events.actions.editing import create_event
from events.actions.programme import save_session
from events.actions.steps import check_manager, managed
from events.calendar import ReadEvent, Slot
from events.enums import EventState
from events.models import Event, Speaker
from events.queries.importing import calendar_plan, schedule_plan
from members.rules.errors import RuleError
from members.rules.text import comma_letters

MOST_AT_ONCE = 100
"""Drafts that one click makes; the page then shows what is left of a longer file."""
SHORTEST = timedelta(hours=1)
"""How long an entry lasts that says no end; the office corrects it before it publishes."""


@transaction.atomic
def import_calendar(content: bytes, *, by: User) -> list[Event]:
    """Drafts of the first entries that are not known yet; the same file again makes those after them, and then none."""
    check_manager(by)
    new = calendar_plan(content).new[:MOST_AT_ONCE]
    return [create_event(by=by, values=_values(row.read), key=row.key) for row in new]


def _values(read: ReadEvent) -> dict[str, Any]:
    """An entry in columns; its words go to the Romanian fields, whatever their language: the file does not say it."""
    text = comma_letters("\n\n".join(part for part in (read.text, read.url) if part))
    first = text.strip().split("\n")[0].strip()
    starts, ends = read.starts.astimezone(UTC), read.ends.astimezone(UTC)
    return {
        "title_ro": comma_letters(read.title)[:160],
        "summary_ro": first if len(first) <= 300 and not first.startswith("http") else "",
        "description_ro": text[:8000],
        "starts_at": starts,
        "ends_at": ends if ends > starts else starts + SHORTEST,
        "all_day": read.all_day,
        "place_name": comma_letters(read.place)[:160],
        "contact_name": read.organizer_name[:150],
        "contact_email": read.organizer_email[:254],
    }


@transaction.atomic
def import_programme(pk: int, content: bytes, *, by: User) -> int:
    """Add the sessions of a programme that are not known yet, with their speakers; returns how many are new."""
    event = managed(pk, by)
    if event.state == EventState.CANCELLED:
        raise RuleError("event_cancelled")
    new = schedule_plan(event, content).new
    for row in new:
        speakers = [_speaker(speaker.name, by) for speaker in row.slot.speakers if speaker.name.strip()]
        save_session(pk, by=by, values=_session(row.slot), speakers=speakers, key=row.key)
    if new:
        audit.record("programme_imported", event, by=by, count=len(new))
    return len(new)


def _session(slot: Slot) -> dict[str, Any]:
    return {
        "title_ro": comma_letters(slot.title)[:200],
        "summary_ro": comma_letters(slot.abstract or slot.text or slot.subtitle)[:2000],
        "starts_at": slot.starts.astimezone(UTC),
        "ends_at": slot.ends.astimezone(UTC),
        "room": slot.room[:80],
    }


def _speaker(name: str, by: User) -> int:
    """The speaker of this name, new when there is none."""
    full_name = comma_letters(" ".join(name.split()))[:150]
    known = Speaker.objects.filter(full_name=full_name).order_by("pk").first()
    if known is None:
        known = Speaker.objects.create(full_name=full_name)
        audit.record("speaker_saved", known, by=by)
    return known.pk
