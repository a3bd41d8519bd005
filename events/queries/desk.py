"""One event at the office's desk: its registrations, narrowed and searched, its waiting list, and its door."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from cluster_portal.common.delivery import refusing_addresses
from events.enums import RegistrationState
from events.models import Event, Registration
from events.models.registration import RegistrationQuerySet
from events.queries.registrations import attendance
from members.models import Membership, Organisation
from members.rules.text import fold

STATES = RegistrationState
IN_ORDER = (
    STATES.ASKED,
    STATES.OFFERED,
    STATES.LISTED,
    STATES.CONFIRMED,
    STATES.UNCONFIRMED,
    STATES.DECLINED,
    STATES.CANCELLED,
    STATES.LAPSED,
)
"""First those for whom the office or the list has to do something, last those who are gone."""
MARKED = {
    "a": "aăâàáäAĂÂÀÁÄ",
    "i": "iîíïIÎÍÏ",
    "s": "sș\u015fSȘ\u015e",
    "t": "tț\u0163TȚ\u0162",
    "e": "eéèëEÉÈË",
    "o": "oöóőOÖÓŐ",
}
MARKED |= {"u": "uüúűUÜÚŰ"}
KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
ORGANISATION = ("organisation__legal_name", "organisation__short_name", "organisation_name")


def registrations_of(event: Event) -> RegistrationQuerySet:
    """Every registration of an event with its answers: first what waits for somebody, the list in its order."""
    rank = Case(
        *(When(state=state, then=Value(number)) for number, state in enumerate(IN_ORDER)), output_field=IntegerField()
    )
    rows = Registration.objects.filter(event=event).select_related("organisation", "quota", "registered_by")
    return rows.prefetch_related("answers__question").order_by(rank, "position", "queued_at", "full_name", "pk")


def searched(rows: RegistrationQuerySet, words: str) -> RegistrationQuerySet:
    """Those whose name, address or organisation holds every word, written with marks or without."""
    for word in fold(words).split()[:6]:
        pattern = pattern_of(word)
        held = Q(full_name__iregex=pattern) | Q(email__icontains=word)
        for column in ORGANISATION:
            held |= Q(**{f"{column}__iregex": pattern})
        rows = rows.filter(held)
    return rows


def pattern_of(word: str) -> str:
    """A folded word as a regular expression that finds it with marks or without, in capitals or not."""
    return "".join(f"[{MARKED[sign]}]" if sign in MARKED else re.escape(sign) for sign in word)


def waiting_list(event: Event) -> list[Registration]:
    """Who waits, in the order of the event's rule."""
    return list(Registration.objects.listed().filter(event=event).select_related("organisation"))


def offers(event: Event) -> list[Registration]:
    """Who has been offered a place, the offer that ends first at the top."""
    rows = Registration.objects.filter(event=event, state=STATES.OFFERED).select_related("organisation", "quota")
    return list(rows.order_by("offered_until", "pk"))


# ------------------------------------------------------------------ the door
@dataclass(frozen=True)
class Door:
    """Who is expected, who has come, and who is registered without a place."""

    expected: list[Registration]
    others: list[Registration]

    @property
    def came(self) -> int:
        return sum(one.checked_in_at is not None for one in self.expected)


def door_of(event: Event, words: str = "") -> Door:
    """The people of the door, by name (two queries). `words` narrow it for browsers without scripts."""
    rows = searched(attendance(event).prefetch_related(None), words)
    live = Registration.objects.live().exclude(state=STATES.CONFIRMED).filter(event=event)
    others = searched(live.select_related("organisation"), words).order_by("full_name", "pk")
    return Door(list(rows), list(others))


def at_door(event: Event, key: UUID | None, code: str) -> Registration | None:
    """The registration that a click or a code means: a code is the key of a registration, alone or in an address."""
    found = KEY.search(code)
    wanted = key or (UUID(found[0]) if found else None)
    return Registration.objects.filter(event=event, key=wanted).first() if wanted else None


def people_at(event: Event) -> tuple[int, int]:
    """How many have come, of how many who have a place (one query)."""
    states = list(Registration.objects.confirmed().filter(event=event).values_list("checked_in_at", flat=True))
    return sum(at is not None for at in states), len(states)


# ------------------------------------------------------------------ whom the office registers
def member_called(words: str) -> list[Organisation]:
    """Members in good standing of this name, short name or tax number; one, when it is clear who is meant."""
    name = words.strip()
    good = Organisation.objects.filter(pk__in=Membership.objects.listed().values("organisation"))
    return list(good.filter(Q(legal_name__iexact=name) | Q(short_name__iexact=name) | Q(tax_id__iexact=name))[:2])


def addresses_known(event: Event, addresses: list[str]) -> set[str]:
    """Which of these addresses have a live registration already."""
    live: QuerySet[Registration, str] = Registration.objects.live().filter(event=event).values_list("email", flat=True)
    return set(live.filter(email__in=addresses).exclude(state=STATES.UNCONFIRMED))


def refusing(rows: Iterable[Registration]) -> set[int]:
    """Which of these registrations have an address that refuses letters, so that its person learns nothing of them."""
    addresses = {row.pk: row.email for row in rows if row.email}
    if not addresses:
        return set()
    found = set(refusing_addresses().filter(recipient__in=set(addresses.values())))
    return {pk for pk, email in addresses.items() if email in found}
