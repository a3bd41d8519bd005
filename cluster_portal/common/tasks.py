"""Work of the kernel that runs in the worker."""

from celery import shared_task

from cluster_portal.common import outbox
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Heartbeat


@shared_task
def deliver_mail(pk: int) -> None:
    """Deliver one letter."""
    outbox.send(pk)


@shared_task
def sweep_outbox() -> None:
    """Deliver every letter whose time has come, whatever happened to its message on the queue."""
    for pk in outbox.due():
        outbox.send(pk)


@shared_task
def sign_of_life(queue: str) -> None:
    """Leave a sign of life of the timetable and of the worker of this queue, for the health page."""
    Heartbeat.objects.update_or_create(name=queue, defaults={"at": ClockTimestamp()})


