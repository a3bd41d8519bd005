"""Fairness: which members get a place "you could help them" in whose list, so that nobody stays unseen."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush
from math import inf

TEN = 10
SHOWN = 8
"""Places of ten that the score gives; the rest may go to those whom few lists show."""
PLACES = TEN - SHOWN
OWN_BEST = 30
"""A member may get a place in the lists of its own best partners, to whom it matters most."""
COST = 0.0195
"""What all places together may cost: of the score of everybody's first ten."""
HARDLY = 0.25
"""A member that fewer first tens show than this share of the average is hardly seen."""
ENOUGH = 1.15
"""Of those who state least, whoever is shown so many times the average needs no more places. Some of them get none,
because these would cost too much: all together come near the average only when the others may pass it a little."""

Ranked = Sequence[tuple[int, float]]
"""Partners with their scores, best first."""


def fill(
    lists: Mapping[int, Ranked], stated: Mapping[int, int], aside: Collection[tuple[int, int]] = frozenset()
) -> dict[int, list[int]]:
    """Member -> members placed in its list.

    `lists`: everybody's best partners, made of what both share, so that a pair has one score; `stated`: how many items
    each shares; `aside`: (member, partner) not to be shown. A place is given in the list of that one of the member's
    best partners where it costs least: the score of the partner that gives way, less its own. First whoever hardly
    anybody sees, the least shown first; then the third that states least, which is in few lists for that alone, the
    cheapest place first, until each is shown a little more often than the average or nothing may be spent any more.
    Equals go by id, so the outcome depends on nothing else.
    """
    few = sorted(lists, key=lambda member: (stated.get(member, 0), member))[: len(lists) // 3]
    tens = _Tens(lists, aside)
    average = sum(tens.shown.values()) / max(1, len(lists))
    _serve(tens, lists, average * HARDLY, lambda member: tens.shown[member])
    tens.spared = average * HARDLY
    _serve(tens, few, average * ENOUGH, tens.cheapest)
    return tens.placed


def _serve(tens: "_Tens", members: Iterable[int], upto: float, key: Callable[[int], float]) -> None:
    """Give places to members that fewer than `upto` lists show, the lowest key first, again and again."""
    queue = [(key(member), member) for member in members]
    heapify(queue)
    while queue:
        was, member = heappop(queue)
        if tens.shown[member] >= upto:
            continue
        if (now := key(member)) != was:  # others were served meanwhile
            heappush(queue, (now, member))
        elif tens.place(member):
            heappush(queue, (key(member), member))


@dataclass
class _Tens:
    """Everybody's first ten while places are given: who stands in how many, and what may still be spent."""

    lists: Mapping[int, Ranked]
    aside: Collection[tuple[int, int]]
    spared: float = 1.0
    """Who stands in so few lists does not give way."""
    placed: dict[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.placed = {member: [] for member in self.lists}
        self.tens = {member: [partner for partner, _score in ranked[:TEN]] for member, ranked in self.lists.items()}
        self.shown = Counter(partner for ten in self.tens.values() for partner in ten)
        self.left = COST * sum(score for ranked in self.lists.values() for _partner, score in ranked[:TEN])

    def cheapest(self, member: int) -> float:
        return self._best(member)[0]

    def place(self, member: int) -> bool:
        """Give one more place to the member, if a list takes it for what is left; to the unseen whatever it costs."""
        cost, host = self._best(member)
        if cost > self.left and (self.shown[member] or cost == inf):
            return False
        self.left -= cost
        ten = self.tens[host]
        if len(ten) == TEN:
            self.shown[ten.pop(TEN - 1 - len(self.placed[host]))] -= 1
        ten.append(member)
        self.placed[host].append(member)
        self.shown[member] += 1
        return True

    def _best(self, member: int) -> tuple[float, int]:
        """Where a place of the member costs least, and what."""
        hosts = ((host, score) for host, score in self.lists[member][:OWN_BEST] if self._may(host, member))
        return min(((self._cost(host, score), host) for host, score in hosts), default=(inf, 0))

    def _may(self, host: int, member: int) -> bool:
        free = host in self.placed and len(self.placed[host]) < PLACES
        return free and member not in self.tens[host] and (host, member) not in self.aside

    def _cost(self, host: int, score: float) -> float:
        """What the list loses: the last that stands by its score gives way, unless there is room."""
        if len(self.tens[host]) < TEN:
            return 0.0
        last, its_score = self.lists[host][TEN - 1 - len(self.placed[host])]
        return max(0.0, its_score - score) if self.shown[last] > self.spared else inf


def exposure(lists: Mapping[int, Ranked], placed: Mapping[int, Sequence[int]], most: int) -> dict[int, int]:
    """Member -> in how many lists it stands: among the best `most` of somebody, or in a place that was given to it."""
    shown = Counter(
        partner
        for member, best in lists.items()
        for partner in {*(one for one, _score in best[:most]), *placed.get(member, ())}
    )
    return {member: shown[member] for member in lists}


def gini(counts: Sequence[float]) -> float:
    """How unequally something is spread: 0 all alike, near 1 all with one."""
    ordered, total = sorted(counts), sum(counts)
    if not ordered or not total:
        return 0.0
    weighted = sum(place * count for place, count in enumerate(ordered, start=1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)
