"""Whom to write to after an introduction: what the other side shows, by its own levels and its consent."""

from dataclasses import dataclass

from cluster_portal.common.models import User
from cluster_portal.common.visibility import Viewer
from members.enums import PersonRole
from members.models import ContactConsent, Organisation, Person


@dataclass(frozen=True)
class Contacts:
    """What a reader may see of the other side: its own levels of visibility decide."""

    organisation: Organisation
    person: User
    email: str
    phone: str
    people: tuple[Person, ...]


def contacts_of(organisation: Organisation, person: User, eyes: Viewer) -> Contacts:
    """The contacts of a side with these eyes; `person` is who said yes for it."""
    shown = eyes.may_see(organisation.show_contact, organisation.pk)
    people: tuple[Person, ...] = ()
    if eyes.may_see(organisation.show_people, organisation.pk):
        roles = (PersonRole.TECHNICAL, PersonRole.EXPORT_CONTROL)
        people = tuple(organisation.people.filter(role__in=roles, ends_on__isnull=True).order_by("id"))
    return Contacts(
        organisation, person, organisation.email if shown else "", organisation.phone if shown else "", people
    )


def consent_towards(member: int, partner: int) -> ContactConsent | None:
    """The consent of `member` to be seen by `partner`, while it is in force."""
    consents = ContactConsent.objects.in_force().filter(organisation=member, partner=partner)
    return consents.select_related("given_by").first()
