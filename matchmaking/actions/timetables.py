"""The timetable of a brokerage day is asked for, made, reviewed, published and mended."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import letters_of_days as letters
from matchmaking.actions.brokerage import check_office, check_open, inputs_changed, locked_day, managed_day, spoken_for
from matchmaking.enums import DayState, MeetingState
from matchmaking.models import BrokerageDay, DayMember, Meeting, MeetingSeat
from matchmaking.queries.brokerage import (
    Placed,
    Planning,
    against_hours,
    coming,
    hours,
    meetings,
    parts_to_leave,
    planning,
)
from matchmaking.queries.day_parts import confirmed_of
from matchmaking.rules.timetable import CannotBePlanned, Plan, Seat, arrange, repair
from matchmaking.rules.timetable_bound import bound
from members.rules.errors import RuleError


@transaction.atomic
def ask_for_timetable(pk: int, *, by: User, seed: int | None = None) -> BrokerageDay:
    """Have the timetable made by the worker; asking twice is the same as asking once."""
    day = managed_day(pk, by)
    if day.state != DayState.PLANNED:
        raise RuleError("wishes_still_open" if day.state == DayState.WISHES else "day_is_not_planned")
    if seed is not None:
        day.seed = seed
    if day.plan_asked_at is None:
        day.plan_asked_at, day.plan_started_at = timezone.now(), None
    day.trouble = ""
    day.save()
    audit.record("timetable_asked_for", day, by=by, seed=day.seed)
    return day


def make_timetable(pk: int) -> bool:
    """Compute the timetable that was asked for, and write it; returns whether it was written.

    Computing holds no lock. Wishes or meetings that changed meanwhile make it start again at the next turn.
    """
    asked = BrokerageDay.objects.filter(pk=pk, plan_asked_at__isnull=False)
    if not asked.update(plan_started_at=timezone.now()):
        return False
    day = BrokerageDay.objects.get(pk=pk)
    what = planning(day)
    try:
        plan = arrange(what.problem, day.seed)
    except CannotBePlanned as error:
        return _give_up(pk, what, int(error.args[0]))
    return _write(pk, what, plan, bound(what.problem))


@transaction.atomic
def _give_up(pk: int, what: Planning, wish: int) -> bool:
    """A locked meeting contradicts the hours or another one: the office has to unlock it."""
    day = locked_day(pk)
    if day.inputs != what.inputs:
        return False
    names = DayMember.objects.filter(pk__in=what.pairs[wish]).select_related("organisation")
    day.trouble = " – ".join(member.organisation.display_name for member in names)[:300]
    day.plan_asked_at = day.plan_started_at = None
    day.save()
    return False


@transaction.atomic
def _write(pk: int, what: Planning, plan: Plan, most: int) -> bool:
    """`most`: the weight that no timetable exceeds. Not written: a second worker was first, or something changed."""
    day = locked_day(pk)
    if day.inputs != what.inputs or day.plan_asked_at is None or day.state != DayState.PLANNED:
        return False
    day.meetings.filter(locked=False).delete()
    kept = {pair for _meeting, pair in meetings(day)}
    _seat(day, ((what.pairs[wish], seat) for wish, seat in plan.items() if what.pairs[wish] not in kept))
    day.planned_at, day.planned_inputs, day.planned_bound = timezone.now(), day.inputs, most
    day.plan_asked_at, day.plan_started_at, day.trouble = None, None, ""
    day.save()
    audit.record("timetable_made", day, by=None, meetings=len(plan), seed=day.seed)
    return True


def _seat(
    day: BrokerageDay,
    placed: Iterable[tuple[tuple[int, int], Seat]],
    state: MeetingState = MeetingState.PROVISIONAL,
    added_by: User | None = None,
) -> list[Meeting]:
    """Write meetings with their two seats; the database refuses a place or a person that is taken."""
    pairs, rows = [], []
    for pair, seat in placed:
        pairs.append(pair)
        rows.append(
            Meeting(
                day=day, slot=seat.slot, table=seat.table, state=state, added_by=added_by, locked=added_by is not None
            )
        )
    made = Meeting.objects.bulk_create(rows)
    MeetingSeat.objects.bulk_create(
        MeetingSeat(meeting=meeting, day=day, slot=meeting.slot, member_id=member)
        for meeting, pair in zip(made, pairs, strict=True)
        for member in pair
    )
    return made


def _reviewed(pk: int, by: User) -> tuple[Meeting, BrokerageDay]:
    """A meeting of a timetable that the office reviews, its day locked."""
    check_office(by)
    day_of = Meeting.objects.filter(pk=pk).values_list("day_id", flat=True).first()
    if day_of is None:
        raise RuleError("meeting_is_gone")
    day = locked_day(day_of)
    meeting = Meeting.objects.filter(pk=pk).first()
    if meeting is None:
        raise RuleError("meeting_is_gone")
    if day.state not in {DayState.PLANNED, DayState.PUBLISHED}:
        raise RuleError("day_is_not_planned")
    return meeting, day


@transaction.atomic
def lock_meeting(pk: int, *, by: User, locked: bool) -> Meeting:
    """Keep a meeting where it is when the timetable is made again, or let it move."""
    meeting, day = _reviewed(pk, by)
    if meeting.locked != locked:
        meeting.locked = locked
        meeting.save()
        inputs_changed(day, by_hand=True)
        audit.record("meeting_locked" if locked else "meeting_unlocked", day, by=by, place=str(meeting))
    return meeting


@transaction.atomic
def lock_meetings(pk: int, *, by: User, seen: Iterable[int], locked: Iterable[int]) -> None:
    """Of the meetings that a page showed, lock these and let the others move; what is there no more is passed over."""
    day = managed_day(pk, by)
    if day.state not in {DayState.PLANNED, DayState.PUBLISHED}:
        raise RuleError("day_is_not_planned")
    stay = set(locked)
    shown = Meeting.objects.filter(day=day, pk__in=list(seen))
    count = shown.filter(pk__in=stay, locked=False).update(locked=True)
    freed = shown.exclude(pk__in=stay).filter(locked=True).update(locked=False)
    if count or freed:
        inputs_changed(day, by_hand=True)
        audit.record("meetings_locked", day, by=by, locked=count, unlocked=freed)


@transaction.atomic
def move_meeting(pk: int, *, by: User, slot: int, table: int) -> Meeting:
    """Move a meeting by hand to a free table in a slot that suits both; it is locked there."""
    meeting, day = _reviewed(pk, by)
    pair = [seat.member for seat in meeting.seats.select_related("member")]
    _check_place(day, pair, Seat(slot, table), meeting)
    was = (meeting.slot, meeting.table)
    meeting.seats.all().delete()
    meeting.slot, meeting.table, meeting.locked = slot, table, True
    meeting.sequence += 1
    meeting.save()
    MeetingSeat.objects.bulk_create(MeetingSeat(meeting=meeting, day=day, slot=slot, member=member) for member in pair)
    inputs_changed(day, by_hand=True)
    audit.record("meeting_moved", day, by=by, place=str(meeting))
    if day.state == DayState.PUBLISHED and was != (slot, table):
        _tell(day, {member.pk for member in pair})
    return meeting


@transaction.atomic
def add_meeting(day_pk: int, *, by: User, members: tuple[int, int], slot: int, table: int) -> Meeting:
    """Put two participants together by hand; the meeting is locked."""
    day = managed_day(day_pk, by)
    if day.state not in {DayState.PLANNED, DayState.PUBLISHED}:
        raise RuleError("day_is_not_planned")
    pair = list(DayMember.objects.filter(day=day, pk__in=members, left_at__isnull=True))
    if len(pair) != len(set(members)) or len(pair) < len(members):
        raise RuleError("partner_does_not_come")
    if Meeting.objects.filter(day=day, seats__member=pair[0]).filter(seats__member=pair[1]).exists():
        raise RuleError("pair_meets_already")
    _check_place(day, pair, Seat(slot, table), None)
    published = day.state == DayState.PUBLISHED
    state = MeetingState.CONFIRMED if published else MeetingState.PROVISIONAL
    one, other = sorted(members)
    [meeting] = _seat(day, [((one, other), Seat(slot, table))], state, by)
    inputs_changed(day, by_hand=True)
    audit.record("meeting_added", day, by=by, place=str(meeting))
    if published:
        _tell(day, set(members))
    return meeting


@transaction.atomic
def remove_meeting(pk: int, *, by: User) -> None:
    """Take a meeting out; once the timetable is published, the two are told."""
    meeting, day = _reviewed(pk, by)
    gone = confirmed_of([meeting.pk])
    audit.record("meeting_removed", day, by=by, place=str(meeting))
    meeting.delete()
    inputs_changed(day, by_hand=True)
    if day.state == DayState.PUBLISHED:
        _tell(day, set(gone), gone)


def _check_place(day: BrokerageDay, pair: Iterable[DayMember], seat: Seat, meeting: Meeting | None) -> None:
    if not (0 <= seat.slot < day.slots and 0 <= seat.table < day.tables):
        raise RuleError("table_unknown")
    others = day.meetings.exclude(pk=meeting.pk) if meeting is not None else day.meetings.all()
    if others.filter(slot=seat.slot, table=seat.table).exists():
        raise RuleError("table_is_taken")
    for member in pair:
        if seat.slot not in hours(day, member):
            raise RuleError("member_is_away", {"member": member.organisation.display_name})
        if MeetingSeat.objects.filter(meeting__in=others, slot=seat.slot, member=member).exists():
            raise RuleError("member_is_busy", {"member": member.organisation.display_name})


@transaction.atomic
def publish_timetable(pk: int, *, by: User) -> BrokerageDay:
    """Confirm every meeting and send each participant its timetable, once."""
    day = managed_day(pk, by)
    if day.state == DayState.PUBLISHED:
        return day
    if day.state != DayState.PLANNED or day.planned_at is None:
        raise RuleError("day_has_no_timetable")
    if day.plan_asked_at is not None:
        raise RuleError("timetable_is_being_made")
    if not day.meetings.exists():
        raise RuleError("timetable_is_empty")
    if names := against_hours(day):
        raise RuleError("meeting_against_hours", {"members": ", ".join(names)})
    check_open(day)
    day.meetings.update(state=MeetingState.CONFIRMED)
    day.state, day.published_at, day.published_by = DayState.PUBLISHED, timezone.now(), by
    day.save()
    audit.record("timetable_published", day, by=by, meetings=day.meetings.count())
    for member in coming(day):
        letters.timetable(member)
    return day


@transaction.atomic
def drop_out(pk: int, *, by: User) -> DayMember:
    """A participant does not come. Nobody else's meeting moves; places that come free go to wishes that now fit."""
    member = spoken_for(pk, by)
    day = member.day
    if day.state == DayState.CANCELLED:
        raise RuleError("day_is_cancelled")
    if member.left_at is None:
        _leave(day, member, by)
    return member


