"""What the office's pages for events are tried on: a draft with every kind of part, events in other states."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.actions import changing, editing, programme
from events.models import Event
from tests import factories

if TYPE_CHECKING:
    from tests.permissions.world import World


def _event(by: Any, title: str, **values: Any) -> Event:
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + timedelta(days=40)
    wanted = {
        "title_ro": title, "summary_ro": "Pe scurt.", "starts_at": start, "ends_at": start + timedelta(hours=4),
        "place_name": "Sala Mare",
    }  # fmt: skip
    return editing.create_event(by=by, values=wanted | values)


def build_editing(world: World) -> None:
    """Things are called office_…, so that nobody takes them for those of a visitor's page."""
    manager, plant = world.person("M"), world.canaries.plant
    draft = _event(manager, plant("title of the draft event", "M S"))
    published = editing.publish(_event(manager, "Anunțat").pk, by=manager)
    postponed = editing.publish(_event(manager, "Amânat").pk, by=manager)
    changing.postpone(postponed.pk, by=manager, reason="Furtună.")
    times = {"starts_at": draft.starts_at, "ends_at": draft.starts_at + timedelta(hours=1)}
    speaker = programme.save_speaker(by=manager, values={"full_name": "Vorbitor Unu"})
    idle = programme.save_speaker(by=manager, values={"full_name": "Vorbitor Doi"})
    session = programme.save_session(
        draft.pk, by=manager, values={"title_ro": "Sesiunea", **times}, speakers=[speaker.pk]
    )
    question = programme.save_question(draft.pk, by=manager, values={"kind": "text", "text_ro": "Ce mâncați?"})
    upload = SimpleUploadedFile("slides.pdf", factories.PDF, "application/pdf")
    values = {"title_ro": "Prezentare", "session": session, "speaker": speaker}
    material = programme.add_file(draft.pk, by=manager, values=values, upload=upload)
    programme.invite(draft.pk, by=manager, emails=["guest@example.org"])
    whole = {"pk": draft.pk}
    world.things |= {
        "office_draft": whole,
        "office_event": {"pk": published.pk},
        "office_postponed": {"pk": postponed.pk},
        "office_session": whole | {"part": session.pk},
        "office_question": whole | {"part": question.pk},
        "office_material": whole | {"part": material.pk},
        "office_invitee": whole | {"part": draft.invitees.get().pk},
        "office_speaker": {"part": speaker.pk},
        "idle_speaker": {"part": idle.pk},
        "no_event": {"pk": 987654321, "part": 987654321},
        "events.event": {"pk": published.pk},
        "events.speaker": {"pk": speaker.pk},
    }
