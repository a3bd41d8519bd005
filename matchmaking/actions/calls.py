"""Calls for a consortium: made, changed and closed by the member that leads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import emails
from matchmaking.actions.pairs import lock, speaking
from matchmaking.enums import CallState, InvitationState
from matchmaking.models import Call, CallInvitation, CallPlace, CallRole
from matchmaking.models.consortium import MOST_MEMBERS, MOST_PLACES
from matchmaking.permissions import takes_part
from members.enums import HelixRole
from members.models import Organisation, Tag
from members.rules.errors import RuleError

MOST_OPEN = 10
"""Calls that a member leads at a time."""


@dataclass(frozen=True)
class Asked:
    """A place as the form states it."""

    tag: int
    least_trl: int | None = None
    must: bool = True


@dataclass(frozen=True)
class Plan:
    """A call as its lead writes it: `roles` by helix role, `countries` by code."""

    title: str
    text: str
    deadline: date
    places: tuple[Asked, ...]
    size: int = 6
    answer_days: int = 14
    roles: Mapping[str, int] = field(default_factory=dict)
    countries: tuple[str, ...] = ()
    least_countries: int = 1


@transaction.atomic
def create_call(member: int, plan: Plan, *, by: User, key: UUID | None = None) -> Call:
    """Make a call that `member` leads. `key`: of the form, so that a second click finds the call of the first."""
    sides = lock(member)
    speaking(by, member)
    if not takes_part(member):
        raise RuleError("member_not_in_matching")
    known = Call.objects.filter(key=key, lead=member).first() if key else None
    if known is not None:
        return known
    if Call.objects.open().filter(lead=member).count() >= MOST_OPEN:
        raise RuleError("too_many_calls", {"most": MOST_OPEN})
    _check(plan)
    if plan.deadline < timezone.localdate():
        raise RuleError("call_deadline_over")
    call = Call(lead=sides[member], made_by=by, **({"key": key} if key else {}))
    _write(call, plan)
    audit.record("call_made", call, by=by)
    return call


@transaction.atomic
def change_call(pk: int, plan: Plan, *, by: User, version: int) -> Call:
    """Change what a call asks. Invitations stay as they were sent; `version` tells an edit on top of another's."""
    call, _sides = opened(pk)
    speaking(by, call.lead_id)
    if call.version != version:
        raise RuleError("call_changed_meanwhile")
    _check(plan)
    if 1 + seated(call) > plan.size:
        raise RuleError("call_smaller_than_its_team", {"count": 1 + seated(call)})
    if plan.deadline != call.deadline and plan.deadline < timezone.localdate():
        raise RuleError("call_deadline_over")
    call.version += 1
    _write(call, plan)
    audit.record("call_changed", call, by=by)
    return call


def _check(plan: Plan) -> None:
    """Refuse a call that asks nothing, too much, or more than a team of its size can have."""
    tags = [place.tag for place in plan.places]
    if not plan.title.strip() or not plan.text.strip():
        raise RuleError("call_has_no_words")
    if not tags and not plan.roles:
        raise RuleError("call_asks_nothing")
    if len(tags) > MOST_PLACES:
        raise RuleError("too_many_places", {"most": MOST_PLACES})
    if len(tags) != len(set(tags)):
        raise RuleError("place_asked_twice")
    if Tag.objects.filter(pk__in=tags, active=True, scored=True).count() != len(tags):
        raise RuleError("place_unknown")
    if not set(plan.roles) <= set(HelixRole.values):
        raise RuleError("role_unknown")
    asked = max(sum(plan.roles.values()), len(plan.countries), plan.least_countries)
    if not 2 <= plan.size <= MOST_MEMBERS or asked > plan.size:
        raise RuleError("call_asks_more_than_its_size", {"size": plan.size})


def _write(call: Call, plan: Plan) -> None:
    for name in ("deadline", "size", "answer_days", "least_countries"):
        setattr(call, name, getattr(plan, name))
    call.title, call.text, call.countries = plan.title.strip(), plan.text.strip(), list(plan.countries)
    call.save()
    wanted = {place.tag: place for place in plan.places}
    call.places.exclude(tag__in=wanted).delete()
    for place in plan.places:
        values = {"least_trl": place.least_trl, "must": place.must}
        CallPlace.objects.update_or_create(call=call, tag_id=place.tag, defaults=values)
    roles = {role: least for role, least in plan.roles.items() if least}
    call.roles.exclude(role__in=roles).delete()
    for role, least in roles.items():
        CallRole.objects.update_or_create(call=call, role=role, defaults={"least": least})


def seated(call: Call) -> int:
    """Members that have accepted or may still."""
    return call.invitations.filter(state__in=(InvitationState.INVITED, InvitationState.ACCEPTED)).count()


def opened(pk: int, *members: int) -> tuple[Call, dict[int, Organisation]]:
    """An open call, locked after its lead and these members: the organisations first, as everywhere."""
    sides = lock(Call.objects.values_list("lead_id", flat=True).get(pk=pk), *members)
    call = Call.objects.select_for_update().get(pk=pk)
    if call.state != CallState.OPEN:
        raise RuleError("call_closed")
    return call, sides


@transaction.atomic
def close_call(pk: int, *, by: User) -> Call:
    """End a call: who has not answered is told that it is over."""
    waiting = CallInvitation.objects.open().filter(call=pk).values_list("member_id", flat=True)
    lock(Call.objects.values_list("lead_id", flat=True).get(pk=pk), *waiting)
    call = Call.objects.select_for_update().get(pk=pk)
    speaking(by, call.lead_id)
    if call.state == CallState.CLOSED:
        return call
    for invitation in CallInvitation.objects.open().select_for_update(of=("self",)).filter(call=pk).order_by("pk"):
        invitation.state = InvitationState.WITHDRAWN
        invitation.save(update_fields=["state"])
        audit.record("call_invitation_withdrawn", invitation, by=by)
        emails.call_over(invitation)
    call.state, call.closed_by, call.closed_at = CallState.CLOSED, by, timezone.now()
    call.save(update_fields=["state", "closed_by", "closed_at"])
    audit.record("call_closed", call, by=by)
    return call
