"""The Celery app and the timetable, nothing else."""

import os

from celery import Celery
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")

app = Celery("cluster_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name) for name in ("default", "mail", "heavy")]
app.autodiscover_tasks()

# A task that waited longer than until its next turn is dropped: after a pause nothing runs twice in a row.
app.conf.beat_schedule = {
    "letters": {
        "task": "cluster_portal.common.tasks.sweep_outbox",
        "schedule": 5.0,
        "options": {"queue": "mail", "expires": 5},
    },
    "forgotten keys": {
        "task": "cluster_portal.common.tasks.forget_keys",
        "schedule": 3600.0,
        "options": {"queue": "default", "expires": 3600},
    },
} | {
    f"sign of life: {queue}": {
        "task": "cluster_portal.common.tasks.sign_of_life",
        "schedule": 15.0,
        "args": [queue],
        "options": {"queue": queue, "expires": 15},
    }
    for queue in ("mail", "default")
}
