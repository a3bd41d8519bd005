"""Tables and views of matchmaking."""

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
from matchmaking.models.views import BrokerPair, Flow, Pair, SharedPair

__all__ = [
    "Backfill",
    "BrokerPair",
    "ExportConfirmation",
    "Flow",
    "Interest",
    "Introduction",
    "MatchProfile",
    "NotInterested",
    "OptOut",
    "Pair",
    "Proposal",
    "ProposalSide",
    "Reach",
    "SharedPair",
    "Stage",
    "TagPath",
    "TagWeight",
]
