"""Who sends a letter when several may, what becomes of keys, and sending once more."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cluster_portal import addresses
from cluster_portal.common import delivery, smtp
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import AuditEvent, Cluster, MailState, OutgoingMail
from tests import factories
from tests.letters.made import a_letter, fresh
from tests.letters.sink import Naughty

pytestmark = pytest.mark.django_db(transaction=True)


# --- Claims -----------------------------------------------------------------------------------------------------------
def test_workers_side_by_side_send_each_letter_once(server: Naughty) -> None:
    for number in range(40):
        a_letter(f"person{number}@example.org")
    server.seconds = 0.005
    done: list[int] = []

    def work() -> None:
        try:
            done.append(delivery.sweep())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sum(done) == 40
    assert len(server.taken) == len(set(server.recipients())) == 40


def test_a_letter_of_a_vanished_worker_is_taken_up_when_its_lease_has_run_out(server: Naughty) -> None:
    mail = a_letter(state=MailState.SENDING, attempts=1, lease_until=timezone.now() + timedelta(minutes=1))
    assert delivery.sweep() == 0
    OutgoingMail.objects.filter(pk=mail.pk).update(lease_until=ClockTimestamp() - timedelta(seconds=1))
    assert delivery.sweep() == 1
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.SENT, 2)


def test_a_worker_that_lost_its_lease_does_not_undo_what_the_next_one_did(server: Naughty) -> None:
    mail = a_letter()
    slow = delivery.claim()
    assert slow is not None
    OutgoingMail.objects.filter(pk=mail.pk).update(lease_until=ClockTimestamp() - timedelta(seconds=1))
    assert delivery.sweep() == 1
    delivery._not_delivered(slow, smtp.DeliveryError(smtp.Trouble.RETRY, "too late"))
    assert fresh(mail).state == MailState.SENT


def test_letters_wait_for_their_time(server: Naughty) -> None:
    a_letter(due_at=timezone.now() + timedelta(seconds=30))
    assert delivery.sweep() == 0


# --- Keys -------------------------------------------------------------------------------------------------------------
def test_the_text_of_a_confidential_letter_is_wiped_once_it_is_sent(server: Naughty) -> None:
    mail = a_letter(confidential=True)
    delivery.sweep()
    assert (fresh(mail).text, fresh(mail).html) == ("", "")
    body = server.taken[0].get_body(("plain",))
    assert body is not None and "șirul țărilor" in body.get_content()
    with pytest.raises(delivery.KeyForgotten):
        delivery.send_again(mail.pk, by=factories.a_user())


def test_the_demonstration_keeps_letters_with_keys_for_its_mailbox_page(settings: Any) -> None:
    settings.DEMO, settings.EMAIL = True, addresses.mail("mailbox:")
    mail = a_letter(confidential=True)
    delivery.sweep()
    assert fresh(mail).state == MailState.SENT and fresh(mail).text
    assert delivery.forget_keys() == 0


def test_keys_in_letters_that_never_left_are_forgotten_after_three_days(settings: Any) -> None:
    settings.EMAIL = addresses.mail("smtp://127.0.0.1:1")
    young, old = (
        a_letter(confidential=True, state=MailState.FAILED),
        a_letter(confidential=True, state=MailState.FAILED),
    )
    waiting = a_letter(confidential=True)
    OutgoingMail.objects.filter(pk__in=[old.pk, waiting.pk]).update(created_at=ClockTimestamp() - timedelta(days=4))
    assert delivery.forget_keys() == 1
    assert (fresh(old).text, bool(fresh(young).text), bool(fresh(waiting).text)) == ("", True, True)


# --- Once more --------------------------------------------------------------------------------------------------------
def test_sending_again_repeats_the_same_row_while_it_never_arrived(server: Naughty, cluster: Cluster) -> None:
    server.answers["RCPT"] = "550 mailbox full"
    mail, by = a_letter(), factories.an_office_person()
    delivery.sweep()
    server.answers.clear()
    again = delivery.send_again(mail.pk, by=by)
    assert again.pk == mail.pk
    delivery.sweep()
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.SENT, 1)
    assert AuditEvent.objects.filter(verb="letter_sent_again", actor=by).count() == 1


def test_sending_again_what_arrived_makes_one_copy_for_two_clicks(server: Naughty, cluster: Cluster) -> None:
    mail, by = a_letter(), factories.an_office_person()
    delivery.sweep()
    copy = delivery.send_again(mail.pk, by=by)
    assert delivery.send_again(mail.pk, by=by).pk == copy.pk
    assert copy.pk != mail.pk and copy.message_id != mail.message_id
    delivery.sweep()
    assert len(server.taken) == 2
    OutgoingMail.objects.filter(pk=copy.pk).update(created_at=ClockTimestamp() - timedelta(minutes=5))
    assert delivery.send_again(mail.pk, by=by).pk not in {mail.pk, copy.pk}


def test_a_letter_on_its_way_is_not_sent_again(server: Naughty, cluster: Cluster) -> None:
    mail, by = a_letter(), factories.an_office_person()
    assert delivery.send_again(mail.pk, by=by).pk == mail.pk
    assert not AuditEvent.objects.filter(verb="letter_sent_again").exists()
    delivery.sweep()
    assert len(server.taken) == 1
