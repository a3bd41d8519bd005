"""Which address does not want which optional letters."""

from typing import ClassVar

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, one_of


class RefusalWay(models.TextChoices):
    PAGE = "page", _("on a page of the portal")
    ONE_CLICK = "one_click", _("with one click in the mail program")


@pghistory.track(pghistory.InsertEvent(), pghistory.DeleteEvent(), append_only=True)
class RefusedTopic(models.Model):
    """An address that refused a topic; whoever wants its letters again removes the row.

    By address and not by account, so that it holds for guests too, and for an account that is made later.
    """

    address = models.EmailField(_("address"))
    topic = models.CharField(_("topic"), max_length=60)
    way = models.CharField(_("how"), max_length=10, choices=RefusalWay)
    refused_at = models.DateTimeField(_("refused at"), db_default=ClockTimestamp(), editable=False)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signed in as"),
        help_text=_("Empty when it was done with the link of a letter."),
    )

    class Meta:
        verbose_name = _("refused topic")
        verbose_name_plural = _("refused topics")
        ordering = ("topic", "address")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("address", "topic"), name="a_topic_is_refused_once_by_an_address"),
            models.CheckConstraint(condition=Q(address=Lower(F("address"))), name="a_refusing_address_is_folded"),
            one_of("way", RefusalWay.values, "a_topic_is_refused_in_a_known_way"),
        ]

    def __str__(self) -> str:
        return self.topic
