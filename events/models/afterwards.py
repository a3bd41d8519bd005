"""What remains of an event: certificates of attendance, trainings on a person's record, feedback without names."""

import uuid
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, TransactionId, append_only, in_order
from events.models.event import Event
from events.models.registration import Registration

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class AttendanceCertificate(models.Model):
    """A numbered certificate with a code by which anybody can check it. Written once, with the names of that day."""

    registration = models.OneToOneField(Registration, models.PROTECT, related_name="certificate")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    code = models.CharField(_("verification code"), max_length=14, unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    title_ro = models.CharField(_("title in Romanian"), max_length=160)
    title_en = models.CharField(_("title in English"), max_length=160, blank=True)
    held_on = models.DateField(_("held on"))
    held_until = models.DateField(_("held until"))
    hours = models.PositiveSmallIntegerField(_("hours"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(_("issued at"), db_default=ClockTimestamp())
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)

    class Meta:
        verbose_name = _("certificate of attendance")
        verbose_name_plural = _("certificates of attendance")
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="a_certificate_of_attendance_has_its_own_number"),
        )
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class TrainingRecord(models.Model):
    """A training that somebody has completed, and the day by which it has to be renewed, if it runs out."""

    certificate = models.OneToOneField(AttendanceCertificate, models.PROTECT, related_name="training")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="trainings", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail"))
    completed_on = models.DateField(_("completed on"))
    renew_by = models.DateField(_("to be renewed by"), null=True)

    class Meta:
        verbose_name = _("training on record")
        verbose_name_plural = _("trainings on record")
        ordering = ("-completed_on", "id")
        indexes = (models.Index(fields=("renew_by",), name="trainings_to_renew", condition=Q(renew_by__isnull=False)),)
        constraints = (in_order("a_training_runs_out_after_it_is_completed", "completed_on", "renew_by"),)
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return str(self.certificate)


def _rating(label: "StrPromise") -> "models.PositiveSmallIntegerField[int | None, int | None]":
    return models.PositiveSmallIntegerField(
        label, null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(5)]
    )


class Feedback(models.Model):
    """What one participant thought. It names nobody, keeps no time, and its key says nothing about its order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    event = models.ForeignKey(Event, models.PROTECT, related_name="feedback")
    overall = models.PositiveSmallIntegerField(_("overall"), validators=[MinValueValidator(1), MaxValueValidator(5)])
    content = _rating(_("content"))
    speakers = _rating(_("speakers"))
    organisation = _rating(_("organisation"))
    text = models.TextField(_("in your words"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(overall__gte=1, overall__lte=5), name="feedback_rates_from_one_to_five"),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gte": 1, f"{name}__lte": 5}),
                    name=f"feedback_rates_{name}_from_one_to_five",
                )
                for name in ("content", "speakers", "organisation")
            ),
        )
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return str(self.overall)


class FeedbackReceipt(models.Model):
    """That a participant has given feedback; not which one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    registration = models.OneToOneField(Registration, models.PROTECT, related_name="feedback_receipt")

    class Meta:
        verbose_name = _("feedback received")
        verbose_name_plural = _("feedback received")
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return str(self.registration_id)
