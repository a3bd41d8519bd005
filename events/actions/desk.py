"""What the office does with several registrations at once."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from cluster_portal.common.models import User
from events.actions.places import approve
from events.actions.steps import managed
from events.enums import RegistrationState
from events.models import Registration


@dataclass(frozen=True)
class Approved:
    """What became of those who were chosen; `left`: they did not wait for approval any more."""

    confirmed: int
    listed: int
    left: int


@transaction.atomic
def approve_several(event_pk: int, pks: Collection[int], *, by: User) -> Approved:
    """Let several people in, all or none, in the order in which they asked: a seat while there is one, then the list.

    Whoever does not wait for approval any more is passed over, so a second click approves nobody twice.
    """
    event = managed(event_pk, by)
    waiting = Registration.objects.filter(event=event, pk__in=set(pks), state=RegistrationState.ASKED)
    asked = list(waiting.order_by("queued_at", "pk").values_list("pk", flat=True))
    states = [approve(pk, by=by).state for pk in asked]
    confirmed = states.count(RegistrationState.CONFIRMED)
    return Approved(confirmed, len(states) - confirmed, len(set(pks)) - len(asked))
