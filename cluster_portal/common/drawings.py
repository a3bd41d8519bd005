"""The geometry of the portal's drawings: numbers in, coordinates out; no markup, no Django."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import cos, pi, radians, sin, sqrt


@dataclass(frozen=True)
class Meeting:
    """Two circles of one size on a ground of 520 by 330; the larger the dual share, the more they overlap."""

    left: float
    right: float
    radius: float
    lens: str
    civil_text: float
    defence_text: float
    civil_ticks: int
    defence_ticks: int
    unit: int

    @property
    def rim(self) -> float:
        """Where the ticks stand, just outside the circle."""
        return self.radius + 7

    @property
    def civil_rim(self) -> str:
        return round_path(self.left, self.rim)

    @property
    def defence_rim(self) -> str:
        return round_path(self.right, self.rim)

    @property
    def civil_dashes(self) -> str:
        return dashes(self.civil_ticks)

    @property
    def defence_dashes(self) -> str:
        return dashes(self.defence_ticks)


def round_path(x: float, radius: float, y: float = 165) -> str:
    """A circle as a path: on a path alone may one say how long it counts (`pathLength`)."""
    half = f"a{radius:.6g} {radius:.6g} 0 1 1 {{:.6g}} 0"
    return f"M{x + radius:.6g} {y:.6g}{half.format(-2 * radius)}{half.format(2 * radius)}"


def dashes(ticks: int) -> str:
    """A dash pattern for a path as long as its ticks: each tick a 400th of the circle, however many there are."""
    return f"{ticks / 400:.4f} {1 - ticks / 400:.4f}"


def meeting(civil: int, dual: int, defence: int) -> Meeting:
    """Place the circles. A tick is one member; above 120 a circle it is ten, then a hundred (`unit`)."""
    middle, level, radius = 260.0, 165.0, 130.0 if dual else 118.0
    smaller = min(civil, defence) + dual
    share = dual / smaller if smaller else 0.0
    distance = 175 - 60 * share if dual else 2 * radius
    left, right = round(middle - distance / 2, 1), round(middle + distance / 2, 1)
    texts = (128.0, 392.0) if dual else (left, right)
    half = sqrt(max(radius**2 - (distance / 2) ** 2, 0))
    top, bottom = level - half, level + half
    lens = f"M260 {top:.1f}A130 130 0 0 1 260 {bottom:.1f}A130 130 0 0 1 260 {top:.1f}Z" if dual else ""
    unit = 1
    while max(civil, defence) + dual > 120 * unit:
        unit *= 10
    return Meeting(
        left, right, radius, lens, *texts, round((civil + dual) / unit), round((defence + dual) / unit), unit
    )


@dataclass(frozen=True)
class Part:
    """One part of a bar: whose it is, where it begins and how long it is, in hundredths of the bar."""

    name: str
    x: float
    width: float


def bar(parts: Sequence[tuple[str, int]], largest: int) -> list[Part]:
    """Lay the parts side by side with a gap of half a hundredth, on the scale of the largest bar."""
    drawn, x = [], 0.0
    for name, count in parts:
        if count:
            width = count / largest * 99
            drawn.append(Part(name, round(x, 2), round(width, 2)))
            x += width + 0.5
    return drawn


def ticks(reached: int, of: int) -> tuple[str, str]:
    """Two lines that the style sheet cuts into ticks, 4 wide and 2 apart: those reached, and the rest."""
    parts = ((0, reached), (reached, of - reached))
    first, rest = (f"M{6 * start} 6h{6 * count - 2}" if count else "" for start, count in parts)
    return first, rest


@lru_cache(maxsize=4096)
def half_discs(civil: int, defence: int, largest: int) -> tuple[str, str]:
    """The radii of a matrix cell's half-discs (32 by 32): 7 for one member, 14.5 in the largest cell, "" for none."""

    def radius(count: int) -> str:
        if not count:
            return ""
        size = 7 + (sqrt(count) - 1) / (sqrt(largest) - 1) * 7.5 if largest > 1 else 9.7
        return f"{round(size * 2) / 2:g}"  # halves: a page of many cells repeats a few circles

    return radius(civil), radius(defence)


@dataclass(frozen=True)
class Seat:
    """One director's place: the centre of its circle and what the circle shows."""

    x: float
    y: float
    state: str
    you: bool


@dataclass(frozen=True)
class Seats:
    """The Board as an arc of 300 by 158, with a stroke behind the seat that makes the quorum."""

    seats: list[Seat]
    radius: float
    stroke: str


ORDER = {"cast": 0, "you-cast": 1, "you": 2, "open": 3, "recused": 4, "you-recused": 5}


def board(states: Iterable[str], quorum: int) -> Seats:
    """Seat the directors: ballots sent first, recused last, so that nobody reads a person from a place.

    `states` are words of ORDER; `you` is the reader's own seat, still open.
    """
    ordered = sorted(states, key=lambda state: ORDER[state])
    count = len(ordered)
    step = 180 / (count - 1) if count > 1 else 0.0
    first = 180.0 if count > 1 else 90.0
    radius = min(14.0, 112 * pi / max(count - 1, 1) * 0.4)
    seats = []
    for index, state in enumerate(ordered):
        angle = radians(first - index * step)
        shown = {"you": "open"}.get(state, state.removeprefix("you-"))
        x, y = 150 + 112 * cos(angle), 136 - 112 * sin(angle)
        seats.append(Seat(round(x, 1), round(y, 1), shown, state.startswith("you")))
    stroke = ""
    if 0 < quorum < count:
        angle = radians(first - (quorum - 0.5) * step)
        inner, outer = 112 - radius - 10, 112 + radius + 8
        stroke = (
            f"M{150 + inner * cos(angle):.1f} {136 - inner * sin(angle):.1f}"
            f"L{150 + outer * cos(angle):.1f} {136 - outer * sin(angle):.1f}"
        )
    return Seats(seats, round(radius, 1), stroke)


ROMANIA = (
    "   SM MM    SV BT",
    "   BH SJ BN NT IS",
    "   AR CJ MS HR BC VS",
    "TM HD AB SB BV CV VN GL",
    "CS GJ VL AG DB PH BZ BR TL",
    "   MH DJ OT TR IF B  IL CT",
    "               GR CL",
)
"""The counties as tiles of one size, each about where it lies: our own scheme, three letters a column."""
TILE, GROUND = 56, (504, 392)


@dataclass(frozen=True)
class Tile:
    """One county: its code, and the upper left corner of its tile on a ground of 504 by 392."""

    code: str
    x: int
    y: int


@lru_cache(maxsize=1)
def tiles() -> dict[str, Tile]:
    """County -> its tile, from north to south and from west to east."""
    found = {}
    for row, line in enumerate(ROMANIA):
        for column in range(0, len(line), 3):
            if code := line[column : column + 3].strip():
                found[code] = Tile(code, column // 3 * TILE + 2, row * TILE + 2)
    return found
