"""Campaigns of invitations to an event, and everybody whom they address, with what became of it."""

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of, together
from events.enums import CampaignState, LeftOut, RecipientState, StopReason
from events.models.event import Event
from events.rules.campaigns import CAMPAIGN_TRANSITIONS
from members.models import Organisation

_LAWFUL = sorted({(str(source), str(target)) for source, target, _verb in CAMPAIGN_TRANSITIONS})


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def sending(self) -> "CampaignQuerySet":
        return self.filter(state=CampaignState.SENDING)


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    append_only=True,
    exclude=["total", "sent", "left_out"],
)
class Campaign(models.Model):
    """One letter of invitation to many. `audience` is data of `rules.campaigns.Audience`.

    Who gets it is settled when it starts and asked again when each letter is written. The counters are those of its
    recipients: `total` of all, `sent` and `left_out` of those dealt with.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="campaigns")
    audience = models.JSONField(_("audience"))
    text_ro = models.TextField(_("words in Romanian"), max_length=4000)
    text_en = models.TextField(_("words in English"), max_length=4000, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=CampaignState, default=CampaignState.DRAFT)
    total = models.PositiveIntegerField(default=0, editable=False)
    sent = models.PositiveIntegerField(default=0, editable=False)
    left_out = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    created_at = models.DateTimeField(_("made at"), auto_now_add=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(_("started at"), null=True)
    stop_reason = models.CharField(_("stopped because"), max_length=9, choices=StopReason, blank=True)
    stopped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stopped_at = models.DateTimeField(_("stopped at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign of invitations")
        verbose_name_plural = _("campaigns of invitations")
        ordering = ("-id",)
        indexes = (models.Index(fields=("id",), name="campaigns_being_sent", condition=Q(state="sending")),)
        constraints = (
            one_of("state", CampaignState.values, "a_campaign_is_in_a_known_state"),
            together("a_campaign_is_started_by_someone", "started_by", "started_at"),
            models.CheckConstraint(
                condition=Q(state="draft", started_at__isnull=True, total=0)
                | (~Q(state="draft") & Q(started_at__isnull=False)),
                name="only_a_draft_has_not_started",
            ),
            models.CheckConstraint(
                condition=(Q(state="stopped", stopped_at__isnull=False) & ~Q(stop_reason=""))
                | (~Q(state="stopped") & Q(stopped_at__isnull=True, stopped_by__isnull=True, stop_reason="")),
                name="a_stopped_campaign_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="finished", finished_at__isnull=False)
                | (~Q(state="finished") & Q(finished_at__isnull=True)),
                name="a_finished_campaign_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(total__gte=F("sent") + F("left_out")), name="a_campaign_counts_no_more_than_it_addresses"
            ),
        )
        triggers: ClassVar = [
            pgtrigger.FSM(name="lawful_campaign_steps", field="state", transitions=_LAWFUL),
            pgtrigger.Protect(
                name="started_campaigns_stay",
                operation=pgtrigger.Delete,
                condition=~pgtrigger.Q(old__state="draft"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}, {self.pk}"

    @property
    def waiting(self) -> int:
        return self.total - self.sent - self.left_out

    @property
    def done(self) -> int:
        return self.sent + self.left_out

    @property
    def text(self) -> str:
        """The office's words in the language that is being read; Romanian where there are none in English."""
        return self.text_en if (get_language() or "ro")[:2] == "en" and self.text_en else self.text_ro


class RecipientQuerySet(models.QuerySet["Recipient"]):
    def waiting(self) -> "RecipientQuerySet":
        """Those whose letter is still to be written, by address: two workers meet them in the same order."""
        return self.filter(state=RecipientState.WAITING).order_by("address")


class Recipient(models.Model):
    """Somebody whom a campaign addresses: one row a campaign and address; one letter an event and address."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="recipients")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    address = models.EmailField(_("address"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", verbose_name=_("organisation")
    )
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=8, choices=RecipientState, default=RecipientState.WAITING)
    reason = models.CharField(_("why not"), max_length=10, choices=LeftOut, blank=True)
    added_at = models.DateTimeField(db_default=ClockTimestamp(), editable=False)
    sent_at = models.DateTimeField(_("written at"), null=True)

    objects = RecipientQuerySet.as_manager()

    class Meta:
        verbose_name = _("recipient of an invitation")
        verbose_name_plural = _("recipients of invitations")
        ordering = ("address",)
        indexes = (models.Index(fields=("campaign", "state", "address"), name="recipients_in_order"),)
        constraints = (
            models.UniqueConstraint(fields=("campaign", "address"), name="a_campaign_addresses_somebody_once"),
            models.UniqueConstraint(
                fields=("event", "address"), condition=Q(state="sent"), name="an_address_is_invited_once_to_an_event"
            ),
            models.CheckConstraint(condition=Q(address=Lower(F("address"))), name="an_invited_address_is_folded"),
            one_of("state", RecipientState.values, "a_recipient_is_in_a_known_state"),
            one_of("reason", ["", *LeftOut.values], "a_recipient_is_left_out_for_a_known_reason"),
            models.CheckConstraint(
                condition=(Q(state="left_out") & ~Q(reason="")) | (~Q(state="left_out") & Q(reason="")),
                name="who_is_left_out_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="a_written_invitation_has_its_time",
            ),
        )
        triggers: ClassVar = [
            pgtrigger.FSM(
                name="dealt_with_once", field="state", transitions=[("waiting", "sent"), ("waiting", "left_out")]
            ),
            pgtrigger.Protect(name="recipients_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.full_name or self.address
