"""Tables of membership."""

from members.models.access import ChangeRequest, ContactConsent, Invitation, Representation
from members.models.adhesion import (
    AdhesionDocument,
    AdhesionRequest,
    AdhesionTransition,
    DeclarationTick,
    Objection,
)
from members.models.board import Ballot, Counter, Directorship, Resolution, Round, Seat
from members.models.capability import Capability
from members.models.directory import Audience, DirectoryChange, DirectoryEntry
from members.models.membership import Membership, RegisterEvent
from members.models.organisation import Certificate, Organisation, Person
from members.models.statute import (
    Article,
    Declaration,
    DocumentType,
    MembershipType,
    StatuteVersion,
)
from members.models.suggestion import TagSuggestion
from members.models.vocabulary import HelixSubtype, LegalForm, Sector, Tag

__all__ = [
    "AdhesionDocument",
    "AdhesionRequest",
    "AdhesionTransition",
    "Article",
    "Audience",
    "Ballot",
    "Capability",
    "Certificate",
    "ChangeRequest",
    "ContactConsent",
    "Counter",
    "Declaration",
    "DeclarationTick",
    "Directorship",
    "DirectoryChange",
    "DirectoryEntry",
    "DocumentType",
    "HelixSubtype",
    "Invitation",
    "LegalForm",
    "Membership",
    "MembershipType",
    "Objection",
    "Organisation",
    "Person",
    "RegisterEvent",
    "Representation",
    "Resolution",
    "Round",
    "Seat",
    "Sector",
    "StatuteVersion",
    "Tag",
    "TagSuggestion",
]
