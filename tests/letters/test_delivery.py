"""What becomes of a letter for every way in which a mail server can fail."""

import ssl
from datetime import timedelta
from typing import Any

import pytest

from cluster_portal import addresses
from cluster_portal.common import delivery, smtp
from cluster_portal.common.models import Cluster, MailState, OutgoingMail
from tests.letters.made import a_letter, fresh, make_due, pause_of
from tests.letters.sink import Naughty, Post, refuse

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_letter_arrives_whole_in_both_parts(server: Naughty, cluster: Cluster) -> None:
    mail = a_letter()
    assert delivery.sweep() == 1
    sent = fresh(mail)
    assert (sent.state, sent.attempts, sent.smtp_reply, sent.last_error) == (MailState.SENT, 1, "250 taken", "")
    assert sent.sent_at is not None and sent.lease_until is None
    letter = server.taken[0]
    assert letter["Message-ID"] == mail.message_id
    assert letter["Subject"] == mail.subject
    assert letter["From"].addresses[0].display_name == cluster.short_name
    assert letter["Reply-To"].addresses[0].addr_spec == cluster.email
    assert letter["Auto-Submitted"] == "auto-generated"
    text, html = letter.get_body(("plain",)), letter.get_body(("html",))
    assert text is not None and html is not None
    assert text.get_content().replace("\r\n", "\n") == mail.text
    assert html.get_content().strip() == mail.html


def test_many_letters_share_one_conversation(server: Naughty) -> None:
    for number in range(30):
        a_letter(f"person{number}@example.org")
    assert delivery.sweep() == 30
    assert len(server.taken) == 30
    assert server.conversations == 1


@pytest.mark.parametrize("mode", ["one letter each", "hang up after one"])
def test_a_server_that_hangs_up_between_letters_costs_no_attempt(server: Naughty, mode: str) -> None:
    server.mode = mode
    letters = [a_letter(f"person{number}@example.org") for number in range(3)]
    assert delivery.sweep() == 3
    assert server.recipients() == sorted(letter.recipient for letter in letters)
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("sent", 1)}


# --- M1: the server is away -------------------------------------------------------------------------------------------
def test_a_server_that_is_away_burns_no_attempt_and_everything_arrives_when_it_is_back(
    post_office: Post, caplog: pytest.LogCaptureFixture
) -> None:
    post_office.stop()
    letters = [a_letter(f"person{number}@example.org") for number in range(5)]
    assert delivery.sweep() == 0
    assert delivery.sweep() == 0
    trouble = delivery.trouble()
    assert trouble is not None and trouble["kind"] == "unreachable"
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("queued", 0)}
    assert [record.levelname for record in caplog.records] == ["ERROR"], "one alarm, however many sweeps"
    post_office.start()
    assert delivery.sweep() == 0, "it rests for half a minute"
    delivery.resume()
    assert delivery.sweep() == 5
    assert delivery.trouble() is None
    assert post_office.handler.recipients() == sorted(letter.recipient for letter in letters)


# --- M2: not now ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
@pytest.mark.parametrize("answer", ["450 greylisted", "451 try later", "452 no room", "432 too many"])
def test_a_temporary_refusal_is_tried_again_after_a_pause(server: Naughty, stage: str, answer: str) -> None:
    server.answers[stage] = answer
    mail = a_letter()
    delivery.sweep()
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.QUEUED, 1)
    assert fresh(mail).last_error == f"retry: {answer}"
    assert timedelta(seconds=40) < pause_of(mail) < timedelta(seconds=75)
    assert delivery.sweep() == 0
    server.answers.clear()
    make_due()
    assert delivery.sweep() == 1
    assert len(server.taken) == 1


def test_pauses_grow_to_three_days_and_then_a_person_is_told(server: Naughty) -> None:
    server.answers["RCPT"] = "451 never"
    mail, waited = a_letter(), timedelta()
    for attempt in range(1, len(delivery.PAUSES) + 1):
        delivery.sweep()
        assert (fresh(mail).state, fresh(mail).attempts) == (MailState.QUEUED, attempt)
        waited += pause_of(mail)
        make_due()
    assert timedelta(days=2) < waited < timedelta(days=4)
    delivery.sweep()
    assert fresh(mail).state == MailState.FAILED


def test_one_greylisted_address_does_not_hold_up_the_others(server: Naughty) -> None:
    server.answers["slow@example.org"] = "450 greylisted"
    slow, quick = a_letter("slow@example.org"), a_letter("quick@example.org")
    delivery.sweep()
    assert (fresh(slow).state, fresh(quick).state) == (MailState.QUEUED, MailState.SENT)


# --- M3: never --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
def test_a_final_refusal_fails_at_once(server: Naughty, stage: str) -> None:
    server.answers[stage] = "550 no such person"
    mail = a_letter()
    delivery.sweep()
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.FAILED, 1)
    assert "550 no such person" in fresh(mail).last_error
    make_due()
    assert delivery.sweep() == 0


# --- M4: nobody knows -------------------------------------------------------------------------------------------------
def test_a_letter_that_may_have_arrived_is_tried_once_more_and_then_left_to_a_person(server: Naughty) -> None:
    server.mode = "take and drop"
    mail = a_letter()
    delivery.sweep()
    assert (fresh(mail).state, fresh(mail).handed_over) == (MailState.UNCERTAIN, 1)
    assert timedelta(minutes=14) < pause_of(mail) < timedelta(minutes=16)
    make_due()
    delivery.sweep()
    assert (fresh(mail).state, fresh(mail).handed_over) == (MailState.HELD, 2)
    make_due()
    assert delivery.sweep() == 0
    assert len(server.taken) == 2, "one extra copy at most"
    assert len({letter["Message-ID"] for letter in server.taken}) == 1, "which is recognised as the same letter"


