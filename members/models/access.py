"""Who may act for an organisation: representations, invitations, and changes that the office has to accept."""

import uuid
from datetime import datetime
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of, together
from members.enums import AccessRole, ChangeState
from members.models.organisation import Organisation


class RepresentationQuerySet(models.QuerySet["Representation"]):
    def current(self) -> "RepresentationQuerySet":
        return self.filter(ended_at__isnull=True)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class Representation(models.Model):
    """A person acts for an organisation. Ended rows stay: conflicts of interest look back."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="representations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="representations")
    role = models.CharField(_("role"), max_length=14, choices=AccessRole)
    began_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RepresentationQuerySet.as_manager()

    class Meta:
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        ordering = ("organisation", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "user"),
                condition=Q(ended_at__isnull=True),
                name="a_person_acts_once_for_an_organisation",
            ),
            one_of("role", AccessRole.values, "a_representation_has_a_known_role"),
            together("a_representation_is_ended_by_someone", "ended_at", "ended_by"),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, now: datetime) -> "InvitationQuerySet":
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)


class Invitation(models.Model):
    """An invitation of a colleague. Only a hash of its key is kept; the key is in the letter."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    full_name = models.CharField(_("full name"), max_length=150, blank=True)
    role = models.CharField(_("role"), max_length=14, choices=AccessRole, default=AccessRole.CONTRIBUTOR)
    digest = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "email"),
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="a_colleague_is_invited_once_at_a_time",
            ),
            one_of("role", AccessRole.values, "an_invitation_has_a_known_role"),
            together("an_invitation_is_accepted_by_someone", "accepted_at", "accepted_by"),
            together("an_invitation_is_revoked_by_someone", "revoked_at", "revoked_by"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
                name="an_invitation_is_not_both_accepted_and_revoked",
            ),
        )

    def __str__(self) -> str:
        return f"{self.email}, {self.organisation}"


class ChangeRequest(models.Model):
    """A member asks the office to change identity or legal fields.

    `changes` is {field: [value when asked, value wanted]}; the office sees both and decides on the whole.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="change_requests")
    changes = models.JSONField(_("changes"))
    reason = models.TextField(_("reason"), max_length=2000)
    state = models.CharField(_("state"), max_length=9, choices=ChangeState, default=ChangeState.PENDING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(state="pending"), name="one_change_request_waits_at_a_time"
            ),
            one_of("state", ChangeState.values, "a_change_request_is_in_a_known_state"),
            together("a_change_request_is_decided_by_someone", "decided_by", "decided_at"),
            models.CheckConstraint(
                condition=Q(state="pending", decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_at__isnull=False)),
                name="a_change_request_is_pending_or_decided",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(answer=""), name="a_refusal_has_an_answer"),
        )

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_state_display()}"


class ContactConsentQuerySet(models.QuerySet["ContactConsent"]):
    def in_force(self) -> "ContactConsentQuerySet":
        return self.filter(ended_at__isnull=True)


class ContactConsent(models.Model):
    """`organisation` lets the people of `partner` see what it shows after an accepted introduction.

    `permissions.viewer_of` reads these rows; they are never edited, only ended.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contact_consents")
    partner = models.ForeignKey(Organisation, models.CASCADE, related_name="contacts_disclosed")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(db_default=ClockTimestamp())
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ContactConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent to show contacts")
        verbose_name_plural = _("consents to show contacts")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "partner"),
                condition=Q(ended_at__isnull=True),
                name="a_consent_holds_once_for_a_partner",
            ),
            models.CheckConstraint(condition=~Q(organisation=models.F("partner")), name="nobody_is_its_own_partner"),
            together("a_consent_is_ended_by_someone", "ended_at", "ended_by"),
        )
        triggers: ClassVar = [pgtrigger.Protect(name="consents_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.organisation} → {self.partner}"
