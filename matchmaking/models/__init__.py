"""Tables of matchmaking."""

from matchmaking.models.need_index import (
    IndexState,
    NearWork,
    TagRarity,
    WordRarity,
    Work,
    WorkParty,
    WorkTag,
    WorkWord,
)
from matchmaking.models.reference import Reference, ReferenceParty

__all__ = [
    "IndexState",
    "NearWork",
    "Reference",
    "ReferenceParty",
    "TagRarity",
    "WordRarity",
    "Work",
    "WorkParty",
    "WorkTag",
    "WorkWord",
]
