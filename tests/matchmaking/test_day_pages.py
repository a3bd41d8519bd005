"""The pages of brokerage days: what they say and hide, how many queries they take, how a day of an event begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import icalendar
import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import Cluster, OutgoingMail, User
from events.actions import editing, registering
from events.models import Event
from matchmaking.actions import brokerage, timetables, wishes
from matchmaking.models import BrokerageDay, DayMember, Wish
from members.actions.membership import change_membership
from tests import factories
from tests.matchmaking.conftest import Pairing
from tests.matchmaking.test_brokerage import a_day, a_planned_day, a_published_day, refused
from tests.permissions.world import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(cluster: Cluster) -> Iterator[User]:
    yield factories.an_office_person()
    forget_cluster()


@pytest.fixture
def desk(office: User) -> Client:
    Authenticator.objects.create(user=office, type="totp", data={"secret": "none"})
    return signed_in(Client(), office, factor=True)


def as_person(person: User) -> Client:
    return signed_in(Client(), person, factor=False)


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(f"matchmaking:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def queries(client: Client, name: str, *args: object) -> int:
    path = reverse(f"matchmaking:{name}", args=args)
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured.captured_queries)


def test_what_a_page_asks_the_database_does_not_grow_with_the_participants(office: User, desk: Client) -> None:
    for count in (2, 31):
        day, members, people = a_day(office, count=count)
        brokerage.open_wishes(day.pk, by=office)
        for member, person in zip(members[1:], people[1:], strict=True):
            wishes.state_wish(member.pk, members[0].pk, by=person, answer="like", message="Hello")
        wishes.state_wish(members[0].pk, members[1].pk, by=people[0], answer="must")
        own = as_person(people[0])
        assert queries(own, "day-part", members[0].pk) == 8
        assert queries(desk, "day-participants", day.pk) == 9
        brokerage.close_wishes(day.pk, by=office)
        timetables.ask_for_timetable(day.pk, by=office)
        assert timetables.make_timetable(day.pk)
        assert queries(desk, "day-manage", day.pk) == 12
        assert queries(desk, "day-board", day.pk) == 13
        timetables.publish_timetable(day.pk, by=office)
        assert queries(own, "day-timetable", members[0].pk) == 6
        assert queries(own, "days") == 4


def test_the_list_of_days_asks_the_same_for_one_and_for_thirty(office: User, desk: Client) -> None:
    day, _members, _people = a_day(office, count=2)
    one = queries(desk, "days")
    BrokerageDay.objects.bulk_create(
        BrokerageDay(title_ro=f"Zi {number}", starts_at=day.starts_at, created_by=office) for number in range(29)
    )
    assert queries(desk, "days") == one == 6


def test_the_best_match_stands_first_with_its_reason(office: User, pairing: Pairing) -> None:
    start = timezone.now() + timedelta(days=3)
    day = brokerage.create_day(by=office, values={"title_ro": "Zi", "starts_at": start})
    people = (pairing.third, pairing.institute, pairing.maker)
    brokerage.add_members(day.pk, by=office, organisations=[one.pk for one in people])
    brokerage.open_wishes(day.pk, by=office)
    part = DayMember.objects.get(day=day, organisation=pairing.maker)
    text = page(as_person(pairing.by_maker), "day-part", part.pk)
    assert text.index("Institutul Armatei") < text.index("Terța SA")
    assert "They offer exactly this." in text or "You offer exactly this." in text


def test_who_asks_is_read_with_its_words_and_a_no_by_no_participant(office: User) -> None:
    day, members, people = a_day(office, count=3)
    brokerage.open_wishes(day.pk, by=office)
    wishes.state_wish(members[1].pk, members[0].pk, by=people[1], answer="must", message="<b>Filters</b>")
    wishes.state_wish(members[2].pk, members[0].pk, by=people[2], answer="no", message="Never again")
    text = page(as_person(people[0]), "day-part", members[0].pk)
    assert text.count("Asks to meet you") == 1
    assert "&lt;b&gt;Filters&lt;/b&gt;" in text
    assert "Never again" not in text
    assert Wish.objects.get(answer="no").message == ""
    silent = a_day(office, count=3)[1]
    assert "Asks to meet you" not in page(as_person(silent[0].organisation.representations.get().user), "days")


def test_a_page_of_wishes_is_saved_at_once_and_a_wrong_answer_saves_nothing(office: User) -> None:
    day, members, people = a_day(office, count=3)
    brokerage.open_wishes(day.pk, by=office)
    own, address = as_person(people[0]), reverse("matchmaking:day-wishes", args=[members[0].pk])
    one, two = members[1].pk, members[2].pk
    own.post(address, {f"answer-{one}": "must", f"words-{one}": "Ceramica", f"answer-{two}": "no"})
    assert set(Wish.objects.values_list("partner", "answer", "message")) == {(one, "must", "Ceramica"), (two, "no", "")}
    own.post(address, {f"answer-{one}": "love", f"answer-{two}": ""})
    own.post(address, {"answer-987654321": "must"})
    assert Wish.objects.count() == 2
    own.post(address, {f"answer-{two}": ""})
    assert list(Wish.objects.values_list("partner", flat=True)) == [one]


def test_a_member_sees_its_timetable_only_when_it_is_published(office: User) -> None:
    day, members, people = a_planned_day(office)
    own = as_person(people[0])
    assert "not published yet" in page(own, "day-timetable", members[0].pk)
    calendar = reverse("matchmaking:day-calendar", args=[members[0].pk])
    assert own.get(calendar).status_code == 404
    timetables.publish_timetable(day.pk, by=office)
    text = page(own, "day-timetable", members[0].pk)
    for seat in members[0].seats.all():
        partner = seat.meeting.seats.exclude(pk=seat.pk).get().member
        assert partner.organisation.display_name in text
    entries = icalendar.Calendar.from_ical(own.get(calendar).content).walk("VEVENT")
    assert len(entries) == members[0].seats.count()
    assert own.get(reverse("matchmaking:day", args=[day.key])).headers["Location"].endswith("/timetable/")


def test_an_event_becomes_a_day_with_the_members_that_are_confirmed(office: User, desk: Client) -> None:
    start = timezone.now() + timedelta(days=9)
    values = {"title_ro": "Textile", "summary_ro": "Zi.", "kind": "brokerage", "starts_at": start, "place_name": "Sala"}
    values |= {"mode": "hybrid", "online_link": "https://meet.example.org/textile"}
    event = editing.create_event(by=office, values=values | {"ends_at": start + timedelta(hours=6)})
    editing.publish(event.pk, by=office)
    person = factories.a_user("ana@example.org", full_name="Ana Pop")
    member = factories.a_member("Fabrica SRL", user=person)
    registering.register(event.pk, by=person, organisation=member.organisation_id, agreed_to_be_shown=True)
    address = f"{reverse('matchmaking:day-new')}?event={event.key}"
    assert address in desk.get(reverse("events:manage-event", args=[event.pk])).content.decode()
    assert address in page(desk, "days")
    assert 'value="Sala"' in desk.get(address).content.decode()  # not "Sala (and online)": it is kept as it stands
    sent = {"title_ro": "Textile", "starts_at": f"{timezone.localtime(start):%Y-%m-%dT%H:%M}", "slot_minutes": 20,
            "slots": 6, "tables": 3}  # fmt: skip
    assert desk.post(address, sent).status_code == 302
    day = BrokerageDay.objects.get(gathering=event.key)
    part = day.members.get()
    assert (part.organisation_id, part.attends) == (member.organisation_id, "Ana Pop")
    assert (
        reverse("matchmaking:day-manage", args=[day.pk])
        in desk.get(reverse("events:manage-event", args=[event.pk])).content.decode()
    )
    assert "This event has its brokerage day already." in desk.post(address, sent).content.decode()
    late = factories.a_user("late@example.org")
    registering.register(event.pk, by=late, organisation=factories.a_member(user=late).organisation_id)
    desk.post(reverse("matchmaking:day-from-event", args=[day.pk]))
    assert day.members.count() == 2
    assert set(day.members.values_list("attends", flat=True)) == {"Ana Pop", ""}  # who did not agree is not named


def test_an_event_that_is_no_brokerage_day_or_a_draft_has_no_day(office: User, desk: Client) -> None:
    start = timezone.now() + timedelta(days=9)
    values = {"title_ro": "Ciornă", "starts_at": start, "ends_at": start + timedelta(hours=1)}
    for kind in ("brokerage", "seminar"):
        event: Event = editing.create_event(by=office, values=values | {"kind": kind})
        assert desk.get(reverse("matchmaking:day-new"), {"event": str(event.key)}).status_code == 404
    assert desk.get(reverse("matchmaking:day-new"), {"event": "no-key"}).status_code == 404


def test_a_member_that_is_suspended_comes_no_more_and_its_partners_are_told(office: User) -> None:
    day, members, _people = a_published_day(office)
    partners = {
        seat.member.organisation.representations.get().user.email
        for one in day.meetings.filter(seats__member=members[0])
        for seat in one.seats.exclude(member=members[0])
    }
    membership = members[0].organisation.memberships.get()
    change_membership(membership.pk, "suspend", by=office, basis="Hotărârea 1", article="1")
    members[0].refresh_from_db()
    assert (members[0].left_at is not None, members[0].left_by, members[0].seats.count()) == (True, None, 0)
    told = OutgoingMail.objects.filter(kind="matchmaking/timetable_changed").values_list("recipient", flat=True)
    assert partners <= set(told)
    with refused("organisation_is_no_member"):
        brokerage.add_members(day.pk, by=office, organisations=[members[0].organisation_id])


def test_a_published_day_moves_with_everybody_told_and_keeps_its_tables(office: User) -> None:
    day, _members, people = a_published_day(office)
    later = day.starts_at + timedelta(hours=1)
    brokerage.edit_day(day.pk, by=office, version=day.version, values={"starts_at": later, "place": "Sala Mică"})
    assert set(day.meetings.values_list("sequence", flat=True)) == {1}
    assert OutgoingMail.objects.filter(kind="matchmaking/timetable_changed").count() == len(people)
    day.refresh_from_db()
    with refused("day_is_published"):
        brokerage.edit_day(day.pk, by=office, version=day.version, values={"tables": 9})


def test_what_is_ticked_is_locked_and_the_file_is_harmless(office: User, desk: Client) -> None:
    day, members, _people = a_planned_day(office)
    type(members[0].organisation).objects.filter(pk=members[0].organisation_id).update(short_name="=1+1")
    first, *rest = day.meetings.values_list("pk", flat=True)
    address = reverse("matchmaking:day-lock", args=[day.pk])
    desk.post(address, {"seen": [first, *rest], "locked": [first]})
    assert list(day.meetings.filter(locked=True).values_list("pk", flat=True)) == [first]
    desk.post(address, {"seen": [rest[0]], "locked": [rest[0]]})
    assert day.meetings.filter(locked=True).count() == 2
    file = desk.get(reverse("matchmaking:day-board-table", args=[day.pk])).content.decode()
    assert "'=1+1" in file
    assert len(file.splitlines()) == day.meetings.count() + 1


@pytest.mark.parametrize("door", ["day-meeting", "day-meeting-remove"])
def test_a_second_window_is_told_that_a_meeting_is_gone_and_one_of_another_day_stays(
    office: User, desk: Client, door: str
) -> None:
    day, *_others = a_planned_day(office)
    other, *_others = a_planned_day(office)
    gone, foreign = day.meetings.all()[0], other.meetings.all()[0]
    timetables.remove_meeting(gone.pk, by=office)
    meant = {"slot": foreign.slot + 1, "table": foreign.table}
    for number in (gone.pk, foreign.pk):
        answer = desk.post(reverse(f"matchmaking:{door}", args=[day.pk, number]), meant, follow=True)
        assert answer.redirect_chain == [(reverse("matchmaking:day-board", args=[day.pk]), 303)]
        assert "This meeting is not in the timetable any more" in answer.content.decode()
    stays = other.meetings.get(pk=foreign.pk)
    assert (stays.slot, stays.table, stays.sequence) == (foreign.slot, foreign.table, foreign.sequence)


def test_the_page_waits_for_the_worker_and_names_the_trouble(office: User, desk: Client) -> None:
    day, members, people = a_planned_day(office, slots=3)
    timetables.ask_for_timetable(day.pk, by=office)
    assert 'http-equiv="refresh"' in page(desk, "day-manage", day.pk)
    with refused("timetable_is_being_made"):
        timetables.publish_timetable(day.pk, by=office)
    meeting = day.meetings.filter(seats__member=members[0]).first()
    assert meeting is not None
    timetables.lock_meeting(meeting.pk, by=office, locked=True)
    wishes.state_hours(members[0].pk, by=people[0], away=[meeting.slot], most=None)
    timetables.make_timetable(day.pk)
    text = page(desk, "day-manage", day.pk)
    assert 'http-equiv="refresh"' not in text
    assert "No timetable can be made" in text
    with refused("meeting_against_hours"):
        timetables.publish_timetable(day.pk, by=office)
