"""The targets of speed and size, and what was measured held against them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cluster_portal.benchmarks.measuring import Cost, ratio
from cluster_portal.benchmarks.searching import Lookup
from cluster_portal.benchmarks.serving import Load

USUAL = 10_000
RATIOS = (
    ("directory", "bare page", 1.5),
    ("directory, filtered", "bare page", 1.8),
    ("directory, searched", "bare page", 2.0),
    ("directory, frequent words", "bare page", 2.0),
    ("member", "bare page", 1.5),
    ("events", "bare page", 1.5),
    ("event", "bare page", 1.5),
    ("deep pages", "first pages", 1.2),
    ("Board's list", "stock list of requests", 1.2),
    ("Board's list, searched", "stock list, searched", 1.2),
)
QUERIES = (
    *(("directory", 2), ("directory, filtered", 2), ("directory, searched", 2), ("member", 3), ("Board's list", 8)),
    *(("events", 1), ("events, filtered", 3), ("event", 2)),
)
GROWTH = {  # how many members, and how many times the cost of the smallest directory a page may then have
    "directory": ((100_000, 1.3), (1_000_000, 1.5)),
    "directory, filtered": ((10_000, 1.3), (100_000, 3.0), (1_000_000, 12.0)),
    "Board's list": ((1_000_000, 1.3),),
    "Board's list, searched": ((1_000_000, 1.3),),
}
MEMORY = ((10_000, 90), (1_000_000, 130))  # MB that one more worker costs: what workers share counts once
KB = 1024


@dataclass(frozen=True)
class Result:
    """One line of the report."""

    name: str
    figure: str
    target: str
    met: bool


@dataclass
class At:
    """What was measured at one number of members."""

    costs: Mapping[str, Cost]
    memory: float = 0.0
    share: float = 0.0
    loads: Mapping[str, Load] = field(default_factory=dict)
    lookups: list[Lookup] = field(default_factory=list)


def results(measured: Mapping[int, At], weight: int) -> list[Result]:
    """Hold what was measured, by the number of members, against the targets: at 10,000 or the most there are."""
    sizes = sorted(measured)
    main = measured[USUAL if USUAL in measured else sizes[-1]]
    html = main.costs["directory"].compressed
    lines = [
        *(_times(main, *line) for line in RATIOS if line[0] in main.costs),
        *(_asks(main, *line) for line in QUERIES if line[0] in main.costs),
        *_growth(measured, sizes),
        Result("directory, HTML compressed", f"{html / KB:.2f} KB", "<= 6 KB", html <= 6 * KB),
        Result("first visit, compressed", f"{weight / KB:.2f} KB", "<= 30 KB", weight <= 30 * KB),
    ]
    for size in sizes:
        lines += _of_size(measured[size], size)
    return lines


def _times(at: At, name: str, base: str, most: float) -> Result:
    found = ratio(at.costs[name], at.costs[base])
    return Result(f"{name}, CPU", f"{found:.2f} x {base}", f"<= {most} x", found <= most)


def _asks(at: At, name: str, most: int) -> Result:
    found = at.costs[name].queries
    return Result(f"{name}, queries", str(found), f"<= {most}", found <= most)


def _growth(measured: Mapping[int, At], sizes: list[int]) -> Iterator[Result]:
    first = measured[sizes[0]].costs
    for size in sizes[1:]:
        for name, limits in GROWTH.items():
            if name in first and name in measured[size].costs:
                found = measured[size].costs[name].milliseconds / first[name].milliseconds
                most = _limit(limits, size)
                words = f"{name}, from {sizes[0]:,} to {size:,}"
                yield Result(words, f"{found:.2f} x", f"<= {most} x", found <= most)


def _limit(limits: tuple[tuple[int, float], ...], size: int) -> float:
    return next((most for upto, most in limits if size <= upto), limits[-1][1])


def _of_size(at: At, size: int) -> Iterator[Result]:
    if at.memory:
        most = _limit(MEMORY, size)
        figure = f"{at.share:.0f} MB (at its height {at.memory:.0f} with what is shared)"
        yield Result(f"web worker, {size:,} members", figure, f"<= {most:.0f} MB", at.share <= most)
    if at.loads:
        bare, page = at.loads["bare page"], at.loads["directory"]
        figure = f"{page.rate:.0f}/s, 99 % in {page.slow:.0f} ms; bare {bare.rate:.0f}/s"
        yield Result(f"directory served, {size:,}", figure, ">= 0.7 x bare", page.rate >= 0.7 * bare.rate)
    for lookup in at.lookups:
        figure = f"{lookup.milliseconds:.2f} ms"
        yield Result(f"{lookup.name}, {size:,}", figure, f"<= {lookup.most:g} ms", lookup.milliseconds <= lookup.most)
