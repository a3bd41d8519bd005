"""The Celery app and the timetable, nothing else."""

import os

from celery import Celery
from kombu import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster_portal.settings")

app = Celery("cluster_portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.task_queues = [Queue(name) for name in ("default", "mail", "heavy")]
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "letters": {
        "task": "cluster_portal.common.tasks.sweep_outbox",
        "schedule": 5.0,
        "options": {"queue": "mail", "expires": 5},
    },
}
