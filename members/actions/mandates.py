"""Mandates of directors: who takes a seat at the Board and who leaves it, and with it the way to the desk."""

from datetime import date

from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from cluster_portal.common.roles import DIRECTORS, OFFICE
from members.enums import BoardRole
from members.models import Directorship
from members.permissions import can_appoint, forget_standing
from members.rules.errors import RuleError

ONE_AT_A_TIME = (BoardRole.PRESIDENT, BoardRole.SECRETARY)


def overlapping(starts_on: date, ends_on: date | None) -> Q:
    """Mandates that share a day with these."""
    wanted = Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
    return wanted if ends_on is None else wanted & Q(starts_on__lte=ends_on)


@transaction.atomic
def appoint_director(
    *, by: User, email: str, role: str = BoardRole.MEMBER, starts_on: date, ends_on: date | None = None
) -> Directorship:
    """Record a mandate that the assembly gave, and open the desk to the person.

    A person has one mandate at a time; there is one president and one secretary at a time.
    """
    if not can_appoint(by):
        raise RuleError("only_office_or_superuser")
    if ends_on is not None and ends_on < starts_on:
        raise RuleError("mandate_ends_before", {"starts": starts_on})
    person = User.objects.select_for_update().filter(email=email.strip().lower(), is_active=True).first()
    if person is None:
        raise RuleError("nobody_of_that_address", {"email": email})
    _refuse_overlap(person, role, starts_on, ends_on)
    try:
        with transaction.atomic():
            mandate = Directorship.objects.create(user=person, role=role, starts_on=starts_on, ends_on=ends_on)
    except IntegrityError as error:  # somebody else was quicker
        raise RuleError("mandate_overlaps", {"person": str(person), "office": BoardRole(role).label}) from error
    person.groups.add(Group.objects.get(name=DIRECTORS))
    if not person.is_staff:
        person.is_staff = True
        person.save(update_fields=["is_staff"])
    forget_standing(person)
    audit.record("director_appointed", mandate, by=by, role=str(role), starts=starts_on.isoformat())
    return mandate


def _refuse_overlap(person: User, role: str, starts_on: date, ends_on: date | None) -> None:
    shared = Directorship.objects.filter(overlapping(starts_on, ends_on)).select_related("user")
    mine = shared.filter(user=person).first()
    if mine is not None:
        raise RuleError("mandate_overlaps", {"person": str(person), "office": mine.get_role_display()})
    other = shared.filter(role=role).first() if role in ONE_AT_A_TIME else None
    if other is not None:
        raise RuleError("office_taken", {"person": str(other.user), "office": other.get_role_display()})


@transaction.atomic
def end_mandate(pk: int, *, by: User, ends_on: date) -> Directorship:
    """Record the last day of a mandate. The desk closes to the person once no mandate is left; open seats stay."""
    if not can_appoint(by):
        raise RuleError("only_office_or_superuser")
    mandate = Directorship.objects.select_for_update(of=("self",)).select_related("user").get(pk=pk)
    today = timezone.localdate()
    if mandate.ends_on is not None and mandate.ends_on < today:
        raise RuleError("mandate_over", {"ends": mandate.ends_on})
    if ends_on < mandate.starts_on:
        raise RuleError("mandate_ends_before", {"starts": mandate.starts_on})
    mandate.ends_on = ends_on
    mandate.save(update_fields=["ends_on"])
    audit.record("mandate_ended", mandate, by=by, ends=ends_on.isoformat())
    _close_desk(mandate.user, today)
    return mandate


def _close_desk(person: User, today: date) -> bool:
    """Take the desk from somebody whose mandates are all over; whoever works at the office or is superuser keeps it."""
    if Directorship.objects.filter(user=person).filter(overlapping(today, None)).exists():
        return False
    person.groups.remove(Group.objects.get(name=DIRECTORS))
    if person.is_staff and not person.is_superuser and not person.groups.filter(name=OFFICE).exists():
        person.is_staff = False
        person.save(update_fields=["is_staff"])
    forget_standing(person)
    return True


@transaction.atomic
def close_desk(pk: int) -> bool:
    """Close the desk to a director (id of the person) whose mandates are all over. Run by the timetable."""
    return _close_desk(User.objects.select_for_update().get(pk=pk), timezone.localdate())
