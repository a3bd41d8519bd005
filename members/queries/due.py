"""What the timetable has to look at: rows whose time may have come, by their keys."""

from datetime import date, datetime, timedelta

from django.db.models import QuerySet

from cluster_portal.common.models import User
from cluster_portal.common.roles import DIRECTORS
from members.models import AdhesionRequest, Capability, Membership, Round

RENEWAL_DAYS = 14
"""How long before its day the owner of an offer or a need is reminded to renew it."""
WITH_THE_BOARD = ("complete", "deliberation", "adjourned")


def grace_over(on: date) -> QuerySet[AdhesionRequest, int]:
    """Returned files that should have been completed before this day."""
    late = AdhesionRequest.objects.filter(state="returned", completion_due_on__lt=on)
    return late.order_by("pk").values_list("pk", flat=True)


def objections_over(on: date) -> QuerySet[AdhesionRequest, int]:
    """Files whose window for objections closed before this day."""
    closed = AdhesionRequest.objects.filter(state="objection", objections_until__lt=on)
    return closed.order_by("pk").values_list("pk", flat=True)


def rounds_over(at: datetime) -> QuerySet[Round, int]:
    """Written procedures whose time is over."""
    over = Round.objects.open().filter(procedure="written", closes_at__lte=at)
    return over.order_by("pk").values_list("pk", flat=True)


def open_rounds() -> QuerySet[Round, int]:
    return Round.objects.open().order_by("pk").values_list("pk", flat=True)


def decisions_overdue(on: date) -> QuerySet[AdhesionRequest, int]:
    """Complete files that the Board should have decided before this day."""
    late = AdhesionRequest.objects.filter(state__in=WITH_THE_BOARD, decision_due_on__lt=on)
    return late.order_by("pk").values_list("pk", flat=True)


def mandates_over(on: date) -> QuerySet[User, int]:
    """Directors whose last mandate may have ended before this day, while the desk is still open to them."""
    over = User.objects.filter(groups__name=DIRECTORS, directorships__ends_on__lt=on)
    return over.order_by("pk").values_list("pk", flat=True).distinct()


def notices_given() -> QuerySet[Membership, int]:
    return Membership.objects.filter(state="notice_given").order_by("pk").values_list("pk", flat=True)


def capabilities_expiring(on: date) -> QuerySet[Capability, int]:
    """Offers and needs of members in good standing that run out within the days of the reminder."""
    listed = Membership.objects.listed().values("organisation_id")
    soon = Capability.objects.filter(
        expires_on__gte=on, expires_on__lte=on + timedelta(days=RENEWAL_DAYS), organisation__in=listed
    )
    return soon.order_by("pk").values_list("pk", flat=True)
