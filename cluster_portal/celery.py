"""The Celery app and the timetable, nothing else."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")

app = Celery("cluster_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name) for name in ("default", "mail", "heavy")]
app.autodiscover_tasks()


def turn(
    task: str, schedule: float | crontab, *args: str, queue: str = "default", expires: float = 3600
) -> dict[str, Any]:
    """A line of the timetable. What waited longer than until its next turn is dropped: nothing runs twice in a row."""
    return {"task": task, "schedule": schedule, "args": args, "options": {"queue": queue, "expires": expires}}


KERNEL, MEMBERS, MATCHES = "cluster_portal.common.tasks", "members.tasks", "matchmaking.tasks"
# Hours are those of Bucharest. Reminders are one a day; the later turns are for a timetable that stood still at nine.
app.conf.beat_schedule = {
    "letters": turn(f"{KERNEL}.sweep_outbox", 5.0, queue="mail", expires=5),
    "sign of life: mail": turn(f"{KERNEL}.sign_of_life", 15.0, "mail", queue="mail", expires=15),
    "sign of life: default": turn(f"{KERNEL}.sign_of_life", 15.0, "default", expires=15),
    "keys in letters that never left": turn(f"{KERNEL}.forget_keys", crontab(minute=20, hour=3)),
    "rounds that are over": turn(f"{MEMBERS}.close_rounds", 60.0, expires=60),
    "files not completed in time": turn(f"{MEMBERS}.lapse_requests", crontab(minute=5)),
    "windows for objections": turn(f"{MEMBERS}.end_objections", crontab(minute=10)),
    "notices that have run out": turn(f"{MEMBERS}.end_notices", crontab(minute=15)),
    "mandates that are over": turn(f"{MEMBERS}.close_desks", crontab(minute=20)),
    "decisions that are late": turn(f"{MEMBERS}.remind_leaders", crontab(minute=30, hour="9-17")),
    "reminders to directors": turn(f"{MEMBERS}.remind_directors", crontab(minute=0, hour="9-17")),
    "weights of the need search": turn(f"{MATCHES}.weigh_works", crontab(minute=45), queue="heavy"),
    "index of the need search": turn(f"{MATCHES}.rebuild_works", crontab(minute=40, hour=2), queue="heavy"),
}
