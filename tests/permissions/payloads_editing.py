"""What right forms of the office's pages for events send."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.actions.programme import edition_of
from events.forms.editing_steps import packed
from events.models import Event, Material, Question, Session, Speaker
from events.rules.local_time import local
from tests import factories
from tests.permissions.world import World

Payload = dict[str, Any]
CALENDAR = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one@example.org\r\nSUMMARY:Imported\r\n"
    b"DTSTART:20270504T070000Z\r\nDTEND:20270504T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


def a_schedule(event: Event) -> bytes:
    """A programme with one slot inside the event."""
    starts = event.starts_at.isoformat()
    return f"""<?xml version="1.0" encoding="utf-8"?>
<schedule><conference><title>X</title></conference><day index="1" date="{local(event.starts_at):%Y-%m-%d}">
<room name="A"><event id="7" guid="5b6d0e1c-7a54-4b2a-9ac0-000000000007"><date>{starts}</date>
<duration>00:30</duration><title>Slot</title><persons><person id="1">Ana Pop</person></persons></event></room>
</day></schedule>""".encode()


def _version(thing: Payload) -> int:
    return Event.objects.filter(pk=thing["pk"]).values_list("version", flat=True).first() or 0


def _edition(model: Any, thing: Payload) -> int:
    row = model.objects.filter(pk=thing["part"]).first()
    return edition_of(row) if row else 0


def _wall(days: int, hours: int = 10) -> str:
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.isoformat()}T{hours:02d}:00"


def _times(thing: Payload, minutes: int = 30) -> Payload:
    event = Event.objects.filter(pk=thing["pk"]).first()
    if event is None:
        return {}
    starts = local(event.starts_at)
    return {"starts_at": f"{starts:%Y-%m-%dT%H:%M}", "ends_at": f"{starts + timedelta(minutes=minutes):%Y-%m-%dT%H:%M}"}


def _texts(_world: World, thing: Payload) -> Payload:
    words = {"title_ro": "Alt titlu", "title_en": "Another title", "summary_ro": "Altfel."}
    return {"version": _version(thing), "kind": "seminar", **words}


def _place(_world: World, thing: Payload) -> Payload:
    return {"version": _version(thing), **_times(thing, 240), "mode": "on_site", "place_name": "Sala Mică"}


def _seats(_world: World, thing: Payload) -> Payload:
    return {"version": _version(thing), "capacity": "9", "list_order": "first_come", "offer_hours": "24"}


def _schedule(_world: World, thing: Payload) -> Payload:
    event = Event.objects.filter(pk=thing["pk"]).first()
    return {"content": packed(a_schedule(event)) if event else ""}


EDITING: dict[str, Any] = {
    "events:manage-new": lambda _w, _t: {
        "key": str(uuid.uuid4()), "kind": "seminar", "title_ro": "Nou", "starts_at": _wall(9), "ends_at": _wall(9, 12),
    },
    "events:manage-import": lambda _w, _t: {"upload": SimpleUploadedFile("a.ics", CALENDAR, "text/calendar")},
    "events:manage-import-create": lambda _w, _t: {"content": packed(CALENDAR)},
    "events:manage-speaker-new": {"full_name": "Vorbitor Trei"},
    "events:manage-speaker": lambda _w, thing: {
        "full_name": "Vorbitor Schimbat", "version": _edition(Speaker, thing),
    },
    "events:manage-section texts": _texts,
    "events:manage-section place": _place,
    "events:manage-section audience": lambda _w, thing: {"version": _version(thing), "audience": "members"},
    "events:manage-section seats": _seats,
    "events:manage-section registration": lambda _w, thing: {"version": _version(thing), "approval_required": "on"},
    "events:manage-postpone": {"reason": "Storm."},
    "events:manage-cancel": {"reason": "Storm."},
    "events:manage-reschedule": lambda _w, _t: {"starts_at": _wall(60), "ends_at": _wall(60, 12)},
    "events:manage-duplicate": lambda _w, _t: {"starts": _wall(90)},
    "events:manage-invite": {"addresses": "one@example.org, two@example.org"},
    "events:manage-programme-import": lambda _w, _t: {"upload": SimpleUploadedFile("a.xml", b"<schedule/>")},
    "events:manage-programme-create": _schedule,
    "events:manage-session-new": lambda _w, thing: {"title_ro": "Alta", **_times(thing)},
    "events:manage-session": lambda _w, thing: {
        "title_ro": "Alta", "speakers": [str(Speaker.objects.earliest("pk").pk)], "version": _edition(Session, thing),
        **_times(thing),
    },
    "events:manage-question-new": {"kind": "text", "text_ro": "Cum veniți?", "position": "2"},
    "events:manage-question": lambda _w, thing: {
        "kind": "text", "text_ro": "Cum?", "position": "1", "version": _edition(Question, thing),
    },
    "events:manage-file-new": lambda _w, _t: {
        "upload": SimpleUploadedFile("b.pdf", factories.PDF, "application/pdf"), "title_ro": "B", "position": "1",
        "access": "public",
    },
    "events:manage-link-new": {
        "link": "https://example.org/film", "title_ro": "Film", "access": "public", "position": "1",
    },
    "events:manage-material": lambda _w, thing: {
        "title_ro": "Alt titlu", "access": "public", "position": "1", "version": _edition(Material, thing),
    },
}  # fmt: skip
