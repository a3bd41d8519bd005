"""The only way a letter leaves: a row in the transaction of its cause, delivered by the worker after the commit."""

import logging
import secrets
import time
from datetime import timedelta
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from urllib.parse import urlsplit

from celery import current_app
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q
from django.template import engines
from django.template.loader import render_to_string
from django.utils import timezone, translation

from cluster_portal.common import audit
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Cluster, MailState, OutgoingMail, User
from cluster_portal.common.smtp import DeliveryError, Trouble, deliver

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
"""How long a worker owns a letter; longer than the patience of the SMTP conversation."""
PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 60, 180, 360, 720, 1440, 1440))
"""Growing pauses between attempts, together about three days."""
UNCERTAIN_PAUSE = timedelta(minutes=15)
BREAKER_PAUSE = 30.0
"""Seconds without knocking at a broker that did not answer; the sweep delivers meanwhile."""

_broker_rests_until = 0.0


def post(
    letter: str,
    to: User | str,
    *,
    cause: str,
    about: models.Model | None = None,
    language: str | None = None,
    confidential: bool = False,
    **context: object,
) -> OutgoingMail | None:
    """Write the letter `letter` ("members/adhesion_received") in the recipient's language, once per `cause`.

    Must run inside the transaction of its cause. Returns None when a letter for this cause and person exists already.
    Renders `<app>/emails/<name>.{subject.txt,body.txt,body.html}` with `context`, `cluster`, `recipient`, `site_url`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a letter is written in the transaction of its cause")
    address = to.email if isinstance(to, User) else to
    language = language or (to.language if isinstance(to, User) else translation.get_language() or "ro")[:2]
    subject, text, html = _render(letter, language, {**context, "recipient": to if isinstance(to, User) else None})
    mail, created = OutgoingMail.objects.get_or_create(
        dedup_key=f"{cause}:{address}"[:200],
        defaults={
            "kind": letter,
            "recipient": address,
            "user": to if isinstance(to, User) else None,
            "language": language,
            "subject": subject,
            "text": text,
            "html": html,
            "confidential": confidential,
            "target_type": about._meta.label_lower if about is not None else "",
            "target_id": str(about.pk) if about is not None else "",
            "message_id": f"<{secrets.token_hex(16)}@{_host()}>",
        },
    )
    if not created:
        return None
    kick_after_commit(mail.pk)
    return mail


def _host() -> str:
    """The host of Message-IDs: our own name, so that they are unique in the world."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _render(letter: str, language: str, context: dict[str, object]) -> tuple[str, str, str]:
    app, name = letter.split("/")
    with translation.override(language):
        values = {
            **context,
            "cluster": Cluster.objects.get(),
            "site_url": settings.SITE_URL,
            "language": language,
            "demonstration": settings.DEMO,
        }
        plain = engines["text"]
        subject = plain.get_template(f"{app}/emails/{name}.subject.txt").render(values)
        text = plain.get_template(f"{app}/emails/{name}.body.txt").render(values)
        html = render_to_string(f"{app}/emails/{name}.body.html", values)
    return " ".join(subject.split())[:250], text.strip() + "\n", html


def kick_after_commit(pk: int) -> None:
    """Tell the worker about a letter once it is committed. Only a hint: the sweep is the truth."""

    def kick() -> None:
        global _broker_rests_until
        if time.monotonic() < _broker_rests_until:
            return
        try:
            current_app.send_task("cluster_portal.common.tasks.deliver_mail", args=[pk], queue="mail", retry=False)
        except current_app.connection_for_write().connection_errors + (OSError,) as error:
            _broker_rests_until = time.monotonic() + BREAKER_PAUSE
            log.warning("The broker does not answer (%s); letters wait for the sweep.", error)

    transaction.on_commit(kick, robust=True)


def due(limit: int = 100) -> list[int]:
    """Letters whose time has come, oldest first, those of a vanished worker included."""
    waiting = Q(state__in=[MailState.QUEUED, MailState.UNCERTAIN], due_at__lte=ClockTimestamp())
    orphaned = Q(state=MailState.SENDING, lease_until__lt=ClockTimestamp())
    return list(OutgoingMail.objects.filter(waiting | orphaned).order_by("due_at").values_list("pk", flat=True)[:limit])


