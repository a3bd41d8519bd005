"""The seats and the waiting list of an event, as the rules of `events.rules.seats` read them."""

from django.db.models import Count

from events.models import Event, Quota, Registration
from events.rules.seats import House, Kept, Profile, Waiting


def kept_of(quota: Quota) -> Kept:
    """A quota as the rules know it."""
    return Kept(quota.pk, quota.seats, quota.taken, quota.side, quota.helix_role)


def house_of(event: Event) -> House:
    """The seats of a locked event. Without quotas the counter says everything; with them, who sits outside them."""
    kept = tuple(kept_of(quota) for quota in event.quotas.all())
    if not kept:
        return House(event.capacity, event.taken)
    rows = Registration.objects.seated().filter(event=event, quota__isnull=True)
    counted = rows.values_list("side", "helix_role").order_by("side", "helix_role").annotate(count=Count("pk"))
    return House(event.capacity, event.taken, kept, {Profile(side, role): count for side, role, count in counted})


def waiting_of(event: Event) -> list[Waiting]:
    """The waiting list in its order."""
    rows = Registration.objects.listed().filter(event=event)
    return [
        Waiting(pk, queued, Profile(side, role), member)
        for pk, queued, side, role, member in rows.values_list("pk", "queued_at", "side", "helix_role", "member")
        if queued is not None
    ]


def profile_of(registration: Registration) -> Profile:
    """What quotas ask about a registration."""
    return Profile(registration.side, registration.helix_role)
