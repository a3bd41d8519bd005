"""Fairness: which members get a place "you could help them" in whose list, so that nobody stays unseen."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from heapq import heapify, heappop, heappush

SHOWN = 8
"""Places of ten that the score gives; the rest go to those whom few lists show."""
PLACES = 2
OWN_BEST = 5
"""A member may get a place in the lists of its own best partners, to whom it matters most."""


def fill(lists: Mapping[int, Sequence[int]], aside: Collection[tuple[int, int]] = frozenset()) -> dict[int, list[int]]:
    """Member -> members placed in its list. `lists`: everybody's best partners, best first; `aside`: not to be shown.

    The member that the fewest lists show is served first, again and again, each time in the list of its best partner
    that has a place left. Equal numbers go by id, so the outcome depends on nothing else.
    """
    shown = Counter(partner for best in lists.values() for partner in best[:SHOWN])
    placed: dict[int, list[int]] = {member: [] for member in lists}
    waiting = [(shown[member], member) for member in lists]
    heapify(waiting)
    while waiting:
        count, member = heappop(waiting)
        for host in lists[member][:OWN_BEST]:
            seen = member in lists.get(host, ())[:SHOWN] or member in placed.get(host, ())
            if host in placed and len(placed[host]) < PLACES and not seen and (host, member) not in aside:
                placed[host].append(member)
                heappush(waiting, (count + 1, member))
                break
    return placed


def exposure(lists: Mapping[int, Sequence[int]], placed: Mapping[int, Sequence[int]], most: int) -> dict[int, int]:
    """Member -> in how many lists it stands: among the best `most` of somebody, or in a place that was given to it."""
    shown = Counter(partner for member, best in lists.items() for partner in {*best[:most], *placed.get(member, ())})
    return {member: shown[member] for member in lists}


def gini(counts: Sequence[float]) -> float:
    """How unequally something is spread: 0 all alike, near 1 all with one."""
    ordered, total = sorted(counts), sum(counts)
    if not ordered or not total:
        return 0.0
    weighted = sum(place * count for place, count in enumerate(ordered, start=1))
    return 2 * weighted / (len(ordered) * total) - (len(ordered) + 1) / len(ordered)
