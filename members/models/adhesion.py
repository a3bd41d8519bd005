"""The adhesion request: its file, its documents and declarations, and every step it took."""

import uuid
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import (
    ClockTimestamp,
    TransactionId,
    append_only,
    one_of,
    together,
)
from members.enums import AdhesionState
from members.models.organisation import Organisation
from members.models.statute import (
    Declaration,
    DocumentType,
    MembershipType,
    StatuteVersion,
)
from members.rules.lifecycle import OPEN_STATES, TRANSITIONS

_LAWFUL = sorted({(str(step.source), str(step.target)) for step in TRANSITIONS if step.source != step.target})


class AdhesionQuerySet(models.QuerySet["AdhesionRequest"]):
    def open(self) -> "AdhesionQuerySet":
        return self.filter(state__in=[str(state) for state in OPEN_STATES])

    def submitted_once(self) -> "AdhesionQuerySet":
        """Everything but drafts that were never sent: a draft belongs to its applicant alone."""
        return self.filter(number__isnull=False)

    def waiting_for_office(self) -> "AdhesionQuerySet":
        return self.filter(state__in=["submitted", "complete", "objection", "appealed"])

    def in_deliberation(self) -> "AdhesionQuerySet":
        return self.filter(state="deliberation")


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), append_only=True)
class AdhesionRequest(models.Model):
    """A request to become a member. Its state moves only by the transitions of the statute.

    `number` is given at the first submission ("2026-031"); `statute` is pinned at the same moment.
    `registration_key` is country and tax number at submission, so that two accounts cannot apply for one organisation.
    `submitted_file` is the file as it was last submitted: what the Board decides on, whatever changes later.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("number"), max_length=12, null=True, unique=True, editable=False)  # noqa: DJ001 unique
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="requests", verbose_name=_("organisation")
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="adhesion_requests", verbose_name=_("applicant")
    )
    membership_type = models.ForeignKey(MembershipType, models.PROTECT, null=True, verbose_name=_("membership type"))
    contribution = models.TextField(_("contribution to the cluster"), max_length=4000, blank=True)
    motive = models.TextField(_("why you wish to join"), max_length=4000, blank=True)
    sponsors = models.ManyToManyField(
        Organisation, blank=True, related_name="sponsored_requests", verbose_name=_("sponsors")
    )

    state = models.CharField(_("state"), max_length=12, choices=AdhesionState, default=AdhesionState.DRAFT)
    statute = models.ForeignKey(
        StatuteVersion, models.PROTECT, null=True, related_name="requests", verbose_name=_("statute")
    )
    registration_key = models.CharField(max_length=40, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    steps_done = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    submitted_file = models.JSONField(default=dict, editable=False)
    returned_for = models.JSONField(_("what is missing"), default=list, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    declared_complete_at = models.DateTimeField(_("declared complete at"), null=True)
    declared_complete_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    completion_due_on = models.DateField(_("to be completed by"), null=True)
    objections_until = models.DateField(_("objections until"), null=True)
    decision_due_on = models.DateField(_("to be decided by"), null=True)
    decided_at = models.DateTimeField(_("decided at"), null=True)
    adjournments = models.PositiveSmallIntegerField(default=0)

    objects = AdhesionQuerySet.as_manager()

    class Meta:
        verbose_name = _("adhesion request")
        verbose_name_plural = _("adhesion requests")
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "submitted_at"), name="request_queue"),)
        constraints = (
            one_of("state", AdhesionState.values, "a_request_is_in_a_known_state"),
            models.UniqueConstraint(
                fields=("organisation",),
                condition=Q(state__in=sorted(str(state) for state in OPEN_STATES)),
                name="an_organisation_has_one_open_request",
            ),
            models.UniqueConstraint(
                fields=("registration_key",),
                condition=Q(state__in=sorted(str(state) for state in OPEN_STATES)) & ~Q(registration_key=""),
                name="a_registration_number_has_one_open_request",
            ),
            together("a_submitted_request_has_number_and_statute", "number", "statute", "submitted_at"),
            together("a_request_is_declared_complete_by_someone", "declared_complete_at", "declared_complete_by"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn", "lapsed"]) | Q(number__isnull=False),
                name="only_drafts_have_no_number",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["approved", "rejected"]) | Q(decided_at__isnull=False),
                name="a_decided_request_has_its_time",
            ),
        )
        triggers: ClassVar = [
            pgtrigger.FSM(name="lawful_transitions", field="state", transitions=_LAWFUL),
            pgtrigger.Trigger(
                name="number_and_statute_stay",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__number__isnull=False)
                & (
                    pgtrigger.Q(old__number__df=pgtrigger.F("new__number"))
                    | pgtrigger.Q(old__statute__df=pgtrigger.F("new__statute"))
                ),
                func="RAISE EXCEPTION 'the number and the statute of a submitted request never change';",
            ),
            pgtrigger.Protect(
                name="submitted_requests_stay",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__number__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number or _('draft')} · {self.organisation}"


class AdhesionTransition(models.Model):
    """One step of a request: from where to where, who, when, under which article and with what words."""

    request = models.ForeignKey(AdhesionRequest, models.CASCADE, related_name="transitions")
    source = models.CharField(max_length=12, choices=AdhesionState)
    target = models.CharField(max_length=12, choices=AdhesionState)
    verb = models.CharField(max_length=30)
    actor = models.CharField(_("acting as"), max_length=22)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), db_default=ClockTimestamp())
    article = models.CharField(_("article"), max_length=10, blank=True)
    note = models.TextField(_("note"), blank=True)
    details = models.JSONField(default=dict)
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    class Meta:
        verbose_name = _("step of a request")
        verbose_name_plural = _("steps of requests")
        ordering = ("id",)
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class AdhesionDocument(models.Model):
    """A file of a request. A newer one replaces an older one, which stays in the file's history."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    request = models.ForeignKey(AdhesionRequest, models.CASCADE, related_name="documents")
    kind = models.ForeignKey(DocumentType, models.PROTECT, verbose_name=_("document"))
    file = models.FileField(_("file"), upload_to="documents/", max_length=200)
    original_name = models.CharField(_("name of the file"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ("kind__position", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | Q(issued_on__isnull=True)
                | Q(expires_on__gte=models.F("issued_on")),
                name="a_document_expires_after_it_is_issued",
            ),
        )

    def __str__(self) -> str:
        return self.original_name


class DeclarationTick(models.Model):
    """A declaration made in a request: which text, by whom, when."""

    request = models.ForeignKey(AdhesionRequest, models.CASCADE, related_name="declarations")
    declaration = models.ForeignKey(Declaration, models.PROTECT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp())
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)

    class Meta:
        verbose_name = _("declaration made")
        verbose_name_plural = _("declarations made")
        ordering = ("declaration__position", "id")
        constraints = (models.UniqueConstraint(fields=("request", "declaration"), name="a_declaration_is_made_once"),)

    def __str__(self) -> str:
        return str(self.declaration)


class Objection(models.Model):
    """A reasoned objection of a member with a vote, lodged while the window is open."""

    request = models.ForeignKey(AdhesionRequest, models.CASCADE, related_name="objections")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=ClockTimestamp())
    reasons = models.TextField(_("reasons"), max_length=4000)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("request", "organisation"), name="a_member_objects_once"),)
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.organisation} · {self.request}"
