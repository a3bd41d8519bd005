"""Violations of the invariants of brokerage days, and a published day in which they can be planted."""

from __future__ import annotations

from tests.matchmaking.conftest import an_office
from tests.matchmaking.test_brokerage import a_published_day

PLANTS: dict[str, tuple[str, ...]] = {
    "nobody_meets_in_two_places": (
        "DELETE FROM matchmaking_meetingseat WHERE id = (SELECT max(id) FROM matchmaking_meetingseat)",
    ),
    "meetings_rest_on_wishes": ("UPDATE matchmaking_wish SET answer = 'no'",),
    "meetings_lie_in_the_day": ("UPDATE matchmaking_brokerageday SET breaks = '{0}'",),
    "who_left_a_day_meets_nobody": ("UPDATE matchmaking_daymember SET left_at = now()",),
    "days_of_members_in_good_standing": ("UPDATE members_membership SET state = 'suspended'",),
    "published_timetables_are_told": ("DELETE FROM common_outgoingmail WHERE kind = 'matchmaking/timetable'",),
}


def a_world_of_days() -> None:
    """A day whose timetable is published."""
    a_published_day(an_office())
