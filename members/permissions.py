"""Who may: the one place where pages, desk, exports and letters ask."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.common.roles import OFFICE
from cluster_portal.common.visibility import ANYONE, Viewer, viewer
from cluster_portal.database import standing_cursor
from members.enums import AccessRole, BoardRole
from members.models import (
    AdhesionRequest,
    Membership,
    Organisation,
    Representation,
    Round,
)
from members.models.membership import LISTED, LIVE

Anyone: TypeAlias = User | AnonymousUser


@dataclass(frozen=True)
class Standing:
    """What a signed-in person is, read once per request: their organisations, their mandate, their desk."""

    representations: dict[int, str] = field(default_factory=dict)  # organisation id -> AccessRole
    membership_states: dict[int, str] = field(default_factory=dict)  # organisation id -> state of a live membership
    partners: tuple[int, ...] = ()  # organisations that show their contacts to a member in good standing of theirs
    board_role: str = ""  # empty: no mandate in office today
    office: bool = False
    superuser: bool = False

    @property
    def director(self) -> bool:
        return bool(self.board_role)

    @property
    def member(self) -> bool:
        """Acts for an organisation that is a member in good standing."""
        return any(state in LISTED for state in self.membership_states.values())


NOBODY = Standing()


def standing(user: Anyone) -> Standing:
    """What this person is today; kept on the user object, which lives as long as one request."""
    if not user.is_authenticated:
        return NOBODY
    known: Standing | None = user.__dict__.get("_standing")
    if known is None:
        known = _read_standing(user)
        user.__dict__["_standing"] = known
    return known


def forget_standing(user: Anyone) -> None:
    """Read it again: the person's standing has just changed in this request."""
    user.__dict__.pop("_standing", None)


STANDING = """
SELECT (SELECT json_object_agg(r.organisation_id, r.role) FROM members_representation r
         WHERE r.user_id = %(user)s AND r.ended_at IS NULL),
       (SELECT json_object_agg(m.organisation_id, m.state) FROM members_membership m
          JOIN members_representation r ON r.organisation_id = m.organisation_id
         WHERE r.user_id = %(user)s AND r.ended_at IS NULL AND m.state = ANY(%(live)s)),
       (SELECT json_agg(DISTINCT c.organisation_id) FROM members_contactconsent c
          JOIN members_representation r ON r.organisation_id = c.partner_id
          JOIN members_membership m ON m.organisation_id = c.partner_id
         WHERE r.user_id = %(user)s AND r.ended_at IS NULL AND c.ended_at IS NULL AND m.state = ANY(%(listed)s)),
       (SELECT d.role FROM members_directorship d
         WHERE d.user_id = %(user)s AND d.starts_on <= %(today)s AND (d.ends_on IS NULL OR d.ends_on >= %(today)s)
         ORDER BY d.id LIMIT 1),
       EXISTS (SELECT FROM common_user_groups ug JOIN auth_group g ON g.id = ug.group_id
                WHERE ug.user_id = %(user)s AND g.name = %(office)s)
"""


def _read_standing(user: User) -> Standing:
    """One query, because every page of a signed-in person asks it. Mandate and desk count for staff alone."""
    values: dict[str, Any] = {
        "user": user.pk,
        "live": list(LIVE),
        "listed": list(LISTED),
        "today": timezone.localdate(),
        "office": OFFICE,
    }
    with standing_cursor() as cursor:
        cursor.execute(STANDING, values)
        roles, states, partners, mandate, office = cursor.fetchone()
    return Standing(
        {int(pk): role for pk, role in (roles or {}).items()},
        {int(pk): state for pk, state in (states or {}).items()},
        tuple(partners or ()),
        (mandate or "") if user.is_staff else "",
        office and user.is_staff,
        user.is_superuser,
    )


def viewer_of(user: Anyone) -> Viewer:
    """The levels of fields that this person sees."""
    if not user.is_authenticated:
        return ANYONE
    who = standing(user)
    return viewer(
        member=who.member,
        office=who.office or who.superuser,
        board=who.director,
        own=who.representations,
        partners=who.partners,
    )


def is_office(user: Anyone) -> bool:
    return standing(user).office


