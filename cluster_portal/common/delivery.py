"""Takes letters from the outbox to the post: claims, attempts, pauses, and what a person of the office can do."""

import logging
import secrets
import time
from datetime import timedelta
from email.errors import MessageError
from email.headerregistry import Address, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from email.utils import format_datetime, parseaddr
from typing import Any, TypedDict

from django.conf import settings
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from cluster_portal.common import audit, topics
from cluster_portal.common.constraints import ClockTimestamp
from cluster_portal.common.models import Cluster, MailState, OutgoingAttachment, OutgoingMail, User
from cluster_portal.common.outbox import KEY_LENGTH, new_message_id, wake_after_commit
from cluster_portal.common.smtp import Courier, DeliveryError, Trouble

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
"""How long a worker owns a letter; longer than the patience of the SMTP conversation."""
TURN = 30.0
"""Seconds after which a sweep begins no further letter: it ends before its task does, and signs of life get through."""
PAUSES = tuple(timedelta(minutes=m) for m in (1, 2, 5, 15, 30, 60, 120, 240, *[360] * 11))
"""Growing pauses between attempts, together three days."""
UNCERTAIN_PAUSE = timedelta(minutes=15)
STOP_SECONDS = 30
"""How long no letter is tried after the server could not be talked to."""
KEYS_KEPT = timedelta(days=3)
SECOND_CLICK = timedelta(minutes=1)
NOT_A_MESSAGE = (ValueError, TypeError, LookupError, AttributeError, MessageError)
"""What the library raises for a letter that cannot be written as a message."""


class _Whole(UnstructuredHeader):
    """A header that stays in one line: the library would break a long address and write the pieces in code words."""

    name: str

    def fold(self, *, policy: EmailPolicy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


HEADERS = HeaderRegistry()
HEADERS.map_to_type("list-unsubscribe", _Whole)  # type: ignore[arg-type]  # the registry adds what is missing
POLICY = SMTP.clone(header_factory=HEADERS)

CLAIM = """
    UPDATE common_outgoingmail
    SET state = 'sending', lease_until = clock_timestamp() + %s, attempts = attempts + 1
    WHERE id = (
        SELECT id FROM common_outgoingmail
        WHERE state IN ('queued', 'sending', 'uncertain')
          AND CASE WHEN state = 'sending' THEN lease_until < clock_timestamp() ELSE due_at <= clock_timestamp() END
        ORDER BY due_at, id
        LIMIT 1
        FOR UPDATE SKIP LOCKED
    )
    RETURNING *
"""
_STOPPED, _TROUBLE = "letters-stopped", "letters-trouble"


class QueueTrouble(TypedDict):
    """Why no letters go out, as kept in the cache of the database."""

    kind: str
    answer: str
    since: str


class KeyForgotten(Exception):
    """A confidential letter is not kept after it was sent, so it cannot be sent again."""


def sweep() -> int:
    """Deliver letters whose time has come, oldest first, over one conversation; returns how many were dealt with."""
    if cache.get(_STOPPED):
        return 0
    done, ends = 0, time.monotonic() + TURN
    cluster = Cluster.objects.first()
    with Courier() as courier:
        while time.monotonic() < ends and (mail := claim()) is not None:
            if not _carry(mail, courier, cluster):
                return done
            done += 1
    if courier.reached:
        _goes_again()
    return done


def claim() -> OutgoingMail | None:
    """Take the next letter for this worker, or None: letters of other workers are stepped over, orphans taken up."""
    return next(iter(OutgoingMail.objects.raw(CLAIM, [LEASE])), None)


def _carry(mail: OutgoingMail, courier: Courier, cluster: Cluster | None) -> bool:
    """Try one claimed letter, never while a row is locked. False: the server takes no letters, the sweep ends."""
    if mail.topic and topics.has_refused(mail.recipient, mail.topic):
        _not_wanted(mail)
        return True
    try:
        message = as_message(mail, cluster)
        letter, recipient = message.as_bytes(), str(message["To"])
        recipient.encode("ascii")
    except NOT_A_MESSAGE as error:  # one letter that cannot be written does not stop the others
        log.exception("Letter %s cannot be written as a message", mail.pk)
        _put_back(mail, MailState.FAILED, DeliveryError(Trouble.REFUSED, repr(error)))
        return True
    try:
        answer = courier.deliver(str(message["From"].addresses[0].addr_spec), recipient, letter)
    except DeliveryError as error:
        return _not_delivered(mail, error)
    _mark_sent(mail, answer)
    return True


def _not_wanted(mail: OutgoingMail) -> None:
    """The person refused such letters while this one waited."""
    mine = OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts)
    mine.update(state=MailState.CANCELLED, lease_until=None, last_error="the address refused letters about this topic")


