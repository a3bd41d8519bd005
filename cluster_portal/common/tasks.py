"""Work of the kernel that runs in the worker, and how apps write down theirs."""

import logging
from collections.abc import Callable, Iterable

from celery import shared_task

from cluster_portal.common import delivery
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Heartbeat

log = logging.getLogger(__name__)

task = shared_task
"""Decorator for the tasks of the apps, which do not import the queue themselves."""


class SomeFailed(Exception):
    """Not every row could be dealt with; the log has the reason of each."""


def each(rows: Iterable[int], act: Callable[[int], object]) -> None:
    """Do `act` to every row. One that fails is logged, does not stop the others, and makes the task fail at the end."""
    failed = []
    for pk in rows:
        try:
            act(pk)
        except Exception:
            log.exception("%s failed for %s", act.__name__, pk)
            failed.append(pk)
    if failed:
        raise SomeFailed(f"{act.__name__} failed for {failed}")


@shared_task
def sweep_outbox() -> None:
    """Deliver every letter whose time has come, whatever happened to the message that should have woken us."""
    delivery.sweep()


@shared_task
def forget_keys() -> None:
    """Wipe the keys in letters that never left."""
    delivery.forget_keys()


@shared_task
def sign_of_life(queue: str) -> None:
    """Leave a sign of life of the timetable and of the worker of this queue, for the health page."""
    Heartbeat.objects.update_or_create(name=queue, defaults={"at": ClockTimestamp()})