def is_director(user: Anyone) -> bool:
    return standing(user).director


def leads_the_board(user: Anyone) -> bool:
    """President, vice-president in their place, or secretary: who opens rounds."""
    return standing(user).board_role in {BoardRole.PRESIDENT, BoardRole.VICE_PRESIDENT, BoardRole.SECRETARY}


def acts_for(user: Anyone, organisation: Organisation | int) -> bool:
    """Representative or contributor of this organisation."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    return pk in standing(user).representations


def can_see_profile(user: Anyone, organisation: Organisation, membership: Membership | None) -> bool:
    """Profiles of members in good standing, by the audience they chose; others only for their own people and desks."""
    who = standing(user)
    if acts_for(user, organisation) or who.office or who.director or who.superuser:
        return True
    if membership is None or membership.state not in LISTED:
        return False
    return organisation.show_profile == "public" or who.member


def can_edit_profile(user: Anyone, organisation: Organisation) -> bool:
    """The member's own people while the membership is in good standing, and the office."""
    who = standing(user)
    if who.office or who.superuser:
        return True
    return acts_for(user, organisation) and who.membership_states.get(organisation.pk) in LISTED


def can_manage_people(user: Anyone, organisation: Organisation) -> bool:
    """Invites and removes colleagues: a representative, or the office."""
    who = standing(user)
    if who.office or who.superuser:
        return True
    return (
        who.representations.get(organisation.pk) == AccessRole.REPRESENTATIVE
        and who.membership_states.get(organisation.pk) in LISTED
    )


def can_start_adhesion(user: Anyone) -> bool:
    """Any person with a confirmed address who does not already act for a member; nobody of the office."""
    who = standing(user)
    return user.is_authenticated and not (who.office or who.superuser or who.membership_states)


def owns_request(user: Anyone, request: AdhesionRequest) -> bool:
    """The applicant, and who represents the applying organisation."""
    return user.is_authenticated and (
        request.applicant_id == user.pk
        or standing(user).representations.get(request.organisation_id) == AccessRole.REPRESENTATIVE
    )


def is_tied_to(user: Anyone, request: AdhesionRequest) -> bool:
    """A director who represents, or represented, the applicant, or who stepped aside in a round on this request."""
    if not user.is_authenticated:
        return False
    if request.applicant_id == user.pk:
        return True
    return (
        Representation.objects.filter(user=user, organisation=request.organisation_id).exists()
        or Round.objects.filter(request=request, seats__user=user, seats__recused=True).exists()
    )


def can_read_file(user: Anyone, request: AdhesionRequest) -> bool:
    """Read a submitted file: its owner, the office, directors without an interest. A draft is its owner's alone."""
    if owns_request(user, request):
        return True
    if request.number is None:
        return False
    who = standing(user)
    return who.office or who.superuser or (who.director and not is_tied_to(user, request))


def can_handle_file(user: Anyone) -> bool:
    """Return a file or declare it complete: the office alone, not the superuser."""
    return standing(user).office


def can_appoint(user: Anyone) -> bool:
    """Record mandates of directors: the office, or the superuser who sets the portal up."""
    who = standing(user)
    return who.office or who.superuser


def can_keep_vocabulary(user: Anyone) -> bool:
    """Change the tree of words and answer suggestions: the office, or the superuser who sets the portal up."""
    who = standing(user)
    return who.office or who.superuser


def works_at_desk(user: Anyone) -> bool:
    """The office, a director in office today, or the superuser; staff whose mandate is over have no desk."""
    who = standing(user)
    return who.office or who.superuser or who.director


def can_vote(user: Anyone, vote: Round, on: date | None = None) -> bool:
    """A director in office with a seat in this round who did not step aside and has no known tie."""
    if not user.is_authenticated or not is_director(user) or is_tied_to(user, vote.request):
        return False
    return vote.seats.filter(user=user, recused=False).exists()


def can_see_ballots(user: Anyone, vote: Round) -> bool:
    """Who voted how: directors who took part or might have, office and superuser, after the round is closed."""
    if vote.closed_at is None or not user.is_authenticated:
        return False
    who = standing(user)
    if who.office or who.superuser:
        return True
    return who.director and not is_tied_to(user, vote.request)
