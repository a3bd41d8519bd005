"""Letters about a change to everybody who is registered: kept with the change, written in parts by the worker."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import Max

from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.outbox import wake_after_commit
from events import emails
from events.enums import CircularKind
from events.models import Circular, Event, Registration
from events.queries.circulars import SHOWN, as_it_was, heard_by, read, still_to_hear, stored

PART = 50
"""Letters that are written in one transaction."""
TASK = "events.tasks.tell_registrants"


def announce(event: Event, kind: CircularKind, was: Mapping[str, object] | None = None) -> None:
    """Keep what those who are registered now are to be told; `was`: the changed columns with what they were.

    Belongs to the transaction of the change, with the event locked and saved. The worker is woken after the commit.
    """
    if not heard_by(event).exists():
        return
    shown = {name: getattr(event, name) for name in SHOWN}
    Circular.objects.create(
        event=event,
        kind=kind,
        sequence=event.sequence,
        was=stored(was or {}),
        shown=stored(shown),
        upto=Registration.objects.filter(event=event).aggregate(last=Max("pk"))["last"],
    )
    wake_after_commit(TASK, queue="default")


def tell(pk: int) -> None:
    """Write all that is left of one circular, part by part; what another worker is writing is left to it."""
    while tell_part(pk):
        pass


@transaction.atomic
def tell_part(pk: int) -> bool:
    """Write the next letters of a circular, and how far they have come, or neither. True: there are more.

    The row is locked, so each letter is written once. A later change of the same event waits for the earlier one.
    """
    rows = Circular.objects.untold().select_for_update(of=("self",), skip_locked=True).select_related("event")
    circular = rows.filter(pk=pk).first()
    if circular is None or Circular.objects.untold().filter(event=circular.event, pk__lt=pk).exists():
        return False
    event, letter = as_it_was(circular), _letter(circular)
    people = list(still_to_hear(circular)[:PART])
    for registration in people:
        registration.event = event
        letter(registration)
    circular.written += len(people)
    more = len(people) == PART
    if more:
        circular.reached = people[-1].pk
    else:
        circular.told_at = ClockTimestamp()
    circular.save(update_fields=["written", "reached", "told_at"])
    return more


def _letter(circular: Circular) -> Callable[[Registration], None]:
    if circular.kind == CircularKind.POSTPONED:
        return emails.postponed
    if circular.kind == CircularKind.CANCELLED:
        return emails.cancelled
    before = read(circular.was)
    return lambda registration: emails.changed(registration, before)
