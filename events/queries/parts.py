"""What stands on the page of an event beside the event itself, read in one statement as one text.

Pages are drawn from this text and remembered by it (`events/views/drawn.py`): where anything differs, so does the text.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from cluster_portal.database import standing_cursor
from events.models import Quota
from members.models.texts import InTwoLanguages, Titled

PARTS = """json_build_object(
  'tags', (SELECT json_agg(json_build_object('code', t.code, 'name_ro', t.name_ro, 'name_en', t.name_en)
                           ORDER BY t.position)
             FROM members_tag t JOIN events_event_tags x ON x.tag_id = t.id WHERE x.event_id = {event}),
  'quotas', (SELECT json_agg(json_build_object('side', q.side, 'helix_role', q.helix_role, 'seats', q.seats)
                             ORDER BY q.position, q.id) FROM events_quota q WHERE q.event_id = {event}),
  'sessions', (SELECT json_agg(json_build_object(
      'title_ro', s.title_ro, 'title_en', s.title_en, 'summary_ro', s.summary_ro, 'summary_en', s.summary_en,
      'starts_at', s.starts_at, 'ends_at', s.ends_at, 'room', s.room, 'speakers', (
        SELECT json_agg(json_build_array(p.full_name, CASE WHEN o.id IS NULL THEN p.organisation_name
                                                           ELSE coalesce(nullif(o.short_name, ''), o.legal_name) END)
                        ORDER BY k.position, k.id)
          FROM events_talk k JOIN events_speaker p ON p.id = k.speaker_id
          LEFT JOIN members_organisation o ON o.id = p.organisation_id WHERE k.session_id = s.id))
      ORDER BY s.starts_at, s.room, s.id) FROM events_session s WHERE s.event_id = {event}))::text,
  (SELECT count(*) FROM events_registration r WHERE r.event_id = {event} AND r.state = 'listed'),
  EXISTS (SELECT FROM events_material m WHERE m.event_id = {event})
"""


@dataclass(frozen=True)
class Word(InTwoLanguages):
    """A capability that the event is about."""

    code: str
    name_ro: str
    name_en: str


@dataclass(frozen=True)
class Part(Titled):
    """A session of the programme; `speakers`: who speaks, and from where."""

    title_ro: str
    title_en: str
    summary_ro: str
    summary_en: str
    starts_at: datetime
    ends_at: datetime
    room: str
    speakers: list[tuple[str, str]]


@dataclass(frozen=True)
class Parts:
    """Equal where everything in it is. The text is unpacked for those who draw it."""

    text: str
    waiting: int = field(compare=False)
    has_materials: bool = field(compare=False)

    @cached_property
    def _read(self) -> dict[str, list[dict[str, Any]]]:
        return {name: found or [] for name, found in json.loads(self.text).items()}

    @property
    def tags(self) -> list[Word]:
        return [Word(**one) for one in self._read["tags"]]

    @property
    def quotas(self) -> list[Quota]:
        """Unsaved: they only say for whom, and how many."""
        return [Quota(**one) for one in self._read["quotas"]]

    @property
    def sessions(self) -> list[Part]:
        return [
            Part(
                **one
                | {name: datetime.fromisoformat(one[name]) for name in ("starts_at", "ends_at")}
                | {"speakers": [(name, where) for name, where in one["speakers"] or []]}
            )
            for one in self._read["sessions"]
        ]


def parts_of(event: int) -> Parts:
    """One query."""
    with standing_cursor() as cursor:
        cursor.execute(f"SELECT {PARTS.format(event='%(event)s')}", {"event": event})
        row = cursor.fetchone()
    assert row is not None
    return Parts(*row)
