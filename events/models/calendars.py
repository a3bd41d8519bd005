"""Private calendar feeds, each opened by a key of its own."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import one_of
from events.enums import FeedScope


class FeedTokenQuerySet(models.QuerySet["FeedToken"]):
    def working(self) -> "FeedTokenQuerySet":
        return self.filter(revoked_at__isnull=True)


class FeedToken(models.Model):
    """The key of a person's calendar feed, kept as a hash only.

    `session_mark` is Django's hash over the person's password: a new password ends the feed as it ends the sessions.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feed_tokens")
    scope = models.CharField(_("what it shows"), max_length=7, choices=FeedScope, default=FeedScope.MINE)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    session_mark = models.CharField(max_length=64, editable=False)
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, editable=False)

    objects = FeedTokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("private calendar")
        verbose_name_plural = _("private calendars")
        ordering = ("-id",)
        constraints = (one_of("scope", FeedScope.values, "a_feed_has_a_known_scope"),)

    def __str__(self) -> str:
        return str(self.get_scope_display())
