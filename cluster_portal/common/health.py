"""Whether the portal's parts work: database, broker, workers, and how long the oldest letter has been waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Count, Q

from cluster_portal.common import broker, outbox
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Heartbeat

SILENCE = timedelta(seconds=60)  # a worker leaves a sign of life every 15 seconds
QUEUES = ("default", "mail")
LETTER_PATIENCE = 120  # seconds that a due letter may wait


@dataclass(frozen=True)
class Health:
    """What monitors are told. The portal serves people while the database answers; the rest can wait."""

    database: bool
    broker: bool
    worker: bool
    outbox_seconds: int | None  # None: not known

    @property
    def status(self) -> str:
        """`ok`, `degraded` (pages work, letters or background work wait) or `down`."""
        if not self.database:
            return "down"
        late = self.outbox_seconds is None or self.outbox_seconds > LETTER_PATIENCE
        return "ok" if self.broker and self.worker and not late else "degraded"

    def lines(self) -> dict[str, str | int | None]:
        def word(works: bool) -> str:
            return "ok" if works else "down"

        return {
            "status": self.status,
            "database": word(self.database),
            "broker": word(self.broker),
            "worker": word(self.worker),
            "outbox_seconds": self.outbox_seconds,
        }


def examine() -> Health:
    """Ask every part, with short patience."""
    try:
        alive = Heartbeat.objects.filter(name__in=QUEUES).aggregate(
            recent=Count("name", filter=Q(at__gt=ClockTimestamp() - SILENCE))
        )["recent"]
        waiting = int(outbox.oldest_due_seconds())
    except DatabaseError:
        return Health(database=False, broker=broker.answers(), worker=False, outbox_seconds=None)
    return Health(True, broker=broker.answers(), worker=alive == len(QUEUES), outbox_seconds=waiting)
