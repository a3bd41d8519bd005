"""What brokerage days know of events, and events of them, through the kernel; `cluster_portal.urls` brings it in."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from cluster_portal.common.gatherings import Companion, Gathering, upcoming
from matchmaking.models import BrokerageDay
from members.models import Membership


def day_of(key: UUID) -> Companion:
    """The brokerage day of an event, or where the office makes it."""
    pk = BrokerageDay.objects.filter(gathering=key).values_list("pk", flat=True).first()
    if pk is None:
        return Companion(f"{reverse('matchmaking:day-new')}?event={key}", made=False)
    return Companion(reverse("matchmaking:day-manage", args=[pk]), made=True)


def without_day() -> list[Gathering]:
    """Events to come that have no brokerage day yet."""
    found = upcoming()
    taken = set(
        BrokerageDay.objects.filter(gathering__in=[one.key for one in found]).values_list("gathering", flat=True)
    )
    return [one for one in found if one.key not in taken]


def members_among(gathering: Gathering) -> dict[int, str]:
    """The members in good standing that attend, with the names of those they send; guests cannot state wishes."""
    ids = [one.organisation for one in gathering.attending]
    listed: Iterable[int] = (
        Membership.objects.listed().filter(organisation__in=ids).values_list("organisation_id", flat=True)
    )
    members = set(listed)
    return {one.organisation: ", ".join(one.people) for one in gathering.attending if one.organisation in members}
