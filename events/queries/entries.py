"""Events as entries of a calendar, in the language of the reader."""

from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.common.delivery import sender_address
from cluster_portal.common.models import Cluster
from events.calendar import Entry, invitation
from events.enums import EventState, RegistrationState
from events.models import Event, Registration
from events.queries.links import event_link


def uid_of(thing: Event | Registration) -> str:
    """The name of an entry in every calendar, for ever: of an event in feeds, of a registration in its letters."""
    return f"{thing.key}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}"


def entry_of(event: Event, cluster: Cluster, language: str, *, uid: str = "", private: bool = False) -> Entry:
    """An event as an entry. `private`: for a confirmed participant, with the link to the online room.

    Its tags have to be prefetched when many are read. A postponed event has no time, so calendars take it out as well.
    """
    with override(language):
        words = [
            event.summary,
            *([f"{_('Online room:')} {event.online_link}"] if private and event.online_link else []),
        ]
        return Entry(
            uid=uid or uid_of(event),
            sequence=event.sequence,
            stamp=timezone.now(),
            starts=event.starts_at,
            ends=event.ends_at,
            all_day=event.all_day,
            title=event.title,
            text="\n\n".join(word for word in words if word),
            place=event.where,
            url=event_link(event),
            categories=(str(event.get_kind_display()), *(str(tag) for tag in event.tags.all())),
            cancelled=event.state in {EventState.CANCELLED, EventState.POSTPONED},
            changed=event.changed_at,
            organizer_name=cluster.short_name,
            organizer_email=cluster.email,
        )


def invitation_of(registration: Registration, method: str) -> bytes:
    """The calendar file of a letter: it makes, changes or takes out one entry of this person's calendar.

    The organiser is the sender of the letter: Google takes a change or a cancellation from nobody else, and programs
    that compare the two (RFC 6047, 3) have nothing to warn of. A place that is given back leaves the event as it is, so
    the file counts on by itself: a calendar takes out an entry for a newer file only.
    """
    entry = entry_of(
        registration.event,
        Cluster.objects.get(),
        registration.language,
        uid=uid_of(registration),
        private=method == "REQUEST",
    )
    given_back = registration.state == RegistrationState.CANCELLED
    entry = replace(entry, organizer_email=sender_address(), sequence=entry.sequence + given_back)
    return invitation(entry, method, registration.full_name, registration.email)
