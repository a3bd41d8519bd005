"""Two capabilities of one member that become one, because their words did: which stays, and what it takes over."""

from collections.abc import Mapping

Stated = Mapping[str, object]

SEEN = ("office", "contact", "members", "public")
CARE = ("", "none", "unsure", "dual_use")
"""From the least to the most careful word about the dual-use list; a word that is not here counts as the least."""
TEXTS = ("kind", "evidence", "note_ro", "note_en")
CONTROL = ("control", "control_category", "control_group")


def strength(row: Stated, *, stands: bool) -> tuple[int, ...]:
    """The stronger one still stands, is seen by more, is a must, is more mature and has more references."""
    return (
        int(stands),
        SEEN.index(str(row["visibility"])),
        _number(row["weight"]),
        _number(row["trl"]),
        _number(row["references"]),
    )


def taken_over(kept: Stated, ended: Stated) -> dict[str, object]:
    """What the one that stays takes from the one that ends: its empty texts, and the more careful classification.

    A text moves only between rows that the same people see: nothing becomes more public than its owner wished.
    """
    found: dict[str, object] = {}
    if kept["visibility"] == ended["visibility"]:
        found |= {name: ended[name] for name in TEXTS if not kept[name] and ended[name]}
    if _care(ended) > _care(kept):
        found |= {name: ended[name] for name in CONTROL}
    return found


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _care(row: Stated) -> int:
    word = str(row["control"])
    return CARE.index(word) if word in CARE else 0
