"""Reads of a brokerage day for its timetable and the office: what there is to plan, the board, the figures."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from matchmaking.enums import DayState, WishAnswer
from matchmaking.models import BrokerageDay, DayMember, Meeting, MeetingSeat, SharedPair, Wish
from matchmaking.rules.timetable import FIRST_MEETINGS, Answer, Problem, Seat, meetings_of, weight_of, worth
from matchmaking.rules.timetable import Wish as PlannedWish
from members.models import Membership, Organisation

ANSWERS = {"must": Answer.MUST, "like": Answer.LIKE, "no": Answer.NO}


@dataclass(frozen=True)
class Planning:
    """A day as the timetable sees it. `pairs[n]` are the two participants (ids) of wish n of the problem."""

    problem: Problem
    pairs: tuple[tuple[int, int], ...]
    inputs: int


def coming(day: BrokerageDay) -> "QuerySet[DayMember]":
    """Who comes, by name."""
    return DayMember.objects.filter(day=day, left_at__isnull=True).select_related("day", "organisation")


def scores(day: BrokerageDay) -> dict[tuple[int, int], float]:
    """The score of each two participants (ids in rising order), from what both share with members."""
    ids = dict(coming(day).values_list("organisation_id", "pk"))
    found = SharedPair.objects.filter(member__in=ids, partner__in=ids).values_list("member_id", "partner_id", "score")
    return {(ids[one], ids[other]): score for one, other, score in found if ids[one] < ids[other]}


def planning(day: BrokerageDay, *, keep_all: bool = False) -> Planning:
    """What there is to plan: wishes of those who come, their hours, and the meetings that stay where they are.

    Those are the locked ones, or all. `inputs` is the number that `day` was read with, before everything else.
    """
    members = {member.pk: member for member in coming(day)}
    known = scores(day)
    wishes = {
        pair: PlannedWish(*pair, weight)
        for pair, answers in sorted(_said(day, members).items())
        if (weight := weight_of(*answers, known.get(pair, 0.0)))
    }
    kept = {
        pair: Seat(meeting.slot, meeting.table)
        for meeting, pair in meetings(day)
        if (keep_all or meeting.locked) and set(pair) <= set(members)
    }
    for pair in kept:
        wishes.setdefault(pair, PlannedWish(*pair, 1))
    number = Counter(pk for pair in kept for pk in pair)
    place = {pair: position for position, pair in enumerate(wishes)}
    problem = Problem(
        slots=day.slots,
        tables=day.tables,
        free={pk: hours(day, member) for pk, member in members.items()},
        wishes=tuple(wishes.values()),
        # What the office put there by hand counts even where somebody wanted fewer.
        most={pk: max(member.most, number[pk]) for pk, member in members.items() if member.most is not None},
        fixed={place[pair]: seat for pair, seat in kept.items()},
    )
    return Planning(problem, tuple(wishes), day.inputs)


def hours(day: BrokerageDay, member: DayMember) -> frozenset[int]:
    """The slots in which a participant can meet somebody."""
    return frozenset(range(day.slots)) - set(day.breaks) - set(member.away)


def _said(day: BrokerageDay, members: Mapping[int, DayMember]) -> dict[tuple[int, int], tuple[Answer, Answer]]:
    """For each two of whom one has said something: what the lower id says of the other, and the reverse."""
    said = Wish.objects.filter(day=day, member__in=members, partner__in=members)
    answers = {(one, other): ANSWERS[answer] for one, other, answer in said.values_list("member", "partner", "answer")}
    pairs = {(min(pair), max(pair)) for pair in answers}
    return {
        (one, other): (answers.get((one, other), Answer.UNSAID), answers.get((other, one), Answer.UNSAID))
        for one, other in pairs
    }


def wanted(one: DayMember, other: DayMember) -> bool:
    """Whether one of the two asks for a meeting and neither says no."""
    answers = _said(one.day, {one.pk: one, other.pk: other}).get((min(one.pk, other.pk), max(one.pk, other.pk)))
    return answers is not None and weight_of(*answers, 0.0) > 0


def meetings(day: BrokerageDay) -> list[tuple[Meeting, tuple[int, int]]]:
    """Every meeting with its two participants (ids in rising order), by slot and table.

    One statement: between two, a meeting could be taken out and be found without its participants.
    """
    seats = MeetingSeat.objects.filter(day=day).select_related("meeting")
    found = []
    for _pk, rows in groupby(seats.order_by("slot", "meeting__table", "member_id"), key=lambda seat: seat.meeting_id):
        one, other = rows
        found.append((one.meeting, (one.member_id, other.member_id)))
    return found


@dataclass(frozen=True)
class Placed:
    """A meeting as one of the two reads it, or as a cell of the board."""

    meeting: Meeting
    starts: datetime
    ends: datetime
    people: tuple[DayMember, ...]

    @property
    def partner(self) -> DayMember:
        """The other one, where only the other one is in it."""
        return self.people[0]

    @property
    def table(self) -> int:
        """The number on the table: people count from 1."""
        return self.meeting.table + 1


@dataclass(frozen=True)
class Line:
    """One slot of the board: its time, whether it is a break, and what is at each table (None: nobody)."""

    slot: int
    starts: datetime
    ends: datetime
    pause: bool
    cells: tuple[Placed | None, ...]


def board(day: BrokerageDay) -> list[Line]:
    """The whole timetable, a line a slot, a cell a table."""
    found = meetings(day)  # before the participants: whoever joins meanwhile has no meeting here
    members = {member.pk: member for member in DayMember.objects.filter(day=day).select_related("organisation")}
    at = {
        (meeting.slot, meeting.table): Placed(
            meeting, day.starts(meeting.slot), day.ends(meeting.slot), tuple(members[pk] for pk in pair)
        )
        for meeting, pair in found
    }
    return [
        Line(
            slot,
            day.starts(slot),
            day.ends(slot),
            slot in day.breaks,
            tuple(at.get((slot, table)) for table in range(day.tables)),
        )
        for slot in range(day.slots)
    ]


def against_hours(day: BrokerageDay) -> list[str]:
    """Participants with a meeting in a break or in hours in which they are not there."""
    members = {member.pk: member for member in coming(day)}
    found = {
        member.organisation.display_name
        for meeting, pair in meetings(day)
        for pk in pair
        if (member := members.get(pk)) is not None and meeting.slot not in hours(day, member)
    }
    return sorted(found)


@dataclass(frozen=True)
class Figures:
    """How a day stands, for the office to review before it publishes.

    `asked`: pairs of whom one asks and neither says no; `mutual`: both ask. `few`: participants with fewer meetings
    than three (or than they could have); `least` and `most`: meetings of who has the fewest and the most, of those who
    could have one. `share`: the weight of the wishes that are met, in percent of what no timetable can exceed.
    """

    members: int
    asked: int
    mutual: int
    meetings: int
    places: int
    few: tuple[DayMember, ...]
    could: int
    least: int
    most: int
    share: float | None

    @property
    def fair(self) -> int:
        """How many participants have their first three meetings, or all that they could have."""
        return self.could - len(self.few)


def figures(day: BrokerageDay) -> Figures:
    """The numbers of the timetable as it is now, wherever its meetings come from."""
    what = planning(day, keep_all=True)
    members = {member.pk: member for member in coming(day)}
    said = _said(day, members).values()
    number = meetings_of(what.problem, what.problem.fixed)
    possible = meetings_of(what.problem, range(len(what.pairs)))
    could = [pk for pk in members if possible[pk]]
    share = None
    if day.planned_bound:
        share = min(100.0, 100 * worth(what.problem, what.problem.fixed) / day.planned_bound)
    return Figures(
        members=len(members),
        asked=sum(weight_of(*pair, 0.0) > 0 for pair in said),
        mutual=sum(min(pair) >= Answer.LIKE for pair in said),
        meetings=len(what.problem.fixed),
        places=(day.slots - len(day.breaks)) * day.tables,
        few=tuple(members[pk] for pk in could if number[pk] < min(FIRST_MEETINGS, possible[pk])),
        could=len(could),
        least=min((number[pk] for pk in could), default=0),
        most=max((number[pk] for pk in could), default=0),
        share=share,
    )


@dataclass(frozen=True)
class Coming:
    """A participant in the office's list: how much it asks for, how often it is asked for, how many meetings it has."""

    member: DayMember
    asks: int
    asked: int
    meetings: int


