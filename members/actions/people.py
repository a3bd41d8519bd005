"""Who may act for a member: invitations of colleagues, their roles, and the end of a representation."""

import hashlib
import secrets
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from members import emails
from members.enums import AccessRole
from members.models import Invitation, Membership, Organisation, Representation
from members.permissions import can_manage_people, forget_standing, standing
from members.rules.errors import RuleError

DAYS = 14
"""How long an invitation waits for its answer."""
MOST_A_DAY = 20
"""Invitations of one organisation in 24 hours: a letter to a stranger is not free."""
KEY_BYTES = 32


def digest_of(token: str) -> str:
    """What is kept of the key of an invitation."""
    return hashlib.sha256(token.encode()).hexdigest()


def _organisation(pk: int) -> Organisation:
    """Locked, so that two changes of the people of one organisation come one after the other."""
    return Organisation.objects.select_for_update().get(pk=pk)


def _managed(pk: int, by: User) -> Organisation:
    organisation = _organisation(pk)
    forget_standing(by)
    if not can_manage_people(by, organisation):
        raise RuleError("people_not_yours")
    return organisation


@transaction.atomic
def invite_colleague(pk: int, *, by: User, email: str, role: str, language: str, full_name: str = "") -> Invitation:
    """Invite somebody to act for the organisation `pk`: a letter with a key that works once, for that address alone.

    The key itself is in the letter and nowhere else.
    """
    organisation = _managed(pk, by)
    address = email.strip().lower()
    now = timezone.now()
    if organisation.representations.current().filter(user__email=address).exists():
        raise RuleError("already_colleague")
    if organisation.invitations.filter(created_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise RuleError("too_many_invitations", {"most": MOST_A_DAY})
    waiting = Invitation.objects.filter(
        organisation=organisation, email=address, accepted_at__isnull=True, revoked_at__isnull=True
    )
    if waiting.open(now).exists():
        raise RuleError("already_invited")
    waiting.update(revoked_at=now, revoked_by=by)  # it has run out
    token = secrets.token_urlsafe(KEY_BYTES)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        full_name=full_name.strip(),
        role=AccessRole(role),
        digest=digest_of(token),
        invited_by=by,
        expires_at=now + timedelta(days=DAYS),
    )
    audit.record("colleague_invited", organisation, by=by, role=invitation.role)
    emails.colleague_invited(invitation, token, language)
    return invitation


@transaction.atomic
def revoke_invitation(pk: int, *, by: User) -> Invitation:
    """Take an invitation back; its key opens nothing any more."""
    organisation = _managed(Invitation.objects.values_list("organisation_id", flat=True).get(pk=pk), by)
    invitation = Invitation.objects.select_for_update().get(pk=pk)
    if invitation.accepted_at is not None:
        raise RuleError("invitation_accepted")
    if invitation.revoked_at is None:
        invitation.revoked_at, invitation.revoked_by = timezone.now(), by
        invitation.save(update_fields=["revoked_at", "revoked_by"])
        audit.record("invitation_revoked", organisation, by=by)
    return invitation


@transaction.atomic
def accept_invitation(token: str, *, by: User) -> Organisation:
    """Begin to act for the organisation that invites; only the invited address may, and only once.

    A second click of the same person changes nothing. Raises RuleError("invitation_over") for a key that is unknown,
    used, taken back or run out, all in the same words.
    """
    found = Invitation.objects.filter(digest=digest_of(token)).first()
    if found is None:
        raise RuleError("invitation_over")
    organisation = _organisation(found.organisation_id)
    invitation = Invitation.objects.select_for_update().get(pk=found.pk)
    forget_standing(by)
    if invitation.accepted_by_id == by.pk and organisation.pk in standing(by).representations:
        return organisation
    now = timezone.now()
    if not Invitation.objects.open(now).filter(pk=invitation.pk).exists() or not _takes_people(organisation):
        raise RuleError("invitation_over")
    if not is_address_of(invitation.email, by):
        raise RuleError("invitation_of_another")
    invitation.accepted_at, invitation.accepted_by = now, by
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    if organisation.pk not in standing(by).representations:
        Representation.objects.create(organisation=organisation, user=by, role=invitation.role)
    audit.record("invitation_accepted", organisation, by=by, role=invitation.role)
    forget_standing(by)
    return organisation


def is_address_of(email: str, user: User) -> bool:
    """Whether the person has shown that this address is theirs."""
    return bool(EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists())


def _takes_people(organisation: Organisation) -> bool:
    return Membership.objects.live().filter(organisation=organisation).exists()


@transaction.atomic
def change_role(pk: int, *, by: User, role: str) -> Representation:
    """Make a colleague representative or contributor."""
    representation, organisation = _representation(pk, by)
    wanted = AccessRole(role)
    if representation.ended_at is not None:
        raise RuleError("colleague_gone")
    if representation.role == wanted:
        return representation
    if wanted != AccessRole.REPRESENTATIVE:
        _keep_one_representative(representation)
    representation.role = wanted
    representation.save(update_fields=["role"])
    audit.record("colleague_role_changed", organisation, by=by, role=wanted.value)
    forget_standing(by)
    return representation


@transaction.atomic
def end_representation(pk: int, *, by: User) -> Representation:
    """A colleague acts for the organisation no more, from the next page on; the row stays in its history."""
    representation, organisation = _representation(pk, by)
    if representation.ended_at is None:
        _keep_one_representative(representation)
        representation.ended_at, representation.ended_by = timezone.now(), by
        representation.save(update_fields=["ended_at", "ended_by"])
        audit.record("colleague_removed", organisation, by=by)
        forget_standing(by)
    return representation


def _representation(pk: int, by: User) -> tuple[Representation, Organisation]:
    organisation = _organisation(Representation.objects.values_list("organisation_id", flat=True).get(pk=pk))
    representation = Representation.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    forget_standing(by)
    if not can_manage_people(by, organisation):
        raise RuleError("people_not_yours")
    return representation, organisation


def _keep_one_representative(leaving: Representation) -> None:
    others = Representation.objects.current().filter(
        organisation=leaving.organisation_id, role=AccessRole.REPRESENTATIVE
    )
    if leaving.role == AccessRole.REPRESENTATIVE and not others.exclude(pk=leaving.pk).exists():
        raise RuleError("last_representative")
