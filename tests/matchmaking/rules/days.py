"""Invented brokerage days for the timetable, and what an exact solver says of them."""

from __future__ import annotations

import random

from matchmaking.rules.timetable import Problem, Wish

BOUNDS = {
    (30, 10): 8741,
    (30, 6): 6014,
    (60, 20): 17466,
    (60, 12): 12459,
    (150, 50): 40258,
    (150, 30): 30235,
    (300, 100): 79886,
    (300, 60): 59708,
}
"""Participants and tables: the weight that no timetable of `a_day` can exceed.

It is the optimum of the linear relaxation, computed once with an interior-point solver."""


def a_day(people: int, tables: int, slots: int = 12, seed: int = 1) -> Problem:
    """About fifteen wishes a person across the line, some asked for more often; a quarter is there for half of it."""
    chance = random.Random(seed)
    popularity = [chance.paretovariate(1.5) for _ in range(people)]
    free = {}
    for person in range(people):
        part, hours = chance.random(), set(range(slots))
        if part < 0.12:
            hours = set(range(slots // 2))
        elif part < 0.24:
            hours = set(range(slots // 2, slots))
        free[person] = frozenset({slot for slot in hours if chance.random() > 0.05})
    everybody = list(range(people))
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < people * 15 // 2:
        one = chance.choice(everybody)
        other = chance.choices(everybody, popularity)[0]
        if one % 2 != other % 2:
            pairs.add((min(one, other), max(one, other)))
    wishes = tuple(Wish(one, other, chance.randint(10, 100)) for one, other in sorted(pairs))
    return Problem(slots, tables, free, wishes)
