"""What calendars and news readers are given: public events, those of one tag, and a person's own."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cluster_portal.common.models import Cluster
from events.calendar import Entry
from events.enums import FeedScope
from events.models import FeedToken, Registration
from events.permissions import visible_to
from events.queries.entries import entry_of, uid_of
from members.models import Tag

REFRESH = timedelta(hours=6)
"""How often calendar programs are asked to look again."""
KEPT = timedelta(days=400)
"""How far back a feed reaches: calendars keep what they have seen."""


def public_entries(language: str, tag: Tag | None = None) -> list[Entry]:
    """The public events, or those with a tag; cancelled ones stay and say so."""
    cluster = Cluster.objects.get()
    events = visible_to(AnonymousUser()).announced().filter(ends_at__gt=timezone.now() - KEPT)
    if tag is not None:
        events = events.filter(tags=tag)
    return [entry_of(event, cluster, language) for event in events.order_by("starts_at", "pk").prefetch_related("tags")]


def private_entries(feed: FeedToken) -> list[Entry]:
    """A person's own list and nobody else: registrations with a place, or everything that they may see."""
    cluster, person = Cluster.objects.get(), feed.user
    if feed.scope == FeedScope.VISIBLE:
        events = visible_to(person).announced().filter(ends_at__gt=timezone.now() - KEPT)
        return [entry_of(event, cluster, person.language) for event in events.prefetch_related("tags")]
    own = Registration.objects.confirmed().filter(user=person, event__ends_at__gt=timezone.now() - KEPT)
    return [
        entry_of(one.event, cluster, person.language, uid=uid_of(one), private=True)
        for one in own.select_related("event").prefetch_related("event__tags").order_by("event__starts_at", "pk")
    ]
