"""Who sees which level of a field: the one rule for pages, search, exports, feeds and letters.

public < members < contact (partners of an accepted introduction) < office | board; office and board are not ordered.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"
    CONTACT = "contact"
    OFFICE = "office"
    BOARD = "board"


@dataclass(frozen=True)
class Viewer:
    """What a person may see: levels everywhere, all but the board's level of their own organisations,
    contact level of the partners of accepted introductions."""

    levels: frozenset[str] = frozenset({Level.PUBLIC})
    own: frozenset[int] = field(default=frozenset())
    partners: frozenset[int] = field(default=frozenset())

    def may_see(self, level: str, organisation: int) -> bool:
        if level in self.levels:
            return True
        if organisation in self.own:
            return level != Level.BOARD
        return level == Level.CONTACT and organisation in self.partners

    def levels_for(self, organisation: int) -> frozenset[str]:
        """Every level this viewer sees of one organisation."""
        return frozenset(level for level in Level if self.may_see(level, organisation))


ANYONE = Viewer()


def viewer(
    *,
    member: bool = False,
    office: bool = False,
    board: bool = False,
    own: Iterable[int] = (),
    partners: Iterable[int] = (),
) -> Viewer:
    """Build a viewer from what they are."""
    levels = {Level.PUBLIC}
    if member or office or board:
        levels.add(Level.MEMBERS)
    if office:
        levels |= {Level.CONTACT, Level.OFFICE}
    if board:
        levels.add(Level.BOARD)
    return Viewer(frozenset(levels), frozenset(own), frozenset(partners))
