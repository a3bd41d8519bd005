"""Writing, publishing, changing, postponing, cancelling and copying events; who is told, and how often."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail
from events import tasks
from events.actions import changing, editing, places
from events.models import Event, Registration
from events.rules.local_time import local
from members.rules.errors import RuleError
from tests import factories
from tests.events import seminars

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_cluster(cluster: Cluster) -> None:
    """Every test has its cluster."""


def letters(kind: str) -> list[str]:
    """Who got such a letter, once the worker has written what waits."""
    tasks.tell_registrants()
    return sorted(OutgoingMail.objects.filter(kind=f"events/{kind}").values_list("recipient", flat=True))


def methods(kind: str) -> list[str]:
    return [
        one.attachments.get().method
        for one in OutgoingMail.objects.filter(kind=f"events/{kind}").order_by("recipient")
        if one.attachments.exists()
    ]


def test_a_draft_is_published_once_and_by_the_office() -> None:
    draft = seminars.a_draft()
    with pytest.raises(RuleError, match="events_office_only"):
        editing.publish(draft.pk, by=factories.a_user())
    for _twice in range(2):
        event = editing.publish(draft.pk, by=seminars.office())
    assert (event.state, event.published_by) == ("published", seminars.office())
    assert AuditEvent.objects.filter(verb="event_publish").count() == 1


@pytest.mark.parametrize(
    ("values", "lacking"),
    [
        ({"place_name": ""}, "place"),
        ({"summary_ro": ""}, "summary in Romanian"),
        ({"mode": "hybrid"}, "link to the online room"),
        ({"audience": "roles"}, "helix roles"),
        ({"audience": "tags"}, "capabilities of those invited"),
    ],
)
def test_what_is_missing_is_named_before_it_is_published(values: dict[str, Any], lacking: str) -> None:
    draft = seminars.a_draft(**values)
    with pytest.raises(RuleError) as refused:
        editing.publish(draft.pk, by=seminars.office())
    assert refused.value.params["fields"] == [lacking]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"ends_at": timedelta(0)}, "ends_before_start"),
        ({"opens_at": timedelta(days=2), "closes_at": timedelta(days=1)}, "registration_closes_first"),
        ({"opens_at": timedelta(days=90)}, "registration_opens_too_late"),
        ({"valid_months": 12}, "only_trainings_run_out"),
        ({"online_link": "http://meet.example.org"}, "link_not_safe"),
    ],
)
def test_bad_input_is_refused_with_a_sentence(values: dict[str, object], code: str) -> None:
    moments: dict[str, Any] = {
        name: timezone.now() + v if isinstance(v, timedelta) else v for name, v in values.items()
    }
    with pytest.raises(RuleError, match=code):
        seminars.a_draft(**moments)
    assert not Event.objects.exists()


def test_registrants_are_told_once_what_has_changed_and_their_calendars_follow() -> None:
    event = seminars.a_seminar(1)
    confirmed, waiting = seminars.a_registration(event), seminars.a_registration(event)
    start = event.starts_at + timedelta(days=1)
    values = {"starts_at": start, "ends_at": start + timedelta(hours=3), "place_name": "Sala Mică"}
    changed = editing.edit_event(event.pk, by=seminars.office(), version=event.version, values=values)
    assert (changed.sequence, changed.version) == (event.sequence + 1, event.version + 1)
    assert letters("changed") == sorted([confirmed.email, waiting.email])
    assert methods("changed") == ["REQUEST"], "only who has a place has an entry"
    mail = OutgoingMail.objects.get(kind="events/changed", recipient=confirmed.email)
    assert "Sala Mică" in mail.text and "Sala Mare" in mail.text
    assert b"SEQUENCE:1" in bytes(mail.attachments.get().content)
    again = editing.edit_event(event.pk, by=seminars.office(), version=changed.version, values=values)
    assert (again.sequence, again.version) == (changed.sequence, changed.version)
    assert len(letters("changed")) == 2


def test_what_concerns_nobody_is_told_to_nobody() -> None:
    event = seminars.a_seminar()
    seminars.a_registration(event)
    editing.edit_event(event.pk, by=seminars.office(), version=event.version, values={"description_ro": "Mai mult."})
    assert letters("changed") == []
    assert Event.objects.get(pk=event.pk).sequence == 0


def test_two_tabs_do_not_overwrite_each_other() -> None:
    event = seminars.a_seminar()
    editing.edit_event(event.pk, by=seminars.office(), version=event.version, values={"title_en": "First"})
    with pytest.raises(RuleError, match="event_overtaken"):
        editing.edit_event(event.pk, by=seminars.office(), version=event.version, values={"title_en": "Second"})
    assert Event.objects.get(pk=event.pk).title_en == "First"


def test_everybody_is_told_of_a_postponement_a_new_date_and_a_cancellation_once_each() -> None:
    event = seminars.a_seminar(1)
    people = sorted([seminars.a_registration(event).email, seminars.a_registration(event).email])
    seminars.a_guest(event)
    for _twice in range(2):
        changing.postpone(event.pk, by=seminars.office(), reason="The hall is flooded.")
    start = event.starts_at + timedelta(days=40)
    for _twice in range(2):
        changing.reschedule(event.pk, by=seminars.office(), starts_at=start, ends_at=start + timedelta(hours=1))
    for _twice in range(2):
        changing.cancel_event(event.pk, by=seminars.office(), reason="The hall is flooded again.")
    assert letters("postponed") == letters("changed") == letters("cancelled") == people
    assert (methods("postponed"), methods("changed"), methods("cancelled")) == (["CANCEL"], ["REQUEST"], ["CANCEL"])
    event.refresh_from_db()
    assert (event.state, event.sequence, event.reason) == ("cancelled", 3, "The hall is flooded again.")
    with pytest.raises(RuleError, match="event_cancelled"):
        editing.edit_event(event.pk, by=seminars.office(), version=event.version, values={"title_en": "x"})
    with pytest.raises(RuleError, match="event_cancelled"):
        seminars.a_registration(event)
    with pytest.raises(RuleError, match="event_cancelled"):
        places.change_seats(event.pk, by=seminars.office(), seats=places.Seats(5))


@pytest.mark.parametrize("act", [changing.postpone, changing.cancel_event])
def test_nothing_is_called_off_without_a_reason_or_after_it_took_place(act: object) -> None:
    event = seminars.a_seminar()
    with pytest.raises(RuleError, match="reason_needed"):
        act(event.pk, by=seminars.office(), reason=" ")  # type: ignore[operator]
    seminars.over(event)
    with pytest.raises(RuleError, match="event_is_over"):
        act(event.pk, by=seminars.office(), reason="Too late.")  # type: ignore[operator]


def test_a_series_keeps_the_time_on_the_wall_over_the_clock_change_and_is_made_once() -> None:
    start = timezone.now().replace(year=timezone.now().year + 1, month=10, day=20, hour=7, minute=0)
    event = seminars.a_seminar(5, starts_at=start, ends_at=start + timedelta(hours=2), quotas=(("civil", "", 2),))
    seminars.a_registration(event)
    first = local(event.starts_at)
    weeks = [first + timedelta(weeks=number) for number in range(3)]
    made = editing.duplicate(event.pk, by=seminars.office(), starts=weeks)
    assert editing.duplicate(event.pk, by=seminars.office(), starts=weeks) == []
    assert [local(copy.starts_at) for copy in made] == weeks[1:]
    assert {local(copy.starts_at).hour for copy in made} == {first.hour}
    assert {copy.state for copy in made} == {"draft"} and {copy.capacity for copy in made} == {5}
    assert [copy.quotas.get().seats for copy in made] == [2, 2]
    assert len({copy.series for copy in made}) == 1 and len({copy.slug for copy in made}) == 2
    assert Registration.objects.exclude(event=event).count() == 0


def test_a_draft_can_be_thrown_away_and_nothing_else_can() -> None:
    draft, event = seminars.a_draft(), seminars.a_seminar()
    editing.discard_draft(draft.pk, by=seminars.office())
    editing.discard_draft(draft.pk, by=seminars.office())
    with pytest.raises(RuleError, match="not_a_draft_event"):
        editing.discard_draft(event.pk, by=seminars.office())
    with pytest.raises(Exception, match="Cannot delete"), transaction.atomic():
        Event.objects.get(pk=event.pk).delete()
    with pytest.raises(IntegrityError, match="ends_after"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(ends_at=event.starts_at)
