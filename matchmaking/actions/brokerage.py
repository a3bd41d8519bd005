"""A brokerage day is prepared, filled with participants, opened for wishes, and cancelled."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Case, F, IntegerField, When
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from matchmaking import letters_of_days as letters
from matchmaking.actions.pairs import lock
from matchmaking.enums import DayState
from matchmaking.models import BrokerageDay, DayMember, MeetingSeat
from matchmaking.permissions import can_broker, can_speak_for
from matchmaking.queries.brokerage import coming
from members.models import Membership
from members.permissions import forget_standing
from members.rules.errors import RuleError

EDITED = (
    "title_ro", "title_en", "place", "starts_at", "slot_minutes", "slots", "tables", "breaks", "wishes_until", "seed",
)  # fmt: skip
SHAPE = {"slots", "tables", "breaks"}
"""What a timetable depends on."""
ALWAYS = {"title_ro", "title_en", "place", "starts_at"}
"""What may still change once the timetable is published: everybody is written to."""
FEWEST_MEMBERS = 2


def locked_day(pk: int) -> BrokerageDay:
    """The day, its row locked until the end of the transaction; everything about a day begins here."""
    return BrokerageDay.objects.select_for_update(of=("self",)).get(pk=pk)


def managed_day(pk: int, by: User) -> BrokerageDay:
    """The locked day, for somebody who runs brokerage days."""
    day = locked_day(pk)
    check_office(by)
    return day


def spoken_for(pk: int, by: User) -> DayMember:
    """The participant, its day locked, for a representative of the organisation or the office."""
    day = locked_day(DayMember.objects.values_list("day_id", flat=True).get(pk=pk))
    member = DayMember.objects.select_related("organisation").get(pk=pk)
    member.day = day
    forget_standing(by)
    if not (can_speak_for(by, member.organisation_id) or can_broker(by)):
        raise RuleError("not_your_member")
    return member


def check_office(by: User) -> None:
    forget_standing(by)
    if not can_broker(by):
        raise RuleError("only_office_runs_days")


def inputs_changed(day: BrokerageDay, *, by_hand: bool = False) -> None:
    """A timetable that is being computed now will not be written over this.

    `by_hand`: the office mends the timetable itself, which is as good as before if it was.
    """
    planned: F | Case = F("planned_inputs")
    if by_hand:
        planned = Case(
            When(planned_inputs=F("inputs"), then=F("planned_inputs") + 1),
            default=F("planned_inputs"),
            output_field=IntegerField(),
        )
    BrokerageDay.objects.filter(pk=day.pk).update(inputs=F("inputs") + 1, planned_inputs=planned)


@transaction.atomic
def create_day(
    *, by: User, values: Mapping[str, Any], gathering: UUID | None = None, key: UUID | None = None
) -> BrokerageDay:
    """Prepare a day. `gathering`: the key of the event to which it belongs; one event has one day.

    `key`: made by the form, so that a form that is sent twice makes one day.
    """
    check_office(by)
    day = BrokerageDay(created_by=by, gathering=gathering, key=key or uuid4())
    _set(day, values)
    try:
        with transaction.atomic():
            day.save()
    except IntegrityError:  # somebody was first, perhaps the same hand
        twin = BrokerageDay.objects.filter(key=day.key).first()
        if twin is None:
            raise RuleError("gathering_has_its_day") from None
        return twin
    audit.record("day_prepared", day, by=by)
    return day


@transaction.atomic
def edit_day(pk: int, *, by: User, version: int, values: Mapping[str, Any]) -> BrokerageDay:
    """Change a day; of a published one the words, the place and the beginning, which every participant is told.

    Raises RuleError "day_edited_meanwhile" when another tab was first.
    """
    day = managed_day(pk, by)
    if day.version != version:
        raise RuleError("day_edited_meanwhile")
    if day.state == DayState.CANCELLED:
        raise RuleError("day_is_cancelled")
    before = {name: getattr(day, name) for name in EDITED}
    _set(day, values)
    changed = audit.changes(before, {name: getattr(day, name) for name in EDITED})
    if not changed:
        return day
    published = day.state == DayState.PUBLISHED
    if published and not set(changed) <= ALWAYS:
        raise RuleError("day_is_published")
    day.version += 1
    if SHAPE & set(changed):
        _drop_outside(day)
        day.inputs += 1
    day.save()
    audit.record("day_edited", day, by=by, fields=changed)
    if published:
        day.meetings.update(sequence=F("sequence") + 1)
        inputs_changed(day)
        for member in coming(day):
            letters.timetable_changed(member)
    return day


def _set(day: BrokerageDay, values: Mapping[str, Any]) -> None:
    for name in EDITED:
        if name in values:
            setattr(day, name, values[name])
    day.breaks = sorted({slot for slot in day.breaks if 0 <= slot < day.slots})
    if day.starts_at <= timezone.now():
        raise RuleError("day_in_the_past")
    if len(day.breaks) == day.slots:
        raise RuleError("day_is_all_breaks")
    if day.wishes_until is not None and day.wishes_until >= day.starts_at:
        raise RuleError("wishes_end_before_the_day")


def _drop_outside(day: BrokerageDay) -> None:
    """Meetings that have no place any more go back to being wishes."""
    day.meetings.filter(slot__gte=day.slots).delete()
    day.meetings.filter(table__gte=day.tables).delete()
    day.meetings.filter(slot__in=day.breaks).delete()


@transaction.atomic
def add_members(
    pk: int, *, by: User, organisations: Iterable[int], attends: Mapping[int, str] | None = None
) -> list[DayMember]:
    """Add participants (who left before comes again); returns those that are new.

    `attends`: organisation -> whom it sends, where that is known. Organisations are locked before the day, as by a
    change of membership, which ends participations.
    """
    organisations = set(organisations)
    lock(*organisations)
    day = managed_day(pk, by)
    check_open(day)
    members = set(
        Membership.objects.listed().filter(organisation__in=organisations).values_list("organisation_id", flat=True)
    )
    if organisations - members:
        raise RuleError("organisation_is_no_member")
    added = [member for pk in sorted(members) if (member := _added(day, pk, (attends or {}).get(pk, "")))]
    if added:
        inputs_changed(day)
        audit.record("day_members_added", day, by=by, count=len(added))
    for member in added:
        if day.state == DayState.WISHES:
            letters.wishes_open(member)
        elif day.state == DayState.PUBLISHED:
            letters.timetable(member)
    return added


def _added(day: BrokerageDay, organisation: int, attends: str) -> DayMember | None:
    """The participant, when it is new or comes again."""
    words = attends[:200]
    member, new = DayMember.objects.get_or_create(day=day, organisation_id=organisation, defaults={"attends": words})
    if not new and member.left_at is None:
        return None
    if not new:
        member.left_at = member.left_by = None
        member.save()
    member.day = day
    return member


def check_open(day: BrokerageDay) -> None:
    if day.state == DayState.CANCELLED:
        raise RuleError("day_is_cancelled")
    if day.starts_at <= timezone.now():
        raise RuleError("day_has_begun")


@transaction.atomic
def open_wishes(pk: int, *, by: User) -> BrokerageDay:
    """Ask the participants whom they want to meet; each is written to once."""
    day = managed_day(pk, by)
    if day.state not in {DayState.PREPARED, DayState.PLANNED}:
        raise RuleError("wishes_are_open" if day.state == DayState.WISHES else "day_is_published")
    check_open(day)
    members = list(coming(day))
    if len(members) < FEWEST_MEMBERS:
        raise RuleError("day_needs_members")
    if day.wishes_until is not None and day.wishes_until <= timezone.now():
        raise RuleError("wishes_end_in_the_past")
    day.state = DayState.WISHES
    day.plan_asked_at = None
    day.save()
    audit.record("day_wishes_opened", day, by=by)
    for member in members:
        letters.wishes_open(member)
    return day


@transaction.atomic
def close_wishes(pk: int, *, by: User | None = None) -> BrokerageDay:
    """No more wishes: by the office, or (by=None) because their time is over."""
    day = locked_day(pk)
    if by is not None:
        check_office(by)
    if day.state != DayState.WISHES:
        return day
    day.state = DayState.PLANNED
    day.save()
    audit.record("day_wishes_closed", day, by=by)
    return day


@transaction.atomic
def cancel_day(pk: int, *, by: User, reason: str) -> BrokerageDay:
    """Call the day off; every participant is told why."""
    day = managed_day(pk, by)
    if day.state == DayState.CANCELLED:
        return day
    if day.state == DayState.PREPARED:
        raise RuleError("day_was_never_announced")
    if not reason.strip():
        raise RuleError("cancel_reason_missing")
    day.state = DayState.CANCELLED
    day.plan_asked_at = None
    day.save()
    audit.record("day_cancelled", day, by=by)
    for member in coming(day):
        letters.day_cancelled(member, reason.strip())
    return day


@transaction.atomic
def discard_day(pk: int, *, by: User) -> None:
    """Throw away a day that was never announced."""
    day = managed_day(pk, by)
    if day.state != DayState.PREPARED:
        raise RuleError("day_was_announced")
    audit.record("day_discarded", day, by=by)
    MeetingSeat.objects.filter(day=day).delete()
    day.meetings.all().delete()
    day.members.all().delete()
    day.delete()
