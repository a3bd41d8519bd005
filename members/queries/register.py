"""The register of members as it stood on a day: the last line of each membership until then."""

from dataclasses import dataclass
from datetime import date

from members.enums import MembershipState, RegisterVerb
from members.models import Membership, RegisterEvent
from members.models.membership import LIVE

STATE_AFTER: dict[str, MembershipState] = {
    RegisterVerb.ADMITTED: MembershipState.ACTIVE,
    RegisterVerb.SUSPENDED: MembershipState.SUSPENDED,
    RegisterVerb.REINSTATED: MembershipState.ACTIVE,
    RegisterVerb.NOTICE_GIVEN: MembershipState.NOTICE_GIVEN,
    RegisterVerb.WITHDREW: MembershipState.WITHDRAWN,
    RegisterVerb.EXCLUDED: MembershipState.EXCLUDED,
    RegisterVerb.CEASED: MembershipState.CEASED,
}


@dataclass(frozen=True)
class Entry:
    """One member in the register of a day, with the line that says so."""

    membership: Membership
    line: RegisterEvent
    state: MembershipState


def as_of(day: date, *, ended: bool = False) -> list[Entry]:
    """The register of `day`, by name; with `ended`, also those whose membership had ended by then."""
    lines = (
        RegisterEvent.objects.until(day)
        .order_by("membership_id", "-effective_on", "-id")
        .distinct("membership_id")
        .select_related("membership__organisation", "membership__type", "resolution")
    )
    entries = [Entry(line.membership, line, STATE_AFTER[line.verb]) for line in lines]
    kept = [entry for entry in entries if ended or entry.state in LIVE]
    return sorted(kept, key=lambda entry: (entry.membership.organisation.sort_key, entry.membership.pk))
