"""The score of one member by its definition, in plain loops: what the database is held against."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Item = tuple[int, int, int]
"""A word, a band of maturity and a weight."""


@dataclass
class Stated:
    """What a member states, and its side."""

    side: str
    offers: list[Item] = field(default_factory=list)
    needs: list[Item] = field(default_factory=list)


def meets(need: int, offer: int, above: Mapping[int, Sequence[int]], gain: Mapping[int, int]) -> int:
    """The gain of the deepest word above both."""
    return next((gain[word] for word in above[need] if word in above[offer]), 0)


def share(
    needs: Sequence[Item], offers: Sequence[Item], above: Mapping[int, Sequence[int]], gain: Mapping[int, int]
) -> float:
    """Of what is needed, the part that these offers can give."""
    met = 0.0
    for word, band, weight in needs:
        near = max((meets(word, offer, above, gain) for offer, _band, _weight in offers), default=0)
        ripe = max((meets(word, offer, above, gain) for offer, has, _weight in offers if has >= band), default=0)
        met += weight * (near + ripe) / 2
    return met / max(sum(weight * gain[word] for word, _band, weight in needs), 500_000)


def scores(
    member: int, members: Mapping[int, Stated], above: Mapping[int, Sequence[int]], gain: Mapping[int, int]
) -> dict[int, float]:
    """The score of a member with everybody whom it matches."""
    me, found = members[member], {}
    for other, you in members.items():
        if other == member or (me.side == you.side != "dual"):
            continue
        gains = share(me.needs, you.offers, above, gain)
        gives = share(you.needs, me.offers, above, gain)
        if gains + gives:
            kappa = 0.9 ** ((me.side == "dual") + (you.side == "dual"))
            found[other] = kappa * (gains + gives + 2 * gains * gives / (gains + gives)) / 3
    return found
