"""How letters begin: in the transaction of their cause, once for one cause, and one knock at the broker for all."""

import threading
from functools import partial
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection, transaction

from cluster_portal.common import delivery, outbox
from cluster_portal.common.models import Cluster, MailState, OutgoingMail, User
from cluster_portal.common.outbox import Unwritten
from tests import factories

LETTER = "account/email_confirm"
NOWHERE = "redis+socket:///nowhere/valkey.sock?virtual_host=0"


def post(to: User | str, cause: str = "cause", **more: Any) -> OutgoingMail | Unwritten:
    values = {"timestamp": None, "ip": "192.0.2.1", "user_agent": "Test", **more}
    return outbox.post(LETTER, to, cause=cause, **values)


@pytest.fixture
def knocks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Messages that reach the broker."""
    heard: list[str] = []
    send = current_app.send_task

    def listening(name: str, *args: Any, **options: Any) -> Any:
        heard.append(name)
        return send(name, *args, **options)

    monkeypatch.setattr(current_app, "send_task", listening)
    return heard


@pytest.mark.django_db(transaction=True)
def test_a_letter_needs_the_transaction_of_its_cause(cluster: Cluster) -> None:
    with pytest.raises(RuntimeError, match="transaction of its cause"):
        post(factories.a_user())


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_letter_and_does_not_knock(cluster: Cluster, knocks: list[str]) -> None:
    with transaction.atomic():
        post(factories.a_user())
        transaction.set_rollback(True)
    assert OutgoingMail.objects.count() == 0
    assert knocks == []


@pytest.mark.django_db(transaction=True)
def test_many_letters_of_one_transaction_knock_once(cluster: Cluster, knocks: list[str]) -> None:
    with transaction.atomic():
        for number in range(7):
            post(f"director{number}@example.org")
        with transaction.atomic():
            post("inner@example.org")
    assert OutgoingMail.objects.count() == 8
    assert knocks == ["cluster_portal.common.tasks.sweep_outbox"]


@pytest.mark.django_db(transaction=True)
def test_a_letter_after_a_rolled_back_part_still_knocks(cluster: Cluster, knocks: list[str]) -> None:
    with transaction.atomic():
        with transaction.atomic():
            post("lost@example.org")
            transaction.set_rollback(True)
        post("kept@example.org")
    assert list(OutgoingMail.objects.values_list("recipient", flat=True)) == ["kept@example.org"]
    assert len(knocks) == 1


@pytest.mark.django_db
def test_one_cause_writes_to_a_person_once_whatever_the_case_of_the_address(cluster: Cluster) -> None:
    user = factories.a_user("ilinca@example.org")
    assert post(user)
    assert post(user) is Unwritten.TWICE
    assert post("Ilinca@Example.org") is Unwritten.TWICE
    assert post(user, "another cause")


@pytest.mark.django_db
def test_long_causes_and_addresses_stay_apart(cluster: Cluster) -> None:
    address = f"{'a' * 60}@{'b' * 60}.{'c' * 60}.example.org"
    assert post(address, "c" * 100 + "1")
    assert post(address, "c" * 100 + "2")
    assert post(address, "c" * 100 + "2") is Unwritten.TWICE


@pytest.mark.django_db(transaction=True)
def test_two_requests_at_once_write_one_letter(cluster: Cluster) -> None:
    user, gate = factories.a_user(), threading.Barrier(4)

    def click() -> None:
        try:
            gate.wait(60)
            with transaction.atomic():
                post(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db
def test_letters_are_in_the_language_of_the_recipient_not_of_the_one_who_acts(cluster: Cluster) -> None:
    mail = post(factories.a_user(language="ro"))
    assert isinstance(mail, OutgoingMail)
    assert mail.language == "ro"
    assert '<html lang="ro">' in mail.html


@pytest.mark.django_db
def test_a_subject_is_one_line_whatever_names_contain(cluster: Cluster) -> None:
    with transaction.atomic():
        mail = outbox.post(
            "members/colleague_invited",
            "colleague@example.org",
            cause="x",
            invitation={"invited_by": "Ilinca\r\nBcc: all@example.org\u2028X\x85Y"},
            organisation={"legal_name": "<b>Atelier</b> & Co"},
            link=f"{settings.SITE_URL}/members/invitations/x/",
        )
    assert isinstance(mail, OutgoingMail)
    assert "\n" not in mail.subject and "\u2028" not in mail.subject
    message = delivery.as_message(mail)
    assert message["Bcc"] is None
    assert len(message.get_all("Subject", [])) == 1
    assert "<b>Atelier" not in mail.html
    assert "&lt;b&gt;Atelier&lt;/b&gt; &amp; Co" in mail.html
    assert "<b>Atelier</b> & Co" in mail.text


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_the_cause_is_committed_and_later_requests_do_not_wait_again(
    cluster: Cluster, knocks: list[str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(current_app, "connection_for_write", partial(current_app.connection_for_write, NOWHERE))
    with transaction.atomic():
        post("first@example.org")
    with transaction.atomic():
        post("second@example.org")
    assert OutgoingMail.objects.filter(state=MailState.QUEUED).count() == 2
    assert len(knocks) == 1
    assert [record.levelname for record in caplog.records].count("WARNING") == 1


@pytest.mark.django_db
def test_the_age_of_the_outbox_is_that_of_the_oldest_letter_that_is_due(cluster: Cluster) -> None:
    assert outbox.oldest_due_seconds() == 0
    post("a@example.org")
    with connection.cursor() as cursor:
        cursor.execute("update common_outgoingmail set due_at = clock_timestamp() - interval '90 seconds'")
    assert 90 <= outbox.oldest_due_seconds() < 100
