"""The letters of a brokerage day, in the world of the other letters: its organisation meets a partner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from matchmaking import letters_of_days as letters
from matchmaking.models import BrokerageDay, DayMember, Meeting, MeetingSeat
from matchmaking.queries.day_parts import timetable_of
from members.enums import AccessRole
from members.models import Representation
from tests import factories
from tests.letters.cases import BUCHAREST, TODAY, World


def _part(world: World, *, meets: bool = True) -> DayMember:
    """The organisation at a day, with one confirmed meeting."""
    Representation.objects.create(organisation=world.organisation, user=world.applicant, role=AccessRole.REPRESENTATIVE)
    partner = factories.an_organisation("Institutul de Radio Militar", slug="institutul-de-radio", side="defence")
    day = BrokerageDay.objects.create(
        title_ro="Zi de întâlniri", title_en="Members meet", place="Casa Țesătorilor", created_by=world.director,
        starts_at=datetime(2026, 10, 12, 9, 30, tzinfo=BUCHAREST),
        wishes_until=datetime(2026, 10, 5, 18, 0, tzinfo=BUCHAREST), published_at=TODAY, published_by=world.director,
    )  # fmt: skip
    words = world.resolution.motive if world.resolution.motive.startswith("<") else "Ana Undă, cercetare"
    part = DayMember.objects.create(day=day, organisation=world.organisation)
    other = DayMember.objects.create(day=day, organisation=partner, attends=words)
    if meets:
        meeting = Meeting.objects.create(day=day, slot=1, table=2, state="confirmed")
        for member in (part, other):
            MeetingSeat.objects.create(meeting=meeting, day=day, slot=1, member=member)
    return part


def _cancelled(world: World) -> None:
    letters.day_cancelled(_part(world), world.resolution.motive)


def _less(world: World) -> None:
    part = _part(world)
    gone = timetable_of(part, only_confirmed=True)
    Meeting.objects.all().delete()
    letters.timetable_changed(part, gone)


def _left(world: World) -> None:
    part = _part(world)
    letters.day_left(part, timetable_of(part, only_confirmed=True))


CASES: dict[str, Callable[[World], None]] = {
    "wishes_open": lambda world: letters.wishes_open(_part(world)),
    "timetable": lambda world: letters.timetable(_part(world)),
    "timetable.empty": lambda world: letters.timetable(_part(world, meets=False)),
    "timetable_changed": lambda world: letters.timetable_changed(_part(world)),
    "timetable_changed.less": _less,
    "day_left": _left,
    "day_cancelled": _cancelled,
}
