"""Who gets a seat, and who is next: the fair waiting list as arithmetic over seats, quotas and order.

Quotas keep seats for a side or a helix role; the rest is for everybody. Whoever belongs to a quota sits on a kept seat
as long as one is free, so a quota is a guarantee and never a ceiling. A seat that comes free goes to the first on the
list who may sit on it; somebody further down is served before them only with a seat that they may not have.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from members.rules.errors import RuleError

FOR_ALL = 0
"""Stands where the number of a quota may stand: one of the seats for everybody."""


class Order(StrEnum):
    FIRST_COME = "first_come"
    MEMBERS_FIRST = "members_first"
    QUOTA_FIRST = "quota_first"


@dataclass(frozen=True)
class Profile:
    """What quotas ask about a person."""

    side: str = ""
    role: str = ""


@dataclass(frozen=True)
class Kept:
    """The seats that one quota keeps, and how many of them are held."""

    id: int
    seats: int
    taken: int = 0
    side: str = ""
    role: str = ""

    @property
    def free(self) -> int:
        return self.seats - self.taken

    def takes(self, who: Profile) -> bool:
        return who.side == self.side if self.side else who.role == self.role


@dataclass(frozen=True)
class Waiting:
    """A person on the list. `queued` is when they first asked for a seat."""

    id: int
    queued: datetime
    profile: Profile = Profile()
    member: bool = False


@dataclass(frozen=True)
class House:
    """The seats of an event: `taken` counts all that are held; `for_all` those outside quotas, by who holds them."""

    capacity: int | None
    taken: int = 0
    kept: tuple[Kept, ...] = ()
    for_all: Mapping[Profile, int] = field(default_factory=dict)

    @property
    def free_for_all(self) -> int | None:
        """Free seats outside quotas; None: no limit."""
        if self.capacity is None:
            return None
        held = self.taken - sum(quota.taken for quota in self.kept)
        return self.capacity - sum(quota.seats for quota in self.kept) - held

    def seated(self, who: Profile, seat: int) -> "House":
        """The house after this person sat down on a seat of quota `seat`, or on a seat for everybody."""
        if seat == FOR_ALL:
            return replace(self, taken=self.taken + 1, for_all={**self.for_all, who: self.for_all.get(who, 0) + 1})
        return replace(self, taken=self.taken + 1, kept=_with(self.kept, seat, 1))


@dataclass(frozen=True)
class Plan:
    """What has to happen now: holders that change to a kept seat, then offers (person, seat) in order."""

    moves: tuple[tuple[Profile, int], ...] = ()
    offers: tuple[tuple[int, int], ...] = ()


def _with(kept: tuple[Kept, ...], seat: int, more: int) -> tuple[Kept, ...]:
    return tuple(replace(quota, taken=quota.taken + more) if quota.id == seat else quota for quota in kept)


def rank(person: Waiting, order: str, kept: Sequence[Kept]) -> tuple[int, datetime, int]:
    """What the list is sorted by: the rule of the event, then when they asked."""
    first = 0
    if order == Order.MEMBERS_FIRST:
        first = 0 if person.member else 1
    elif order == Order.QUOTA_FIRST:
        first = 0 if any(quota.takes(person.profile) for quota in kept) else 1
    return first, person.queued, person.id


def in_order(waiting: Iterable[Waiting], order: str, kept: Sequence[Kept]) -> list[Waiting]:
    """The list as the rule of the event orders it."""
    return sorted(waiting, key=lambda person: rank(person, order, kept))


def place_of(newcomer: Waiting, listed: Sequence[Waiting], order: str, kept: Sequence[Kept]) -> int:
    """The position, from 1, at which somebody joins a list that is in order."""
    return bisect_right([rank(one, order, kept) for one in listed], rank(newcomer, order, kept)) + 1


def seat_for(house: House, who: Profile) -> int | None:
    """A free seat that this person may take: of a quota of theirs first; None when there is none."""
    for quota in house.kept:
        if quota.free > 0 and quota.takes(who):
            return quota.id
    free = house.free_for_all
    return FOR_ALL if free is None or free > 0 else None


def make_room(house: House) -> tuple[House, tuple[tuple[Profile, int], ...]]:
    """Move holders of seats for everybody to free kept seats of theirs, so that what is free serves most people."""
    moves = []
    for profile in list(house.for_all):
        for quota in house.kept:
            while quota.takes(profile) and house.for_all[profile] > 0 and _free(house, quota.id) > 0:
                fewer = {**house.for_all, profile: house.for_all[profile] - 1}
                house = replace(house, for_all=fewer, kept=_with(house.kept, quota.id, 1))
                moves.append((profile, quota.id))
    return house, tuple(moves)


def _free(house: House, seat: int) -> int:
    return next(quota.free for quota in house.kept if quota.id == seat)


def settle(house: House, waiting: Iterable[Waiting], order: str) -> Plan:
    """Who is offered a seat now: everybody on the list, in order, for whom there is one."""
    house, moves = make_room(house)
    offers = []
    for person in in_order(waiting, order, house.kept):
        if house.capacity is not None and house.taken >= house.capacity:
            break
        seat = seat_for(house, person.profile)
        if seat is not None:
            house = house.seated(person.profile, seat)
            offers.append((person.id, seat))
    return Plan(moves, tuple(offers)) if offers else Plan()


def check_capacity(house: House) -> None:
    """Refuse seats that do not hold those who sit: the sentence names the number."""
    kept = sum(quota.seats for quota in house.kept)
    if house.capacity is None:
        if house.kept:
            raise RuleError("quotas_need_capacity", {"kept": kept})
        return
    if house.capacity < 1:
        raise RuleError("capacity_too_small")
    if house.capacity < house.taken:
        raise RuleError("capacity_below_taken", {"taken": house.taken, "capacity": house.capacity})
    for quota in house.kept:
        if quota.seats < quota.taken:
            raise RuleError("quota_below_taken", {"taken": quota.taken, "seats": quota.seats})
    if kept > house.capacity:
        raise RuleError("quotas_above_capacity", {"kept": kept, "capacity": house.capacity})
    free = house.free_for_all
    if free is not None and free < 0:
        raise RuleError("quotas_leave_too_few", {"least": house.capacity - free, "capacity": house.capacity})
