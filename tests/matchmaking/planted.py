"""Clusters with planted partners, and the ways of matching that the score is held against."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import log
from random import Random

from tests.matchmaking.definition import Item, Member
from tests.matchmaking.worlds import a_tree

FOCUS = 0.45
"""How much of what a member states lies in three domains: of its own for offers, of others for needs, because one seeks
what one does not do oneself. In its domains it takes any word, elsewhere the popular ones: the n-th is chosen 1/n times
as often as the first."""
SPREAD, SMALLEST, LARGEST = 0.3, 0.2, 2.2
"""How much members say: most of them about as much as the others, few a fifth of it or twice as much."""
PARTNERSHIPS = 0.3
"""For each member, how many partnerships are planted."""
DECOYS = 0.1
"""Of the members, how many have an equally good wrong partner."""
SIDES = ["civil", "civil", "defence", "dual"]
Scoring = Callable[[str, str], float]


@dataclass
class Planted:
    """A cluster in which it is known who should find whom."""

    tree: dict[str, str | None]
    members: dict[str, Member]
    partners: dict[str, set[str]]


class Planter:
    """Draws a cluster: popular and rare words, three domains a list, partners across the line, and decoys.

    `mutual`: of the planted partnerships, how many go both ways. With all of them, one-way pairs across the line are
    decoys; equally good pairs on the same side are decoys always.
    """

    def __init__(self, seed: int, count: int, offers: int, needs: int, *, mutual: float) -> None:
        self.chance = Random(seed)
        self.count, self.offers, self.needs, self.mutual = count, offers, needs, mutual
        self.tree = a_tree(self.chance)
        self.above = {word: self._above(word) for word in self.tree}
        self.leaves = [word for word in self.tree if word[0] == "l"]
        ranks = self.leaves[:]
        self.chance.shuffle(ranks)
        self.popularity = {word: 1 / (place + 1) for place, word in enumerate(ranks)}
        self.by_domain: dict[str, list[str]] = {}
        for word in self.leaves:
            self.by_domain.setdefault(self.above[word][2], []).append(word)

    def _above(self, word: str) -> list[str]:
        chain = [word]
        while (up := self.tree[chain[-1]]) is not None:
            chain.append(up)
        return chain

    def draw(self) -> Planted:
        chance = self.chance
        members = {f"M{n:04}": self._member() for n in range(self.count)}
        partners: dict[str, set[str]] = {name: set() for name in members}
        names = list(members)
        crossing = [(a, b) for a in names for b in chance.sample(names, 6) if self._crosses(members[a], members[b])]
        chance.shuffle(crossing)
        for a, b in crossing[: round(PARTNERSHIPS * self.count)]:
            both = chance.random() < self.mutual
            self._plant(members[a], members[b], both)
            partners[a].add(b)
            if both:
                partners[b].add(a)
        self._decoys(members, partners)
        return Planted(self.tree, members, partners)

    def _decoys(self, members: dict[str, Member], partners: dict[str, set[str]]) -> None:
        """As good as the planted ones, but wrong: on the same side; and where both must say yes, one way only."""
        chance, names = self.chance, list(members)
        for a in chance.sample(names, round(DECOYS * len(names))):
            b = chance.choice(names)
            if a != b and b not in partners[a]:
                same = members[a].orientation == members[b].orientation != "dual"
                if same or self.mutual == 1.0:
                    self._plant(members[a], members[b], same and self.mutual > 0.5)

    def _crosses(self, one: Member, other: Member) -> bool:
        return one.orientation != other.orientation

    def _member(self) -> Member:
        chance = self.chance
        size = min(LARGEST, max(SMALLEST, chance.lognormvariate(0, SPREAD)))
        offers, needs = (self._items(round(mean * size)) for mean in (self.offers, self.needs))
        return Member(chance.choice(SIDES), offers, needs)

    def _items(self, count: int) -> list[Item]:
        chance = self.chance
        own = [word for domain in chance.sample(sorted(self.by_domain), 3) for word in self.by_domain[domain]]
        found: dict[str, Item] = {}
        while len(found) < max(1, count):
            if chance.random() < FOCUS and len(found) < len(own):
                word = chance.choice(own)
            else:
                (word,) = chance.choices(self.leaves, [self.popularity[one] for one in self.leaves])
            found.setdefault(word, Item(word, chance.randint(1, 3)))
        return list(found.values())

    def _plant(self, one: Member, other: Member, both: bool) -> None:
        """Some needs of the one are met by the other, and the reverse when both gain."""
        self._meet(one, other, self.chance.randint(1, 3))
        if both:
            self._meet(other, one, self.chance.randint(1, 2))

    def _meet(self, taker: Member, giver: Member, count: int) -> None:
        chance, how = self.chance, self.chance.random()
        for need in chance.sample(taker.needs, min(count, len(taker.needs))):
            word = self._near(need.word, how)
            fits = chance.random() < 0.85
            band = chance.randint(need.band, 3) if fits else chance.randint(1, max(1, need.band - 1))
            if all(offer.word != word for offer in giver.offers):
                giver.offers.append(Item(word, band))

    def _near(self, word: str, how: float) -> str:
        """Of all partnerships 65 % are about the same word, 15 % about the one above, 20 % about one beside it."""
        chance, up = self.chance, self.tree[word]
        if how < 0.65 or up is None:
            return word
        if how < 0.80:
            return up
        beside = [one for one in self.leaves if self.tree[one] == up and one != word]
        return chance.choice(beside) if beside else word


def recall(planted: Planted, best: Callable[[str], list[str]], most: int) -> float:
    """Of each member's planted partners, how many are among its first `most`; the mean."""
    found = [
        len(partners & set(best(name)[:most])) / min(len(partners), most)
        for name, partners in planted.partners.items()
        if partners
    ]
    return sum(found) / len(found)


def ranked(planted: Planted, score: Scoring, name: str, most: int) -> list[str]:
    """The first `most` by a score; equal ones by a hash that depends on both."""
    chance = Random(name)
    others = [(score(name, other), chance.random(), other) for other in planted.members if other != name]
    return [other for value, _tie, other in sorted(others, reverse=True)[:most] if value > 0]


def similar(planted: Planted) -> Scoring:
    """Jaccard: how much of all they state they have in common."""
    words = {name: {one.word for one in m.offers + m.needs} for name, m in planted.members.items()}
    return lambda a, b: len(words[a] & words[b]) / max(1, len(words[a] | words[b]))


def rare_words(planted: Planted) -> Scoring:
    """Offers that are exactly what is needed, counted both ways across the line, rare words counting more."""
    stated: dict[str, int] = {}
    for member in planted.members.values():
        for word in {one.word for one in member.offers + member.needs}:
            stated[word] = stated.get(word, 0) + 1
    offers = {name: {one.word for one in m.offers} for name, m in planted.members.items()}
    needs = {name: {one.word for one in m.needs} for name, m in planted.members.items()}

    def score(a: str, b: str) -> float:
        sides = planted.members[a].orientation, planted.members[b].orientation
        if sides[0] == sides[1] != "dual":
            return 0.0
        met = [*(needs[a] & offers[b]), *(needs[b] & offers[a])]
        return sum(log(len(planted.members) / stated[word]) for word in met)

    return score
