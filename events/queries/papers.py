"""What is typeset for an event: the data of its papers, in the language of their reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from cluster_portal.common.models import Cluster
from events.enums import RegistrationState
from events.models import AttendanceCertificate, Event, Question, Registration, Talk, TrainingRecord
from events.papers.codes import modules
from events.papers.data import Attendance, Attendee, Badge, Badges, Certificate
from events.queries.links import verification_link
from events.queries.listing import days_of
from members.rules.text import fold


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


def attendance_of(
    event: Event, registrations: Iterable[Registration], *, language: str, empty_lines: int = 0
) -> Attendance:
    """An attendance list of these registrations, with their answers when those were fetched with them."""
    questions = list(event.questions.all())
    with override(language):
        return Attendance(
            language=language,
            cluster=Cluster.objects.get().name,
            title=event.title,
            kind=str(event.get_kind_display()),
            **_days(event),
            place=event.where,
            made_at=timezone.now(),
            people=tuple(_attendee(one, questions) for one in registrations),
            questions=tuple(question.text for question in questions),
            empty_lines=empty_lines,
        )


def _attendee(registration: Registration, questions: list[Question]) -> Attendee:
    given = {answer.question_id: answer.shown for answer in registration.answers.all()}
    return Attendee(
        name=registration.full_name,
        organisation=registration.comes_from,
        email=registration.email,
        role=registration.helix_role,
        side=registration.side,
        state=str(registration.get_state_display()),
        registered_at=registration.created_at,
        arrived_at=registration.checked_in_at,
        answers=tuple(given.get(question.pk, "") for question in questions),
    )


def badges_of(event: Event, registrations: Iterable[Registration], *, language: str) -> Badges:
    """Badges for these registrations; whoever speaks in the programme is a speaker."""
    names = Talk.objects.filter(session__event=event).values_list("speaker__full_name", flat=True)
    speakers = {fold(name) for name in names}
    with override(language):
        return Badges(
            language=language,
            cluster=Cluster.objects.get().name,
            title=event.title,
            **_days(event),
            people=tuple(
                Badge(
                    name=one.full_name,
                    code=str(one.key),
                    organisation=one.comes_from,
                    role=one.helix_role,
                    side=one.side,
                    note=_("Speaker") if fold(one.full_name) in speakers else "",
                )
                for one in registrations
            ),
        )


def _days(event: Event) -> dict[str, date]:
    days = days_of(event)
    return {"first_day": days[0], "last_day": days[-1]}


@dataclass(frozen=True)
class Ticket:
    """The QR code of a registration: its side in modules, the path of the dark ones, and the text that it holds."""

    code: str
    side: int
    path: str


def ticket_of(registration: Registration) -> Ticket | None:
    """What is shown at the door: for a confirmed place, until the event is over."""
    if registration.state != RegistrationState.CONFIRMED or registration.event.is_past:
        return None
    code = str(registration.key)
    return Ticket(code, *modules(code))
