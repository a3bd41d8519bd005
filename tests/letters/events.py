"""Every letter of events with the same invented people and days, so that its whole text can be compared."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import time_machine

from cluster_portal.common.models import User
from events import emails
from events.models import AttendanceCertificate, Campaign, Event, Material, Recipient, Registration, TrainingRecord
from events.queries.tokens import give_key
from tests import factories
from tests.letters.cases import BUCHAREST, TODAY

START = datetime(2026, 10, 26, 10, tzinfo=BUCHAREST)


@dataclass
class Occasion:
    """An event, the registration of somebody with an account, and that of a guest."""

    event: Event
    registration: Registration
    guest: Registration
    manager: User


def an_occasion(language: str, name: str = "Ilinca Vrânceanu", words: str = "Sala este inundată.") -> Occasion:
    """Rows that a letter looks up are in the database; what it only prints is not."""
    person = factories.a_user("ilinca@example.org", full_name=name, language=language)
    manager = factories.an_office_person("office@example.org", full_name=name, language=language)
    event = Event.objects.create(
        slug="detectie-2026-10",
        title_ro="Detecția pe teren",
        title_en="Detection in the field",
        summary_ro="Ce văd senzorii.",
        summary_en="What sensors see.",
        starts_at=START,
        ends_at=START + timedelta(hours=3),
        place_name="Sala Cuptorului",
        place_address="Strada Meșterilor 4, Sibiu",
        created_by=manager,
        state="draft",
    )
    event.reason, event.sequence = words, 2
    common = {"event": event, "full_name": name, "language": language, "state": "confirmed", "confirmed_at": TODAY}
    registration = Registration(pk=1, user=person, email=person.email, position=3, reason=words, **common)
    guest = Registration(pk=2, email="oaspete@example.org", key=uuid.UUID(int=7), **common)
    give_key(guest)
    registration.offered_until = datetime(2026, 9, 22, 10, 30, tzinfo=BUCHAREST)
    return Occasion(event, registration, guest, manager)


def _by_colleague(world: Occasion) -> None:
    world.guest.registered_by = world.manager
    emails.registered(world.guest, 1)


def _in_state(state: str, send: Callable[[Registration], None]) -> Callable[[Occasion], None]:
    def letter(world: Occasion) -> None:
        world.registration.state = state
        send(world.registration)

    return letter


def _changed(world: Occasion) -> None:
    before: dict[str, object] = {
        "starts_at": START - timedelta(days=1),
        "ends_at": START - timedelta(days=1) + timedelta(hours=3),
        "place_name": "Sala Mare",
    }
    emails.changed(world.registration, before)


def _online(world: Occasion) -> None:
    world.event.mode, world.event.online_link = "hybrid", "https://meet.example.org/nou"
    emails.changed(world.registration, {"mode": "on_site", "online_link": ""})


def _reminded(world: Occasion, *, days: int) -> None:
    with time_machine.travel(START - timedelta(days=days), tick=False):
        emails.reminder(world.registration, 1, "week")


def _thanks(world: Occasion) -> None:
    title = {"title_ro": "Prezentarea", "title_en": "Slides", "link": "https://video.example.org/x"}
    Material.objects.create(event=world.event, added_by=world.manager, **title)
    emails.thanks(world.registration, 1)


def _certificate(world: Occasion) -> AttendanceCertificate:
    return AttendanceCertificate(
        pk=1, registration=world.registration, year=2026, number=12, code="ABCD-EFGH-2345", issued_at=TODAY
    )


def _renewal(world: Occasion) -> None:
    training = TrainingRecord(pk=1, completed_on=date(2025, 10, 26), renew_by=date(2026, 10, 26))
    emails.renewal_due(world.registration, training)


def _invitation(world: Occasion, *, account: bool = True) -> None:
    words = {"text_ro": f"Vă așteptăm.\n\n{world.event.reason}", "text_en": f"Do come.\n\n{world.event.reason}"}
    user = world.registration.user
    assert user is not None
    world.event.closes_at = START - timedelta(days=2)
    emails.invitation(
        Recipient(
            pk=1,
            campaign=Campaign(pk=1, event=world.event, **words),
            event=world.event,
            address=user.email if account else "oaspete@example.org",
            user=user if account else None,
            full_name=user.full_name,
            language=user.language,
        )
    )


CASES: dict[str, Callable[[Occasion], None]] = {
    "guest_asked": lambda world: emails.guest_asked(world.guest),
    "guest_known": lambda world: emails.guest_known(world.guest, TODAY),
    "guest_known.waiting": _in_state("unconfirmed", lambda one: emails.guest_known(one, TODAY)),
    "approval_awaited": lambda world: emails.approval_awaited(world.registration),
    "registered": lambda world: emails.registered(world.registration, 1),
    "registered.by_colleague": _by_colleague,
    "approved": lambda world: emails.registered(world.registration, 1, approved=True),
    "declined": lambda world: emails.declined(world.registration, 1),
    "listed": lambda world: emails.listed(world.registration, 1),
    "place_offered": lambda world: emails.place_offered(world.registration, 1),
    "offer_lapsed": lambda world: emails.offer_lapsed(world.registration, 1),
    "registration_cancelled": lambda world: emails.registration_cancelled(world.registration, 1, by_office=False),
    "registration_cancelled.office": lambda world: emails.registration_cancelled(world.registration, 1, by_office=True),
    "changed": _changed,
    "changed.online": _online,
    "postponed": lambda world: emails.postponed(world.registration),
    "cancelled": lambda world: emails.cancelled(world.registration),
    "reminder.week": lambda world: _reminded(world, days=7),
    "reminder.late": lambda world: _reminded(world, days=4),
    "reminder.day": lambda world: emails.reminder(world.guest, 1, "day"),
    "thanks": _thanks,
    "thanks.no_materials": lambda world: emails.thanks(world.registration, 1),
    "certificate_issued": lambda world: emails.certificate_issued(world.registration, _certificate(world)),
    "renewal_due": _renewal,
    "invitation": _invitation,
    "invitation.no_account": lambda world: _invitation(world, account=False),
}
