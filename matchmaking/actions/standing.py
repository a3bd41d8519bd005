"""What a member decides about its own list: leave matchmaking and come back, put a partner aside and take it back."""

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking.actions.interests import end_waiting
from matchmaking.actions.invitations import end_calls
from matchmaking.actions.pairs import lock
from matchmaking.enums import NotInterestedReason
from matchmaking.models import ListSeen, NotInterested, OptOut
from matchmaking.permissions import can_opt_out, can_put_aside
from matchmaking.queries.matches import pairs_of
from members.permissions import forget_standing
from members.rules.errors import RuleError


@transaction.atomic
def leave_matching(member: int, *, by: User) -> None:
    """From now on the member is in nobody's list and has none; what waits between it and others ends."""
    organisation = lock(member)[member]
    forget_standing(by)
    if not can_opt_out(by, member):
        raise RuleError("not_your_member")
    _row, new = OptOut.objects.get_or_create(member=organisation, defaults={"by": by})
    if new:
        audit.record("matching_left", organisation, by=by)
        end_waiting(member)
        end_calls(member)


@transaction.atomic
def join_matching(member: int, *, by: User) -> None:
    """The member takes part again, with the same offers and needs."""
    organisation = lock(member)[member]
    forget_standing(by)
    if not can_opt_out(by, member):
        raise RuleError("not_your_member")
    if OptOut.objects.filter(member=member).delete()[0]:
        audit.record("matching_joined", organisation, by=by)


@transaction.atomic
def put_aside(member: int, partner: int, *, by: User, reason: str, note: str = "") -> NotInterested:
    """Do not show this partner to the member any more; the partner does not learn of it."""
    lock(member, partner)
    forget_standing(by)
    if not can_put_aside(by, member):
        raise RuleError("not_your_member")
    if member == partner:
        raise RuleError("partner_is_oneself")
    if reason not in NotInterestedReason.values:
        raise RuleError("aside_reason_unknown")
    values = {"reason": reason, "note": note.strip(), "by": by}
    row, _new = NotInterested.objects.update_or_create(member_id=member, partner_id=partner, defaults=values)
    audit.record("partner_put_aside", row, by=by)
    return row


@transaction.atomic
def take_back(member: int, partner: int, *, by: User) -> None:
    """Show a partner again that was put aside."""
    lock(member, partner)
    forget_standing(by)
    if not can_put_aside(by, member):
        raise RuleError("not_your_member")
    row = NotInterested.objects.filter(member=member, partner=partner).first()
    if row is not None:
        audit.record("partner_taken_back", row, by=by)
        row.delete()


@transaction.atomic
def mark_seen(member: int, *, by: User) -> None:
    """Remember who stands in the list today, so that this person can ask for those who came since.

    A reading mark of one person, no act of the member: it leaves no line in the trail.
    """
    organisation = lock(member)[member]
    forget_standing(by)
    if not can_put_aside(by, member):
        raise RuleError("not_your_member")
    partners = sorted(pairs_of(member).order_by().values_list("partner", flat=True))
    ListSeen.objects.update_or_create(
        member=organisation, user=by, defaults={"partners": partners, "at": timezone.now()}
    )
