"""Brokerage days of the world: one being prepared, one with open wishes, one planned, one published."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from matchmaking.actions import brokerage, timetables, wishes
from matchmaking.actions.wishes import Said
from matchmaking.models import BrokerageDay, DayMember
from members.models import Representation
from tests.permissions.canaries import OFFICE

if TYPE_CHECKING:
    from tests.permissions.world import World


def days_of_members(world: World) -> None:
    """`…_day`: the pages of the office; its part is a meeting, `foreign_meeting` one of another day. `…_part`: the
    pages of the member that R speaks for, `other_part` those of the member of E."""
    own = world.things["own"]["pk"]
    other = Representation.objects.current().get(user=world.person("E")).organisation_id
    more = [world.things["own_quiet"]["pk"], world.things["members_only"]["pk"]]
    people = [own, other, *more]
    prepared = _day(world, "Zi în pregătire", people)
    opened = _day(world, "Zi cu dorințe", people)
    brokerage.open_wishes(opened.pk, by=world.person("M"))
    words = world.canaries.plant("words of a wish", f"R E {OFFICE}")
    names = world.canaries.plant("names of who comes", f"R E {OFFICE}")
    wishes.state_hours(_part(opened, own).pk, by=world.person("R"), away=[], most=None, attends=names)
    said = {_part(opened, other).pk: Said("must", words)}
    wishes.state_wishes(_part(opened, own).pk, by=world.person("R"), said=said)
    planned, published = (_planned(world, title, people, own, other) for title in ("Zi planificată", "Zi publicată"))
    timetables.publish_timetable(published.pk, by=world.person("M"))
    things = world.things
    for name, day in (("prepared", prepared), ("opened", opened), ("planned", planned), ("published", published)):
        meeting = day.meetings.first()
        part = _part(day, own).pk
        things[f"{name}_day"] = {"pk": day.pk, "key": day.key, "part": meeting.pk if meeting else 987654321}
        things[f"{name}_part"] = {"pk": part, "partner": _part(day, other).pk}
    things["other_part"] = {"pk": _part(opened, other).pk, "partner": _part(opened, own).pk}
    things["foreign_meeting"] = {"pk": planned.pk, "part": things["published_day"]["part"]}
    things["no_day"] = {"pk": 987654321, "part": 987654321, "key": UUID(int=5), "partner": 987654321}


def _day(world: World, title: str, people: list[int]) -> BrokerageDay:
    values = {"title_ro": title, "starts_at": timezone.now() + timedelta(days=9), "slots": 4, "tables": 3}
    day = brokerage.create_day(by=world.person("M"), values=values)
    brokerage.add_members(day.pk, by=world.person("M"), organisations=people)
    return day


def _planned(world: World, title: str, people: list[int], own: int, other: int) -> BrokerageDay:
    day = _day(world, title, people)
    office = world.person("M")
    brokerage.open_wishes(day.pk, by=office)
    wishes.state_wish(_part(day, own).pk, _part(day, other).pk, by=world.person("R"), answer="like")
    brokerage.close_wishes(day.pk, by=office)
    timetables.ask_for_timetable(day.pk, by=office)
    assert timetables.make_timetable(day.pk)
    return BrokerageDay.objects.get(pk=day.pk)


def _part(day: BrokerageDay, organisation: int) -> DayMember:
    return DayMember.objects.get(day=day, organisation=organisation)


def frame(thing: dict[str, Any]) -> dict[str, Any]:
    """The form of the frame of a day, as it is sent."""
    day = BrokerageDay.objects.filter(pk=thing.get("pk", 0)).first()
    start = timezone.localtime() + timedelta(days=12)
    return {
        "version": day.version if day else 1, "title_ro": "Zi nouă", "starts_at": f"{start:%Y-%m-%dT%H:%M}",
        "slot_minutes": "20", "slots": "5", "tables": "3",
    }  # fmt: skip


def free_pair(thing: dict[str, Any]) -> dict[str, Any]:
    """Two participants that do not meet yet, and a place for them."""
    members = list(DayMember.objects.filter(day=thing.get("pk"), seats__isnull=True).order_by("pk")[:2])
    if len(members) < 2:
        return {}
    return {"one": members[0].pk, "other": members[1].pk, "slot": "3", "table": "2"}


def newcomer(thing: dict[str, Any], organisations: list[int]) -> dict[str, Any]:
    """A member that is not on the list yet."""
    there = DayMember.objects.filter(day=thing.get("pk")).values_list("organisation_id", flat=True)
    return {"organisations": [pk for pk in organisations if pk not in set(there)][:1]}
