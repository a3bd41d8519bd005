"""Tables and views of matchmaking."""

from matchmaking.models.brokerage import BrokerageDay, DayMember, Meeting, MeetingSeat, Wish
from matchmaking.models.choices import Backfill, NotInterested, OptOut
from matchmaking.models.derived import MatchProfile, Reach, TagPath, TagWeight
from matchmaking.models.introductions import (
    ExportConfirmation,
    Interest,
    Introduction,
    Proposal,
    ProposalSide,
    Stage,
)
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
from matchmaking.models.views import BrokerPair, Flow, Pair, SharedPair

__all__ = [
    "Backfill",
    "BrokerPair",
    "BrokerageDay",
    "DayMember",
    "ExportConfirmation",
    "Flow",
    "IndexState",
    "Interest",
    "Introduction",
    "MatchProfile",
    "Meeting",
    "MeetingSeat",
    "NearWork",
    "NotInterested",
    "OptOut",
    "Pair",
    "Proposal",
    "ProposalSide",
    "Reach",
    "Reference",
    "ReferenceParty",
    "SharedPair",
    "Stage",
    "TagPath",
    "TagRarity",
    "TagWeight",
    "Wish",
    "WordRarity",
    "Work",
    "WorkParty",
    "WorkTag",
    "WorkWord",
]
