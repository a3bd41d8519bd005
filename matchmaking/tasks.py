"""What the timetable does for matchmaking. Each task is harmless when repeated."""

from django.utils import timezone

from cluster_portal.common.tasks import each, task
from matchmaking.actions import (
    announcing,
    brokerage,
    digest,
    interests,
    invitations,
    need_index,
    proposals,
    timetables,
    upkeep,
)
from matchmaking.queries import brokerage as days
from matchmaking.queries import consortium, introductions
from matchmaking.queries import digest as waiting


@task
def refresh_weights() -> None:
    """Weigh the words anew; every half minute at most, however many profiles were edited meanwhile."""
    upkeep.refresh_weights()


@task
def drop_run_out() -> None:
    """Take offers and needs that ran out out of the scores."""
    upkeep.drop_run_out()


@task
def refresh_places() -> None:
    """Give the places of the night to members that few lists show."""
    upkeep.refresh_places()


@task
def end_interests() -> None:
    """End interests, proposals and invitations whose last day has passed."""
    today = timezone.localdate()
    each(introductions.interests_over(today), interests.expire_interest)
    each(introductions.proposals_over(today), proposals.expire_proposal)
    each(consortium.invitations_over(today), invitations.expire_call_invitation)


@task
def remind() -> None:
    """Write to those who have not answered an interest, a proposal or an invitation, once each."""
    today = timezone.localdate()
    each(introductions.interests_to_remind(today), interests.remind_interest)
    each(introductions.proposals_to_remind(today), proposals.remind_proposal)
    each(consortium.invitations_to_remind(today), invitations.remind_call_invitation)


@task
def weigh_works() -> None:
    """Count anew how rare words are and which references are near each other."""
    need_index.weigh_works()


@task
def rebuild_works() -> None:
    """Index all offers and references anew: words of the tree may have been renamed since."""
    need_index.rebuild_works()


@task
def announce_opportunities() -> None:
    """Write at once to those whose saved searches new or changed opportunities answer."""
    announcing.announce()


@task
def tell_opportunities() -> None:
    """Write the week's opportunities to those who wish to hear of them once a week."""
    announcing.write_weekly()


@task
def tell_matches() -> None:
    """Write the week's new matches to those who act for members."""
    each(waiting.readers(), digest.write_digest)


@task
def make_timetables() -> None:
    """Compute the timetables of brokerage days that the office asked for."""
    each(days.plans_due(), timetables.make_timetable)


@task
def close_wishes() -> None:
    """End the wishes of brokerage days whose time for them is over."""
    each(days.wishes_close_due(), brokerage.close_wishes)
