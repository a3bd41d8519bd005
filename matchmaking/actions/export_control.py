"""Export-control care: who confirmed what towards whom, and who helps a member that is unsure."""

from collections.abc import Sequence

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.models import ExportConfirmation
from matchmaking.queries.introductions import confirmed, controlled, unsure
from matchmaking.queries.reasons import Reason
from matchmaking.wording import CONFIRMATION
from members.models import Organisation
from members.rules.errors import RuleError


def care(member: Organisation, partner: Organisation, reasons: list[Reason], *, by: User, confirms: bool) -> bool:
    """Have `member` confirm towards `partner` when their match touches the dual-use list; whether it does.

    An offer whose owner is unsure goes to the compliance contact, once for a pair. Never a verdict.
    """
    for reason in unsure(reasons):
        emails.control_unsure(reason, member, partner)
    offers = controlled(reasons)
    if not offers:
        return False
    if not confirmed(member.pk, partner.pk):
        if not confirms:
            raise RuleError("confirmation_missing")
        confirm(member, partner, offers, by=by)
    return True


def confirm(member: Organisation, partner: Organisation, offers: Sequence[str], *, by: User) -> ExportConfirmation:
    """Keep the confirmation, with the offers as they stand today and the version of the text that was confirmed."""
    row = ExportConfirmation.objects.create(
        member=member, partner=partner, offers=list(offers), wording=CONFIRMATION, by=by
    )
    audit.record("export_confirmed", row, by=by, offers=list(offers), wording=CONFIRMATION)
    return row
