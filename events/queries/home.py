"""What the home page and "My organisation" say about events; `cluster_portal.urls` brings it in."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster_portal.common.coming import Awaited, Coming
from events.enums import RegistrationState
from events.models import Registration
from events.queries.listing import next_events
from members.permissions import Anyone


def coming(user: Anyone) -> Sequence[Coming]:
    """The next three events that this person may see."""
    index = reverse("events:index")
    return [
        Coming(
            title=event.title,
            kind=str(event.get_kind_display()),
            starts_at=event.starts_at,
            when=event.when,
            where=event.where,
            href=f"{index}{event.slug}/",
        )
        for event in next_events(user)
    ]


def awaited(user: Anyone) -> Sequence[Awaited]:
    """The places that are offered to this person and not taken yet, with the hour until which they are kept."""
    if not user.is_authenticated:
        return []
    offered = Registration.objects.filter(user=user, state=RegistrationState.OFFERED, offered_until__gt=timezone.now())
    return [
        Awaited(
            organisation=None,
            text=_("A place is kept for you until %(when)s: %(event)s")
            % {"when": date_format(timezone.localtime(one.offered_until), "j F, H:i"), "event": one.event.title},
            href=reverse("events:registration", args=[one.key]),
        )
        for one in offered.select_related("event").order_by("offered_until")
        if one.offered_until is not None
    ]
