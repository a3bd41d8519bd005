"""What the doors of matchmaking are tried on: interests, an introduction and proposals of R's member with others."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from cluster_portal.common.models import User
from matchmaking.actions.interests import accept_interest, express_interest
from matchmaking.actions.introductions import record_stage
from matchmaking.actions.proposals import Proposed, propose
from matchmaking.actions.standing import put_aside
from members.models import Organisation, Representation
from tests import factories
from tests.permissions.canaries import OFFICE

if TYPE_CHECKING:
    from tests.permissions.world import World


def meetings(world: World) -> None:
    """Each partner stands in one relation to R's member; nobody of the matrix acts for a partner."""
    plant, person = world.canaries.plant, world.person("R")
    own = Organisation.objects.get(pk=world.things["own"]["pk"])
    readers = f"R {OFFICE}"
    free, aside, asks, asked, met, brokered, one, other = (_partner(number) for number in range(8))
    put_aside(own.pk, aside.pk, by=person, reason="known", note=plant("note on who was put aside", "R"))
    received = express_interest(asks.pk, own.pk, by=_by(asks), message=plant("words of an interest", readers))
    sent = express_interest(own.pk, asked.pk, by=person, message=plant("words of an own interest", readers))
    first = express_interest(met.pk, own.pk, by=_by(met), message=plant("words of an accepted interest", readers))
    introduction = accept_interest(first.pk, by=person)
    record_stage(introduction.pk, own.pk, by=person, stage="met", note=plant("note on a stage", readers))
    record_stage(introduction.pk, met.pk, by=_by(met), stage="met", note=plant("note of the other side", OFFICE))
    proposal = propose(
        Proposed(own.pk, plant("words about R's member", OFFICE)),
        Proposed(brokered.pk, plant("words about the partner", readers), named=False),
        by=world.person("M"),
    )
    never = {"partner": "no-such-member", "key": UUID(int=6), "pk": 987654321}
    world.things |= {
        "meet": {"slug": own.slug, "partner": free.slug},
        "meet_of_suspended": {"slug": world.things["suspended"]["slug"], "partner": free.slug},
        "meet_suspended": {"slug": own.slug, "partner": world.things["suspended"]["slug"]},
        "meet_aside": {"slug": own.slug, "pk": aside.pk},
        "meet_own": {"slug": own.slug},
        "meet_suspended_own": {"slug": world.things["suspended"]["slug"]},
        "interest_received": {"key": received.key},
        "interest_sent": {"key": sent.key},
        "introduction": {"key": introduction.key},
        "proposal": {"key": proposal.key},
        "meet_never": {"slug": own.slug, **never},
        "office_pair": {"slug": one.slug, "partner": other.slug},
        "overview_list": {"name": "needs", "form": "csv"},
        "overview_book": {"name": "gaps", "form": "xlsx"},
        "overview_never": {"name": "secrets", "form": "csv"},
    }


def _partner(number: int) -> Organisation:
    return factories.a_member(f"Partenerul {number} SA", side="defence").organisation


def _by(organisation: Organisation) -> User:
    return Representation.objects.get(organisation=organisation).user
