"""What becomes of a double yes: the introduction with both consents, its stages, and the end of a consent."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.actions.export_control import confirm
from matchmaking.actions.pairs import lock, speaking
from matchmaking.enums import InterestState, Origin, ProposalState, StageName
from matchmaking.models import Interest, Introduction, Proposal, Stage
from matchmaking.queries.introductions import confirmed, controlled, stage_of
from matchmaking.queries.reasons import common_ground
from members.models import ContactConsent, Organisation
from members.rules.errors import RuleError


def introduce(
    yes: dict[int, tuple[User, datetime]],
    *,
    origin: Origin,
    controlled: bool,
    by: User,
    brokered_by: User | None = None,
) -> Introduction:
    """Introduce two members that both said yes, inside the transaction of the second yes, with both locked.

    `yes`: member -> who said so and when. Writes both consents, then the introduction, then a letter to both sides;
    whatever else waits between the two is settled by it.
    """
    first, second = Organisation.objects.filter(pk__in=yes).order_by("pk")
    for one, other in ((first, second), (second, first)):
        person, at = yes[one.pk]
        if not ContactConsent.objects.in_force().filter(organisation=one, partner=other).exists():
            ContactConsent.objects.create(organisation=one, partner=other, given_by=person, given_at=at)
    introduction = Introduction.objects.create(
        first=first, second=second, origin=origin, brokered_by=brokered_by, controlled=controlled
    )
    audit.record("introduced", introduction, by=by)
    for one, other in ((first, second), (second, first)):
        audit.record("contacts_disclosed", introduction, by=yes[one.pk][0], partner=other.display_name)
    _settle(introduction, by)
    people = {member: person for member, (person, _at) in yes.items()}
    emails.introduced(introduction, people)
    return introduction


def _settle(introduction: Introduction, by: User) -> None:
    """Proposals between the two have reached their end; an interest that waits besides was answered by it."""
    pair = (introduction.first_id, introduction.second_id)
    if introduction.origin != Origin.INTEREST:
        for interest in Interest.objects.waiting().select_for_update().filter(member__in=pair, partner__in=pair):
            interest.state, interest.introduction = InterestState.ACCEPTED, introduction
            interest.answered_by, interest.answered_at = by, timezone.now()
            interest.save()
            audit.record("interest_accepted", interest, by=by)
    if introduction.origin == Origin.OFFICE:
        return
    waiting = Proposal.objects.filter(state=ProposalState.OPEN, sides__member=pair[0])
    for proposal in waiting.filter(pk__in=Proposal.objects.filter(sides__member=pair[1])).select_for_update(
        of=("self",)
    ):
        proposal.state = ProposalState.ENDED
        proposal.save(update_fields=["state"])
        audit.record("proposal_ended", proposal, by=by)


def _opened(pk: int) -> tuple[Introduction, dict[int, Organisation]]:
    ends = Introduction.objects.values_list("first_id", "second_id").get(pk=pk)
    sides = lock(*ends)
    return Introduction.objects.select_for_update().get(pk=pk), sides


@transaction.atomic
def record_stage(pk: int, member: int, *, by: User, stage: str, note: str = "") -> Stage:
    """Say how far the two have come, for one side. Closing needs a reason; when both have closed, it is closed.

    Beyond a first meeting a side must have confirmed the export-control sentence, where the match touches the list.
    """
    introduction, sides = _opened(pk)
    if member not in sides:
        raise RuleError("not_your_member")
    speaking(by, member)
    if introduction.closed_at is not None:
        raise RuleError("introduction_closed")
    if stage not in StageName.values:
        raise RuleError("stage_unknown")
    if stage == StageName.CLOSED and not note.strip():
        raise RuleError("reason_missing")
    partner = introduction.other(member)
    further = stage not in {StageName.MET, StageName.CLOSED}
    if further and introduction.controlled and not confirmed(member, partner.pk):
        raise RuleError("confirmation_missing")
    row = Stage.objects.create(introduction=introduction, member=sides[member], name=stage, note=note.strip(), by=by)
    audit.record("stage_recorded", introduction, by=by, stage=stage)
    theirs = stage_of(introduction, partner.pk)
    if stage == StageName.CLOSED and theirs is not None and theirs.name == StageName.CLOSED:
        introduction.closed_at = timezone.now()
        introduction.save(update_fields=["closed_at"])
        audit.record("introduction_closed", introduction, by=by)
    return row


@transaction.atomic
def confirm_export(pk: int, member: int, *, by: User) -> None:
    """Confirm afterwards that nothing controlled is exchanged: when an offer was put on the list after the interest."""
    introduction, sides = _opened(pk)
    if member not in sides:
        raise RuleError("not_your_member")
    speaking(by, member)
    partner = introduction.other(member)
    if not confirmed(member, partner.pk):
        confirm(sides[member], partner, controlled(common_ground(member, partner.pk)), by=by)


@transaction.atomic
def hide_contacts(pk: int, member: int, *, by: User) -> None:
    """End the consent of one side: from the next page on the other does not see its contacts any more."""
    introduction, sides = _opened(pk)
    if member not in sides:
        raise RuleError("not_your_member")
    speaking(by, member)
    partner = introduction.other(member)
    consent = ContactConsent.objects.in_force().select_for_update().filter(organisation=member, partner=partner).first()
    if consent is None:
        raise RuleError("consent_over")
    consent.ended_by, consent.ended_at = by, timezone.now()
    consent.save(update_fields=["ended_by", "ended_at"])
    audit.record("contacts_hidden", introduction, by=by, partner=partner.display_name)