def _mark_sent(mail: OutgoingMail, answer: str) -> None:
    """The server has it. A database that is away for a moment is waited for, or the letter would go out twice."""
    blank = {"text": "", "html": ""} if mail.confidential and not keys_are_kept() else {}
    for pause in (0.2, 0.5, 1, 2, 5, 10, None):
        try:
            OutgoingMail.objects.filter(pk=mail.pk).update(
                state=MailState.SENT,
                sent_at=ClockTimestamp(),
                lease_until=None,
                smtp_reply=answer[:500],
                last_error="",
                **blank,
            )
        except (OperationalError, InterfaceError):
            if pause is None:
                raise
            connection.close()
            time.sleep(pause)
        else:
            return


def keys_are_kept() -> bool:
    """In the demonstration the mailbox page shows letters that carry keys; nowhere else are they kept."""
    return bool(settings.DEMO and settings.EMAIL.mailbox)


def _not_delivered(mail: OutgoingMail, error: DeliveryError) -> bool:
    """Write down what an error means for this letter; False when no other letter would fare better."""
    if error.trouble.stops_the_queue:
        mail.attempts -= 1  # not this letter's fault
        back = MailState.UNCERTAIN if mail.handed_over else MailState.QUEUED
        _put_back(mail, back, error, counted=mail.attempts + 1)
        _stop(error)
        return False
    if error.trouble is Trouble.REFUSED:
        _put_back(mail, MailState.FAILED, error)
    elif error.trouble is Trouble.UNCERTAIN:
        mail.handed_over += 1
        if mail.handed_over > 1:  # it may have arrived twice already: a person decides
            _put_back(mail, MailState.HELD, error)
        else:
            _put_back(mail, MailState.UNCERTAIN, error, pause=UNCERTAIN_PAUSE)
    elif mail.attempts > len(PAUSES):
        _put_back(mail, MailState.FAILED, error)
    else:
        _put_back(mail, MailState.QUEUED, error, pause=jittered(PAUSES[mail.attempts - 1]))
    return True


def jittered(pause: timedelta) -> timedelta:
    """A pause a fifth shorter or longer, so that letters that failed together do not come back together."""
    return pause * (0.8 + secrets.randbelow(401) / 1000)


def _put_back(
    mail: OutgoingMail,
    state: MailState,
    error: DeliveryError,
    *,
    pause: timedelta | None = None,
    counted: int | None = None,
) -> None:
    """Give up the lease, unless it ran out and another worker has the letter."""
    columns: dict[str, Any] = {"due_at": ClockTimestamp() + pause} if pause else {}
    OutgoingMail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=counted or mail.attempts).update(
        state=state,
        lease_until=None,
        attempts=mail.attempts,
        handed_over=mail.handed_over,
        last_error=f"{error.trouble}: {error.answer}".replace("\x00", "")[:2000],
        **columns,
    )


def _stop(error: DeliveryError) -> None:
    """Try no letter for a while. Said once; the page of letters shows it until letters go again."""
    cache.set(_STOPPED, True, STOP_SECONDS)
    trouble = QueueTrouble(kind=str(error.trouble), answer=error.answer, since=timezone.now().isoformat())
    if cache.add(_TROUBLE, trouble, None):
        log.error("No letters go out (%s): %s", error.trouble, error.answer)


def _goes_again() -> None:
    if cache.get(_TROUBLE) is not None:
        cache.delete_many([_STOPPED, _TROUBLE])
        log.warning("Letters go out again.")


def trouble() -> QueueTrouble | None:
    """Why no letters go out, None when they do."""
    found: QueueTrouble | None = cache.get(_TROUBLE)
    return found


def resume() -> None:
    """Try at once, without waiting for the end of the pause: the office has mended what was wrong."""
    cache.delete(_STOPPED)
    wake_after_commit()


def as_message(mail: OutgoingMail, cluster: Cluster | None = None) -> EmailMessage:
    """The letter as it travels. The Message-ID stays the same on every attempt, so a twin is recognised as one."""
    message = EmailMessage(policy=POLICY)
    message["Subject"] = mail.subject
    name, _address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message["From"] = Address(name or (cluster.short_name if cluster else ""), addr_spec=sender_address())
    message["To"] = Address(addr_spec=_in_ascii(mail.recipient))
    if cluster and cluster.email:
        message["Reply-To"] = Address(addr_spec=_in_ascii(cluster.email))
    message["Date"] = format_datetime(timezone.localtime(mail.created_at))
    message["Message-ID"] = mail.message_id
    message["Content-Language"] = mail.language
    message["Auto-Submitted"] = "auto-generated"
    if mail.topic:
        message["List-Unsubscribe"] = f"<{topics.unsubscribe_link(mail.recipient, mail.topic)}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(mail.text, cte="quoted-printable")
    if mail.html:
        message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    attachments = list(mail.attachments.all())
    for attachment in attachments:
        if attachment.method:
            _offer(message, attachment)
    for attachment in attachments:
        _attach(message, attachment)
    return message


