"""The timetable of a brokerage day: who meets whom in which slot at which table, by simulated annealing.

A wish joins two participants and has a weight. A plan gives wishes a slot so that nobody is in two places, no slot has
more meetings than tables, and the weight that is met is as large as can be, with an extra for the first meetings of
each participant so that nobody leaves with an empty calendar. The same problem and seed give the same plan on every
machine: chance comes from `random.Random(seed)`, effort is counted in steps, never in seconds.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

NOWHERE = -1
STEPS_PER_WISH = 300
FIRST_MEETINGS = 3
FIRST_MEETING_BONUS = 200
"""What each of a participant's first three meetings adds: more than any wish weighs (at most 100)."""
HOT, COLD = 20.0, 0.5
"""The temperature falls from one to the other, measured in weights of wishes."""


@dataclass(frozen=True)
class Wish:
    """Two participants who may meet. `weight` is from 1 to 100, see `weight_of`."""

    one: int
    other: int
    weight: int


@dataclass(frozen=True)
class Seat:
    """Where a wish is met: its slot and, at that slot, its table; both count from 0."""

    slot: int
    table: int


@dataclass(frozen=True)
class Problem:
    """What is planned: `free` says for each participant in which slots they are there, `most` how many meetings they
    want at the most (absent: as many as they are there for), `fixed` which wishes stay where they are."""

    slots: int
    tables: int
    free: Mapping[int, frozenset[int]]
    wishes: tuple[Wish, ...]
    most: Mapping[int, int] = field(default_factory=dict)
    fixed: Mapping[int, Seat] = field(default_factory=dict)


Plan = dict[int, Seat]
"""The place of each wish that is met, by its position in `Problem.wishes`."""


class CannotBePlanned(ValueError):
    """The fixed meetings contradict each other or the problem; says which wish does."""


def arrange(
    problem: Problem, seed: int = 0, steps_per_wish: int = STEPS_PER_WISH, bonus: int = FIRST_MEETING_BONUS
) -> Plan:
    """The best plan that annealing finds: fixed meetings where they are, everything else free to move."""
    board = _Board(problem, bonus)
    board.fill()
    anneal(board, random.Random(seed), steps_per_wish * len(board.movable))  # noqa: S311 (chance, not secrets)
    board.fill()
    return _with_tables(problem, board.slot_of)


class Answer(IntEnum):
    """What a participant says of a meeting with another."""

    NO = 0
    UNSAID = 1
    LIKE = 2
    MUST = 3


LEAST = {
    (Answer.MUST, Answer.MUST): 85,
    (Answer.LIKE, Answer.MUST): 65,
    (Answer.LIKE, Answer.LIKE): 45,
    (Answer.UNSAID, Answer.MUST): 25,
    (Answer.UNSAID, Answer.LIKE): 5,
}
"""Wishes of both come before wishes of one; inside a bracket the score of the pair decides."""
SPREAD = 15


def weight_of(one: Answer, other: Answer, score: float) -> int:
    """The weight of a wish, 0 where one of the two does not want it or neither asked. `score` is from 0 to 1."""
    least = LEAST.get((min(one, other), max(one, other)))
    return 0 if least is None else least + round(SPREAD * min(max(score, 0.0), 1.0))


def repair(problem: Problem, plan: Mapping[int, Seat]) -> Plan:
    """The plan after somebody left or somebody's hours changed: no meeting that can stay moves.

    Meetings that the problem does not allow any more are taken out; wishes that now fit are put into the places that
    came free, the weightiest first.
    """
    kept = {wish: seat for wish, seat in plan.items() if _allowed(problem, wish, seat)}
    board = _Board(replace(problem, fixed={**kept, **problem.fixed}), FIRST_MEETING_BONUS)
    board.fill()
    return _with_tables(board.problem, board.slot_of)


def worth(problem: Problem, plan: Iterable[int]) -> int:
    """The weight of the wishes that are met."""
    return sum(problem.wishes[wish].weight for wish in plan)


def meetings_of(problem: Problem, plan: Iterable[int]) -> Counter[int]:
    """How many meetings each participant has."""
    return Counter(who for wish in plan for who in (problem.wishes[wish].one, problem.wishes[wish].other))


