"""Long lists of people whom the office registers; they are registered in parts afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp
from events.models.event import Event
from members.models import Organisation


class IntakeQuerySet(models.QuerySet["Intake"]):
    def waiting(self) -> "IntakeQuerySet":
        """Those with people who have yet to be registered, in the order in which they came."""
        return self.filter(done_at=None).order_by("pk")


class Intake(models.Model):
    """One list as it was confirmed: people in their order, how far it has come, and whom it did not register.

    `people` are [line, name, address] and are emptied at the end; `left` are those who were not registered by it:
    [line, name, address, code of the reason].
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="intakes")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    language = models.CharField(_("language of letters"), max_length=2, choices=settings.LANGUAGES)
    people = models.JSONField(default=list)
    total = models.PositiveIntegerField(_("people on the list"))
    reached = models.PositiveIntegerField(_("people dealt with"), default=0)
    registered = models.PositiveIntegerField(_("registered"), default=0)
    left = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"), db_default=ClockTimestamp())
    done_at = models.DateTimeField(_("done at"), null=True)

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("list of people")
        verbose_name_plural = _("lists of people")
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(reached__lte=F("total")), name="a_list_ends_with_its_last_line"),
            models.CheckConstraint(condition=Q(done_at=None) | Q(people=[]), name="a_list_that_is_done_keeps_nobody"),
        )
        indexes = (models.Index(fields=("id",), name="lists_waiting", condition=Q(done_at=None)),)

    def __str__(self) -> str:
        return f"{self.event_id}: {self.reached} / {self.total}"
