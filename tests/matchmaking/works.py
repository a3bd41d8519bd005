"""Members with references and offers for the tests of the need search."""

from typing import Any

from django.utils import timezone

from matchmaking.actions.need_index import weigh_works
from matchmaking.models import Reference, ReferenceParty
from members.models import Organisation, Tag
from tests.factories import a_member

RAMAN = {
    "title_en": "Raman spectroscopy of vapours",
    "text_en": "A handheld spectrometer finds nerve agents in vapours.",
}
FILTERS = {"title_en": "Filter media for masks", "text_en": "Activated carbon cloth adsorbs toxic industrial gases."}
TRAINING = {"title_en": "Training of first responders", "text_en": "Exercises for ambulance crews and hospitals."}


def a_plain_member(name: str) -> Organisation:
    """A member that offers nothing yet."""
    organisation = a_member(name).organisation
    organisation.capabilities.all().delete()
    return organisation


def a_reference(*parties: Organisation, tags: Any = (), **fields: Any) -> Reference:
    """A reference of these organisations, which all confirmed it."""
    reference = Reference.objects.create(stated_by=parties[0], **fields)
    reference.tags.set(Tag.objects.filter(code__in=tags))
    for party in parties:
        ReferenceParty.objects.create(reference=reference, organisation=party, confirmed_at=timezone.now())
    return reference


def three_trades() -> tuple[Organisation, Organisation, Organisation]:
    """A maker of spectrometers, one of filters and a trainer, weighed."""
    members = (a_plain_member("Optica SRL"), a_plain_member("Filtre SA"), a_plain_member("Exercitii SRL"))
    for member, fields in zip(members, (RAMAN, FILTERS, TRAINING), strict=True):
        a_reference(member, **fields)
    weigh_works()
    return members
