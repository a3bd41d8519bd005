"""Begins, suspends and ends memberships, each change with a line in the register."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members.actions.directory import refresh_directory
from members.enums import MembershipBasis, RegisterVerb
from members.models import Membership, Organisation, RegisterEvent, Resolution
from members.permissions import is_office
from members.queries.statute import statute_in_force
from members.rules.deadlines import withdrawal_effective_on
from members.rules.errors import RuleError
from members.rules.lifecycle import Actor, MembershipState, check_membership
from members.signals import membership_changed

VERBS: dict[str, RegisterVerb] = {
    "suspend": RegisterVerb.SUSPENDED,
    "reinstate": RegisterVerb.REINSTATED,
    "give_notice": RegisterVerb.NOTICE_GIVEN,
    "take_back_notice": RegisterVerb.REINSTATED,
    "end_notice": RegisterVerb.WITHDREW,
    "exclude": RegisterVerb.EXCLUDED,
    "cease": RegisterVerb.CEASED,
}
TARGETS: dict[str, MembershipState] = {
    "suspend": MembershipState.SUSPENDED,
    "reinstate": MembershipState.ACTIVE,
    "give_notice": MembershipState.NOTICE_GIVEN,
    "end_notice": MembershipState.WITHDRAWN,
    "cease": MembershipState.CEASED,
}


@transaction.atomic
def admit(
    organisation: Organisation,
    type_code: str,
    *,
    basis: MembershipBasis,
    words: str,
    resolution: Resolution | None,
    by: User | None,
    on: date | None = None,
) -> Membership:
    """Make an organisation a member, with its line in the register and its place in the directory.

    `words` names the basis in the register: the number of the resolution, or the founding act.
    """
    day = on or timezone.localdate()
    _lock(organisation.pk)
    membership = Membership.objects.create(
        organisation=organisation, type_id=type_code, basis=basis, resolution=resolution, admitted_on=day
    )
    RegisterEvent.objects.create(
        membership=membership,
        verb=RegisterVerb.ADMITTED,
        basis=words,
        article=resolution.articles[0] if resolution and resolution.articles else "",
        resolution=resolution,
        effective_on=day,
        by=by,
    )
    if organisation.show_profile != "public" and resolution is not None:
        organisation.show_profile = "public"
        organisation.save(update_fields=["show_profile", "changed_at"])
    audit.record("admitted", membership, by=by, basis=words)
    refresh_directory([organisation.pk])
    membership_changed.send(organisation.pk)
    return membership


@transaction.atomic
def change_membership(pk: int, verb: str, *, by: User, basis: str, article: str, on: date | None = None) -> Membership:
    """Record a change that was decided elsewhere (suspend, reinstate, cease) or a notice that the member gave.

    The office records; `basis` says on what ground and is shown in the register. Exclusion needs a vote of the Board.
    """
    membership = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)
    if not is_office(by):
        raise RuleError("office_only")
    if not basis.strip():
        raise RuleError("basis_needed")
    actor = {"suspend": Actor.ENGINE, "reinstate": Actor.ENGINE, "give_notice": Actor.MEMBER, "cease": Actor.OFFICE}
    if verb not in actor:
        raise RuleError("membership_verb_unknown", {"verb": verb})
    return _change(membership, verb, actor[verb], by=by, basis=basis.strip(), article=article, on=on)


@transaction.atomic
def end_notice(pk: int) -> bool:
    """End a membership whose notice has run out. Run by the timetable; harmless when repeated."""
    membership = Membership.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=pk)
    if membership.state != MembershipState.NOTICE_GIVEN:
        return False
    given = membership.events.filter(verb=RegisterVerb.NOTICE_GIVEN).order_by("id").last()
    rules = statute_in_force().parameters
    if given is None or timezone.localdate() < withdrawal_effective_on(given.effective_on, rules):
        return False
    article = rules.article("withdrawal_notice_days")
    _change(membership, "end_notice", Actor.SYSTEM, by=None, basis=given.basis, article=article)
    return True


def _change(
    membership: Membership,
    verb: str,
    actor: Actor,
    *,
    by: User | None,
    basis: str,
    article: str,
    on: date | None = None,
) -> Membership:
    target = TARGETS[verb]
    _lock(membership.organisation_id)
    check_membership(membership.state, target, verb, actor)
    day = on or timezone.localdate()
    membership.state = target.value
    if target in {MembershipState.WITHDRAWN, MembershipState.CEASED}:
        membership.ended_on = day
    membership.save()
    RegisterEvent.objects.create(
        membership=membership, verb=VERBS[verb], basis=basis, article=article, effective_on=day, by=by
    )
    audit.record(f"membership_{verb}", membership, by=by, basis=basis)
    refresh_directory([membership.organisation_id])
    membership_changed.send(membership.organisation_id)
    return membership


def _lock(organisation: int) -> None:
    """The organisation before what follows from its membership, as edits of the profile and matchmaking lock it."""
    Organisation.objects.select_for_update(no_key=True).filter(pk=organisation).first()