def _allowed(problem: Problem, wish: int, seat: Seat) -> bool:
    if wish >= len(problem.wishes) or not (0 <= seat.slot < problem.slots and 0 <= seat.table < problem.tables):
        return False
    pair = problem.wishes[wish]
    return all(seat.slot in problem.free.get(who, frozenset()) for who in (pair.one, pair.other))


class _Board:
    """The state of the search: who meets whom in each slot, and what a step changes."""

    def __init__(self, problem: Problem, bonus: int) -> None:
        self.problem = problem
        self.bonus = bonus
        self.pairs = [(wish.one, wish.other) for wish in problem.wishes]
        self.weights = [wish.weight for wish in problem.wishes]
        nowhere: frozenset[int] = frozenset()
        free = {who: problem.free.get(who, nowhere) for pair in self.pairs for who in pair}
        self.common = [sorted(free[one] & free[other]) if one != other else [] for one, other in self.pairs]
        self.busy = {who: [NOWHERE] * problem.slots for who in free}
        self.most = {who: problem.most.get(who, problem.slots) for who in free}
        self.number = dict.fromkeys(free, 0)
        self.fixed = problem.fixed
        self.at: list[list[int]] = [[] for _ in range(problem.slots)]
        self.slot_of = [NOWHERE] * len(self.pairs)
        for wish, seat in problem.fixed.items():
            if not _allowed(problem, wish, seat) or not self.fits(wish, seat.slot):
                raise CannotBePlanned(wish)
            self.put(wish, seat.slot)
        self.movable = [wish for wish in range(len(self.pairs)) if self.common[wish] and wish not in problem.fixed]

    def fits(self, wish: int, slot: int) -> bool:
        one, other = self.pairs[wish]
        return (
            self.busy[one][slot] == NOWHERE
            and self.busy[other][slot] == NOWHERE
            and len(self.at[slot]) < self.problem.tables
            and self.number[one] < self.most[one]
            and self.number[other] < self.most[other]
        )

    def put(self, wish: int, slot: int) -> int:
        """Give the wish its slot; returns what that is worth."""
        one, other = self.pairs[wish]
        self.busy[one][slot] = self.busy[other][slot] = wish
        had, had_too = self.number[one], self.number[other]
        self.number[one], self.number[other] = had + 1, had_too + 1
        self.at[slot].append(wish)
        self.slot_of[wish] = slot
        return self.weights[wish] + self.bonus * ((had < FIRST_MEETINGS) + (had_too < FIRST_MEETINGS))

    def take(self, wish: int) -> int:
        """Take the wish out of its slot; returns what is lost."""
        slot = self.slot_of[wish]
        one, other = self.pairs[wish]
        self.busy[one][slot] = self.busy[other][slot] = NOWHERE
        has, has_too = self.number[one] - 1, self.number[other] - 1
        self.number[one], self.number[other] = has, has_too
        self.at[slot].remove(wish)
        self.slot_of[wish] = NOWHERE
        return self.weights[wish] + self.bonus * ((has < FIRST_MEETINGS) + (has_too < FIRST_MEETINGS))

    def fill(self) -> None:
        """Put every wish that fits as it is, the weightiest first."""
        for wish in sorted(range(len(self.pairs)), key=lambda wish: (-self.weights[wish], wish)):
            if self.slot_of[wish] == NOWHERE:
                self.put_anywhere(wish)

    def put_anywhere(self, wish: int) -> int:
        """Put the wish into its first slot with room; returns the gain, 0 where there is none."""
        for slot in self.common[wish]:
            if self.fits(wish, slot):
                return self.put(wish, slot)
        return 0

    def move(self, wish: int, slot: int, leaving: list[int]) -> int:
        """Give the wish the slot, send away who is in the way and put those where they fit; returns the change."""
        change = -self.take(wish) if self.slot_of[wish] != NOWHERE else 0
        for other in leaving:
            change -= self.take(other)
        change += self.put(wish, slot)
        for other in leaving:
            change += self.put_anywhere(other)
        return change

    def undo(self, wish: int, slot: int, was: int, leaving: list[int]) -> None:
        """Take a move back."""
        for other in (*leaving, wish):
            if self.slot_of[other] != NOWHERE:
                self.take(other)
        for other in leaving:
            self.put(other, slot)
        if was != NOWHERE:
            self.put(wish, was)

    def in_the_way(self, wish: int, slot: int, chance: random.Random) -> list[int] | None:
        """The meetings that must leave for the wish to have the slot; None where one of them is fixed."""
        one, other = self.pairs[wish]
        first, second = self.busy[one][slot], self.busy[other][slot]
        leaving = [] if first == NOWHERE else [first]
        if second not in {NOWHERE, first}:
            leaving.append(second)
        if len(self.at[slot]) - len(leaving) >= self.problem.tables:
            rest = [there for there in self.at[slot] if there not in leaving and there not in self.fixed]
            if not rest:
                return None
            leaving.append(rest[int(chance.random() * len(rest))])
        for who in (one, other):
            if self.number[who] >= self.most[who]:
                freed = sum(who in self.pairs[there] for there in leaving) + (self.slot_of[wish] != NOWHERE)
                if self.number[who] - freed >= self.most[who]:
                    return None
        if self.fixed and any(there in self.fixed for there in leaving):
            return None
        return leaving


