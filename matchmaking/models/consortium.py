"""Calls for a consortium: what a team must be, and the members that its lead invites."""

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of, together
from matchmaking.enums import CallState, InvitationState
from matchmaking.models.introductions import Introduction
from members.enums import HelixRole
from members.models import Organisation, Tag

MOST_PLACES = 12
MOST_MEMBERS = 20


class CallQuerySet(models.QuerySet["Call"]):
    def open(self) -> "CallQuerySet":
        return self.filter(state=CallState.OPEN)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Call(models.Model):
    """A call of a funder for which `lead` looks for a team. `countries` must be represented, all of them.

    `deadline` is the funder's; who is invited has `answer_days` to say yes or no. `version` grows with every edit.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="calls", verbose_name=_("lead"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("what it is about"), max_length=4000)
    deadline = models.DateField(_("deadline of the funder"))
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"), default=14, validators=[MinValueValidator(3), MaxValueValidator(60)]
    )
    size = models.PositiveSmallIntegerField(
        _("members at most"), default=6, validators=[MinValueValidator(2), MaxValueValidator(MOST_MEMBERS)]
    )
    countries = ArrayField(
        models.CharField(max_length=2), default=list, blank=True, verbose_name=_("countries that must be represented")
    )
    least_countries = models.PositiveSmallIntegerField(
        _("different countries at least"), default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_MEMBERS)]
    )
    state = models.CharField(_("state"), max_length=6, choices=CallState, default=CallState.OPEN)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made at"), db_default=ClockTimestamp())
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for a consortium")
        verbose_name_plural = _("calls for consortia")
        ordering = ("-id",)
        constraints = (
            one_of("state", CallState.values, "a_call_is_in_a_known_state"),
            together("a_call_is_closed_by_someone", "closed_by", "closed_at"),
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) | Q(state="open", closed_at__isnull=True),
                name="a_closed_call_has_its_day",
            ),
            models.CheckConstraint(condition=Q(size__gte=2, size__lte=MOST_MEMBERS), name="a_team_has_some_members"),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="calls_stay", operation=pgtrigger.Delete),
            pgtrigger.FSM(name="lawful_steps_of_a_call", field="state", transitions=[("open", "closed")]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("matchmaking:call", args=[self.key])


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class CallPlace(models.Model):
    """A capability that the team of a call must have, or should."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="places")
    tag = models.ForeignKey(Tag, models.PROTECT, related_name="+", verbose_name=_("capability"))
    least_trl = models.PositiveSmallIntegerField(_("maturity at least (TRL)"), null=True, blank=True)
    must = models.BooleanField(_("must"), default=True)

    class Meta:
        verbose_name = _("place of a call")
        verbose_name_plural = _("places of calls")
        ordering = ("-must", "id")
        constraints = (
            models.UniqueConstraint(fields=("call", "tag"), name="a_call_asks_for_a_capability_once"),
            models.CheckConstraint(
                condition=Q(least_trl__isnull=True) | Q(least_trl__gte=1, least_trl__lte=9),
                name="maturity_of_a_place_is_from_one_to_nine",
            ),
        )

    def __str__(self) -> str:
        return f"{self.call}: {self.tag}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class CallRole(models.Model):
    """So many members of a helix role must be in the team."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="roles")
    role = models.CharField(_("helix role"), max_length=14, choices=HelixRole)
    least = models.PositiveSmallIntegerField(_("at least"))

    class Meta:
        verbose_name = _("helix role of a call")
        verbose_name_plural = _("helix roles of calls")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("call", "role"), name="a_call_asks_for_a_role_once"),
            one_of("role", HelixRole.values, "a_call_asks_for_a_known_role"),
            models.CheckConstraint(
                condition=Q(least__gte=1, least__lte=MOST_MEMBERS), name="a_call_asks_for_some_of_a_role"
            ),
        )

    def __str__(self) -> str:
        return f"{self.call}: {self.get_role_display()}"


class CallInvitationQuerySet(models.QuerySet["CallInvitation"]):
    def open(self) -> "CallInvitationQuerySet":
        return self.filter(state=InvitationState.INVITED)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class CallInvitation(models.Model):
    """The lead of a call invites a member, once. `wanted_for`: the capabilities for which it is asked.

    The reason of a no is for the member itself and the office; the lead reads that it was declined, no more.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="invitations")
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="call_invitations")
    wanted_for = models.ManyToManyField(Tag, blank=True, related_name="+", verbose_name=_("wanted for"))
    message = models.TextField(_("message"), max_length=2000, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=InvitationState, default=InvitationState.INVITED)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(db_default=ClockTimestamp())
    expires_on = models.DateField(_("answer until"))
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    introduction = models.ForeignKey(
        Introduction, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("introduction")
    )

    objects = CallInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation to a consortium")
        verbose_name_plural = _("invitations to consortia")
        ordering = ("id",)
        indexes = (models.Index(fields=("state", "expires_on"), name="call_invitations_by_their_end"),)
        constraints = (
            models.UniqueConstraint(fields=("call", "member"), name="a_member_is_invited_to_a_call_once"),
            one_of("state", InvitationState.values, "a_call_invitation_is_in_a_known_state"),
            together("a_call_invitation_is_answered_by_someone", "answered_by", "answered_at"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "declined"], answered_at__isnull=False)
                | (~Q(state__in=["accepted", "declined"]) & Q(answered_at__isnull=True)),
                name="an_answer_to_a_call_has_its_person",
            ),
            models.CheckConstraint(
                condition=Q(state="accepted", introduction__isnull=False)
                | (~Q(state="accepted") & Q(introduction__isnull=True)),
                name="an_accepted_call_invitation_leads_to_an_introduction",
            ),
        )
        triggers: ClassVar = [
            pgtrigger.Protect(name="call_invitations_stay", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="lawful_steps_of_an_invitation",
                field="state",
                transitions=[("invited", end) for end in ("accepted", "declined", "withdrawn", "expired", "ended")],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} → {self.member}"

    def get_absolute_url(self) -> str:
        return reverse("matchmaking:call-invitation", args=[self.key])
