"""The demonstration's events: one in every state, with people, a list, an offer, certificates and opinions."""

from __future__ import annotations

from collections import Counter

from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.demonstration.events import hold
from events.models import AttendanceCertificate, Campaign, Event, Feedback, Material, Registration, TrainingRecord


def test_there_is_an_event_in_every_state(demonstration: str) -> None:
    states = Counter(Event.objects.values_list("state", flat=True))
    assert states == {"published": 6, "draft": 1, "postponed": 1, "cancelled": 1}
    assert Event.objects.past(timezone.now()).count() == 2
    assert not Event.objects.filter(demonstration=False).exists()
    assert set(Event.objects.values_list("audience", flat=True)) == {"public", "members"}


def test_registrations_stand_where_a_visitor_wants_to_see_them(demonstration: str) -> None:
    full = Event.objects.get(capacity=6)
    assert (full.taken, full.registrations.listed().count()) == (6, 4)
    assert full.registrations.filter(state="offered").count() == 1
    guest = full.registrations.listed().last()
    assert guest is not None and guest.user is None and guest.position == 4, "members come first"
    assert Registration.objects.filter(state="asked").count() == 6


def test_what_is_over_has_left_something(demonstration: str) -> None:
    assert (
        AttendanceCertificate.objects.count() == Registration.objects.filter(checked_in_at__isnull=False).count() > 10
    )
    assert TrainingRecord.objects.exclude(renew_by=None).count() == 6
    assert Feedback.objects.count() == 8
    assert Material.objects.exclude(file="").count() == Material.objects.exclude(link="").count() == 2


def test_a_second_time_adds_nothing(demonstration: str) -> None:
    before = (Event.objects.count(), Registration.objects.count())
    assert hold({}, User.objects.get(email="office@demo.example.org")) == 0
    assert (Event.objects.count(), Registration.objects.count()) == before


def test_one_campaign_is_sent_and_one_is_a_draft(demonstration: str) -> None:
    sent, draft = Campaign.objects.order_by("pk")
    assert (sent.state, draft.state) == ("finished", "draft")
    assert sent.sent > 5, "letters lie in the mailbox"
    assert set(sent.recipients.filter(state="left_out").values_list("reason", flat=True)) == {"registered"}
