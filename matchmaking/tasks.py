"""What the timetable does for matchmaking. Each task is harmless when repeated."""

from django.utils import timezone

from cluster_portal.common.tasks import each, task
from matchmaking.actions import brokerage, interests, need_index, proposals, timetables, upkeep
from matchmaking.queries import brokerage as days
from matchmaking.queries import introductions


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
    """End interests and proposals whose last day has passed."""
    today = timezone.localdate()
    each(introductions.interests_over(today), interests.expire_interest)
    each(introductions.proposals_over(today), proposals.expire_proposal)


@task
def remind() -> None:
    """Write to those who have not answered an interest or a proposal, once each."""
    today = timezone.localdate()
    each(introductions.interests_to_remind(today), interests.remind_interest)
    each(introductions.proposals_to_remind(today), proposals.remind_proposal)


@task
def weigh_works() -> None:
    """Count anew how rare words are and which references are near each other."""
    need_index.weigh_works()


@task
def rebuild_works() -> None:
    """Index all offers and references anew: words of the tree may have been renamed since."""
    need_index.rebuild_works()


@task
def make_timetables() -> None:
    """Compute the timetables of brokerage days that the office asked for."""
    each(days.plans_due(), timetables.make_timetable)


@task
def close_wishes() -> None:
    """End the wishes of brokerage days whose time for them is over."""
    each(days.wishes_close_due(), brokerage.close_wishes)
