"""How a letter begins: a row in the transaction of its cause. `delivery` takes it to the post after the commit."""

import hashlib
import logging
import re
import secrets
import time
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import DurationField, ExpressionWrapper, F
from django.template import engines
from django.template.loader import render_to_string
from django.utils import translation

from cluster_portal.common import broker, topics
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Cluster, MailState, OutgoingAttachment, OutgoingMail, User
from cluster_portal.common.models.mail import ATTACHMENT_LIMIT, ATTACHMENT_TYPES
from cluster_portal.common.topics import Topic

log = logging.getLogger(__name__)

KEY_LENGTH = 200
BREAKER_PAUSE = 30.0
"""Seconds without knocking at a broker that did not answer; the sweep delivers meanwhile."""


@dataclass
class Breaker:
    """Until when (on this process's own clock) the broker is left alone."""

    rests_until: float = 0.0


breaker = Breaker()


class Unwritten(Enum):
    """Why `post` wrote no letter. Not true, so that `if post(…)` asks whether there is one."""

    TWICE = "twice"  # there is one for this cause and person
    REFUSED = "refused"  # the address does not want letters about this topic

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Attachment:
    """Something small that travels with a letter: a calendar entry or a page of PDF.

    A calendar with a `method` (REQUEST, CANCEL) reaches the calendar program of the reader as an invitation.
    """

    name: str
    content_type: str
    content: bytes
    method: str = ""

    def __post_init__(self) -> None:
        if self.content_type not in ATTACHMENT_TYPES:
            raise ValueError(f"no letter carries {self.content_type}")
        if not 0 < len(self.content) <= ATTACHMENT_LIMIT:
            raise ValueError(f"an attachment has 1 to {ATTACHMENT_LIMIT} bytes, {self.name} has {len(self.content)}")


def post(
    letter: str,
    to: User | str,
    *,
    cause: str,
    about: models.Model | None = None,
    language: str | None = None,
    confidential: bool = False,
    attachments: tuple[Attachment, ...] = (),
    topic: Topic | None = None,
    **context: object,
) -> OutgoingMail | Unwritten:
    """Write the letter `letter` ("members/adhesion_received") in the recipient's language, once per `cause`.

    Must run inside the transaction of its cause. Returns the letter, or why there is none: one for this cause and
    person exists already, or it is about a `topic` that the address refused. A letter about a topic says how to refuse
    such letters.
    Renders `<app>/emails/<name>.{subject.txt,body.txt,body.html}` with `context`, `cluster`, `recipient`, `site_url`.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a letter is written in the transaction of its cause")
    person = to if isinstance(to, User) else None
    address = (to.email if isinstance(to, User) else to).strip()
    language = (language or (person.language if person else translation.get_language()) or "ro")[:2]
    if topic is not None:
        if topics.has_refused(address, topic.code):
            return Unwritten.REFUSED
        context |= {"topic": topic, "unsubscribe_link": topics.unsubscribe_link(address, topic.code)}
    subject, text, html = _render(letter, language, {**context, "recipient": person})
    mail, created = OutgoingMail.objects.get_or_create(
        dedup_key=dedup_key(cause, address),
        defaults={
            "kind": letter,
            "recipient": address,
            "user": person,
            "language": language,
            "subject": subject,
            "text": text,
            "html": html,
            "confidential": confidential,
            "topic": topic.code if topic is not None else "",
            "target_type": about._meta.label_lower if about is not None else "",
            "target_id": str(about.pk) if about is not None else "",
            "message_id": new_message_id(),
        },
    )
    if not created:
        return Unwritten.TWICE
    OutgoingAttachment.objects.bulk_create(OutgoingAttachment(mail=mail, **vars(one)) for one in attachments)
    wake_after_commit()
    return mail


def dedup_key(cause: str, address: str) -> str:
    """One cause and one person: readable, and when it is too long still its own."""
    key = f"{cause}:{address.lower()}"
    if len(key) <= KEY_LENGTH:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()
    return f"{key[: KEY_LENGTH - len(digest) - 1]}:{digest}"


def new_message_id() -> str:
    """An identity for a letter: random, under our own name, so that it is unique in the world."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


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
    return " ".join(subject.split())[:250], tidy(text), html


def tidy(text: str) -> str:
    """Plain text with one empty line between paragraphs and no blanks at the ends of lines."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"


def wake_after_commit() -> None:
    """Wake the worker once the letters of this transaction are committed: one message, however many they are.

    Only a hint: the sweep of the timetable is the truth.
    """
    if not any(entry[1] is _wake for entry in connection.run_on_commit):
        transaction.on_commit(_wake, robust=True)


def _wake() -> None:
    if time.monotonic() < breaker.rests_until:
        return
    try:
        broker.wake("cluster_portal.common.tasks.sweep_outbox", queue="mail")
    except OSError as error:
        breaker.rests_until = time.monotonic() + BREAKER_PAUSE
        log.warning("The broker does not answer (%s); letters wait for the sweep.", error)


def oldest_due_seconds() -> float:
    """Age in seconds of the oldest letter whose time has come, by the database's clock; 0 when none waits."""
    age = ExpressionWrapper(ClockTimestamp() - F("due_at"), output_field=DurationField())
    waiting = OutgoingMail.objects.filter(state=MailState.QUEUED, due_at__lte=ClockTimestamp()).order_by("due_at")
    oldest = waiting.annotate(age=age).values_list("age", flat=True).first()
    return oldest.total_seconds() if oldest else 0.0
