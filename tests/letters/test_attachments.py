"""Small attachments: an invitation is one more way to read the letter, the rest lies beside it."""

from __future__ import annotations

import email
from email.message import EmailMessage
from email.policy import default

import pytest
from django.db import IntegrityError, transaction

from cluster_portal.common import delivery, outbox
from cluster_portal.common.models import Cluster, OutgoingAttachment, OutgoingMail
from cluster_portal.common.models.mail import ATTACHMENT_LIMIT
from cluster_portal.common.outbox import Attachment
from tests import factories
from tests.letters.made import a_letter, fresh, make_due
from tests.letters.sink import Naughty

pytestmark = pytest.mark.django_db
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Întâlnire\r\nEND:VCALENDAR\r\n".encode()


def with_both() -> OutgoingMail:
    mail = a_letter()
    for name, kind, method, content in (
        ("event.ics", "text/calendar", "REQUEST", CALENDAR),
        ("certificate.pdf", "application/pdf", "", b"%PDF-1.4"),
    ):
        OutgoingAttachment.objects.create(mail=mail, name=name, content_type=kind, method=method, content=content)
    return mail


def as_read(message: EmailMessage) -> EmailMessage:
    read = email.message_from_bytes(message.as_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def test_a_calendar_program_finds_its_invitation_among_the_alternatives() -> None:
    message = as_read(delivery.as_message(with_both()))
    assert message.get_content_type() == "multipart/mixed"
    alternatives, copy, beside = message.iter_parts()
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    calendar = list(alternatives.iter_parts())[-1]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "utf-8")
    assert calendar.get_content_disposition() is None
    assert calendar.get_payload(decode=True) == CALENDAR == copy.get_payload(decode=True)
    assert (copy.get_content_type(), copy.get_filename()) == ("application/ics", "event.ics")
    assert (beside.get_content_type(), beside.get_filename()) == ("application/pdf", "certificate.pdf")


def test_it_arrives_and_a_copy_carries_it_too(cluster: Cluster, server: Naughty) -> None:
    mail = with_both()
    assert delivery.sweep() == 1
    assert fresh(mail).state == "sent"
    copy = delivery.send_again(mail.pk, by=factories.an_office_person())
    assert copy.attachments.count() == 2
    make_due()


def test_nothing_large_and_nothing_unknown_travels(cluster: Cluster) -> None:
    for content_type, content in (
        ("text/calendar", b"x" * (ATTACHMENT_LIMIT + 1)),
        ("text/calendar", b""),
        ("application/zip", b"x"),
    ):
        with pytest.raises(ValueError, match=r"attachment|no letter carries"):
            Attachment("x", content_type, content)
    mail = a_letter()
    with pytest.raises(IntegrityError, match="an_attachment_is_small"), transaction.atomic():
        OutgoingAttachment.objects.create(
            mail=mail, name="x", content_type="text/calendar", content=b"x" * (ATTACHMENT_LIMIT + 1)
        )
    with pytest.raises(IntegrityError, match="only_a_calendar_has_a_method"), transaction.atomic():
        OutgoingAttachment.objects.create(
            mail=mail, name="x", content_type="application/pdf", method="CANCEL", content=b"x"
        )


def test_a_letter_that_was_written_already_gets_no_second_attachment(cluster: Cluster) -> None:
    attached = (Attachment("event.ics", "text/calendar", CALENDAR, "REQUEST"),)
    user = factories.a_user()
    for _twice in range(2):
        with transaction.atomic():
            outbox.post("members/adhesion_received", user, cause="once", attachments=attached)
    assert OutgoingAttachment.objects.count() == 1
