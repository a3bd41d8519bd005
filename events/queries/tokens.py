"""The keys of people without an account, and of private calendars: what opens what.

The key of a registration is computed from the portal's secret and the row's own salt, so that every letter can carry it
and the database keeps only its hash; a new salt makes the old key worthless.
"""

import hashlib
import secrets

from django.utils.crypto import salted_hmac

from events.models import FeedToken, Registration
from members.models.membership import LISTED
from members.permissions import standing

PURPOSE = "events.registration"
FEED_KEY_BYTES = 24


def digest_of(token: str) -> str:
    """What is kept of a key."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(registration: Registration) -> str:
    """The key of a registration without an account, as its letters carry it."""
    return salted_hmac(PURPOSE, f"{registration.key}:{registration.salt}", algorithm="sha256").hexdigest()[:43]


def give_key(registration: Registration) -> None:
    """Set a fresh salt and the hash of the key it makes; the row is not saved."""
    registration.salt = secrets.token_hex(16)
    registration.digest = digest_of(token_of(registration))


def registration_by(token: str) -> Registration | None:
    """The registration that a key opens; None for any other text."""
    if not token or "\x00" in token or len(token) > 200:
        return None
    found = Registration.objects.select_related("event", "organisation")
    return found.filter(digest=digest_of(token), user__isnull=True).first()


def feed_by(token: str) -> FeedToken | None:
    """The private calendar that a key opens, while its person may sign in and has the same password as then.

    A person all of whose organisations are suspended has no calendar: what they were told is in their letters.
    """
    if not token or "\x00" in token or len(token) > 200:
        return None
    found = FeedToken.objects.working().select_related("user").filter(digest=digest_of(token)).first()
    if found is None or not found.user.is_active:
        return None
    if not secrets.compare_digest(found.session_mark, found.user.get_session_auth_hash()):
        return None
    states = standing(found.user).membership_states.values()
    return None if states and not any(state in LISTED for state in states) else found