def anneal(board: _Board, chance: random.Random, steps: int) -> None:
    """Move one wish at a time, now and then for the worse; leaves the best board that was seen."""
    if not steps or not board.movable:
        return
    value = best = 0
    found = list(board.slot_of)
    heat, cooling = HOT, (COLD / HOT) ** (1 / steps)
    draw, count = chance.random, len(board.movable)
    for _ in range(steps):
        heat *= cooling
        wish = board.movable[int(draw() * count)]
        slot = board.common[wish][int(draw() * len(board.common[wish]))]
        was = board.slot_of[wish]
        leaving = None if was == slot else board.in_the_way(wish, slot, chance)
        if leaving is None:
            continue
        change = board.move(wish, slot, leaving)
        if change >= 0 or draw() < math.exp(change / heat):
            value += change
            if value > best:
                best, found = value, list(board.slot_of)
        else:
            board.undo(wish, slot, was, leaving)
    _restore(board, found)


def _restore(board: _Board, slots: list[int]) -> None:
    """Bring the board to the state in which each wish has its slot of this list."""
    for wish, slot in enumerate(slots):
        if board.slot_of[wish] not in {NOWHERE, slot}:
            board.take(wish)
    for wish, slot in enumerate(slots):
        if slot == NOWHERE and board.slot_of[wish] != NOWHERE:
            board.take(wish)
    for wish, slot in enumerate(slots):
        if slot != NOWHERE and board.slot_of[wish] == NOWHERE:
            board.put(wish, slot)


def _with_tables(problem: Problem, slot_of: list[int]) -> Plan:
    """Give each meeting a table: its own when fixed, else where one of the two just sat, else the first free one."""
    last: dict[int, int] = {}
    plan: Plan = {}
    for slot in range(problem.slots):
        here = [wish for wish, place in enumerate(slot_of) if place == slot]
        tables = {wish: problem.fixed[wish].table for wish in here if wish in problem.fixed}
        taken = set(tables.values())
        if len(taken) < len(tables):
            raise CannotBePlanned(min(tables))
        rest = [wish for wish in here if wish not in tables]
        for wish in rest:
            wanted = [last[who] for who in _pair(problem, wish) if who in last and last[who] not in taken]
            if wanted:
                tables[wish] = wanted[0]
                taken.add(wanted[0])
        spare = (table for table in range(problem.tables) if table not in taken)
        for wish in rest:
            if wish not in tables:
                tables[wish] = next(spare)
        for wish in here:
            plan[wish] = Seat(slot, tables[wish])
            last.update(dict.fromkeys(_pair(problem, wish), tables[wish]))
    return plan


def _pair(problem: Problem, wish: int) -> tuple[int, int]:
    return problem.wishes[wish].one, problem.wishes[wish].other