def sender_address() -> str:
    """The bare address that letters come from, which calendars know as the organiser of their entries."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def _offer(message: EmailMessage, attachment: OutgoingAttachment) -> None:
    """An invitation is one more way to read the letter (RFC 6047), the last and so the best: Thunderbird, Outlook,
    Google and Apple then change the entry they have instead of showing a file."""
    params = {"method": attachment.method, "name": attachment.name}
    text = bytes(attachment.content).decode("utf-8")
    message.add_alternative(text, subtype="calendar", charset="utf-8", cte="base64", params=params)


def _attach(message: EmailMessage, attachment: OutgoingAttachment) -> None:
    """A file beside the letter. An invitation lies there as well, for programs that show the letter and open files
    only: under another type, so that nobody takes it for a second invitation."""
    maintype, subtype = ("application", "ics") if attachment.method else attachment.content_type.split("/")
    content = bytes(attachment.content)
    message.add_attachment(content, maintype=maintype, subtype=subtype, filename=attachment.name)


def _in_ascii(address: str) -> str:
    """An address whose host name every mail server can read."""
    local, _at, host = address.rpartition("@")
    return f"{local}@{host.encode('idna').decode()}"


def on_its_way(mail: OutgoingMail) -> bool:
    """Whether a letter leaves without anybody's help."""
    return mail.state == MailState.SENDING or (mail.state == MailState.QUEUED and not mail.attempts)


def refusing_addresses() -> QuerySet[OutgoingMail, str]:
    """Addresses that refused two letters for good and have taken none since."""
    refused = Q(state=MailState.FAILED, last_error__startswith=f"{Trouble.REFUSED}:")
    candidates = OutgoingMail.objects.filter(recipient__in=OutgoingMail.objects.filter(refused).values("recipient"))
    counted = candidates.values("recipient").annotate(
        refusals=Count("pk", filter=refused),
        last_refusal=Max("pk", filter=refused),
        last_taken=Max("pk", filter=Q(state=MailState.SENT)),
    )
    silent = Q(last_taken__isnull=True) | Q(last_taken__lt=F("last_refusal"))
    return counted.filter(silent, refusals__gte=2).order_by("recipient").values_list("recipient", flat=True)


def bounced() -> frozenset[str]:
    """Folded addresses that bounced for good, in one query: nothing optional is written to them."""
    return frozenset(topics.folded(address) for address in refusing_addresses())


@transaction.atomic
def send_again(pk: int, *, by: User) -> OutgoingMail:
    """A person of the office sends a letter once more: the same row when it never arrived, a copy when it did.

    A second click finds the copy of the first. Raises KeyForgotten for a confidential letter that was wiped.
    """
    mail = OutgoingMail.objects.select_for_update().get(pk=pk)
    if on_its_way(mail):
        return mail
    if mail.confidential and not mail.text:
        raise KeyForgotten
    if mail.state == MailState.SENT:
        copies = OutgoingMail.objects.filter(dedup_key__startswith=f"{_stem(mail)}:again").order_by("pk")
        last = copies.last()
        if last is not None and last.created_at > timezone.now() - SECOND_CLICK:
            return last
        mail = _copy(mail, copies.count() + 1)
    else:
        OutgoingMail.objects.filter(pk=pk).update(
            state=MailState.QUEUED, attempts=0, handed_over=0, last_error="", due_at=ClockTimestamp()
        )
        mail.refresh_from_db()
    audit.record("letter_sent_again", mail, by=by, kind=mail.kind)
    wake_after_commit()
    return mail


def _stem(mail: OutgoingMail) -> str:
    return mail.dedup_key[: KEY_LENGTH - len(":again999")]


def _copy(mail: OutgoingMail, number: int) -> OutgoingMail:
    kept = "kind recipient user language subject text html confidential topic target_type target_id".split()
    copy = OutgoingMail.objects.create(
        dedup_key=f"{_stem(mail)}:again{number}",
        message_id=new_message_id(),
        **{name: getattr(mail, name) for name in kept},
    )
    OutgoingAttachment.objects.bulk_create(
        OutgoingAttachment(
            mail=copy, name=one.name, content_type=one.content_type, method=one.method, content=one.content
        )
        for one in mail.attachments.all()
    )
    return copy


def forget_keys() -> int:
    """Wipe the text of confidential letters that never left: their keys have run out by now."""
    if keys_are_kept():
        return 0
    stuck = [MailState.FAILED, MailState.HELD, MailState.CANCELLED]
    old = Q(confidential=True, state__in=stuck, created_at__lt=ClockTimestamp() - KEYS_KEPT) & ~Q(text="")
    return OutgoingMail.objects.filter(old).update(text="", html="")