def test_a_temporary_refusal_in_between_does_not_make_a_third_copy_possible(server: Naughty) -> None:
    mail = a_letter()
    for mode, answers in (("take and drop", {}), ("", {"RCPT": "451 later"}), ("take and drop", {})):
        server.mode, server.answers = mode, answers
        make_due()
        delivery.sweep()
    assert fresh(mail).state == MailState.HELD
    assert len(server.taken) == 2


def test_a_connection_lost_before_the_letter_was_handed_over_is_no_riddle(server: Naughty) -> None:
    server.answers["RCPT"] = "421 closing down"
    mail = a_letter()
    delivery.sweep()
    assert fresh(mail).state == MailState.QUEUED
    server.answers.clear()
    make_due()
    delivery.sweep()
    assert len(server.taken) == 1


# --- M5: slow ---------------------------------------------------------------------------------------------------------
def test_a_slow_answer_to_a_letter_is_waited_for(server: Naughty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "PATIENCE", 1)
    server.seconds = 2.5
    mail = a_letter()
    delivery.sweep()
    assert fresh(mail).state == MailState.SENT
    assert len(server.taken) == 1


def test_an_answer_that_never_comes_ends_as_perhaps_sent(server: Naughty, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(smtp, "DATA_PATIENCE", 1)
    server.seconds = 3
    mail = a_letter()
    delivery.sweep()
    assert fresh(mail).state == MailState.UNCERTAIN


def test_the_patience_fits_into_the_lease_and_the_lease_into_the_task(settings: Any) -> None:
    longest = delivery.TURN + 10 * smtp.PATIENCE
    assert smtp.DATA_PATIENCE >= 600
    assert smtp.DATA_PATIENCE + longest < settings.CELERY_TASK_TIME_LIMIT
    assert settings.CELERY_TASK_TIME_LIMIT <= delivery.LEASE.total_seconds()


# --- M6: the server does not accept us --------------------------------------------------------------------------------
def test_a_wrong_password_stops_the_queue_with_one_alarm(settings: Any, caplog: pytest.LogCaptureFixture) -> None:
    post = Post(authenticator=refuse, auth_require_tls=False).start()
    settings.EMAIL = addresses.mail(f"smtp://portal:wrong@127.0.0.1:{post.port}")
    for number in range(3):
        a_letter(f"person{number}@example.org")
    try:
        delivery.sweep()
        delivery.resume()
        delivery.sweep()
    finally:
        post.stop()
    assert set(OutgoingMail.objects.values_list("state", "attempts")) == {("queued", 0)}
    trouble = delivery.trouble()
    assert trouble is not None and trouble["kind"] == "configuration" and "535" in trouble["answer"]
    assert [record.levelname for record in caplog.records if record.name.startswith("cluster_portal")] == ["ERROR"]


def test_a_server_without_encryption_is_not_talked_to_in_the_clear(
    server: Naughty, post_office: Post, settings: Any
) -> None:
    settings.EMAIL = addresses.mail(f"smtp+starttls://127.0.0.1:{post_office.port}")
    mail = a_letter()
    delivery.sweep()
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.QUEUED, 0)
    trouble = delivery.trouble()
    assert trouble is not None and trouble["kind"] == "configuration"
    assert server.taken == []


def test_a_certificate_that_nobody_vouches_for_stops_the_queue(settings: Any, certificate: ssl.SSLContext) -> None:
    post = Post(ssl_context=certificate)
    try:
        post.start()
    except ssl.SSLError:
        assert post.controller is not None  # the controller's own probe does not trust it either; it listens
    settings.EMAIL = addresses.mail(f"smtps://localhost:{post.port}")
    mail = a_letter()
    delivery.sweep()
    post.stop()
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.QUEUED, 0)
    trouble = delivery.trouble()
    assert trouble is not None and trouble["kind"] == "configuration"


def test_a_sender_that_the_server_does_not_accept_stops_the_queue(server: Naughty) -> None:
    server.answers["MAIL"] = "553 you may not write under this name"
    mail = a_letter()
    delivery.sweep()
    assert (fresh(mail).state, fresh(mail).attempts) == (MailState.QUEUED, 0)
    trouble = delivery.trouble()
    assert trouble is not None and "553" in trouble["answer"]


# --- M7: a letter that is poison --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "columns",
    [
        {"recipient": "ilinca@example.org\r\nBcc: all@example.org"},
        {"recipient": "no address"},
        {"recipient": "șarpe@example.org"},
        {"recipient": f"x@{'é' * 80}.example.org"},
        {"subject": "one\r\nBcc: all@example.org"},
        {"message_id": "<x@y>\r\nBcc: all@example.org"},
    ],
)
def test_one_letter_that_cannot_be_written_fails_alone(server: Naughty, columns: dict[str, str]) -> None:
    poison, good = (
        a_letter(**{"to": columns.pop("recipient", "x@example.org"), **columns}),
        a_letter("good@example.org"),
    )
    delivery.sweep()
    assert (fresh(poison).state, fresh(good).state) == (MailState.FAILED, MailState.SENT)
    assert server.recipients() == ["good@example.org"]
    assert all(letter["Bcc"] is None for letter in server.taken)


def test_an_address_with_a_romanian_host_name_is_written_so_that_servers_can_read_it(server: Naughty) -> None:
    a_letter("ilinca@șură.example")
    delivery.sweep()
    assert server.recipients() == ["ilinca@xn--ur-kla32i.example"]
