"""At the door and afterwards: check-in that may arrive twice, walk-ins, certificates, feedback, the timetable."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail
from events import tasks
from events.actions import afterwards, changing, door, editing, feeds, programme, registering
from events.actions.steps import Hand
from events.models import AttendanceCertificate, Event, Feedback, Notice, Registration, Speaker, TrainingRecord
from events.queries.figures import feedback_of
from events.queries.registrations import certificate_by
from events.queries.tokens import feed_by, token_of
from members.actions.membership import change_membership
from members.rules.errors import RuleError
from tests import factories
from tests.events import seminars

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_cluster(cluster: Cluster) -> None:
    """Every test has its cluster."""


def letters(kind: str) -> list[str]:
    return sorted(OutgoingMail.objects.filter(kind=f"events/{kind}").values_list("recipient", flat=True))


# --- The door ---------------------------------------------------------------------------------------------------------
def test_a_scan_counts_once_however_often_the_phone_sends_it() -> None:
    event = seminars.a_seminar()
    registration = seminars.a_registration(event)
    scan, office = uuid.uuid4(), seminars.office()
    with pytest.raises(RuleError, match="door_not_open"):
        door.check_in(registration.pk, by=office, scan=scan)
    seminars.over(event)
    earlier = timezone.now() - timedelta(hours=25)
    for _again in range(3):
        door.check_in(registration.pk, by=office, scan=scan, at=earlier)
    door.check_in(registration.pk, by=office, scan=uuid.uuid4())
    fresh = seminars.fresh(registration)
    assert (fresh.checked_in_at, fresh.checked_in_by) == (earlier, office)
    assert AuditEvent.objects.filter(verb="checked_in").count() == 1
    assert fresh.scans.count() == 2


def test_acts_that_arrive_late_do_not_undo_what_was_done_after_them() -> None:
    event = seminars.over(seminars.a_seminar())
    registration = seminars.a_registration(seminars.a_seminar())
    Registration.objects.filter(pk=registration.pk).update(event=event)
    now, office = timezone.now(), seminars.office()
    door.check_in(registration.pk, by=office, scan=uuid.uuid4(), at=now - timedelta(minutes=1))
    door.undo_check_in(registration.pk, by=office, scan=uuid.uuid4(), at=now - timedelta(minutes=5))
    assert seminars.fresh(registration).checked_in_at is not None
    door.undo_check_in(registration.pk, by=office, scan=uuid.uuid4())
    assert seminars.fresh(registration).checked_in_at is None


def test_who_walks_in_gets_a_seat_or_a_sentence() -> None:
    event = seminars.a_seminar(2)
    seminars.a_registration(event)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() + timedelta(hours=1))
    scan, office = uuid.uuid4(), seminars.office()
    for _again in range(2):
        walked = door.walk_in(event.pk, by=office, scan=scan, full_name="Zenovia Arinaru")
    assert (walked.state, walked.email, walked.walk_in) == ("confirmed", "", True)
    assert Event.objects.get(pk=event.pk).taken == 2
    with pytest.raises(RuleError, match="no_seat_free"):
        door.walk_in(event.pk, by=office, scan=uuid.uuid4(), full_name="Vlaicu Zăvoianca")
    assert Registration.objects.count() == 2


def test_somebody_without_a_place_is_not_checked_in() -> None:
    event = seminars.a_seminar(1)
    seminars.a_registration(event)
    waiting = seminars.a_registration(event)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() + timedelta(hours=1))
    with pytest.raises(RuleError, match="not_confirmed"):
        door.check_in(waiting.pk, by=seminars.office(), scan=uuid.uuid4())
    with pytest.raises(RuleError, match="events_office_only"):
        door.check_in(waiting.pk, by=factories.a_user(), scan=uuid.uuid4())


# --- Certificates and feedback ----------------------------------------------------------------------------------------
def test_certificates_are_numbered_without_a_gap_and_issued_once() -> None:
    event = seminars.a_seminar(kind="training", valid_months=12)
    came, absent = [seminars.a_registration(event) for _ in range(3)], seminars.a_registration(event)
    with pytest.raises(RuleError, match="event_not_over"):
        afterwards.issue_certificates(event.pk, by=seminars.office())
    seminars.over(event)
    for registration in came:
        door.check_in(registration.pk, by=seminars.office(), scan=uuid.uuid4())
    issued = afterwards.issue_certificates(event.pk, by=seminars.office())
    assert afterwards.issue_certificates(event.pk, by=seminars.office()) == []
    assert [certificate.number for certificate in issued] == [1, 2, 3]
    assert letters("certificate_issued") == sorted(one.email for one in came)
    assert not AttendanceCertificate.objects.filter(registration=absent).exists()
    assert certificate_by(issued[0].code.lower().replace("-", " ")) == issued[0]
    assert certificate_by("ABCD") is None
    training = TrainingRecord.objects.filter(certificate=issued[0]).get()
    assert training.renew_by is not None and (training.renew_by - training.completed_on).days in {365, 366}
    with pytest.raises(RuleError, match="certificate_issued_already"):
        door.undo_check_in(came[0].pk, by=seminars.office(), scan=uuid.uuid4())
    with time_machine.travel(timezone.now() + timedelta(days=340)):
        tasks.remind_renewals()
        tasks.remind_renewals()
    assert letters("renewal_due") == sorted(one.email for one in came)


def test_feedback_is_given_once_and_nothing_says_by_whom() -> None:
    event = seminars.a_seminar()
    registrations = [seminars.a_registration(event) for _ in range(3)]
    first = registrations[0]
    with pytest.raises(RuleError, match="feedback_not_now"):
        afterwards.give_feedback(first.pk, Hand(first.user), ratings={"overall": 5})
    seminars.over(event)
    for ratings, code in (({}, "feedback_needs_rating"), ({"overall": 6}, "rating_out_of_range")):
        with pytest.raises(RuleError, match=code):
            afterwards.give_feedback(first.pk, Hand(first.user), ratings=ratings)
    with pytest.raises(RuleError, match="registration_not_yours"):
        afterwards.give_feedback(first.pk, Hand(seminars.office()), ratings={"overall": 1})
    assert afterwards.give_feedback(first.pk, Hand(first.user), ratings={"overall": 4}, text="Good.")
    assert not afterwards.give_feedback(first.pk, Hand(first.user), ratings={"overall": 1})
    assert not feedback_of(event).shown, "one answer would name its author"
    for registration in registrations[1:]:
        afterwards.give_feedback(registration.pk, Hand(registration.user), ratings={"overall": 5, "content": 3})
    summary = feedback_of(event)
    assert (summary.asked, summary.given, summary.texts) == (3, 3, ("Good.",))
    average, counted = summary.ratings["overall"]
    assert average == pytest.approx(14 / 3) and counted == (0, 0, 0, 1, 2)
    assert {field.name for field in Feedback._meta.get_fields()} == {
        "id", "event", "overall", "content", "speakers", "organisation", "text",
    }  # fmt: skip
    assert set(AuditEvent.objects.filter(verb="feedback_given").values_list("actor", flat=True)) == {None}


# --- The timetable ----------------------------------------------------------------------------------------------------
def test_reminders_and_thanks_leave_once_each_at_their_time() -> None:
    event = seminars.a_seminar()
    registration, waiting = seminars.a_registration(event), seminars.a_guest(event)
    for days, hours in ((8, 0), (7, -1), (6, 0), (1, -1), (0, 12)):
        with time_machine.travel(event.starts_at - timedelta(days=days) + timedelta(hours=-hours if days else -12)):
            tasks.remind_participants()
            tasks.remind_participants()
    with time_machine.travel(event.ends_at + timedelta(hours=3)):
        tasks.thank_participants()
        tasks.thank_participants()
    assert letters("reminder") == [registration.email] * 2
    assert letters("thanks") == [registration.email]
    assert waiting.email not in letters("reminder")
    assert sorted(Notice.objects.values_list("kind", "outcome")) == [
        ("day", "sent"),
        ("thanks", "sent"),
        ("week", "sent"),
    ]


def test_a_timetable_that_stood_still_records_what_came_too_late_and_sends_nothing_stale() -> None:
    event = seminars.a_seminar()
    seminars.a_registration(event)
    with time_machine.travel(event.ends_at + timedelta(days=3)):
        for _turn in range(2):
            tasks.remind_participants()
            tasks.thank_participants()
    assert letters("reminder") == []
    assert sorted(Notice.objects.values_list("kind", "outcome")) == [
        ("day", "late"),
        ("thanks", "sent"),
        ("week", "late"),
    ]


def test_a_new_date_reminds_anew_and_a_cancelled_event_of_nothing() -> None:
    event = seminars.a_seminar()
    other = seminars.a_seminar(title_ro="Altul")
    registration = seminars.a_registration(event)
    seminars.a_registration(other)
    changing.cancel_event(other.pk, by=seminars.office(), reason="Snow.")
    with time_machine.travel(event.starts_at - timedelta(days=6)):
        tasks.remind_participants()
        start = event.starts_at + timedelta(days=30)
        values = {"starts_at": start, "ends_at": start + timedelta(hours=3)}
        editing.edit_event(event.pk, by=seminars.office(), version=event.version, values=values)
    with time_machine.travel(start - timedelta(days=6)):
        tasks.remind_participants()
    assert letters("reminder") == [registration.email] * 2


def test_guests_who_did_not_confirm_are_forgotten_after_two_days() -> None:
    event = seminars.a_seminar()
    guest = seminars.a_guest(event)
    tasks.forget_guests()
    assert seminars.fresh(guest).state == "unconfirmed"
    with time_machine.travel(timezone.now() + timedelta(hours=49)):
        tasks.forget_guests()
    assert seminars.fresh(guest).state == "lapsed"
    with pytest.raises(RuleError, match="registration_over"):
        registering.change_answers(guest.pk, Hand(token=token_of(guest)), answers={}, agreed_to_be_shown=True)


# --- Private calendars ------------------------------------------------------------------------------------------------
def test_a_private_calendar_opens_by_its_key_until_it_is_revoked_or_its_person_loses_the_right() -> None:
    user = factories.a_user()
    membership = factories.a_member(user=user)
    feed, token = feeds.make_feed(by=user)
    assert feed_by(token) == feed and token not in (feed.digest, str(feed.key)) and len(token) >= 32
    assert feed_by(token[:-1] + ("x" if token[-1] != "x" else "y")) is None
    change_membership(membership.pk, "suspend", by=seminars.office(), basis="Resolution 9/2026", article="7")
    assert feed_by(token) is None
    change_membership(membership.pk, "reinstate", by=seminars.office(), basis="Paid", article="7")
    assert feed_by(token) == feed
    with pytest.raises(RuleError, match="feed_not_yours"):
        feeds.revoke_feed(feed.pk, by=factories.a_user())
    newer, second = feeds.make_feed(by=user)
    assert feed_by(token) is None and feed_by(second) == newer, "the one before ends"
    user.set_password("another long password")
    user.save()
    assert feed_by(second) is None, "a new password ends it"


# --- The programme ----------------------------------------------------------------------------------------------------
def test_a_speaker_who_has_slides_stays() -> None:
    event, office = seminars.a_seminar(), seminars.office()
    speaker = programme.save_speaker(by=office, values={"full_name": "Cezar Plopșoru"})
    times = {"starts_at": event.starts_at, "ends_at": event.ends_at}
    session = programme.save_session(event.pk, by=office, values={"title_ro": "Prima", **times}, speakers=[speaker.pk])
    upload = SimpleUploadedFile("slides.pdf", factories.PDF, "application/pdf")
    values = {"title_ro": "Prezentarea", "session": session, "speaker": speaker}
    slides = programme.add_file(event.pk, by=office, values=values, upload=upload)
    assert slides.access == "registered"
    with pytest.raises(RuleError, match="speaker_has_slides"):
        programme.remove_speaker(speaker.pk, by=office)
    with pytest.raises(RuleError, match="speaker_has_slides"):
        programme.save_session(event.pk, by=office, values={}, speakers=[], pk=session.pk)
    with pytest.raises(RuleError, match="session_has_slides"):
        programme.remove_session(event.pk, by=office, pk=session.pk)
    programme.remove_material(event.pk, by=office, pk=slides.pk)
    with pytest.raises(RuleError, match="speaker_has_sessions"):
        programme.remove_speaker(speaker.pk, by=office)
    for _twice in range(2):
        programme.remove_session(event.pk, by=office, pk=session.pk)
        programme.remove_speaker(speaker.pk, by=office)
    assert not Speaker.objects.exists()


def test_questions_are_answered_as_they_are_asked() -> None:
    event, office = seminars.a_seminar(), seminars.office()
    choice = {
        "kind": "choice",
        "text_ro": "De ce?",
        "choices_ro": ["Ofer", "Caut"],
        "choices_en": ["I offer", "I seek"],
    }
    question = programme.save_question(event.pk, by=office, values={**choice, "required": True})
    with pytest.raises(RuleError, match="answers_missing"):
        seminars.a_registration(event)
    with pytest.raises(RuleError, match="answer_not_offered"):
        seminars.a_registration(event, answers={question.pk: "3"})
    registration = seminars.a_registration(event, answers={question.pk: "2"})
    assert registration.answers.get().shown == "I seek"
    with pytest.raises(RuleError, match="question_answered_already"):
        programme.remove_question(event.pk, by=office, pk=question.pk)
    with pytest.raises(RuleError, match="question_answered_already"):
        programme.save_question(event.pk, by=office, values={"kind": "text"}, pk=question.pk)
    hand = Hand(registration.user)
    registering.change_answers(registration.pk, hand, answers={question.pk: "1"}, agreed_to_be_shown=True)
    registering.change_answers(registration.pk, hand, answers={question.pk: "1"}, agreed_to_be_shown=True)
    assert AuditEvent.objects.filter(verb="registration_answers_changed").count() == 1
    with pytest.raises(RuleError, match="choices_do_not_match"):
        programme.save_question(event.pk, by=office, values={**choice, "choices_en": ["One"]})


def test_a_session_lies_within_its_event_and_moves_with_it() -> None:
    event, office = seminars.a_seminar(), seminars.office()
    late = {"title_ro": "Târziu", "starts_at": event.starts_at, "ends_at": event.ends_at + timedelta(minutes=1)}
    with pytest.raises(RuleError, match="session_outside_event"):
        programme.save_session(event.pk, by=office, values=late)
    whole = {"title_ro": "Prima", "starts_at": event.starts_at, "ends_at": event.ends_at}
    session = programme.save_session(event.pk, by=office, values=whole)
    moved = {"starts_at": event.starts_at + timedelta(days=2), "ends_at": event.ends_at + timedelta(days=2)}
    editing.edit_event(event.pk, by=office, version=event.version, values=moved)
    session.refresh_from_db()
    assert session.starts_at == moved["starts_at"]
    shorter = {"ends_at": moved["ends_at"] - timedelta(hours=1)}
    with pytest.raises(RuleError, match="sessions_outside"):
        editing.edit_event(event.pk, by=office, version=event.version + 1, values=shorter)
