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


KERNEL, MEMBERS = "cluster_portal.common.tasks", "members.tasks"
MATCHING, EVENTS = "matchmaking.tasks", "events.tasks"
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
    "offered places that were not taken": turn(f"{EVENTS}.pass_on_places", 60.0, expires=60),
    "invitations of campaigns": turn(f"{EVENTS}.send_invitations", 10.0, expires=10),
    "letters about changes of events": turn(f"{EVENTS}.tell_registrants", 60.0, expires=60),
    "guests who did not confirm": turn(f"{EVENTS}.forget_guests", crontab(minute=25)),
    "reminders of events": turn(f"{EVENTS}.remind_participants", crontab(minute="*/15"), expires=900),
    "thanks after events": turn(f"{EVENTS}.thank_participants", crontab(minute=35)),
    "trainings that run out": turn(f"{EVENTS}.remind_renewals", crontab(minute=40, hour="9-17")),
    "offers and needs that run out": turn(f"{MEMBERS}.remind_renewals", crontab(minute=40, hour="8-17")),
    "weights of words": turn(f"{MATCHING}.refresh_weights", 30.0, expires=30),
    "offers and needs that have run out": turn(f"{MATCHING}.drop_run_out", crontab(minute=1)),
    "places for members that few lists show": turn(
        f"{MATCHING}.refresh_places", crontab(minute=40, hour=2), queue="heavy"
    ),
    "interests that are over": turn(f"{MATCHING}.end_interests", crontab(minute=25)),
    "reminders of interests": turn(f"{MATCHING}.remind", crontab(minute=50, hour="8-17")),
    "letters of new opportunities": turn(f"{MATCHING}.announce_opportunities", 60.0, expires=60),
    "opportunities of the week": turn(
        f"{MATCHING}.tell_opportunities", crontab(minute=5, hour="7-17", day_of_week=1), queue="heavy"
    ),
    "matches of the week": turn(
        f"{MATCHING}.tell_matches", crontab(minute=15, hour="7-17", day_of_week=1), queue="heavy"
    ),
    "timetables of brokerage days": turn(f"{MATCHING}.make_timetables", 5.0, queue="heavy", expires=5),
    "wishes of brokerage days that are over": turn(f"{MATCHING}.close_wishes", 60.0, expires=60),
    "reminders to directors": turn(f"{MEMBERS}.remind_directors", crontab(minute=0, hour="9-17")),
    "weights of the need search": turn(f"{MATCHING}.weigh_works", crontab(minute=45), queue="heavy"),
    "index of the need search": turn(f"{MATCHING}.rebuild_works", crontab(minute=50, hour=2), queue="heavy"),
}
