"""Who may do what in matchmaking: the one place where pages, desk and letters ask."""

from matchmaking.enums import DayState
from matchmaking.models import Call, CallInvitation, DayMember, Introduction, OptOut, Proposal
from members.enums import AccessRole
from members.models import Organisation
from members.models.membership import LISTED
from members.permissions import Anyone, standing


def _pk(organisation: Organisation | int) -> int:
    return organisation if isinstance(organisation, int) else organisation.pk


def _acts(user: Anyone, organisation: Organisation | int, *, representative: bool) -> bool:
    who, pk = standing(user), _pk(organisation)
    role = who.representations.get(pk)
    if role is None or who.membership_states.get(pk) not in LISTED:
        return False
    return role == AccessRole.REPRESENTATIVE or not representative


def can_see_matches(user: Anyone, organisation: Organisation | int) -> bool:
    """A member's own list: its own people while it is in good standing, and the office."""
    who = standing(user)
    return who.office or who.superuser or _acts(user, organisation, representative=False)


def can_put_aside(user: Anyone, organisation: Organisation | int) -> bool:
    """Say "not interested" for a member: its own people, nobody for them."""
    return _acts(user, organisation, representative=False)


def can_speak_for(user: Anyone, organisation: Organisation | int) -> bool:
    """Express, answer and withdraw interest, record stages: a representative; it discloses contacts of the member."""
    return _acts(user, organisation, representative=True)


def can_opt_out(user: Anyone, organisation: Organisation | int) -> bool:
    """A representative, in good standing or not, and the office."""
    who = standing(user)
    return who.office or who.superuser or who.representations.get(_pk(organisation)) == AccessRole.REPRESENTATIVE


def can_broker(user: Anyone) -> bool:
    """Propose two members to each other and see what only the office may see."""
    who = standing(user)
    return who.office or who.superuser


def can_see_who_can_meet(user: Anyone, owner: Organisation | int) -> bool:
    """Who could meet a published need: its owner's people, among the members that they may see, and the office."""
    return can_broker(user) or _acts(user, owner, representative=False)


def can_see_day_part(user: Anyone, part: DayMember) -> bool:
    """The pages of a participant of a brokerage day: its own people while it is in good standing, and the office.

    Its own people learn of a day when its wishes are opened.
    """
    if can_broker(user):
        return True
    return part.day.state != DayState.PREPARED and _acts(user, part.organisation_id, representative=False)


def can_see_introduction(user: Anyone, introduction: Introduction) -> bool:
    """Its two sides while they are in good standing, and the office."""
    who = standing(user)
    sides = (introduction.first_id, introduction.second_id)
    return who.office or who.superuser or any(_acts(user, side, representative=False) for side in sides)


def can_answer(user: Anyone, proposal: Proposal, organisation: Organisation | int) -> bool:
    """A representative of one of the two sides."""
    pk = _pk(organisation)
    return can_speak_for(user, pk) and proposal.sides.filter(member=pk).exists()


def takes_part(organisation: Organisation | int) -> bool:
    """In good standing, on a known side and not opted out: the database's own word for it."""
    return Organisation.objects.filter(pk=_pk(organisation), match_profile__isnull=False).exists()


def opted_out(organisation: Organisation | int) -> bool:
    return OptOut.objects.filter(member=_pk(organisation)).exists()


# ------------------------------------------------------------------ consortia
def can_see_call(user: Anyone, call: Call) -> bool:
    """Teams and answers: the lead's own people while it is in good standing, and the office."""
    return sees_all_calls(user) or _acts(user, call.lead_id, representative=False)


def can_see_call_invitation(user: Anyone, invitation: CallInvitation) -> bool:
    """The invited member's own people while it is in good standing, and the office."""
    return sees_all_calls(user) or _acts(user, invitation.member_id, representative=False)


def sees_all_calls(user: Anyone) -> bool:
    """The office reads every call; it makes and answers none."""
    who = standing(user)
    return who.office or who.superuser
