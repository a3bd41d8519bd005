"""The tests' own ground: real worker, real mail, real web server, real browser, and no way out."""

from __future__ import annotations

import socket
import time
from typing import Any
from urllib.request import urlopen

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from playwright.sync_api import Page
from redis import Redis

from cluster_portal.common import audit, outbox
from cluster_portal.common.models import AuditEvent, Cluster, Heartbeat, MailState, OutgoingMail
from tests import factories
from tests.conftest import PATIENCE, Sink


def test_nothing_leaves_this_machine() -> None:
    with pytest.raises(AssertionError, match="a test tried to reach"), socket.socket() as line:
        line.connect(("192.0.2.1", 80))


@pytest.mark.xdist_group("together")
def test_the_scheduler_reads_the_group_of_a_test_in_its_name(request: pytest.FixtureRequest) -> None:
    """Else what a group makes once is made by every worker: a world, a portal, a demonstration."""
    grouped = bool(getattr(request.config.option, "loadgroup", False))
    assert request.node.nodeid.endswith("@together") == grouped


@pytest.mark.django_db
def test_the_role_of_the_portal_is_no_superuser() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_nothing_behind(turn: int) -> None:
    """Twice: each finds the tables empty, the append-only ones included."""
    assert not AuditEvent.objects.exists()
    assert cache.get("left-behind") is None
    factories.a_cluster()
    audit.record("preset_loaded", Cluster.objects.get(), by=None)
    cache.set("left-behind", turn)
    assert AuditEvent.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_a_task_waits_in_the_queue(valkey: Redis) -> None:
    """Tasks are never run in place of being sent: what is sent lies in a real Valkey until somebody takes it."""
    current_app.send_task("cluster_portal.common.tasks.sign_of_life", args=["default"], queue="default")
    assert valkey.llen("default") == 1
    assert not Heartbeat.objects.exists()


def test_a_letter_is_delivered_by_a_worker_to_a_mail_server(live_worker: Any, smtp_sink: Sink) -> None:
    factories.a_cluster()
    with transaction.atomic():
        mail = OutgoingMail.objects.create(
            dedup_key="one cause",
            kind="a/letter",
            recipient="ana@example.org",
            language="en",
            subject="Good news ș",
            text="Welcome.",
            message_id="<one@localhost>",
        )
        outbox.wake_after_commit()
    (letter,) = smtp_sink.wait_for(1)
    assert letter["Message-ID"] == "<one@localhost>"
    deadline = time.monotonic() + PATIENCE
    while mail.state != MailState.SENT and time.monotonic() < deadline:
        mail.refresh_from_db()
    assert mail.state == MailState.SENT


def test_the_server_works_on_the_database_of_the_test(server: str) -> None:
    Heartbeat.objects.create(name="mail")
    Heartbeat.objects.create(name="default")
    with urlopen(f"{server}/health/") as answer:
        assert answer.status == 200
        assert b'"worker": "ok"' in answer.read()


def test_a_browser_reads_a_page_of_the_server_without_a_complaint(server: str, page: Page) -> None:
    factories.a_cluster()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    answer = page.goto(f"{server}/accounts/login/")
    assert answer
    assert answer.status == 200
    assert page.locator("input[type=password]").count() == 1
    assert complaints == []


@pytest.mark.django_db
def test_the_test_settings_are_those_of_the_portal_but_for_places_and_hashes() -> None:
    assert str(settings.DATA_DIR).endswith(".portal/tests")
    assert connection.settings_dict["NAME"].startswith("test_")
    assert Client().get("/health/").status_code == 200
