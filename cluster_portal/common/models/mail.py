"""Letters that wait for the worker: a row written in the same transaction as its cause."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of


class MailState(models.TextChoices):
    QUEUED = "queued", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    UNCERTAIN = "uncertain", _("perhaps sent")
    FAILED = "failed", _("failed")
    HELD = "held", _("on hold")
    CANCELLED = "cancelled", _("cancelled")


class OutgoingMail(models.Model):
    """One letter to one person for one cause. Its cause is `dedup_key`, so nobody is written to twice for it.

    The text is rendered when the cause happens, in the language of the person, and never changes.
    `topic` is empty for what cannot be refused; see `common.topics`.
    `confidential` letters carry a key (confirmation, password): their text is shown to nobody and wiped once sent.
    """

    dedup_key = models.CharField(_("cause"), max_length=200, unique=True)
    kind = models.CharField(_("letter"), max_length=60)
    recipient = models.EmailField(_("to"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    subject = models.CharField(_("subject"), max_length=250)
    text = models.TextField(_("text"))
    html = models.TextField(_("page"), blank=True)
    confidential = models.BooleanField(_("carries a key"), default=False)
    topic = models.CharField(_("topic"), max_length=60, blank=True)
    target_type = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=60, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.QUEUED)
    created_at = models.DateTimeField(_("written at"), db_default=ClockTimestamp(), editable=False)
    due_at = models.DateTimeField(_("next attempt at"), db_default=ClockTimestamp())
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    handed_over = models.PositiveSmallIntegerField(
        _("handed over without an answer"), default=0, help_text=_("How often it may have arrived.")
    )
    last_error = models.TextField(_("last error"), blank=True)
    smtp_reply = models.CharField(_("answer of the server"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-id",)
        indexes = (
            models.Index(
                fields=("due_at",), name="letters_due", condition=Q(state__in=["queued", "sending", "uncertain"])
            ),
            models.Index(fields=("target_type", "target_id"), name="letters_of_a_thing"),
            models.Index(fields=("state",), name="letters_not_sent", condition=~Q(state="sent")),
        )
        constraints = (
            one_of("state", MailState.values, "a_letter_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="a_sent_letter_has_its_time"
            ),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False) | ~Q(state="sending"),
                name="a_letter_being_sent_has_a_lease",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"


ATTACHMENT_LIMIT = 200 * 1024
"""Bytes of one attachment: a calendar entry or a page of PDF, nothing that fills mailboxes."""
ATTACHMENT_TYPES = ("text/calendar", "application/pdf")


class OutgoingAttachment(models.Model):
    """Something small that travels with a letter.

    A calendar with a `method` (REQUEST, CANCEL) travels as an alternative of the text, where calendar programs look for
    an invitation that they take over; everything else is attached.
    """

    mail = models.ForeignKey(OutgoingMail, models.CASCADE, related_name="attachments", verbose_name=_("letter"))
    name = models.CharField(_("name of the file"), max_length=80)
    content_type = models.CharField(max_length=40)
    method = models.CharField(max_length=10, blank=True)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("attachment of a letter")
        verbose_name_plural = _("attachments of letters")
        ordering = ("id",)
        constraints = (
            one_of("content_type", ATTACHMENT_TYPES, "an_attachment_is_a_calendar_or_a_pdf"),
            one_of("method", ["", "REQUEST", "CANCEL"], "a_calendar_asks_or_cancels"),
            models.CheckConstraint(
                condition=Q(method="") | Q(content_type="text/calendar"), name="only_a_calendar_has_a_method"
            ),
            models.CheckConstraint(
                condition=Q(LessThanOrEqual(Length("content"), Value(ATTACHMENT_LIMIT))),
                name="an_attachment_is_small",
            ),
        )

    def __str__(self) -> str:
        return self.name
