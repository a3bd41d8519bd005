"""Private calendars: making the key of one, and ending it."""

import secrets

from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from events.enums import FeedScope
from events.models import FeedToken
from events.queries.tokens import FEED_KEY_BYTES, digest_of
from members.rules.errors import RuleError


@transaction.atomic
def make_feed(*, by: User, scope: str = FeedScope.MINE) -> tuple[FeedToken, str]:
    """A key for one's own calendar, 192 bits of chance; it is shown once and kept as a hash. The one before it ends."""
    person = User.objects.select_for_update().get(pk=by.pk)
    FeedToken.objects.working().filter(user=person, scope=FeedScope(scope)).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(FEED_KEY_BYTES)
    feed = FeedToken.objects.create(
        user=person, scope=FeedScope(scope), digest=digest_of(token), session_mark=person.get_session_auth_hash()
    )
    audit.record("feed_made", feed, by=by)
    return feed, token


@transaction.atomic
def revoke_feed(pk: int, *, by: User) -> FeedToken:
    """End a private calendar; its address opens nothing from now on."""
    feed = FeedToken.objects.select_for_update().get(pk=pk)
    if feed.user_id != by.pk:
        raise RuleError("feed_not_yours")
    if feed.revoked_at is None:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit.record("feed_revoked", feed, by=by)
    return feed
