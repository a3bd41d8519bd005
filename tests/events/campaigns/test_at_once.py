"""Real connections at the same time: two workers, two clicks, and a stop in the middle of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from cluster_portal.common.models import Cluster, OutgoingMail
from events.actions import campaigns, changing
from events.models import Campaign, Recipient
from members.rules.errors import RuleError
from tests.conftest import PATIENCE
from tests.events import seminars
from tests.events.campaigns.made import a_campaign, fates, fresh, members, started
from tests.events.test_at_once import nothing_is_broken

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def small_pieces(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaigns, "CHUNK", 3)


def at_once(*acts: Callable[[], Any]) -> list[BaseException]:
    """Do all of it at one instant, each over a connection of its own; what was raised."""
    gate, raised = threading.Barrier(len(acts)), list[BaseException]()

    def run(act: Callable[[], Any]) -> None:
        try:
            gate.wait(60)
            act()
        except Exception as error:  # noqa: BLE001  # the test looks at it
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return raised


def worker(*pks: int) -> Callable[[], None]:
    """Sends until none of these campaigns is being sent."""

    def work() -> None:
        ends = time.monotonic() + PATIENCE
        while Campaign.objects.sending().filter(pk__in=pks).exists() and time.monotonic() < ends:
            for pk in pks:
                campaigns.send_chunk(pk)

    return work


def letters() -> list[str]:
    mails = OutgoingMail.objects.filter(kind="events/invitation").order_by("recipient")
    return list(mails.values_list("recipient", flat=True))


def test_four_workers_write_to_each_once() -> None:
    members(20)
    campaign = started(seminars.a_seminar())
    assert at_once(*[worker(campaign.pk)] * 4) == []
    assert letters() == [f"om{number:03}@example.org" for number in range(1, 21)]
    assert (fresh(campaign).state, fresh(campaign).sent) == ("finished", 20)
    nothing_is_broken()


def test_two_campaigns_for_the_same_people_at_once_write_to_each_once() -> None:
    members(20)
    event = seminars.a_seminar()
    one, other = started(event), started(event)
    assert at_once(worker(one.pk, other.pk), worker(other.pk, one.pk)) == []
    assert letters() == [f"om{number:03}@example.org" for number in range(1, 21)]
    assert fresh(one).sent + fresh(other).sent == 20 == fresh(one).left_out + fresh(other).left_out
    assert {*fates(one).values(), *fates(other).values()} <= {"sent", "invited"}
    nothing_is_broken()


def test_a_start_that_is_clicked_four_times_starts_once() -> None:
    members(5)
    campaign, by = a_campaign(seminars.a_seminar()), seminars.office()
    assert at_once(*[lambda: campaigns.start_campaign(campaign.pk, by=by)] * 4) == []
    assert Recipient.objects.count() == fresh(campaign).total == 5
    nothing_is_broken()


def test_after_a_stop_no_letter_is_written() -> None:
    members(30)
    campaign, by = started(seminars.a_seminar()), seminars.office()
    seen: list[int] = []

    def stop() -> None:
        while not OutgoingMail.objects.filter(kind="events/invitation").exists():
            time.sleep(0.01)
        campaigns.stop_campaign(campaign.pk, by=by)
        seen.append(len(letters()))

    assert at_once(worker(campaign.pk), worker(campaign.pk), stop) == []
    assert 0 < seen[0] == len(letters()) == fresh(campaign).sent < 30
    nothing_is_broken()
    campaigns.resume_campaign(campaign.pk, by=by)
    assert at_once(worker(campaign.pk), worker(campaign.pk)) == []
    assert len(letters()) == 30
    nothing_is_broken()


def test_an_event_that_is_cancelled_while_letters_are_written_stops_them_without_a_quarrel() -> None:
    members(30)
    event, by = seminars.a_seminar(), seminars.office()
    campaign, draft = started(event), a_campaign(event)

    def cancel() -> None:
        while not OutgoingMail.objects.filter(kind="events/invitation").exists():
            time.sleep(0.01)
        changing.cancel_event(event.pk, by=by, reason="Snow.")

    def begin() -> None:
        campaigns.start_campaign(draft.pk, by=by)

    raised = at_once(worker(campaign.pk), cancel, begin)
    assert all(isinstance(error, RuleError) for error in raised), raised
    assert fresh(campaign).stop_reason == "cancelled"
    assert fresh(draft).state in {"draft", "stopped"}
    nothing_is_broken()
