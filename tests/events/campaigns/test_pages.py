"""The office's pages for inviting people: draft, preview, confirmation, progress, stop and resume."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from cluster_portal.common import topics
from cluster_portal.common.models import Cluster, OutgoingMail, RefusalWay
from events.actions import campaigns
from events.models import Campaign, Event
from events.wording import INVITATIONS
from members.models import Tag
from tests import factories
from tests.events import seminars
from tests.events.campaigns.made import a_campaign, fresh, members, send_all, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(cluster: Cluster, settings: Any) -> Client:
    """The cluster manager, signed in."""
    settings.REQUIRE_STAFF_MFA = False
    client = Client(headers={"accept-language": "en"})
    client.force_login(seminars.office())
    return client


def at(event: Event, rest: str = "") -> str:
    return f"/events/manage/{event.pk}/invitations/{rest}"


def page(desk: Client, address: str) -> str:
    answer = desk.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_campaign_from_the_form_to_the_last_letter(desk: Client) -> None:
    members(3)
    topics.refuse("om002@example.org", INVITATIONS.code, way=RefusalWay.ONE_CLICK, by=None)
    event = seminars.a_seminar()
    form = desk.get(at(event, "new/")).context["form"]
    sent = {"key": str(form["key"].value()), "text_ro": "Vă așteptăm.", "people": ["representative"]}
    for _twice in range(2):
        answer = desk.post(at(event, "new/"), sent)
        assert answer.status_code == 303
    campaign = Campaign.objects.get()
    assert answer["Location"] == at(event, f"{campaign.pk}/")
    shown = page(desk, answer["Location"])
    assert "2 people would get this letter." in shown
    assert re.search(r"om002@example\.org.*Refused such letters", shown, re.DOTALL)
    assert "This writes 2 letters. Send them?" in page(desk, at(event, f"{campaign.pk}/start/"))
    for _twice in range(2):
        assert desk.post(at(event, f"{campaign.pk}/start/"), {"letters": "2"}).status_code == 303
    shown = page(desk, at(event, f"{campaign.pk}/"))
    assert "Being sent" in shown and 'data-hx-trigger="every 4s"' in shown and "1 of 3" in shown
    send_all(campaign)
    shown = page(desk, at(event, f"{campaign.pk}/"))
    assert "Finished" in shown and "hx-" not in shown and "3 of 3" in shown
    assert "om002" not in page(desk, at(event, f"{campaign.pk}/?state=sent"))
    assert "om002" in page(desk, at(event, f"{campaign.pk}/?state=left_out"))
    assert "Nobody is in this state." in page(desk, at(event, f"{campaign.pk}/?state=waiting"))


def test_the_number_that_was_agreed_to_is_the_number_that_is_written(desk: Client) -> None:
    members(2)
    event = seminars.a_seminar()
    campaign = a_campaign(event)
    factories.a_member(user=factories.a_user("late@example.org"))
    answer = desk.post(at(event, f"{campaign.pk}/start/"), {"letters": "2"}, follow=True)
    assert "Meanwhile the audience has changed." in answer.content.decode()
    assert "This writes 3 letters." in answer.content.decode()
    assert fresh(campaign).state == "draft"


def test_stop_and_resume_are_buttons_and_a_second_click_is_harmless(desk: Client) -> None:
    members(1)
    event = seminars.a_seminar()
    campaign = started(event)
    for _twice in range(2):
        answer = desk.post(at(event, f"{campaign.pk}/stop/"), follow=True)
        assert "Stopped. 1 letter was not written." in answer.content.decode()
    assert "Go on with 1 letter" in answer.content.decode()
    for _twice in range(2):
        assert desk.post(at(event, f"{campaign.pk}/resume/"), follow=True).status_code == 200
    assert fresh(campaign).state == "sending"
    send_all(campaign)
    answer = desk.post(at(event, f"{campaign.pk}/stop/"), follow=True)
    assert "in which this cannot be done" in answer.content.decode()


@pytest.mark.parametrize(("language", "words"), [("ro", "Aducem senzori."), ("en", "There will be sensors.")])
def test_the_letter_of_the_preview_is_the_letter_and_can_do_nothing(desk: Client, language: str, words: str) -> None:
    event = seminars.a_seminar()
    campaign = a_campaign(event)
    answer = desk.get(at(event, f"{campaign.pk}/letter/{language}/"))
    text = answer.content.decode()
    assert words in text and f'<html lang="{language}">' in text and f"/events/{event.slug}/" in text
    assert topics.unsubscribe_link(seminars.office().email, INVITATIONS.code) in text
    assert "sandbox" in answer["Content-Security-Policy"]
    assert not OutgoingMail.objects.filter(kind="events/invitation").exists()


def test_what_is_wrong_is_said_at_its_field(desk: Client) -> None:
    event = seminars.a_seminar()
    answer = desk.post(at(event, "new/"), {"key": "0" * 32, "text_ro": "", "sides": ["purple"]})
    assert set(answer.context["form"].errors) == {"text_ro", "sides"}
    answer = desk.post(at(event, "new/"), {"key": "0" * 32, "text_ro": "x", "sides": ["civil"]})
    assert set(answer.context["form"].errors) == {"people"}
    assert not Campaign.objects.exists()


def test_a_draft_is_edited_and_thrown_away_and_what_has_started_is_not(desk: Client) -> None:
    members(1)
    event = seminars.a_seminar()
    campaign = a_campaign(event, people=("representative", "legal"), counties=("SB", "CJ"), tags=("c2-sdr",))
    form = desk.get(at(event, f"{campaign.pk}/edit/")).context["form"]
    assert form["people"].value() == ["legal", "representative"] and form["counties"].value() == ["CJ", "SB"]
    assert form["tags"].value() == [Tag.objects.get(code="c2-sdr").pk]
    changed = {"key": str(campaign.key), "text_ro": "Altfel.", "people": ["representative"]}
    assert desk.post(at(event, f"{campaign.pk}/edit/"), changed).status_code == 303
    assert fresh(campaign).text_ro == "Altfel." and fresh(campaign).audience["tags"] == []
    page(desk, at(event, f"{campaign.pk}/discard/"))
    for _twice in range(2):
        assert desk.post(at(event, f"{campaign.pk}/discard/")).status_code == 303
    assert not Campaign.objects.exists()
    campaign = started(event)
    assert desk.get(at(event, f"{campaign.pk}/edit/")).status_code == 303
    assert desk.post(at(event, f"{campaign.pk}/discard/")).status_code == 303
    assert Campaign.objects.exists()


def test_a_campaign_of_another_event_and_a_draft_event_are_not_found(desk: Client) -> None:
    event, other = seminars.a_seminar(), seminars.a_seminar(title_ro="Altul")
    campaign = a_campaign(other)
    for rest in ("", "edit/", "start/", "discard/", "letter/ro/"):
        assert desk.get(at(event, f"{campaign.pk}/{rest}")).status_code == 404
    for rest in ("stop/", "resume/", "start/"):
        assert desk.post(at(event, f"{campaign.pk}/{rest}"), {"letters": "0"}).status_code == 404
    assert desk.get(at(seminars.a_draft())).status_code == 404


def test_a_closed_event_offers_no_campaign(desk: Client) -> None:
    event = seminars.over(seminars.a_seminar())
    shown = page(desk, at(event))
    assert "Nobody can be invited now:" in shown and "New campaign" not in shown


LIST, STARTED, PREVIEW = 6, 8, 15


def test_pages_cost_the_same_queries_for_one_row_and_for_thirty(
    desk: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    event = seminars.a_seminar()
    page(desk, at(event))
    made = 0
    for number in (1, 30):
        for one in range(made, number):
            factories.a_member(user=factories.a_user(f"q{one}@example.org"))
            a_campaign(event)
        made = number
        draft = Campaign.objects.latest("pk")
        with django_assert_num_queries(LIST):
            desk.get(at(event))
        with django_assert_num_queries(PREVIEW):
            desk.get(at(event, f"{draft.pk}/"))
    campaign = campaigns.start_campaign(draft.pk, by=seminars.office())
    with django_assert_num_queries(STARTED):
        desk.get(at(event, f"{campaign.pk}/"))
