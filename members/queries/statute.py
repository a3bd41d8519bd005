"""Reads of the statute."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from members.models import AdhesionRequest, Article, StatuteVersion
from members.rules.errors import RuleError


def statute_in_force(on: date | None = None) -> StatuteVersion:
    """The statute of a day (today when not said); RuleError("no_statute") when none is in force."""
    found = StatuteVersion.objects.in_force(on or timezone.localdate()).first()
    if found is None:
        raise RuleError("no_statute")
    return found


def statute_of(request: AdhesionRequest) -> StatuteVersion:
    """The statute that judges a request: the one pinned at its submission, before that the one in force."""
    if request.statute is not None:
        return request.statute
    known: StatuteVersion | None = request.__dict__.get("_statute_in_force")  # a page asks for it many times
    if known is None:
        known = request.__dict__["_statute_in_force"] = statute_in_force()
    return known


def articles_of(statute: StatuteVersion) -> QuerySet[Article]:
    return statute.articles.order_by("position")
