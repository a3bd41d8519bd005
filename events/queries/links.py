"""The addresses of events as letters, calendars and feeds write them: always under the portal's configured address.

The pages of the app answer at these paths; `tests/events` holds both to each other.
"""

from django.conf import settings
from django.urls import reverse

from events.models import AttendanceCertificate, Event, Registration
from events.queries.tokens import token_of


def _under(path: str = "") -> str:
    return f"{settings.SITE_URL}{reverse('events:index')}{path}"


def index_link() -> str:
    """The list of events."""
    return _under()


def event_link(event: Event) -> str:
    """The page of an event."""
    return _under(f"{event.slug}/")


def registration_link(registration: Registration) -> str:
    """The page of a registration: by the sign-in of its person, or by the key of who has no account."""
    if registration.user_id is None:
        return _under(f"registrations/by-key/{token_of(registration)}/")
    return _under(f"registrations/{registration.key}/")


def confirmation_link(registration: Registration) -> str:
    """Where a guest confirms the address."""
    return _under(f"registrations/by-key/{token_of(registration)}/confirm/")


def feedback_link(registration: Registration) -> str:
    """The form for feedback."""
    return f"{registration_link(registration)}feedback/"


def certificate_link(certificate: AttendanceCertificate) -> str:
    """The certificate itself, for its person."""
    return f"{registration_link(certificate.registration)}certificate/"


def verification_link(certificate: AttendanceCertificate) -> str:
    """Where anybody checks a certificate by its code; this is what its QR code says."""
    return _under(f"certificates/{certificate.code}/")
