"""What the office reads when it brokers: its proposals, and items that only it sees. Ask `can_broker`."""

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from matchmaking.enums import ProposalState
from matchmaking.models import Proposal, ProposalSide
from members.enums import Visibility
from members.models import Capability, Organisation

MOST_HIDDEN = 50


def proposals_made() -> QuerySet[Proposal]:
    """Every proposal with both sides and their answers, newest first."""
    sides = ProposalSide.objects.select_related("member", "item__tag", "answered_by").order_by("id")
    return Proposal.objects.select_related("made_by", "introduction").prefetch_related(Prefetch("sides", sides))


def open_between(one: int, other: int) -> bool:
    """Whether a proposal between the two waits."""
    first = Proposal.objects.filter(state=ProposalState.OPEN, sides__member=one)
    return first.filter(pk__in=Proposal.objects.filter(sides__member=other)).exists()


def taking_part() -> QuerySet[Organisation]:
    """Everybody in matching, by name."""
    return Organisation.objects.filter(match_profile__isnull=False).order_by("sort_key")


def items_of(organisation: Organisation) -> QuerySet[Capability]:
    """Offers and needs that a proposal may be about, those for the office alone included."""
    return organisation.capabilities.select_related("tag").order_by("direction", "tag__position")


def kept_for_the_office() -> QuerySet[Capability]:
    """Offers and needs that are for the office alone and stand today: nobody meets them unless it brokers."""
    hidden = Capability.objects.filter(visibility=Visibility.OFFICE, organisation__match_profile__isnull=False)
    stand = hidden.exclude(expires_on__lt=timezone.localdate())
    return stand.select_related("organisation", "tag").order_by("organisation__sort_key", "pk")[:MOST_HIDDEN]
