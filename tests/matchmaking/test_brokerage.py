"""A brokerage day from its preparation to a dropout: who may, what is refused, and that nobody is in two places."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import icalendar
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cluster_portal.common.delivery import sender_address
from cluster_portal.common.models import AuditEvent, Cluster, OutgoingAttachment, OutgoingMail, User
from matchmaking.actions import brokerage, timetables, wishes
from matchmaking.enums import DayState, MeetingState
from matchmaking.models import BrokerageDay, DayMember, Meeting, MeetingSeat, Wish
from matchmaking.queries.brokerage import board, figures, plans_due
from matchmaking.queries.day_parts import choices_of, timetable_of
from matchmaking.rules.timetable import arrange
from members.rules.errors import RuleError
from tests import factories


@pytest.fixture
def office(cluster: Cluster) -> User:
    return factories.an_office_person()


def a_day(office: User, count: int = 6, **values: Any) -> tuple[BrokerageDay, list[DayMember], list[User]]:
    """A day of tomorrow with so many participants, alternately civil and defence, each with a representative."""
    fields = {
        "title_ro": "Zi de brokeraj", "title_en": "Brokerage day", "place": "Sala Mare", "slots": 4, "tables": 3,
        "starts_at": timezone.now() + timedelta(days=1),
    }  # fmt: skip
    day = brokerage.create_day(by=office, values={**fields, **values})
    people = [factories.a_user() for _ in range(count)]
    made = [factories.a_member(user=person).organisation for person in people]
    brokerage.add_members(day.pk, by=office, organisations=[organisation.pk for organisation in made])
    members = {member.organisation_id: member for member in DayMember.objects.filter(day=day)}
    return day, [members[organisation.pk] for organisation in made], people


def a_planned_day(office: User, **values: Any) -> tuple[BrokerageDay, list[DayMember], list[User]]:
    """Everybody wants to meet everybody; the timetable is made."""
    day, members, people = a_day(office, **values)
    brokerage.open_wishes(day.pk, by=office)
    for member, person in zip(members, people, strict=True):
        for other in members:
            if other != member:
                wishes.state_wish(member.pk, other.pk, by=person, answer="like")
    brokerage.close_wishes(day.pk, by=office)
    timetables.ask_for_timetable(day.pk, by=office)
    assert list(plans_due()) == [day.pk]
    assert timetables.make_timetable(day.pk)
    return BrokerageDay.objects.get(pk=day.pk), members, people


def a_published_day(office: User, **values: Any) -> tuple[BrokerageDay, list[DayMember], list[User]]:
    """The same, and everybody has its timetable."""
    day, members, people = a_planned_day(office, **values)
    timetables.publish_timetable(day.pk, by=office)
    day.refresh_from_db()
    return day, members, people


def refused(code: str) -> Any:
    return pytest.raises(RuleError, check=lambda error: error.code == code)


def pairs(day: BrokerageDay) -> set[frozenset[int]]:
    return {frozenset(meeting.seats.values_list("member_id", flat=True)) for meeting in day.meetings.all()}


def test_a_day_goes_from_preparation_to_published_timetables(office: User) -> None:
    day, members, people = a_planned_day(office)
    assert (day.state, day.plan_asked_at) == (DayState.PLANNED, None)
    assert figures(day).meetings == day.meetings.count() == 12
    timetables.publish_timetable(day.pk, by=office)
    timetables.publish_timetable(day.pk, by=office)
    day.refresh_from_db()
    assert (day.state, day.published_by) == (DayState.PUBLISHED, office)
    assert set(day.meetings.values_list("state", flat=True)) == {MeetingState.CONFIRMED}
    letters = OutgoingMail.objects.filter(kind="matchmaking/timetable")
    assert sorted(letters.values_list("recipient", flat=True)) == sorted(person.email for person in people)
    assert {letter.attachments.get().name for letter in letters} == {"meetings.ics"}
    for member in members:
        slots = [placed.meeting.slot for placed in timetable_of(member, only_confirmed=True)]
        assert slots == sorted(set(slots)) == [0, 1, 2, 3]
    lines = board(day)
    assert len(lines) == 4 and all(len(line.cells) == 3 for line in lines)
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"day_prepared", "day_wishes_opened", "day_wishes_closed", "timetable_made", "timetable_published"} <= verbs


def test_only_the_office_runs_a_day_and_only_a_member_speaks_for_itself(office: User) -> None:
    day, members, people = a_day(office)
    stranger = factories.a_user()
    for act in (
        lambda: brokerage.open_wishes(day.pk, by=people[0]),
        lambda: brokerage.create_day(by=people[0], values={}),
        lambda: brokerage.add_members(day.pk, by=people[0], organisations=[]),
        lambda: brokerage.cancel_day(day.pk, by=people[0], reason="x"),
        lambda: timetables.ask_for_timetable(day.pk, by=people[0]),
        lambda: timetables.publish_timetable(day.pk, by=people[0]),
    ):
        with refused("only_office_runs_days"):
            act()
    brokerage.open_wishes(day.pk, by=office)
    for person in (stranger, people[1]):
        with refused("not_your_member"):
            wishes.state_wish(members[0].pk, members[2].pk, by=person, answer="must")
        with refused("not_your_member"):
            timetables.drop_out(members[0].pk, by=person)


def test_wishes_are_changed_taken_back_and_closed(office: User) -> None:
    day, members, people = a_day(office)
    one, other = members[:2]
    with refused("wishes_are_closed"):
        wishes.state_wish(one.pk, other.pk, by=people[0], answer="must")
    brokerage.open_wishes(day.pk, by=office)
    wishes.state_wish(one.pk, other.pk, by=people[0], answer="must", message="Filters")
    wishes.state_wish(one.pk, other.pk, by=people[0], answer="no")
    assert [(wish.answer, wish.message) for wish in Wish.objects.all()] == [("no", "")]
    assert [choice.answer for choice in choices_of(one) if choice.partner == other] == ["no"]
    assert all(not choice.answer for choice in choices_of(other))  # what others wish stays theirs
    wishes.state_wish(one.pk, other.pk, by=people[0], answer="")
    assert not Wish.objects.exists()
    for partner, answer, code in ((one.pk, "must", "partner_does_not_come"), (other.pk, "love", "wish_unknown")):
        with refused(code):
            wishes.state_wish(one.pk, partner, by=people[0], answer=answer)
    brokerage.close_wishes(day.pk)
    with refused("wishes_are_closed"):
        wishes.state_wish(one.pk, other.pk, by=people[0], answer="must")


def test_a_no_of_one_side_keeps_the_two_apart(office: User) -> None:
    day, members, people = a_day(office, count=2)
    brokerage.open_wishes(day.pk, by=office)
    wishes.state_wish(members[0].pk, members[1].pk, by=people[0], answer="must")
    wishes.state_wish(members[1].pk, members[0].pk, by=people[1], answer="no")
    brokerage.close_wishes(day.pk, by=office)
    timetables.ask_for_timetable(day.pk, by=office)
    assert timetables.make_timetable(day.pk)
    assert not day.meetings.exists()
    with refused("timetable_is_empty"):
        timetables.publish_timetable(day.pk, by=office)


def seat(day: BrokerageDay, **fields: Any) -> None:
    """Write a seat past the actions; what is checked at the end of a transaction is checked now."""
    MeetingSeat.objects.create(day=day, **fields)
    connection.check_constraints()


def test_the_database_refuses_a_double_booking_whatever_code_forgets(office: User) -> None:
    day, members, _people = a_planned_day(office)
    there = MeetingSeat.objects.filter(day=day, slot=0).first()
    assert there is not None
    elsewhere = Meeting.objects.filter(day=day, slot=1).first()
    assert elsewhere is not None
    for fields in (
        {"meeting": elsewhere, "slot": 0, "member": there.member},  # busy in that slot
        {"meeting": elsewhere, "slot": 3, "member": members[0]},  # not the slot of the meeting
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            seat(day, **fields)
    with pytest.raises(IntegrityError, match="a_table_seats_one_meeting_at_a_time"), transaction.atomic():
        Meeting.objects.create(day=day, slot=elsewhere.slot, table=elsewhere.table)
    stranger = a_day(office)[1][0]
    with pytest.raises(IntegrityError), transaction.atomic():
        seat(day, meeting=elsewhere, slot=1, member=stranger)


def test_locked_meetings_stay_when_the_timetable_is_made_again(office: User) -> None:
    day, _members, _people = a_planned_day(office)
    kept = day.meetings.first()
    assert kept is not None
    timetables.lock_meeting(kept.pk, by=office, locked=True)
    timetables.ask_for_timetable(day.pk, by=office, seed=9)
    assert timetables.make_timetable(day.pk)
    again = Meeting.objects.get(pk=kept.pk)
    assert (again.slot, again.table, again.seats.count()) == (kept.slot, kept.table, 2)


def test_a_timetable_is_not_written_over_wishes_that_came_meanwhile(office: User, monkeypatch: Any) -> None:
    day, _members, _people = a_planned_day(office)
    timetables.ask_for_timetable(day.pk, by=office)

    def meanwhile(*args: Any, **options: Any) -> Any:
        brokerage.inputs_changed(day)
        return arrange(*args, **options)

    before = pairs(day)
    with monkeypatch.context() as patch:
        patch.setattr(timetables, "arrange", meanwhile)
        assert not timetables.make_timetable(day.pk)
    assert pairs(day) == before
    assert list(plans_due()) == [day.pk]
    assert timetables.make_timetable(day.pk)
    assert not timetables.make_timetable(day.pk)


def test_what_no_longer_takes_place_leaves_the_calendars(office: User) -> None:
    """A file a meeting takes it out: the same UID, one step later; the other file no longer has them."""
    day, members, people = a_planned_day(office, slots=2)
    timetables.publish_timetable(day.pk, by=office)
    before = {
        member.pk: {f"meeting-{seat.meeting.key}": seat.meeting for seat in member.seats.select_related("meeting")}
        for member in members
    }
    gone = set(before[members[0].pk])
    assert gone
    timetables.drop_out(members[0].pk, by=people[0])
    concerned = [pk for pk, own in before.items() if gone & set(own)]
    for number, member in enumerate(members):
        kind = "day_left" if member == members[0] else "timetable_changed"
        letters = OutgoingMail.objects.filter(kind=f"matchmaking/{kind}", recipient=people[number].email)
        if member.pk not in concerned:
            assert not letters.filter(attachments__name__startswith="cancelled-").exists()
            continue
        files = {file.name: bytes(file.content) for file in letters.get().attachments.all()}
        ended = {}
        for calendar in (icalendar.Calendar.from_ical(files[name]) for name in files if name.startswith("cancelled-")):
            (event,) = calendar.walk("VEVENT")  # RFC 5546: a CANCEL is about one entry
            assert calendar["METHOD"] == "CANCEL"
            ended[str(event["UID"]).split("@")[0]] = event
        assert set(ended) == gone & set(before[member.pk])
        for uid, event in ended.items():
            assert event["STATUS"] == "CANCELLED"
            assert event["ORGANIZER"] == f"mailto:{sender_address()}"
            assert event["SEQUENCE"] == before[member.pk][uid].sequence + 1
        assert not any(uid.encode() in files.get("meetings.ics", b"") for uid in ended)


def test_a_meeting_taken_out_and_a_day_called_off_leave_the_calendars(office: User) -> None:
    day, _members, _people = a_planned_day(office, slots=2)
    timetables.publish_timetable(day.pk, by=office)
    meeting = day.meetings.all()[0]
    timetables.remove_meeting(meeting.pk, by=office)
    files = OutgoingAttachment.objects.filter(name__startswith="cancelled-")
    assert [file.name for file in files] == ["cancelled-meeting.ics"] * 2
    assert all(f"meeting-{meeting.key}".encode() in bytes(file.content).replace(b"\r\n ", b"") for file in files)
    brokerage.cancel_day(day.pk, by=office, reason="Snow.")
    left = files.filter(mail__kind="matchmaking/day_cancelled")
    assert len(left) == day.meetings.values("seats").count()
    assert "cancelled-meeting-1.ics" in {file.name for file in left}
    assert all(bytes(file.content).count(b"BEGIN:VEVENT") == 1 for file in left)


def test_a_dropout_moves_nobody_and_tells_those_concerned(office: User) -> None:
    day, members, people = a_planned_day(office, slots=2)
    timetables.publish_timetable(day.pk, by=office)
    gone = members[0]
    stay = {meeting.pk: (meeting.slot, meeting.table) for meeting in day.meetings.exclude(seats__member=gone)}
    timetables.drop_out(gone.pk, by=people[0])
    timetables.drop_out(gone.pk, by=people[0])
    gone.refresh_from_db()
    assert (gone.left_by, gone.seats.count()) == (people[0], 0)
    assert stay.items() <= {meeting.pk: (meeting.slot, meeting.table) for meeting in day.meetings.all()}.items()
    told = OutgoingMail.objects.filter(kind="matchmaking/timetable_changed").values_list("recipient", flat=True)
    assert set(told) <= {person.email for person in people[1:]}
    assert len(told) == len(set(told)) > 0
    brokerage.add_members(day.pk, by=office, organisations=[gone.organisation_id])
    gone.refresh_from_db()
    assert gone.left_at is None


def test_the_office_moves_adds_and_removes_meetings_within_reason(office: User) -> None:
    day, _members, _people = a_planned_day(office, count=4, tables=2, slots=4)
    meeting = day.meetings.filter(slot=0).first()
    assert meeting is not None
    pair = list(meeting.seats.values_list("member_id", flat=True))
    taken = day.meetings.filter(slot=1).first()
    assert taken is not None
    for slot, table, code in ((9, 0, "table_unknown"), (1, taken.table, "table_is_taken")):
        with refused(code):
            timetables.move_meeting(meeting.pk, by=office, slot=slot, table=table)
    other = day.meetings.filter(slot=1).exclude(seats__member=pair[0]).first() or taken
    timetables.remove_meeting(other.pk, by=office)
    with refused("member_is_busy"):
        timetables.move_meeting(meeting.pk, by=office, slot=1, table=other.table)
    with refused("meeting_is_gone"):
        timetables.remove_meeting(other.pk, by=office)
    empty = next(s for s in range(4) if not day.meetings.filter(slot=s, seats__member__in=pair).exists())
    moved = timetables.move_meeting(meeting.pk, by=office, slot=empty, table=0)
    assert (moved.slot, moved.table, moved.locked, moved.sequence) == (empty, 0, True, 1)
    timetables.remove_meeting(moved.pk, by=office)
    added = timetables.add_meeting(day.pk, by=office, members=(pair[0], pair[1]), slot=empty, table=1)
    assert (added.state, added.locked, added.seats.count()) == (MeetingState.PROVISIONAL, True, 2)
    with refused("partner_does_not_come"):
        timetables.add_meeting(day.pk, by=office, members=(pair[0], pair[0]), slot=empty, table=0)


def test_hours_are_kept_and_a_locked_meeting_against_them_is_named(office: User) -> None:
    day, members, people = a_planned_day(office, slots=3)
    meeting = day.meetings.filter(seats__member=members[0]).order_by("slot").first()
    assert meeting is not None
    timetables.lock_meeting(meeting.pk, by=office, locked=True)
    wishes.state_hours(members[0].pk, by=people[0], away=[meeting.slot, 77], most=2, attends="Ana Pop")
    members[0].refresh_from_db()
    assert (members[0].away, members[0].most, members[0].attends) == ([meeting.slot], 2, "Ana Pop")
    timetables.ask_for_timetable(day.pk, by=office)
    assert not timetables.make_timetable(day.pk)
    day.refresh_from_db()
    assert members[0].organisation.display_name in day.trouble
    assert day.plan_asked_at is None
    timetables.lock_meeting(meeting.pk, by=office, locked=False)
    timetables.ask_for_timetable(day.pk, by=office)
    assert timetables.make_timetable(day.pk)
    slots = list(MeetingSeat.objects.filter(member=members[0]).values_list("slot", flat=True))
    assert meeting.slot not in slots and len(slots) <= 2


def test_bad_shapes_of_a_day_are_refused_in_words(office: User) -> None:
    for values, code in (
        ({"breaks": [0, 1, 2, 3]}, "day_is_all_breaks"),
        ({"wishes_until": timezone.now() + timedelta(days=3)}, "wishes_end_before_the_day"),
    ):
        with refused(code):
            a_day(office, **values)
    day, _members, _people = a_day(office, count=1)
    with refused("day_needs_members"):
        brokerage.open_wishes(day.pk, by=office)
    brokerage.edit_day(day.pk, by=office, version=1, values={"tables": 2})
    with refused("day_edited_meanwhile"):
        brokerage.edit_day(day.pk, by=office, version=1, values={"tables": 5})
    with refused("day_was_never_announced"):
        brokerage.cancel_day(day.pk, by=office, reason="No room.")
    brokerage.discard_day(day.pk, by=office)
    assert not BrokerageDay.objects.filter(pk=day.pk).exists()


def test_fewer_tables_send_meetings_back_to_the_wishes(office: User) -> None:
    day, _members, _people = a_planned_day(office)
    brokerage.edit_day(day.pk, by=office, version=day.version, values={"tables": 1, "breaks": [2]})
    assert all(meeting.table == 0 and meeting.slot != 2 for meeting in day.meetings.all())


def test_a_cancelled_day_tells_everybody_once_and_stays_cancelled(office: User) -> None:
    day, members, people = a_planned_day(office)
    with refused("cancel_reason_missing"):
        brokerage.cancel_day(day.pk, by=office, reason=" ")
    brokerage.cancel_day(day.pk, by=office, reason="Snow.")
    brokerage.cancel_day(day.pk, by=office, reason="Snow.")
    assert OutgoingMail.objects.filter(kind="matchmaking/day_cancelled").count() == len(people)
    with refused("day_is_cancelled"):
        brokerage.add_members(day.pk, by=office, organisations=[members[0].organisation_id])
