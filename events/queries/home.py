"""What the home page of the portal says about events; `cluster_portal.urls` brings it in."""

from collections.abc import Sequence

from django.urls import reverse

from cluster_portal.common.coming import Coming
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
