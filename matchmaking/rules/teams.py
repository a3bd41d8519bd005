"""The search for teams that answer a call: few, minimal, different from each other, with bounded work.

Branch and bound on bitmasks. Each step takes the scarcest thing that is still asked for, tries who gives it, and sets
who was tried aside for the rest, so that no team is met twice. Teams are looked for by rising size.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from matchmaking.rules.consortium import Call, Candidate, Team, is_minimal, missing, team_of

MOST_TEAMS = 5
NODES = 20_000
"""Steps that the search for one team may take; what it found by then is the answer."""
ALL_NODES = 5 * NODES
"""Steps that all searches for one call may take, so that its page never waits for more than a second or two."""
KEEPING = 5
"""To look closely at a team that was found takes as long as so many steps."""
SPARE = 4
"""So many weaker candidates of a kind are kept besides the best, for the second and later teams."""


@dataclass(frozen=True)
class Found:
    """Teams that answer the call, or, when `whole` is false, the one that comes nearest.

    `sure`: the search went to its end, so the first team is the best there is.
    """

    teams: tuple[Team, ...]
    whole: bool
    sure: bool


def teams_for(call: Call, candidates: Sequence[Candidate], *, most: int = MOST_TEAMS, nodes: int = NODES) -> Found:
    """A few minimal teams: fewest members first, then most places that should be filled, then strength.

    Each shares at most half of those it adds with every team before it; when there is none like that, it differs by
    one at least.
    """
    inside = [one for one in candidates if one.key in call.inside]
    outside = [one for one in candidates if one.key not in call.inside]
    slots = max(0, call.size - len(inside))
    search = _Search(call, inside, _kept(call, outside, 0), nodes)
    best = search.best(slots, 0, ())
    if best is None:
        return _nearest(call, inside, outside, slots, nodes, proved=not search.exhausted)
    teams, sure = [best], not search.exhausted
    wider, left = _kept(call, outside, SPARE), ALL_NODES - search.steps
    for loose in (False, True):
        while len(teams) < most and left > 0:
            added = tuple(frozenset(team.members) - set(call.inside) for team in teams)
            search = _Search(call, inside, wider, min(nodes, left), loose=loose)
            nxt = search.best(slots, 0, added)
            left -= search.steps
            if nxt is None:
                break
            teams.append(nxt)
    return Found(tuple(sorted(teams, key=_order)), whole=True, sure=sure)


def _order(team: Team) -> tuple[int, int, int, tuple[int, ...]]:
    return (len(team.members), -team.shoulds, -team.strength, team.members)


def _nearest(
    call: Call, inside: list[Candidate], outside: list[Candidate], slots: int, nodes: int, *, proved: bool
) -> Found:
    """The team that lacks least. First without what nobody has, then without one thing more, and so on."""
    everybody = [*inside, *outside]
    given_up = missing(replace(call, size=len(everybody)), everybody).units
    pool = _kept(call, outside, 0)
    left = nodes
    for lacks in range(max(1, given_up), missing(call, inside).units):
        search = _Search(call, inside, pool, left)
        best = search.best(slots, lacks, ())
        if best is not None:
            return Found((best,), whole=False, sure=proved and not search.exhausted)
        left -= search.steps
        if left <= 0:
            return Found((team_of(call, _greedy(call, inside, pool, slots)),), whole=False, sure=False)
    return Found((team_of(call, inside),), whole=False, sure=proved)


def _greedy(call: Call, inside: list[Candidate], pool: list[Candidate], slots: int) -> list[Candidate]:
    """Take whoever leaves least missing, again and again; then let go of who is not needed."""
    team = list(inside)
    for _place in range(slots):
        lacks = missing(call, team).units
        rest = [one for one in pool if one not in team]
        if not rest or not lacks:
            break
        best = min(rest, key=lambda one: (missing(call, [*team, one]).units, -one.strength(call.places), one.key))
        if missing(call, [*team, best]).units == lacks:
            break
        team.append(best)
    for one in list(team):
        without = [other for other in team if other is not one]
        if one.key not in call.inside and missing(call, without).units <= missing(call, team).units:
            team = without
    return team


def _kept(call: Call, candidates: Sequence[Candidate], spare: int) -> list[Candidate]:
    """Those whom nobody of the same role and country surpasses in every place and in strength, and `spare` more.

    In a minimal team one that is surpassed by another of the team can only be there to make up the number of a role,
    so as many of a kind are kept as the call asks of its role; then the best team is never lost.
    """
    groups: dict[tuple[str, str], list[tuple[int, Candidate]]] = defaultdict(list)
    countries = bool(call.countries or call.least_countries)
    for one in sorted(candidates, key=lambda one: (-one.strength(call.places), one.key)):
        group = (one.role if call.roles.get(one.role) else "", one.country if countries else "")
        most = max(1, call.roles.get(one.role, 0)) + spare
        mask = sum(1 << at for at, place in enumerate(call.places) if one.fills(place))
        better = 0
        for theirs, _other in groups[group]:
            better += theirs & mask == mask
            if better >= most:
                break
        else:
            groups[group].append((mask, one))
    return [one for group in groups.values() for _mask, one in group]


@dataclass(frozen=True)
class _Asked:
    """What is still asked for: must places as bits, lacking members by role, countries as bits, countries whichever."""

    places: int
    roles: tuple[int, ...]
    countries: int
    least: int
    seen: int  # countries that are there

    @property
    def more(self) -> int:
        return max(0, self.least - self.seen.bit_count())

    @property
    def units(self) -> int:
        return self.places.bit_count() + sum(self.roles) + self.countries.bit_count() + self.more


def _without(asked: _Asked, what: str, which: int) -> _Asked:
    """What is asked when one thing of it is given up."""
    if what == "place":
        return replace(asked, places=asked.places & ~(1 << which))
    if what == "role":
        return replace(asked, roles=(*asked.roles[:which], asked.roles[which] - 1, *asked.roles[which + 1 :]))
    if what == "country":
        return replace(asked, countries=asked.countries & ~(1 << which))
    return replace(asked, least=asked.least - 1)


class _Search:
    """One search over a pool; candidates are numbered, and a set of them is an int."""

    def __init__(
        self, call: Call, inside: list[Candidate], pool: list[Candidate], nodes: int, *, loose: bool = False
    ) -> None:
        self.call, self.inside, self.nodes, self.loose = call, inside, nodes, loose
        self.roles = sorted(role for role, least in call.roles.items() if least > 0)
        self.lands = {name: at for at, name in enumerate(sorted({one.country for one in [*inside, *pool]} - {""}))}
        for name in sorted(call.countries):
            self.lands.setdefault(name, len(self.lands))
        self.must = sum(1 << at for at, place in enumerate(call.places) if place.must)
        self.pool = sorted(pool, key=self._promise)
        self.masks = [self._mask(one) for one in self.pool]
        self.strengths = [one.strength(call.places) for one in self.pool]
        self.widest = max(((mask & self.must).bit_count() for mask in self.masks), default=0)
        self.strongest = max(self.strengths, default=0)
        self.by_place = [_set(one.fills(place) for one in self.pool) for place in call.places]
        self.by_role = [_set(one.role == role for one in self.pool) for role in self.roles]
        self.by_land = [_set(one.country == name for one in self.pool) for name in self.lands]
        self.steps = 0

    @property
    def exhausted(self) -> bool:
        return self.steps > self.nodes

    def _mask(self, one: Candidate) -> int:
        return sum(1 << at for at, place in enumerate(self.call.places) if one.fills(place))

    def _promise(self, one: Candidate) -> tuple[int, int, int, int]:
        mask = self._mask(one)
        needed = (mask & self.must).bit_count()
        return (-needed, -mask.bit_count(), -one.strength(self.call.places), one.key)

    def best(self, slots: int, lacks: int, before: Collection[frozenset[int]]) -> Team | None:
        """The best team that adds at most `slots` and lacks at most `lacks` things, unlike those `before`."""
        start = _Asked(self.must, tuple(self.call.roles[role] for role in self.roles), 0, self.call.least_countries, 0)
        start = replace(start, countries=sum(1 << self.lands[name] for name in self.call.countries))
        covered = 0
        for one in self.inside:
            start, covered = self._with(start, one, self._mask(one)), covered | self._mask(one)
        self.before = [(team, _set(one.key in team for one in self.pool)) for team in before]
        for self.size in range(slots + 1):
            self.top: tuple[int, int] = (-1, -1)
            self.team: tuple[int, ...] | None = None
            self._go(start, (), (1 << len(self.pool)) - 1, covered, 0, lacks)
            if self.team is not None:
                return team_of(self.call, [*self.inside, *(self.pool[at] for at in self.team)])
            if self.exhausted:
                break
        return None

    def _with(self, asked: _Asked, one: Candidate, mask: int) -> _Asked:
        land = 1 << self.lands[one.country] if one.country else 0
        roles = asked.roles
        if one.role in self.roles:
            at = self.roles.index(one.role)
            roles = (*roles[:at], max(0, roles[at] - 1), *roles[at + 1 :])
        return _Asked(asked.places & ~mask, roles, asked.countries & ~land, asked.least, asked.seen | land)

    def _go(self, asked: _Asked, chosen: tuple[int, ...], free: int, covered: int, strength: int, lacks: int) -> None:
        self.steps += 1
        if self.exhausted or not self._may_win(asked, len(chosen), strength, lacks):
            return
        if asked.units <= lacks:
            self._keep(chosen, covered, strength)
            return
        if len(chosen) == self.size:
            return
        who, what, which = min(self._wanted(asked), key=lambda want: (want[0] & free).bit_count())
        for at in _numbers(who & free):
            free &= ~(1 << at)
            mask = self.masks[at]
            further = self._with(asked, self.pool[at], mask)
            self._go(further, (*chosen, at), free, covered | mask, strength + self.strengths[at], lacks)
        if lacks:
            self._go(_without(asked, what, which), chosen, free, covered, strength, lacks - 1)

    def _may_win(self, asked: _Asked, count: int, strength: int, lacks: int) -> bool:
        """Whether this can still become a team that is small enough and better than the best so far."""
        left = self.size - count
        places = max(0, asked.places.bit_count() - lacks)
        if places > left * self.widest or max(sum(asked.roles), asked.countries.bit_count(), asked.more) - lacks > left:
            return False
        shoulds = (~self.must & ((1 << len(self.call.places)) - 1)).bit_count()
        return (shoulds, strength + left * self.strongest) > self.top

    def _wanted(self, asked: _Asked) -> Iterator[tuple[int, str, int]]:
        """Everything still asked for: who gives it, and what it is."""
        for at in _numbers(asked.places):
            yield self.by_place[at], "place", at
        for at, number in enumerate(asked.roles):
            if number:
                yield self.by_role[at], "role", at
        for at in _numbers(asked.countries):
            yield self.by_land[at], "country", at
        if asked.more:
            yield sum(self.by_land[at] for at in range(len(self.lands)) if not asked.seen >> at & 1), "more", 0

    def _keep(self, chosen: tuple[int, ...], covered: int, strength: int) -> None:
        value = ((covered & ~self.must).bit_count(), strength)
        if value <= self.top or not self._unlike(chosen):
            return
        self.steps += KEEPING
        if is_minimal(self.call, [*self.inside, *(self.pool[at] for at in chosen)]):
            self.top, self.team = value, chosen

    def _unlike(self, chosen: tuple[int, ...]) -> bool:
        mine = sum(1 << at for at in chosen)
        for team, numbers in self.before:
            shared = (mine & numbers).bit_count()
            allowed = min(len(chosen), len(team)) - 1 if self.loose else min(len(chosen), len(team)) // 2
            if shared > max(0, allowed) or mine == numbers:
                return False
        return True


def _set(fits: Iterable[bool]) -> int:
    return sum(1 << at for at, fit in enumerate(fits) if fit)


def _numbers(bits: int) -> Iterator[int]:
    """The numbers in a set, rising."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
