"""Events of the world for the office's pages around the day: one to come and one that is over."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

from django.utils import timezone

from cluster_portal.common.models import User
from events.actions import afterwards, campaigns, door, editing, registering
from events.actions.registering import Person
from events.models import Campaign, Event, Registration
from events.queries.campaigns import reach_of
from events.rules.campaigns import Audience
from tests.permissions.canaries import OFFICE

if TYPE_CHECKING:
    from tests.permissions.world import World


def events_of_the_day(world: World) -> None:
    """`day_event`: its parts are a registration that waits for approval; `past_event`: a certificate.

    `foreign_registration` and `foreign_certificate_of_event` are parts of the other event.
    """
    office = world.person("M")
    start = timezone.now() + timedelta(days=20)
    values = {
        "title_ro": "Zi de probă",
        "summary_ro": "Probă.",
        "starts_at": start,
        "ends_at": start + timedelta(hours=3),
        "place_name": "Sală",
    }
    coming = editing.create_event(by=office, values=values | {"approval_required": True})
    editing.publish(coming.pk, by=office)
    asked = registering.register(coming.pk, by=world.person("E"))
    name = world.canaries.plant("name of a participant", OFFICE)
    people = [Person(f"Invitat {name}", "participant@example.org")]
    ((sits, _new),) = registering.register_people(coming.pk, by=office, people=people)
    past = editing.create_event(by=office, values=values | {"title_ro": "Curs de probă", "kind": "training"})
    editing.publish(past.pk, by=office)
    found = [
        registering.register_people(past.pk, by=office, people=[Person(one, f"{one.lower()}@example.org")])[0][0]
        for one in ("Prezent", "Altul")
    ]
    _hold(past)
    door.check_in(found[0].pk, by=office, scan=uuid4())
    certificate = afterwards.issue_certificates(past.pk, by=office)[0]
    door.check_in(found[1].pk, by=office, scan=uuid4())
    # The door of the one to come is open: it begins in some hours.
    Event.objects.filter(pk=coming.pk).update(starts_at=timezone.now() + timedelta(hours=5))
    things = world.things
    things["day_event"] = {"pk": coming.pk, "part": asked.pk, "seated": sits.pk}
    things["past_event"] = {"pk": past.pk, "part": certificate.pk}
    things["foreign_registration"] = {"pk": coming.pk, "part": found[0].pk}
    things["draft_campaign"], things["sent_campaign"] = (
        {"pk": coming.pk, "part": one, "language": "ro"} for one in campaigns_of_the_day(coming, office)
    )
    things["no_event"] = {"pk": 987654321, "part": 987654321}


def campaigns_of_the_day(event: Event, office: User) -> tuple[int, int]:
    """A draft, and a campaign that is being sent."""
    audience, words = Audience(people=("representative",)), {"text_ro": "Veniți."}
    draft, sending = (
        campaigns.create_campaign(event.pk, by=office, audience=audience, words=words) for _both in range(2)
    )
    return draft.pk, campaigns.start_campaign(sending.pk, by=office).pk


def _hold(event: Event) -> None:
    """Move an event into the past, past every rule."""
    ended = timezone.now() - timedelta(days=1)
    Event.objects.filter(pk=event.pk).update(starts_at=ended - timedelta(hours=3), ends_at=ended)


def key_of(pk: int) -> str:
    """The code on a participant's ticket; empty where nobody is."""
    found = Registration.objects.filter(pk=pk).values_list("key", flat=True).first()
    return str(found or "")


def letters_of(pk: int) -> int:
    """How many letters a campaign would write now."""
    campaign = Campaign.objects.filter(pk=pk).first()
    return len(reach_of(campaign).reached) if campaign else 0
