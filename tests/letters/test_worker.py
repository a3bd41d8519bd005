"""A real worker: killed, restarted, without its broker. No decision and no letter is lost."""

import time
from pathlib import Path
from typing import Any

import pytest
from celery import current_app
from django.db import transaction

from cluster_portal.common import delivery, outbox
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Cluster, MailState, OutgoingMail, User
from members.models import AdhesionRequest
from tests import factories
from tests.conftest import PATIENCE, environment, process
from tests.letters.made import a_letter
from tests.letters.sink import Naughty, Post

pytestmark = pytest.mark.django_db(transaction=True)
WORKER = ["celery", "-A", "cluster_portal", "worker", "-Q", "mail", "-c", "1", "-l", "INFO"]
WORKER += ["--without-gossip", "--without-mingle", "--without-heartbeat"]


def wait_until(done: Any, seconds: float = PATIENCE) -> None:
    ends = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < ends, list(OutgoingMail.objects.values_list("state", "last_error"))
        time.sleep(0.1)


def sweep_soon() -> None:
    """What the timetable does every five seconds."""
    current_app.send_task("cluster_portal.common.tasks.sweep_outbox", queue="mail")


def test_a_decision_writes_and_the_worker_delivers(directors: list[User], smtp_sink: Any, live_worker: Any) -> None:
    request = factories.a_submitted_request()
    letter = smtp_sink.wait_for(1)[0]
    assert letter["To"] == request.applicant.email
    wait_until(lambda: OutgoingMail.objects.get().state == MailState.SENT)


def test_without_a_broker_the_decision_stands_and_the_sweep_delivers(
    directors: list[User], smtp_sink: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dead(*_: Any, **__: Any) -> Any:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr(current_app, "connection_for_write", dead)
    vote = factories.an_open_round(directors)
    began = time.monotonic()
    for director in directors[:4]:
        factories.votes(vote, director, "for")
    assert time.monotonic() - began < 5
    assert AdhesionRequest.objects.get(pk=vote.request_id).state == "approved"
    assert OutgoingMail.objects.filter(kind="members/adhesion_approved", state=MailState.QUEUED).count() == 1
    delivery.sweep()
    assert not OutgoingMail.objects.exclude(state=MailState.SENT).exists()
    assert len(smtp_sink.letters) == OutgoingMail.objects.count()


def test_workers_killed_in_the_middle_of_letters_lose_none(cluster: Cluster, tmp_path: Path) -> None:
    kills, number = 3, 24
    post = Post(Naughty(seconds=0.15)).start()
    env = environment(PORTAL_TEST_EMAIL_URL=f"smtp://127.0.0.1:{post.port}", PORTAL_PROCESS="worker")
    for one in range(number):
        a_letter(f"person{one}@example.org")
    try:
        for kill in range(kills):
            before = len(post.handler.taken)
            with process(WORKER, env, tmp_path / f"worker{kill}.log", lambda log: " ready." in log) as child:
                sweep_soon()
                wait_until(lambda before=before: len(post.handler.taken) >= before + 3)
                child.kill()
            OutgoingMail.objects.filter(state=MailState.SENDING).update(lease_until=ClockTimestamp())
        with process(WORKER, env, tmp_path / "last.log", lambda log: " ready." in log):
            sweep_soon()
            wait_until(lambda: not OutgoingMail.objects.exclude(state=MailState.SENT).exists())
    finally:
        post.stop()
    arrived = post.handler.recipients()
    assert set(arrived) == {f"person{one}@example.org" for one in range(number)}, "none is lost"
    assert len(arrived) - number <= kills, "at most one extra copy for each kill"
    assert len({letter["Message-ID"] for letter in post.handler.taken}) == number, "and it is known as a copy"


def test_the_broker_comes_back_empty_and_nothing_is_lost(cluster: Cluster, smtp_sink: Any) -> None:
    with transaction.atomic():
        outbox.post("account/email_confirm", "ana@example.org", cause="x", timestamp=None, ip="", user_agent="")
    current_app.control.purge()
    delivery.sweep()
    assert len(smtp_sink.letters) == 1
