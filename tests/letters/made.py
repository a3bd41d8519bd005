"""Letters for tests of their delivery."""

import os
from datetime import timedelta

from django.utils import timezone

from cluster_portal.common import outbox
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import MailState, OutgoingMail


def a_letter(to: str = "ilinca@example.org", **columns: object) -> OutgoingMail:
    """A letter that is due."""
    values = {
        "dedup_key": os.urandom(8).hex(),
        "kind": "members/adhesion_received",
        "recipient": to,
        "language": "ro",
        "subject": "Cererea a fost înregistrată",
        "text": "Bună ziua, șirul țărilor.\n",
        "html": "<p>Bună ziua, șirul țărilor.</p>",
        "message_id": outbox.new_message_id(),
        **columns,
    }
    return OutgoingMail.objects.create(**values)


def fresh(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail.pk)


def pause_of(mail: OutgoingMail) -> timedelta:
    return fresh(mail).due_at - timezone.now()


def make_due() -> None:
    OutgoingMail.objects.exclude(state=MailState.SENT).update(due_at=ClockTimestamp())
