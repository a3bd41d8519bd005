"""What a call for a consortium asks, what a team gives, what it lacks, and who could stand in: pure arithmetic."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

MOST_REFERENCES = 9
"""References beyond these prove nothing more."""
OTHERS = 3
"""So many others are named for a place."""


@dataclass(frozen=True)
class Place:
    """A capability that the call asks for, at a least maturity. What only should be there decides between teams."""

    key: int
    least_trl: int = 1
    must: bool = True


@dataclass(frozen=True)
class Call:
    """What a team must be: its places, so many of a helix role, these countries, so many different, at most `size`.

    `inside`: candidates that belong to every team; they count for the size.
    """

    places: tuple[Place, ...]
    size: int
    roles: Mapping[str, int] = field(default_factory=dict)
    countries: frozenset[str] = frozenset()
    least_countries: int = 0
    inside: tuple[int, ...] = ()


@dataclass(frozen=True)
class Cover:
    """How well a candidate fills a place: three references weigh as much as one level of maturity."""

    trl: int
    references: int = 0

    @property
    def strength(self) -> int:
        return 3 * self.trl + min(self.references, MOST_REFERENCES)


@dataclass(frozen=True)
class Candidate:
    """An organisation and the places for which it offers something, mature enough or not."""

    key: int
    role: str = ""
    country: str = ""
    covers: Mapping[int, Cover] = field(default_factory=dict)

    def fills(self, place: Place) -> bool:
        cover = self.covers.get(place.key)
        return cover is not None and cover.trl >= place.least_trl

    def strength(self, places: Iterable[Place]) -> int:
        """What it brings to the places that it fills."""
        return sum(self.covers[place.key].strength for place in places if self.fills(place))


@dataclass(frozen=True)
class Missing:
    """What a team lacks: must places, members of a role, countries, and countries whichever."""

    places: tuple[int, ...] = ()
    roles: Mapping[str, int] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    more_countries: int = 0

    @property
    def units(self) -> int:
        """How many things are missing; a role that lacks two counts twice."""
        return len(self.places) + sum(self.roles.values()) + len(self.countries) + self.more_countries


@dataclass(frozen=True)
class Team:
    """Candidates that answer a call together. `fills`: place -> who of them fills it, the strongest first."""

    members: tuple[int, ...]
    fills: Mapping[int, tuple[int, ...]]
    missing: Missing
    shoulds: int
    strength: int


@dataclass(frozen=True)
class StandIn:
    """Somebody outside the team who could fill a place. `whole`: in place of `instead_of`, nothing else is lost."""

    key: int
    strength: int
    instead_of: int | None
    whole: bool


def missing(call: Call, members: Sequence[Candidate]) -> Missing:
    """What the call asks and these do not give."""
    roles = Counter(one.role for one in members)
    countries = {one.country for one in members if one.country}
    return Missing(
        places=tuple(place.key for place in call.places if place.must and not any(one.fills(place) for one in members)),
        roles={role: least - roles[role] for role, least in sorted(call.roles.items()) if roles[role] < least},
        countries=tuple(sorted(call.countries - countries)),
        more_countries=max(0, call.least_countries - len(countries)),
    )


def is_minimal(call: Call, members: Sequence[Candidate]) -> bool:
    """Whether nobody can be left out without something more being missing, save those that belong to every team."""
    lacks = missing(call, members).units
    return all(
        one.key in call.inside or missing(call, [other for other in members if other.key != one.key]).units > lacks
        for one in members
    )


def team_of(call: Call, members: Sequence[Candidate]) -> Team:
    """These members as a team: who fills which place, what is missing, how strong it is."""
    place_of = {key: at for at, key in enumerate(call.inside)}
    ordered = sorted(
        members, key=lambda one: (place_of.get(one.key, len(place_of)), -one.strength(call.places), one.key)
    )
    fills = {
        place.key: tuple(
            one.key for one in sorted(ordered, key=lambda one: (-_at(one, place), one.key)) if one.fills(place)
        )
        for place in call.places
    }
    return Team(
        members=tuple(one.key for one in ordered),
        fills=fills,
        missing=missing(call, members),
        shoulds=sum(1 for place in call.places if not place.must and fills[place.key]),
        strength=sum(one.strength(call.places) for one in members),
    )


def _at(one: Candidate, place: Place) -> int:
    return one.covers[place.key].strength if one.fills(place) else 0


def others(call: Call, team: Team, place: Place, candidates: Sequence[Candidate]) -> list[StandIn]:
    """Who else could fill this place of the team: those who lose nothing else first, then the strongest."""
    known = {one.key: one for one in candidates}
    members = [known[key] for key in team.members]
    holder = next((key for key in team.fills[place.key] if key not in call.inside), None)
    rest = [one for one in members if one.key != holder]
    found = [
        StandIn(
            one.key,
            _at(one, place),
            holder,
            whole=missing(call, [*rest, one]).units <= team.missing.units,
        )
        for one in _strongest(place, team, candidates)
    ]
    return sorted(found, key=lambda one: (not one.whole, -one.strength, one.key))[:OTHERS]


LOOKED_AT = 40
"""So many of the strongest for a place are tried in the place of its holder."""


def _strongest(place: Place, team: Team, candidates: Sequence[Candidate]) -> list[Candidate]:
    outside = [one for one in candidates if one.key not in team.members and one.fills(place)]
    return sorted(outside, key=lambda one: (-_at(one, place), one.key))[:LOOKED_AT]


def nearly(place: Place, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Who offers what the place asks, but not mature enough: the most mature first."""
    below = [one for one in candidates if place.key in one.covers and not one.fills(place)]
    return sorted(below, key=lambda one: (-one.covers[place.key].trl, -one.covers[place.key].strength, one.key))[
        :OTHERS
    ]
