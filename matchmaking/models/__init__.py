"""Tables and views of matchmaking."""

from matchmaking.models.brokerage import BrokerageDay, DayMember, Meeting, MeetingSeat, Wish
from matchmaking.models.choices import Backfill, Exposure, ListSeen, NotInterested, OptOut
from matchmaking.models.consortium import Call, CallInvitation, CallPlace, CallRole
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
from matchmaking.models.opportunity import Opportunity
from matchmaking.models.reference import Reference, ReferenceParty
from matchmaking.models.searches import DigestChoice, MatchNotice, OpportunityNotice, SavedSearch
from matchmaking.models.views import BrokerPair, Flow, Pair, SharedPair

__all__ = [
    "Backfill",
    "BrokerPair",
    "BrokerageDay",
    "Call",
    "CallInvitation",
    "CallPlace",
    "CallRole",
    "DayMember",
    "DigestChoice",
    "ExportConfirmation",
    "Exposure",
    "Flow",
    "IndexState",
    "Interest",
    "Introduction",
    "ListSeen",
    "MatchNotice",
    "MatchProfile",
    "Meeting",
    "MeetingSeat",
    "NearWork",
    "NotInterested",
    "Opportunity",
    "OpportunityNotice",
    "OptOut",
    "Pair",
    "Proposal",
    "ProposalSide",
    "Reach",
    "Reference",
    "ReferenceParty",
    "SavedSearch",
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
