"""Several hands at one brokerage day at the same instant: real threads, real connections, one outcome."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail, User
from matchmaking.actions import brokerage, timetables, wishes
from matchmaking.enums import DayState
from matchmaking.models import BrokerageDay, Meeting, MeetingSeat
from matchmaking.queries.brokerage import against_hours, board, figures, meetings, planning
from matchmaking.queries.day_parts import timetable_of
from members.actions.membership import change_membership
from tests import factories
from tests.matchmaking.made import query
from tests.matchmaking.test_brokerage import a_day, a_planned_day
from tests.matchmaking.test_races import after_the_first_statement, at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office() -> User:
    factories.a_cluster()
    return factories.an_office_person()


def nothing_waited_in_a_circle() -> None:
    assert query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == [(0,)]


def nobody_is_in_two_places(day: BrokerageDay) -> None:
    seats = list(MeetingSeat.objects.filter(day=day).values_list("slot", "member_id"))
    assert len(seats) == len(set(seats))
    assert len(seats) == 2 * Meeting.objects.filter(day=day).count()
    nothing_waited_in_a_circle()


def test_two_hands_at_one_free_table_seat_one_meeting(office: User) -> None:
    day, members, _people = a_day(office, count=4)
    for state in (DayState.WISHES, DayState.PLANNED):
        BrokerageDay.objects.filter(pk=day.pk).update(state=state)
    one, two, three, four = (member.pk for member in members)
    said = at_once(
        lambda: timetables.add_meeting(day.pk, by=office, members=(one, two), slot=0, table=0),
        lambda: timetables.add_meeting(day.pk, by=office, members=(three, four), slot=0, table=0),
    )
    assert said.count("table_is_taken") == 1
    assert MeetingSeat.objects.filter(day=day).count() == 2
    nobody_is_in_two_places(day)


def test_two_workers_plan_the_same_day_at_once_and_one_timetable_is_written(office: User) -> None:
    day, _members, _people = a_planned_day(office)
    timetables.ask_for_timetable(day.pk, by=office)
    written = at_once(lambda: timetables.make_timetable(day.pk), lambda: timetables.make_timetable(day.pk))
    assert sorted(written) == [False, True]
    nobody_is_in_two_places(day)


def test_hours_that_change_while_the_timetable_is_computed_are_in_it_in_the_end(office: User) -> None:
    day, members, people = a_planned_day(office)
    timetables.ask_for_timetable(day.pk, by=office)
    at_once(
        lambda: timetables.make_timetable(day.pk),
        lambda: wishes.state_hours(members[0].pk, by=people[0], away=[0, 1], most=None),
    )
    day.refresh_from_db()
    if day.plan_asked_at is not None:  # the change came while it was computed: the next turn makes it
        assert timetables.make_timetable(day.pk)
    elif day.planned_inputs != day.inputs:  # it came after: the page says so
        timetables.ask_for_timetable(day.pk, by=office)
        assert timetables.make_timetable(day.pk)
    assert not MeetingSeat.objects.filter(member=members[0], slot__in=[0, 1]).exists()
    nobody_is_in_two_places(day)


def test_meetings_taken_out_while_they_are_read_are_there_whole_or_not_at_all(office: User) -> None:
    day, _members, _people = a_planned_day(office)
    there = dict(day.meetings.values_list("pk", "slot"))
    assert len(there) > 1
    for read in (meetings, board, planning, figures, against_hours):
        pk = next(iter(there))
        del there[pk]
        with after_the_first_statement(partial(timetables.remove_meeting, pk, by=office)):
            read(day)
        assert not Meeting.objects.filter(pk=pk).exists()
    assert {meeting.pk for meeting, _pair in meetings(day)} == set(there)


def test_a_meeting_added_while_a_timetable_is_read_does_no_harm(office: User) -> None:
    day, members, _people = a_day(office)
    BrokerageDay.objects.filter(pk=day.pk).update(state=DayState.WISHES)
    BrokerageDay.objects.filter(pk=day.pk).update(state=DayState.PLANNED)
    one, two, three = (member.pk for member in members[:3])
    with after_the_first_statement(
        lambda: timetables.add_meeting(day.pk, by=office, members=(one, two), slot=0, table=0)
    ):
        timetable_of(members[0], only_confirmed=False)
    with after_the_first_statement(
        lambda: timetables.add_meeting(day.pk, by=office, members=(one, three), slot=1, table=0)
    ):
        board(day)
    own = timetable_of(members[0], only_confirmed=False)
    assert [(placed.meeting.slot, placed.partner.pk) for placed in own] == [(0, two), (1, three)]


def test_a_wish_and_the_end_of_wishes_at_the_same_instant(office: User) -> None:
    day, members, people = a_day(office)
    brokerage.open_wishes(day.pk, by=office)
    said = at_once(
        lambda: wishes.state_wish(members[0].pk, members[1].pk, by=people[0], answer="must"),
        lambda: brokerage.close_wishes(day.pk, by=office),
    )
    assert said[0] in {None, "wishes_are_closed"}
    timetables.ask_for_timetable(day.pk, by=office)
    assert timetables.make_timetable(day.pk)
    assert day.meetings.count() == (1 if said[0] is None else 0)


def test_a_dropout_while_the_timetable_is_published(office: User) -> None:
    day, members, people = a_planned_day(office)
    gone = members[0]
    at_once(
        lambda: timetables.publish_timetable(day.pk, by=office),
        lambda: timetables.drop_out(gone.pk, by=people[0]),
    )
    assert not gone.seats.exists()
    assert set(day.meetings.values_list("state", flat=True)) == {"confirmed"}
    told = set(OutgoingMail.objects.filter(kind="matchmaking/timetable").values_list("recipient", flat=True))
    assert {person.email for person in people[1:]} <= told
    nobody_is_in_two_places(day)


def test_a_double_click_publishes_and_drops_out_once(office: User) -> None:
    day, members, people = a_planned_day(office)
    at_once(*[lambda: timetables.publish_timetable(day.pk, by=office)] * 3)
    assert OutgoingMail.objects.filter(kind="matchmaking/timetable").count() == len(people)
    at_once(*[lambda: timetables.drop_out(members[0].pk, by=people[0])] * 3)
    changed = OutgoingMail.objects.filter(kind="matchmaking/timetable_changed")
    assert changed.count() == changed.values("recipient").distinct().count()
    nobody_is_in_two_places(day)


def test_a_form_that_is_sent_twice_makes_one_day_and_an_event_has_one(office: User) -> None:
    values = {"title_ro": "Zi", "starts_at": timezone.now() + timedelta(days=2)}
    key = uuid4()
    made = at_once(*[lambda: brokerage.create_day(by=office, values=values, key=key)] * 3)
    assert len({day.pk for day in made}) == BrokerageDay.objects.count() == 1
    of_event = at_once(*[lambda: brokerage.create_day(by=office, values=values, gathering=key)] * 3)
    assert of_event.count("gathering_has_its_day") == 2
    assert BrokerageDay.objects.count() == 2


def test_a_member_is_suspended_while_it_is_brought_in(office: User) -> None:
    day, _members, _people = a_day(office)
    new = factories.a_member(user=factories.a_user())
    at_once(
        lambda: brokerage.add_members(day.pk, by=office, organisations=[new.organisation_id]),
        lambda: change_membership(new.pk, "suspend", by=office, basis="Hotărârea 1", article="1"),
    )
    assert not day.members.filter(organisation=new.organisation_id, left_at__isnull=True).exists()
    nothing_waited_in_a_circle()
