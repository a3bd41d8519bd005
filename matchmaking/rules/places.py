"""Fairness: which members get a place "you could help them" in whose list, so that nobody stays unseen."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heapify, heappop, heappush

TEN = 10
SHOWN = 8
"""Places of ten that the score gives; the rest may go to those whom few lists show."""
PLACES = TEN - SHOWN
OWN_BEST = 30
"""A member may get a place in the lists of its own best partners, to whom it matters most."""
COST = 0.0195
"""What all places together may cost: of the score of everybody's first ten."""
AIM, AIM_OF_OTHERS = 1.0, 0.35
"""Up to which share of the average a member is helped: of the third that states least, and of the others."""

Ranked = Sequence[tuple[int, float]]
"""Partners with their scores, best first."""


def fill(
    lists: Mapping[int, Ranked], stated: Mapping[int, int], aside: Collection[tuple[int, int]] = frozenset()
) -> dict[int, list[int]]:
    """Member -> members placed in its list.

    `lists`: everybody's best partners, made of what both share, so that a pair has one score; `stated`: how many items
    each shares; `aside`: (member, partner) not to be shown. The member that the fewest first tens show is served
    first, again and again, each time in the list of that one of its best partners where it costs least: the score of
    the partner that gives way, less its own. Whoever states little is in few lists for that alone, so the third that
    states least is helped up to the average; the others only while hardly anybody sees them. Equals go by id, so the
    outcome depends on nothing else.
    """
    few = set(sorted(lists, key=lambda member: (stated.get(member, 0), member))[: len(lists) // 3])
    tens = _Tens(lists, aside)
    average = sum(tens.shown.values()) / max(1, len(lists))
    queue = [(tens.shown[member], member) for member in lists]
    heapify(queue)
    while queue:
        count, member = heappop(queue)
        if count != tens.shown[member]:  # it gave way since; it stands in the queue with its new number too
            continue
        if count < average * (AIM if member in few else AIM_OF_OTHERS) and (changed := tens.place(member)):
            for one in changed:
                heappush(queue, (tens.shown[one], one))
    return tens.placed


@dataclass
class _Tens:
    """Everybody's first ten while places are given: who stands in how many, and what may still be spent."""

    lists: Mapping[int, Ranked]
    aside: Collection[tuple[int, int]]
    placed: dict[int, list[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.placed = {member: [] for member in self.lists}
        self.tens = {member: [partner for partner, _score in ranked[:TEN]] for member, ranked in self.lists.items()}
        self.shown = Counter(partner for ten in self.tens.values() for partner in ten)
        self.left = COST * sum(score for ranked in self.lists.values() for _partner, score in ranked[:TEN])

    def place(self, member: int) -> list[int]:
        """Give one more place to the member; all whose number changed, or nobody when no list can take it."""
        offers = [
            (self._cost(host, score), host) for host, score in self.lists[member][:OWN_BEST] if self._may(host, member)
        ]
        cost, host = min(offers, default=(self.left + 1, 0))
        if cost > self.left:
            return []
        self.left -= cost
        ten, changed = self.tens[host], [member]
        if len(ten) == TEN:
            changed.append(ten.pop(TEN - 1 - len(self.placed[host])))
            self.shown[changed[1]] -= 1
        ten.append(member)
        self.placed[host].append(member)
        self.shown[member] += 1
        return changed

    def _may(self, host: int, member: int) -> bool:
        free = host in self.placed and len(self.placed[host]) < PLACES
        return free and member not in self.tens[host] and (host, member) not in self.aside

    def _cost(self, host: int, score: float) -> float:
        """What the list loses: the last that stands by its score gives way, unless there is room."""
        if len(self.tens[host]) < TEN:
            return 0.0
        return max(0.0, self.lists[host][TEN - 1 - len(self.placed[host])][1] - score)


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
