"""Writes the trail: one line for each thing done, in words that people read."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import override

from cluster_portal.common.models import AuditEvent, User


def record(verb: str, target: models.Model, /, *, by: User | None, **params: object) -> AuditEvent:
    """Record that `by` (None: the portal itself) did `verb` to `target`, in the running transaction.

    `params` are JSON values that complete the sentence; never write into them what is above office level.
    """
    with override("en"):
        name = str(target)[:250]
    return AuditEvent.objects.create(
        verb=verb,
        actor=by,
        actor_name=str(by) if by else "",
        target_type=target._meta.label_lower,
        target_id=str(target.pk),
        target_name=name,
        params=params,
    )


def of(target: models.Model) -> "models.QuerySet[AuditEvent]":
    """The trail of one thing, newest first."""
    return AuditEvent.objects.filter(target_type=target._meta.label_lower, target_id=str(target.pk))


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """Names of the fields that differ; the values themselves are in the row history, not in the trail."""
    return sorted(field for field in after if before.get(field) != after[field])
