"""What the timetable does for membership: ends what has run out, and reminds. Each task is harmless when repeated."""

from django.utils import timezone

from cluster_portal.common.tasks import each, task
from members.actions import board, mandates, membership, office, profile_parts
from members.queries import due


@task
def lapse_requests() -> None:
    """End returned files that were not completed in time."""
    each(due.grace_over(timezone.localdate()), office.lapse)


@task
def end_objections() -> None:
    """Hand files to the Board once the members' window for objections has closed."""
    each(due.objections_over(timezone.localdate()), office.end_objections)


@task
def close_rounds() -> None:
    """Close written procedures whose time is over."""
    each(due.rounds_over(timezone.now()), board.close_when_over)


@task
def remind_directors() -> None:
    """Write to the directors whose vote is missing, once a day."""
    each(due.open_rounds(), board.remind_directors)


@task
def remind_leaders() -> None:
    """Write to president and secretary about files that the Board should have decided, once a week."""
    each(due.decisions_overdue(timezone.localdate()), board.remind_leaders)


@task
def end_notices() -> None:
    """End memberships whose notice has run out."""
    each(due.notices_given(), membership.end_notice)


@task
def close_desks() -> None:
    """Close the desk to directors whose mandate is over."""
    each(due.mandates_over(timezone.localdate()), mandates.close_desk)


@task
def remind_renewals() -> None:
    """Write to members whose offers and needs are about to run out, once for each day on which one ends."""
    each(due.capabilities_expiring(timezone.localdate()), profile_parts.remind_renewal)
