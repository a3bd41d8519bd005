"""The letters of events: one function each, written in the transaction of its cause.

The words are in templates/events/emails/<letter>.{subject.txt,body.txt,body.html}. Letters to people without an account
carry the key of their registration, so they are kept like letters with passwords: nobody else reads them.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from cluster_portal.common import outbox, topics
from cluster_portal.common.models import OutgoingMail, User
from cluster_portal.common.outbox import Attachment, Rendered, Unwritten
from events.enums import RegistrationState
from events.models import AttendanceCertificate, Campaign, Recipient, Registration, TrainingRecord
from events.queries import links
from events.queries.changes import Differences
from events.queries.entries import invitation_of
from events.wording import INVITATIONS

CONFIRM_HOURS = 48
"""How long a guest has to confirm the address."""


def _post(letter: str, registration: Registration, cause: str, *, calendar: str = "", **context: Any) -> None:
    """Write to the person of a registration, if there is an address; `calendar`: the method of the entry it carries."""
    if not registration.email:
        return
    outbox.post(
        f"events/{letter}",
        registration.user or registration.email,
        cause=f"events/{letter}:{cause}",
        about=registration,
        language=registration.language,
        confidential=registration.user_id is None,
        attachments=_entry(registration, calendar) if calendar else (),
        registration=registration,
        event=registration.event,
        **{"link": links.registration_link(registration), **context},
    )


def _entry(registration: Registration, method: str) -> tuple[Attachment, ...]:
    return (Attachment("event.ics", "text/calendar", invitation_of(registration, method), method),)


def guest_asked(registration: Registration) -> None:
    """To a guest: is this address yours? Nothing is registered before."""
    _post(
        "guest_asked",
        registration,
        f"{registration.pk}",
        link=links.confirmation_link(registration),
        hours=CONFIRM_HOURS,
    )


def guest_known(registration: Registration, now: datetime) -> None:
    """To somebody whose address was entered once more: where the registration is. At most one an hour."""
    waiting = registration.state == RegistrationState.UNCONFIRMED
    _post(
        "guest_known",
        registration,
        f"{registration.pk}:{now:%Y%m%d%H}",
        link=(links.confirmation_link if waiting else links.registration_link)(registration),
        waiting=waiting,
    )


def approval_awaited(registration: Registration) -> None:
    """The registration has arrived; the office will decide on it."""
    _post("approval_awaited", registration, f"{registration.pk}")


def registered(registration: Registration, step: int, *, approved: bool = False) -> None:
    """A place is confirmed, with the entry for the calendar."""
    by = registration.registered_by
    other = by if by is not None and by.pk != registration.user_id else None
    letter = "approved" if approved else "registered"
    _post(letter, registration, f"{step}", calendar="REQUEST", registrar=other)


def declined(registration: Registration, step: int) -> None:
    """The office gave no place, and why."""
    _post("declined", registration, f"{step}", index=links.index_link())


def listed(registration: Registration, step: int) -> None:
    """On the waiting list, at which position, by which rule."""
    _post("listed", registration, f"{step}")


def place_offered(registration: Registration, step: int) -> None:
    """A place is kept until a time. The cause holds that time: an offer that is renewed is told anew."""
    until = registration.offered_until
    _post("place_offered", registration, f"{step}:{until:%Y%m%d%H%M}" if until else f"{step}", until=until)


def offer_lapsed(registration: Registration, step: int) -> None:
    """The place was not accepted in time."""
    _post("offer_lapsed", registration, f"{step}", event_link=links.event_link(registration.event))


def registration_cancelled(registration: Registration, step: int, *, by_office: bool) -> None:
    """The place or the position is given back, by oneself or by the office."""
    had_place = registration.confirmed_at is not None
    _post(
        "registration_cancelled",
        registration,
        f"{step}",
        calendar="CANCEL" if had_place else "",
        by_office=by_office,
        event_link=links.event_link(registration.event),
    )


def changed(registration: Registration, before: Mapping[str, object]) -> None:
    """What has changed about the event; confirmed participants' calendars follow."""
    event = registration.event
    _post(
        "changed",
        registration,
        f"{registration.pk}:{event.sequence}",
        calendar=_if_confirmed(registration, "REQUEST"),
        differences=Differences(event, before),
    )


def postponed(registration: Registration) -> None:
    """The event has no date for now; calendars take it out until it has."""
    _post(
        "postponed",
        registration,
        f"{registration.pk}:{registration.event.sequence}",
        calendar=_if_confirmed(registration, "CANCEL"),
    )


def cancelled(registration: Registration) -> None:
    """The event does not take place."""
    _post(
        "cancelled",
        registration,
        f"{registration.pk}",
        calendar=_if_confirmed(registration, "CANCEL"),
        index=links.index_link(),
    )


def _if_confirmed(registration: Registration, method: str) -> str:
    return method if registration.state == RegistrationState.CONFIRMED else ""


def reminder(registration: Registration, notice: int, kind: str) -> None:
    """A week, or a day, before, with the entry for who has lost it or never took it in. Told late, it says so: how many
    days are left counts from the moment of writing."""
    days = (timezone.localdate(registration.event.starts_at) - timezone.localdate()).days
    _post("reminder", registration, f"{notice}", calendar="REQUEST", kind=kind, days=days)


def thanks(registration: Registration, notice: int) -> None:
    """After the event: its materials, and how it was."""
    _post(
        "thanks",
        registration,
        f"{notice}",
        materials=list(registration.event.materials.all()),
        event_link=links.event_link(registration.event),
        feedback_link=links.feedback_link(registration),
    )


def certificate_issued(registration: Registration, certificate: AttendanceCertificate) -> None:
    """The certificate of attendance, and where anybody checks it."""
    _post(
        "certificate_issued",
        registration,
        f"{certificate.pk}",
        certificate=certificate,
        link=links.certificate_link(certificate),
        verification_link=links.verification_link(certificate),
    )


def renewal_due(registration: Registration, training: TrainingRecord) -> None:
    """A training runs out soon."""
    _post("renewal_due", registration, f"{training.pk}", training=training, link=links.index_link())


def invitation(recipient: Recipient) -> OutgoingMail | Unwritten:
    """To somebody of the audience of a campaign, who may refuse such letters. One for an event, over all campaigns."""
    person = recipient.user
    own = person is not None and person.email == recipient.address
    return outbox.post(
        "events/invitation",
        person if own and person is not None else recipient.address,
        cause=f"events/invitation:{recipient.event_id}",
        about=recipient,
        language=person.language if own and person is not None else recipient.language,
        topic=INVITATIONS,
        **_invitation(recipient.campaign, recipient.full_name),
    )


def invitation_as_seen(campaign: Campaign, reader: User, language: str) -> Rendered:
    """The letter of a campaign as this reader would get it in a language; nothing is written."""
    values = _invitation(campaign, reader.full_name)
    link = topics.unsubscribe_link(reader.email, INVITATIONS.code)
    values |= {"recipient": reader, "topic": INVITATIONS, "unsubscribe_link": link}
    return outbox.rendered("events/invitation", language, values)


def _invitation(campaign: Campaign, name: str) -> dict[str, Any]:
    event = campaign.event
    return {"campaign": campaign, "event": event, "registration": {"full_name": name}, "link": links.event_link(event)}
