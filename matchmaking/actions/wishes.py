"""What a participant of a brokerage day says: whom it wants to meet, when it is there, who comes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking.actions.brokerage import check_open, inputs_changed, spoken_for
from matchmaking.enums import DayState, WishAnswer
from matchmaking.models import DayMember, Meeting, Wish
from matchmaking.queries.brokerage import coming, wanted
from members.rules.errors import RuleError

MOST_WORDS = 300


@dataclass(frozen=True)
class Said:
    """What a participant says of a meeting with another. Words go with asking only: a no needs none."""

    answer: str
    message: str = ""


def state_wish(pk: int, partner: int, *, by: User, answer: str, message: str = "") -> None:
    """Say what participant `pk` wants of a meeting with participant `partner`; an empty answer takes it back."""
    state_wishes(pk, by=by, said={partner: Said(answer, message)})


@transaction.atomic
def state_wishes(pk: int, *, by: User, said: Mapping[int, Said]) -> int:
    """Say what participant `pk` wants of meetings with others (by their ids); returns how many wishes changed."""
    member = _speaking(pk, by)
    if member.day.state != DayState.WISHES:
        raise RuleError("wishes_are_closed")
    others = {other.pk: other for other in coming(member.day).exclude(pk=pk).filter(pk__in=said)}
    if len(others) < len(said):
        raise RuleError("partner_does_not_come")
    if not {one.answer for one in said.values()} <= {"", *WishAnswer.values}:
        raise RuleError("wish_unknown")
    changed = sum(_state(member, others[partner], one, by) for partner, one in said.items())
    if changed:
        inputs_changed(member.day)
        audit.record("wish_stated", member.day, by=by, organisation=member.organisation.display_name)
    return changed


def _state(member: DayMember, other: DayMember, said: Said, by: User) -> bool:
    """Write one wish; whether it is another than before."""
    before = Wish.objects.filter(member=member, partner=other).first()
    message = said.message.strip()[:MOST_WORDS] if said.answer in {WishAnswer.MUST, WishAnswer.LIKE} else ""
    if said.answer == (before.answer if before else "") and message == (before.message if before else ""):
        return False
    if said.answer:
        values = {"day": member.day, "answer": said.answer, "message": message, "by": by}
        Wish.objects.update_or_create(member=member, partner=other, defaults=values)
    elif before is not None:
        before.delete()
    if not wanted(member, other):
        _drop_between(member, other)
    return True


def _drop_between(one: DayMember, other: DayMember) -> None:
    """A provisional meeting that rested on a wish which is no more."""
    both = Meeting.objects.filter(day=one.day, added_by__isnull=True, seats__member=one)
    Meeting.objects.filter(
        pk__in=list(both.filter(pk__in=other.seats.values("meeting")).values_list("pk", flat=True))
    ).delete()


@transaction.atomic
def state_hours(pk: int, *, by: User, away: Iterable[int], most: int | None, attends: str = "") -> DayMember:
    """Say who comes, when nobody is there and how many meetings are enough; until the timetable is published.

    Provisional meetings in those hours go back to being wishes, except locked ones, about which the office is asked.
    """
    member = _speaking(pk, by)
    if member.day.state == DayState.PUBLISHED:
        raise RuleError("hours_are_fixed")
    member.away = sorted({slot for slot in away if 0 <= slot < member.day.slots})
    member.most = most
    member.attends = attends.strip()[:200]
    member.save()
    against = Meeting.objects.filter(day=member.day, locked=False, slot__in=member.away, seats__member=member)
    Meeting.objects.filter(pk__in=list(against.values_list("pk", flat=True))).delete()
    inputs_changed(member.day)
    audit.record("hours_stated", member.day, by=by, organisation=member.organisation.display_name)
    return member


def _speaking(pk: int, by: User) -> DayMember:
    """The participant that comes, while wishes are open."""
    member = spoken_for(pk, by)
    if member.left_at is not None:
        raise RuleError("member_does_not_come")
    check_open(member.day)
    return member
