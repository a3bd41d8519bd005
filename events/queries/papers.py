"""What is typeset for an event: the data of its papers, in the language of their reader."""

from django.utils import timezone
from django.utils.translation import override

from cluster_portal.common.models import Cluster
from events.models import AttendanceCertificate, TrainingRecord
from events.papers.data import Certificate
from events.queries.links import verification_link


def certificate_of(issued: AttendanceCertificate, language: str = "") -> Certificate:
    """A certificate as it is printed; without a language, in that of its person."""
    registration = issued.registration
    language = language or registration.language
    event = registration.event
    training = TrainingRecord.objects.filter(certificate=issued).first()
    with override(language):
        return Certificate(
            language=language,
            cluster=Cluster.objects.get().name,
            person=issued.full_name,
            title=(issued.title_en if language == "en" else "") or issued.title_ro,
            kind=str(event.get_kind_display()),
            first_day=issued.held_on,
            last_day=issued.held_until,
            place=event.where,
            number=str(issued),
            code=issued.code,
            address=verification_link(issued),
            issued_on=timezone.localdate(issued.issued_at),
            manager=str(issued.issued_by),
            organisation=registration.comes_from,
            hours=issued.hours or None,
            valid_until=training.renew_by if training is not None else None,
        )
