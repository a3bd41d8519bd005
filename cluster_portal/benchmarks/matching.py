"""Measures matching: a member's list, its page, an edit, the weights and the nightly work, against the plain loops."""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate, cycle
from random import Random
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.benchmarks.definition import Stated, scores
from cluster_portal.benchmarks.measuring import Cost, database_cpu, measure
from cluster_portal.benchmarks.members import invent_members
from cluster_portal.benchmarks.product import bare_product
from cluster_portal.benchmarks.targets import Result
from cluster_portal.database import analyze
from matchmaking.actions.upkeep import refresh_places, refresh_weights
from matchmaking.models import MatchProfile, Pair, TagPath, TagWeight
from matchmaking.queries.matches import matches, top_of
from members.models import Capability, Tag

AT_ONCE = 1_000
OFFERS, NEEDS = 12, 8
USUAL = 1_000
"""The number of members for which times are promised; for others they are told."""


def _quiet(_text: str) -> None:
    """Say nothing."""


def invent_cluster(count: int, *, seed: int = 3, say: Callable[[str], object] = _quiet) -> list[int]:
    """`count` members with twelve offers and eight needs each, popular words after Zipf; everything shared.

    In turns, each under a seed of its own and with fresh statistics: what follows a profile in the database keeps the
    plan that it made while the tables were empty, and would be slower with every member.
    """
    Capability.objects.all().delete()
    words = Popular(Random(seed))  # noqa: S311  # invented data, no secret
    ids: list[int] = []
    while len(ids) < count:
        some = invent_members(min(AT_ONCE, count - len(ids)), seed=seed + len(ids), stated=False)
        for start in range(0, len(some), AT_ONCE // 10):
            Capability.objects.bulk_create(words.stated_by(some[start : start + AT_ONCE // 10]))
        ids += some
        analyze()
        say(f"  {len(ids):,} of {count:,} members")
    refresh_weights()
    return ids


class Popular:
    """The words of the cluster, of which a few are stated often and most seldom."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        deep = TagPath.objects.filter(distance__gt=0).values("tag")
        self.tags = list(Tag.objects.filter(pk__in=deep).order_by("pk").values_list("pk", flat=True))
        chance.shuffle(self.tags)
        self.weights = list(accumulate(1 / (place + 1) for place in range(len(self.tags))))

    def stated_by(self, members: Iterable[int]) -> Iterator[Capability]:
        chance = self.chance
        for pk in members:
            for direction, most in (("offered", OFFERS), ("sought", NEEDS)):
                for tag in self.pick(most):
                    yield Capability(
                        organisation_id=pk, tag_id=tag, direction=direction, side="civil", trl=chance.randint(1, 9),
                        weight=chance.choice([1, 2]), visibility="members",
                    )  # fmt: skip

    def pick(self, most: int) -> Iterable[int]:
        found: dict[int, None] = {}
        while len(found) < most:
            found |= dict.fromkeys(self.chance.choices(self.tags, cum_weights=self.weights))
        return found


def read_cluster() -> tuple[dict[int, Stated], dict[int, list[int]], dict[int, int]]:
    """The same cluster in memory, for the loops: members, words above words, gains."""
    members = {row.pk: Stated(row.orientation) for row in MatchProfile.objects.all()}
    for row in Capability.objects.all():
        band = 1 if row.trl is None else 1 + (row.trl >= 4) + (row.trl >= 7)
        stated = members[row.organisation_id]
        (stated.offers if row.direction == "offered" else stated.needs).append((row.tag_id, band, row.weight))
    above: dict[int, list[int]] = {}
    for path in TagPath.objects.order_by("tag", "distance"):
        above.setdefault(path.tag_id, []).append(path.ancestor_id)
    return members, above, dict(TagWeight.objects.values_list("node", "gain"))


def by_the_loops(ids: list[int]) -> tuple[float, float]:
    """Milliseconds of CPU for one member's scores in plain loops, and how far the database's differ at most."""
    members, above, gain = read_cluster()
    times, worst = [], 0.0
    for member in ids:
        began = time.process_time()
        defined = scores(member, members, above, gain)
        times.append((time.process_time() - began) * 1000)
        stored = dict(Pair.objects.filter(member=member).values_list("partner", "score"))
        worst = max([worst, *(abs(defined.get(pk, 0.0) - stored.get(pk, 0.0)) for pk in {*defined, *stored})])
    return median(times), worst


def by_the_product(ids: list[int]) -> float | None:
    """Milliseconds of CPU for the bare sparse product of one member, the median of two hundred; None without scipy."""
    product = bare_product()
    if product is None:
        return None
    turn, times = cycle(ids), []
    for _member in range(200):
        member, began = next(turn), time.process_time()
        product(member)
        times.append((time.process_time() - began) * 1000)
    return median(times)


def milliseconds(act: Callable[[], object], times: int) -> float:
    """CPU of this process and of the database, the median of some turns."""
    found = []
    for _turn in range(times):
        began = spent()
        act()
        found.append((spent() - began) * 1000)
    return median(found)


def spent() -> float:
    return time.process_time() + database_cpu()


def measure_matching(
    ids: list[int], *, rounds: int, visits: int, say: Callable[[str], object] = _quiet
) -> tuple[dict[str, Cost], list[Result]]:
    """What each part costs, and what is held against its target."""
    turn, few = cycle(ids), ids[:: max(1, len(ids) // 3)][:3]

    def top() -> bytes:
        return repr(list(top_of(next(turn)))).encode()

    def page() -> bytes:
        return repr(matches(next(turn))).encode()

    say("Measuring lists")
    costs = measure({"top twenty": top, "list with reasons": page}, rounds=rounds, visits=visits)
    say("Measuring the product and the loops")
    bare = by_the_product(ids)
    if bare is None:
        say("The bare product is not measured: install scipy for it")
    loops, worst = by_the_loops(few)
    with CaptureQueriesContext(connection) as captured:
        matches(ids[0])
    item = Capability.objects.filter(organisation=ids[0], direction="offered").first()
    assert item is not None
    steps = cycle(range(1, 10))
    say("Measuring edits, weights and the night's work")
    edit = milliseconds(lambda: Capability.objects.filter(pk=item.pk).update(trl=next(steps)), 30)
    weigh = milliseconds(refresh_weights, 10)
    began = spent()
    placed = refresh_places()
    night = spent() - began
    database = median(costs["list with reasons"].database)
    usual = len(ids) <= USUAL
    faster = loops / costs["top twenty"].milliseconds
    return costs, [
        Result("scores differ from the loops by", f"{worst:.1e}", "<= 1e-12", worst <= 1e-12),
        Result("top twenty, against the loops", f"{faster:.0f} x faster", ">= 20 x", faster >= 20),
        *_against_the_product(costs["top twenty"], bare, usual),
        Result("list with reasons, queries", str(len(captured)), "<= 6", len(captured) <= 6),
        _timed("list with reasons, database", database, 40, "ms", usual),
        _timed("an edit with all that follows", edit, 10, "ms", usual),
        _timed("weights of all words", weigh, 100, "ms", usual),
        _timed(f"the night's work ({placed} places)", night, 10, "s", usual),
    ]


def _against_the_product(top: Cost, bare: float | None, usual: bool) -> Iterator[Result]:
    """The statement, without the objects that are made of its rows: the product makes none either.

    What was not measured is not told as if it were met.
    """
    if bare is None:
        return
    most = 25 if usual else 50
    found = median(top.database) / bare
    figure = f"{found:.0f} x of {bare:.2f} ms ({top.milliseconds / bare:.0f} x with the ORM)"
    yield Result("top twenty, against the bare product", figure, f"<= {most} x", found <= most)


def _timed(name: str, found: float, most: float, unit: str, usual: bool) -> Result:
    """A time has a target for the usual number of members; beyond it is only told."""
    target = f"<= {most:g} {unit}" if usual else f"promised for {USUAL:,} members"
    return Result(name, f"{found:.2f} {unit}", target, found <= most or not usual)
