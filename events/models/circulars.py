"""What everybody who is registered is to be told of a change; the letters are written in parts afterwards."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of
from events.enums import CircularKind
from events.models.event import Event


class CircularQuerySet(models.QuerySet["Circular"]):
    def untold(self) -> "CircularQuerySet":
        """Those of which somebody has yet to be told, in the order in which they happened."""
        return self.filter(told_at=None).order_by("pk")


class Circular(models.Model):
    """One change of an event, kept in the transaction of the change, for those who were registered then.

    `was` has the columns that changed with what they were, `shown` those that letters and calendars show with what they
    were made: a letter written after the next change still tells of this one. `upto` is the last registration of that
    moment, `reached` the last one that was dealt with.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="circulars")
    kind = models.CharField(_("what is told"), max_length=9, choices=CircularKind)
    sequence = models.PositiveIntegerField(_("version of the calendar entry"))
    was = models.JSONField(default=dict)
    shown = models.JSONField(default=dict)
    upto = models.BigIntegerField()
    reached = models.BigIntegerField(default=0)
    written = models.PositiveIntegerField(_("letters written"), default=0)
    at = models.DateTimeField(_("at"), db_default=ClockTimestamp())
    told_at = models.DateTimeField(_("told to everybody at"), null=True)

    objects = CircularQuerySet.as_manager()

    class Meta:
        verbose_name = _("circular")
        verbose_name_plural = _("circulars")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("event", "sequence"), name="a_change_of_an_event_is_told_once"),
            one_of("kind", CircularKind.values, "a_circular_is_of_a_known_kind"),
            models.CheckConstraint(condition=Q(reached__lte=F("upto")), name="a_circular_ends_with_its_last_person"),
        )
        indexes = (models.Index(fields=("event", "id"), name="circulars_untold", condition=Q(told_at=None)),)

    def __str__(self) -> str:
        return str(self.get_kind_display())
