"""What the home page counts: members by side and role, and the statute that says how one joins them."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone
from django_countries import countries

from cluster_portal.common.visibility import Viewer
from members.enums import County, HelixRole, Side
from members.models import StatuteVersion
from members.queries.directory import audience_of
from members.queries.shelves import Shelf, present_shelves
from members.rules.statute import StatuteRules
from members.rules.text import fold


@dataclass(frozen=True)
class RoleCount:
    """The members of one helix role, by side."""

    role: str
    label: str
    civil: int
    dual: int
    defence: int


@dataclass(frozen=True)
class PlaceCount:
    """The members of one county or country; `area` is its value in the directory's filter."""

    code: str
    area: str
    label: str
    count: int


@dataclass(frozen=True)
class Numbers:
    """How many members there are, on each side only, on both, in each role, and in each place."""

    total: int
    civil: int
    dual: int
    defence: int
    roles: list[RoleCount]
    counties: list[PlaceCount]
    abroad: list[PlaceCount]


def numbers(viewer: Viewer) -> Numbers:
    """The counts of the directory that this reader sees (one query)."""
    state = present_shelves()
    shelf = state.by_audience[audience_of(viewer)]
    sides, roles = shelf.values["side"], shelf.values["role"]

    def on(side: str, among: int) -> int:
        return (sides.get(side, 0) & among).bit_count()

    present = [role for role in HelixRole if role in state.words.helix_roles or role in roles]
    counted = [
        RoleCount(role, str(role.label), *(on(side, roles.get(role, 0)) for side in ("civil", "dual", "defence")))
        for role in present
    ]
    every = shelf.everyone
    return Numbers(
        total=len(shelf),
        civil=on(Side.CIVIL, every),
        dual=on(Side.DUAL, every),
        defence=on(Side.DEFENCE, every),
        roles=counted,
        counties=_counties(shelf),
        abroad=_abroad(shelf),
    )


def _counties(shelf: Shelf) -> list[PlaceCount]:
    """All forty-two in the order of the Romanian alphabet, those without a member as well."""
    areas = shelf.values["area"]
    found = [PlaceCount(str(one), f"RO-{one}", one.label, areas.get(f"RO-{one}", 0).bit_count()) for one in County]
    return sorted(found, key=lambda place: fold(place.label))


def _abroad(shelf: Shelf) -> list[PlaceCount]:
    """The countries from which members come, those with the most first."""
    areas = {code: bits for code, bits in shelf.values["area"].items() if bits and not code.startswith("RO")}
    found = [PlaceCount(code, code, str(countries.name(code)), bits.bit_count()) for code, bits in areas.items()]
    return sorted(found, key=lambda place: (-place.count, fold(place.label)))


def statute_today() -> StatuteVersion | None:
    """The statute in force; None on a portal that has none yet."""
    return StatuteVersion.objects.in_force(timezone.localdate()).first()


def rules_of(statute: StatuteVersion) -> StatuteRules:
    """The rule parameters of a version, read once by each process: the database refuses to change them."""
    if statute.pk not in Read.rules:
        Read.rules[statute.pk] = statute.parameters
    return Read.rules[statute.pk]


class Read:
    """The rules that this process has read, by version."""

    rules: ClassVar[dict[int, StatuteRules]] = {}
