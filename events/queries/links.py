"""The addresses of events as letters, calendars and feeds write them: always under the portal's configured address."""

from django.conf import settings
from django.urls import reverse

from events.models import AttendanceCertificate, Event, Registration
from events.queries.tokens import token_of


def _at(name: str, *of: object) -> str:
    return f"{settings.SITE_URL}{reverse(f'events:{name}', args=of)}"


def index_link() -> str:
    """The list of events."""
    return _at("index")


def event_link(event: Event) -> str:
    """The page of an event."""
    return _at("event", event.slug)


def registration_link(registration: Registration) -> str:
    """The page of a registration: by the sign-in of its person, or by the key of who has no account."""
    if registration.user_id is None:
        return _at("held-registration", token_of(registration))
    return _at("registration", registration.key)


def confirmation_link(registration: Registration) -> str:
    """Where a guest confirms the address."""
    return _at("held-confirm", token_of(registration))


def feedback_link(registration: Registration) -> str:
    """The form for feedback."""
    return f"{registration_link(registration)}feedback/"


def certificate_link(certificate: AttendanceCertificate) -> str:
    """The certificate itself, for its person."""
    return f"{registration_link(certificate.registration)}certificate/"


def verification_link(certificate: AttendanceCertificate) -> str:
    """Where anybody checks a certificate by its code; this is what its QR code says."""
    return _at("certificate", certificate.code)
