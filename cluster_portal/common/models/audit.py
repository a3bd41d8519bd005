"""The trail: what was done, by whom and on what basis, in a chain of hashes that shows every cut."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cluster_portal.common.constraints import ClockTimestamp, TransactionId, append_only

# Runs once per event when its transaction commits: the lock is held for a moment only, so the trail
# never makes two transactions wait for each other in the middle of their work.
_SEAL = """
    PERFORM pg_advisory_xact_lock(hashtext('audit chain'));
    INSERT INTO common_auditlink (event_id, previous, digest)
    SELECT NEW.id, last.digest,
           encode(sha256(convert_to(last.digest || common_audit_text(NEW), 'UTF8')), 'hex')
    FROM (SELECT coalesce((SELECT digest FROM common_auditlink ORDER BY id DESC LIMIT 1), '') AS digest) AS last;
    RETURN NULL;
"""


class AuditEvent(models.Model):
    """One act on one thing. `params` fills the sentence of `verb`; nothing in it is above office level."""

    at = models.DateTimeField(_("at"), db_default=ClockTimestamp(), editable=False)
    transaction = models.BigIntegerField(db_default=TransactionId(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by")
    )
    actor_name = models.CharField(_("name at that time"), max_length=150, blank=True)
    verb = models.CharField(_("what was done"), max_length=60)
    target_type = models.CharField(_("kind of thing"), max_length=60)
    target_id = models.CharField(_("which"), max_length=60)
    target_name = models.CharField(_("its name at that time"), max_length=250)
    params = models.JSONField(_("details"), default=dict)

    class Meta:
        verbose_name = _("audit line")
        verbose_name_plural = _("audit trail")
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("target_type", "target_id", "-id"), name="audit_of_a_thing"),
            models.Index(fields=("actor", "-id"), name="audit_of_a_person"),
        )
        triggers: ClassVar = [
            *append_only(),
            pgtrigger.Trigger(
                name="sealed_at_commit",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=_SEAL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} · {self.target_name}"


class AuditLink(models.Model):
    """A link of the chain, in the order of commits: SHA-256 over the previous digest and the event's text."""

    event = models.OneToOneField(AuditEvent, models.PROTECT, related_name="link")
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        triggers: ClassVar = append_only()

    def __str__(self) -> str:
        return self.digest[:12]
