"""Work of the kernel that runs in the worker."""

from celery import shared_task

from cluster_portal.common import delivery
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Heartbeat


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
