"""The score by its definition, in plain loops: what the database must agree with. The portal never imports it."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log

FLOOR = 500_000


@dataclass(frozen=True)
class Item:
    """An offer or a need: a word, a band of maturity (1 to 3), a weight, and whether members see it."""

    word: str
    band: int = 1
    weight: int = 1
    shared: bool = True


@dataclass
class Member:
    """A member as matching sees it."""

    orientation: str
    offers: list[Item] = field(default_factory=list)
    needs: list[Item] = field(default_factory=list)


def band_of(trl: int | None) -> int:
    return 1 if trl is None else 1 + (trl >= 4) + (trl >= 7)


class Definition:
    """The formula over a tree (word -> word above it, or None for a root) and members by name."""

    def __init__(self, tree: dict[str, str | None], members: dict[str, Member]) -> None:
        self.tree, self.members = tree, members
        self.above = {word: self._above(word) for word in tree}
        self.below = {word: sum(word in up for up in self.above.values()) for word in tree}
        self.mentions = dict.fromkeys(tree, 0)
        for member in members.values():
            stated = {one.word for one in member.offers + member.needs if one.shared}
            for word in {up for one in stated for up in self.above[one]}:
                self.mentions[word] += 1
        self.gain = {word: self._gain(word) for word in tree}

    def _above(self, word: str) -> list[str]:
        """The word itself, the word above it, and so on to the root."""
        chain = [word]
        while (up := self.tree[chain[-1]]) is not None:
            chain.append(up)
        return chain

    def specificity(self, word: str) -> float:
        return 1 - log(self.mentions[word] + self.below[word]) / log(len(self.members) + len(self.tree))

    def _gain(self, word: str) -> int:
        return 0 if self.tree[word] is None else round(1e6 * self.specificity(word) ** 2)

    def best(self, offers: list[Item]) -> dict[str, int]:
        """Word -> the best band of an offer at or below it."""
        bands: dict[str, int] = {}
        for offer in offers:
            for word in self.above[offer.word]:
                bands[word] = max(bands.get(word, 0), offer.band)
        return bands

    def met_at(self, need: Item, best: dict[str, int], band: int) -> str | None:
        """The deepest word at or above the need at or below which an offer is mature enough."""
        return next((word for word in self.above[need.word] if best.get(word, 0) >= band), None)

    def credit(self, need: Item, best: dict[str, int]) -> float:
        met = [self.met_at(need, best, band) for band in (1, need.band)]
        return need.weight / 2 * sum(self.gain[word] for word in met if word is not None)

    def capacity(self, needs: list[Item], offers: list[Item]) -> float:
        """The share of what is needed that the offers can give."""
        best = self.best(offers)
        return sum(self.credit(need, best) for need in needs) / self.total(needs)

    def total(self, needs: list[Item]) -> float:
        return max(sum(need.weight * self.gain[need.word] for need in needs), FLOOR)

    def kappa(self, one: str, other: str) -> float:
        sides = (self.members[one].orientation, self.members[other].orientation)
        if sides[0] == sides[1] and sides[0] != "dual":
            return 0.0
        return float(0.9 ** sides.count("dual"))

    def seen(self, one: str, other: str) -> tuple[list[Item], list[Item], list[Item], list[Item]]:
        """What the score that `one` sees is made of: all of its own items, what the other shares."""
        me, you = self.members[one], self.members[other]
        return me.needs, [o for o in you.offers if o.shared], [n for n in you.needs if n.shared], me.offers

    def score(self, one: str, other: str) -> float:
        my_needs, their_offers, their_needs, my_offers = self.seen(one, other)
        x, y = self.capacity(my_needs, their_offers), self.capacity(their_needs, my_offers)
        if x + y == 0:
            return 0.0
        return self.kappa(one, other) * (x + y + 2 * x * y / (x + y)) / 3

    def list_of(self, one: str, count: int) -> list[str]:
        """The best partners, by score alone."""
        scores = {other: self.score(one, other) for other in self.members if other != one}
        found = sorted((other for other in scores if scores[other] > 0), key=lambda other: -scores[other])
        return found[:count]