@transaction.atomic
def end_participations(organisation: int) -> None:
    """A member that is no longer in good standing comes to no day any more; the portal itself takes it out."""
    for part in parts_to_leave(organisation):
        day = locked_day(part.day_id)
        part.refresh_from_db()
        if part.left_at is None:
            _leave(day, part, None)


def _leave(day: BrokerageDay, member: DayMember, by: User | None) -> None:
    """Take a participant out. Meetings that have taken place by now stay."""
    member.left_at, member.left_by = timezone.now(), by
    member.save()
    own = [seat for seat in member.seats.all() if day.starts(seat.slot) > member.left_at]
    gone = [seat.meeting_id for seat in own]
    ended = confirmed_of(gone)
    own_ended = ended.pop(member.pk, [])
    Meeting.objects.filter(pk__in=gone).delete()
    inputs_changed(day)
    audit.record("day_member_left", day, by=by, organisation=member.organisation.display_name)
    if day.state == DayState.PUBLISHED:
        if own_ended:
            letters.day_left(member, own_ended)
        _tell(day, set(ended) | _fill(day), ended)


def _fill(day: BrokerageDay) -> set[int]:
    """Give free places to wishes that fit, moving nobody; returns who has a new meeting."""
    what = planning(day, keep_all=True)
    plan = repair(what.problem, what.problem.fixed)
    now = timezone.now()
    fresh = [
        (what.pairs[wish], seat)
        for wish, seat in plan.items()
        if wish not in what.problem.fixed and day.starts(seat.slot) > now
    ]
    _seat(day, fresh, MeetingState.CONFIRMED)
    return {member for pair, _seat_ in fresh for member in pair}


def _tell(day: BrokerageDay, members: set[int], gone: Mapping[int, list[Placed]] | None = None) -> None:
    """Write to those whose timetable is another now. `gone`: participant -> meetings that no longer take place."""
    found = DayMember.objects.filter(pk__in=members, left_at__isnull=True).select_related("day", "organisation")
    for member in found:
        letters.timetable_changed(member, (gone or {}).get(member.pk, []))
