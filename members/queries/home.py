"""What the home page counts: members by side and role, and the statute that says how one joins them."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils import timezone

from cluster_portal.common.visibility import Viewer
from members.enums import HelixRole, Side
from members.models import StatuteVersion
from members.queries.directory import audience_of
from members.queries.shelves import present_shelves
from members.rules.statute import StatuteRules


@dataclass(frozen=True)
class RoleCount:
    """The members of one helix role, by side."""

    role: str
    label: str
    civil: int
    dual: int
    defence: int


@dataclass(frozen=True)
class Numbers:
    """How many members there are, on each side only, on both, and in each role."""

    total: int
    civil: int
    dual: int
    defence: int
    roles: list[RoleCount]


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
    return Numbers(len(shelf), on(Side.CIVIL, every), on(Side.DUAL, every), on(Side.DEFENCE, every), counted)


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
