"""Which of the letters of the timetable a registration has had, or missed because their time had passed."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, append_only, one_of
from events.enums import NoticeKind, NoticeOutcome
from events.models.registration import Registration


class Notice(models.Model):
    """One reminder or thanks of one registration, for the time that the event had then: a new date reminds anew."""

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="notices")
    kind = models.CharField(_("letter"), max_length=15, choices=NoticeKind)
    about = models.DateTimeField(_("for the event at"))
    outcome = models.CharField(_("outcome"), max_length=4, choices=NoticeOutcome)
    at = models.DateTimeField(_("at"), db_default=ClockTimestamp())

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("registration", "kind", "about"), name="a_notice_is_given_once"),
            one_of("kind", NoticeKind.values, "a_notice_is_of_a_known_kind"),
            one_of("outcome", NoticeOutcome.values, "a_notice_is_sent_or_late"),
        )
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return str(self.get_kind_display())