def claim(pk: int) -> OutgoingMail | None:
    """Take a letter for this worker, or None when it is not due or another worker has it."""
    free = Q(state__in=[MailState.QUEUED, MailState.UNCERTAIN], due_at__lte=ClockTimestamp())
    orphaned = Q(state=MailState.SENDING, lease_until__lt=ClockTimestamp())
    taken = OutgoingMail.objects.filter(free | orphaned, pk=pk).update(
        state=MailState.SENDING, lease_until=ClockTimestamp() + LEASE, attempts=F("attempts") + 1
    )
    return OutgoingMail.objects.get(pk=pk) if taken else None


def send(pk: int) -> MailState | None:
    """Deliver one letter if it is due; never while a row is locked. Returns its new state, None when not ours."""
    mail = claim(pk)
    if mail is None:
        return None
    try:
        answer = deliver(as_message(mail))
    except DeliveryError as error:
        return _failed(mail, error)
    except (ValueError, UnicodeError) as error:  # a letter that cannot be written as a message must not stop the others
        return _failed(mail, DeliveryError(Trouble.REFUSED, repr(error)))
    blank = {"text": "", "html": ""} if mail.confidential and not settings.DEMO else {}
    OutgoingMail.objects.filter(pk=pk).update(
        state=MailState.SENT, sent_at=ClockTimestamp(), lease_until=None, smtp_reply=answer[:500], last_error="", **blank
    )
    return MailState.SENT


def _failed(mail: OutgoingMail, error: DeliveryError) -> MailState:
    pause: timedelta | None
    match error.trouble:
        case Trouble.REFUSED:
            state, pause = MailState.FAILED, None
        case Trouble.UNCERTAIN:
            state, pause = MailState.UNCERTAIN, UNCERTAIN_PAUSE
            if mail.last_error.startswith(str(Trouble.UNCERTAIN)):  # the second time a person decides
                state, pause = MailState.HELD, None
        case Trouble.CONFIGURATION:
            state, pause = MailState.QUEUED, PAUSES[0]
            mail.attempts -= 1
            log.error("Letters cannot be sent, check EMAIL_URL: %s", error.answer)
        case _:
            exhausted = mail.attempts > len(PAUSES)
            state, pause = (MailState.FAILED, None) if exhausted else (MailState.QUEUED, PAUSES[mail.attempts - 1])
    OutgoingMail.objects.filter(pk=mail.pk).update(
        state=state,
        lease_until=None,
        attempts=mail.attempts,
        due_at=ClockTimestamp() + (pause or timedelta(0)),
        last_error=f"{error.trouble}: {error.answer}"[:2000],
    )
    return state


def as_message(mail: OutgoingMail) -> EmailMessage:
    """The letter as it travels. The Message-ID stays the same on every attempt, so a twin is recognised as one."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.recipient)
    message["Date"] = format_datetime(timezone.localtime(mail.created_at))
    message["Message-ID"] = mail.message_id
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text)
    if mail.html:
        message.add_alternative(mail.html, subtype="html")
    return message


@transaction.atomic
def send_again(pk: int, *, by: User) -> OutgoingMail:
    """A person of the office sends a letter once more: the same row when it never arrived, a copy when it did."""
    mail = OutgoingMail.objects.select_for_update().get(pk=pk)
    if mail.confidential and not mail.text:
        raise ValueError("A letter with a key is not kept after it was sent; ask the person to request a new one.")
    if mail.state == MailState.SENT:
        copies = OutgoingMail.objects.filter(dedup_key__startswith=f"{mail.dedup_key[:190]}:again").count()
        mail = OutgoingMail.objects.create(
            dedup_key=f"{mail.dedup_key[:190]}:again{copies + 1}",
            message_id=f"<{secrets.token_hex(16)}@{_host()}>",
            **{
                name: getattr(mail, name)
                for name in (
                    "kind", "recipient", "user", "language", "subject", "text", "html",
                    "confidential", "target_type", "target_id",
                )
            },
        )  # fmt: skip
    elif mail.state != MailState.SENDING:
        mail.state, mail.attempts, mail.last_error = MailState.QUEUED, 0, ""
        mail.save(update_fields=["state", "attempts", "last_error"])
        OutgoingMail.objects.filter(pk=pk).update(due_at=ClockTimestamp())
    audit.record("letter_sent_again", mail, by=by, kind=mail.kind)
    kick_after_commit(mail.pk)
    return mail


def oldest_due_seconds() -> float:
    """Age in seconds of the oldest letter whose time has come; 0 when none waits."""
    oldest = (
        OutgoingMail.objects.filter(state=MailState.QUEUED, due_at__lte=ClockTimestamp())
        .order_by("due_at")
        .values_list("due_at", flat=True)
        .first()
    )
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0
