"""The order of "who can meet this": what counts how much, and how the two lists become one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

TAGS = 0.4
"""Weight of the words of the tree in common, against 1 for the words of the texts in common."""
NEAR = 1.5
"""Most that the nearest references add to a reference's own fit of 1: 1 through partners, a half by likeness."""
POWER = 1.75
"""What fits twice as well counts 3.4 times: one work that fits outweighs several that touch the subject."""
CLOSEST_EVERY = 3
"""Every third place goes to whoever's single best work is the closest, however little else that member has done."""


@dataclass(frozen=True)
class Standing:
    """What the database found of one member. `score` sums over its works, `closest` is the best of them; millionths."""

    organisation: int
    score: int
    closest: int


@dataclass(frozen=True)
class Place:
    """A member at its place. `by_closeness`: it has the place for its closest work, not for the sum of all."""

    organisation: int
    score: int
    closest: int
    by_closeness: bool


def tie(need: str, organisation: int) -> bytes:
    """Equals are ordered by a fixed hash of need and member: the same each time, and nobody is first everywhere."""
    return sha256(f"{need}:{organisation}".encode()).digest()


def places(need: str, standings: Iterable[Standing], limit: int | None = None) -> list[Place]:
    """Weave the members who have done most of what fits with those who have done what fits most closely."""
    ties = {standing: tie(need, standing.organisation) for standing in standings}
    most = sorted(ties, key=lambda standing: (-standing.score, ties[standing]))
    closest = sorted(ties, key=lambda standing: (-standing.closest, ties[standing]))
    return [
        Place(standing.organisation, standing.score, standing.closest, by_closeness)
        for standing, by_closeness in weave(most, closest, len(most) if limit is None else min(limit, len(most)))
    ]


def weave(most: Sequence[Standing], closest: Sequence[Standing], count: int) -> list[tuple[Standing, bool]]:
    """The first `count` of both lists of the same members: two of the one, one of the other, nobody twice."""
    lists = (iter(most), iter(closest))
    taken: set[int] = set()
    woven: list[tuple[Standing, bool]] = []
    while len(woven) < count:
        by_closeness = len(woven) % CLOSEST_EVERY == CLOSEST_EVERY - 1
        one = next(standing for standing in lists[by_closeness] if standing.organisation not in taken)
        taken.add(one.organisation)
        woven.append((one, by_closeness))
    return woven