def participants(day: BrokerageDay) -> list[Coming]:
    """Everybody who was ever on the list, by name; those who do not come any more last."""
    positive = Q(answer__in=[WishAnswer.MUST, WishAnswer.LIKE])
    asks = dict(Wish.objects.filter(positive, day=day).order_by().values_list("member").annotate(Count("pk")))
    asked = dict(Wish.objects.filter(positive, day=day).order_by().values_list("partner").annotate(Count("pk")))
    placed = dict(MeetingSeat.objects.filter(day=day).order_by().values_list("member").annotate(Count("pk")))
    found = DayMember.objects.filter(day=day).select_related("organisation", "day")
    rows = [Coming(one, asks.get(one.pk, 0), asked.get(one.pk, 0), placed.get(one.pk, 0)) for one in found]
    return sorted(rows, key=lambda row: row.member.left_at is not None)


def listed_days() -> "QuerySet[BrokerageDay]":
    """For the office: every day, latest first, with how many come and how many meetings there are (one query)."""

    def counted(rows: "QuerySet[Any]") -> Coalesce:
        number = rows.filter(day=OuterRef("pk")).order_by().values("day").annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(number), 0)

    here = DayMember.objects.filter(left_at__isnull=True)
    found = BrokerageDay.objects.annotate(coming=counted(here), placed=counted(Meeting.objects.all()))
    return found.order_by("-starts_at", "-pk")


def parts_to_leave(organisation: int) -> "QuerySet[DayMember]":
    """Participations of an organisation in days that are not over, if it is no member in good standing any more."""
    if Membership.objects.listed().filter(organisation=organisation).exists():
        return DayMember.objects.none()
    rows = DayMember.objects.filter(organisation=organisation, left_at__isnull=True)
    running = rows.filter(day__starts_at__gt=timezone.now() - timedelta(days=1))
    return running.exclude(day__state=DayState.CANCELLED).select_related("organisation").order_by("day_id")


def to_invite(day: BrokerageDay) -> "QuerySet[Organisation]":
    """Members in good standing that are not on the list, by name."""
    listed = Membership.objects.listed().values("organisation")
    there = DayMember.objects.filter(day=day, left_at__isnull=True).values("organisation")
    return Organisation.objects.filter(pk__in=listed).exclude(pk__in=there).order_by("sort_key", "pk")


def plans_due() -> "QuerySet[BrokerageDay, int]":
    """Days whose timetable was asked for and is not made yet."""
    asked = BrokerageDay.objects.filter(plan_asked_at__isnull=False).order_by("plan_asked_at")
    return asked.values_list("pk", flat=True)


def wishes_close_due() -> "QuerySet[BrokerageDay, int]":
    """Days whose time for wishes is over."""
    open_days = BrokerageDay.objects.filter(state=DayState.WISHES, wishes_until__lte=timezone.now())
    return open_days.values_list("pk", flat=True)
