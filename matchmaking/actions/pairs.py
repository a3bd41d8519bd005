"""What every act between two members begins with: both organisations locked in one order, rights read anew."""

from cluster_portal.common.models import User
from matchmaking.permissions import can_speak_for, takes_part
from members.models import Organisation
from members.permissions import forget_standing
from members.rules.errors import RuleError


def lock(*organisations: int) -> dict[int, Organisation]:
    """Lock these organisations by rising id, so that two acts on one pair come one after the other, never crosswise."""
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=organisations).order_by("pk")
    return {row.pk: row for row in rows}


def speaking(by: User, member: int) -> None:
    """Refuse who may not speak for this member, as they stand now."""
    forget_standing(by)
    if not can_speak_for(by, member):
        raise RuleError("not_your_member")


def in_matching(member: int, partner: int) -> None:
    """Refuse a pair of which a side does not take part."""
    if member == partner:
        raise RuleError("partner_is_oneself")
    if not takes_part(member):
        raise RuleError("member_not_in_matching")
    if not takes_part(partner):
        raise RuleError("partner_not_in_matching")
