"""The desk of registrations: the list, what is done to one or to several, and people pasted from elsewhere."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.models import OutgoingMail
from events.forms.day import Way
from events.models import Registration
from tests import factories
from tests.events import seminars
from tests.events.day.conftest import register

pytestmark = pytest.mark.django_db
PEOPLE = "Ana Pop <ana@example.org>\nȘtefan Țuțea; stefan@example.org"


def states(event: Any) -> dict[str, str]:
    return dict(Registration.objects.filter(event=event).values_list("full_name", "state"))


def test_the_list_is_narrowed_by_state_and_by_words_without_marks(desk: Client) -> None:
    event = seminars.a_seminar(capacity=1)
    register(event, "Ștefan Țuțea", "Ana Pop")
    path = f"/events/manage/{event.pk}/registrations/"
    page = desk.get(path).content.decode()
    assert "Ștefan Țuțea" in page and "Ana Pop" in page and "All 2" in page and "On the waiting list 1" in page
    assert "Ana Pop" not in desk.get(path, {"q": "STEFAN tutea"}).content.decode()
    assert "Ștefan Țuțea" not in desk.get(path, {"state": "listed"}).content.decode()
    assert "No registration is found so" in desk.get(path, {"q": "nobody"}).content.decode()
    assert "Ana Pop" in desk.get(path, {"state": "no such state", "page": "999"}).content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_makes_the_same_queries_for_one_and_for_thirty(
    desk: Client, django_assert_num_queries: Any, count: int
) -> None:
    event = seminars.a_seminar()
    register(event, *(f"Person{number} Pop" for number in range(count)))
    desk.get("/health/")
    with django_assert_num_queries(
        10
    ):  # session, user, standing; event, counts, how many, rows, answers, refusals, cluster
        desk.get(f"/events/manage/{event.pk}/registrations/")


def test_several_are_approved_in_the_order_in_which_they_asked(desk: Client) -> None:
    event = seminars.a_seminar(capacity=1, approval_required=True)
    first = seminars.a_registration(event, factories.a_user(full_name="Asked First"))
    second = seminars.a_registration(event, factories.a_user(full_name="Asked Second"))
    path = f"/events/manage/{event.pk}/registrations/approve/"
    chosen = {"people": [second.pk, first.pk]}
    answer = desk.post(path, chosen, follow=True)
    assert states(event) == {"Asked First": "confirmed", "Asked Second": "listed"}
    assert "1 person has a place now." in answer.content.decode()
    written = OutgoingMail.objects.count()
    again = desk.post(path, chosen, follow=True).content.decode()
    assert "2 people did not wait for approval any more." in again
    assert OutgoingMail.objects.count() == written


def test_nobody_ticked_and_people_of_another_event_approve_nobody(desk: Client) -> None:
    event, other = seminars.a_seminar(approval_required=True), seminars.a_seminar(approval_required=True)
    foreign = seminars.a_registration(other)
    for chosen in ({}, {"people": [foreign.pk]}, {"people": ["x"]}):
        page = desk.post(f"/events/manage/{event.pk}/registrations/approve/", chosen, follow=True)
        assert "Tick the people" in page.content.decode()
    assert seminars.fresh(foreign).state == "asked"


@pytest.mark.parametrize(("verb", "state"), [("decline", "declined"), ("cancel", "cancelled")])
def test_declining_and_cancelling_need_a_reason_and_happen_once(desk: Client, verb: str, state: str) -> None:
    event = seminars.a_seminar(approval_required=True)
    one = seminars.a_registration(event)
    path = f"/events/manage/{event.pk}/registrations/{one.pk}/{verb}/"
    assert "field is required" in desk.post(path, {"reason": " "}).content.decode()
    assert seminars.fresh(one).state == "asked"
    before = OutgoingMail.objects.count()
    for _click in range(2):
        assert desk.post(path, {"reason": "The hall is too small."}).status_code == 303
    assert (seminars.fresh(one).state, seminars.fresh(one).reason) == (state, "The hall is too small.")
    assert OutgoingMail.objects.count() == before + 1


def test_a_registration_of_another_event_does_not_exist_here(desk: Client) -> None:
    event, other = seminars.a_seminar(), seminars.a_seminar()
    foreign = seminars.a_registration(other)
    assert desk.get(f"/events/manage/{event.pk}/registrations/{foreign.pk}/cancel/").status_code == 404
    draft = seminars.a_draft()
    assert desk.get(f"/events/manage/{draft.pk}/registrations/").status_code == 404


def test_pasted_people_are_shown_first_and_registered_once(desk: Client) -> None:
    event = seminars.a_seminar()
    path = f"/events/manage/{event.pk}/registrations/add/"
    data = {"people": f"{PEOPLE}\n{PEOPLE}", "language": "ro"}
    page = desk.post(path, data).content.decode()
    assert "2 people will be registered" in page and "2 lines say what other lines say" in page
    assert states(event) == {}
    for _click in range(2):
        answer = desk.post(path, data | {"confirmed": "1"}, follow=True)
    assert states(event) == {"Ana Pop": "confirmed", "Ștefan Țuțea": "confirmed"}
    assert "2 people were registered already" in answer.content.decode()


def pasted(count: int) -> dict[str, str]:
    return {"people": "\n".join(f"Om {number} <om{number}@example.org>" for number in range(count)), "language": "ro"}


def test_a_long_list_goes_in_portions_and_a_second_paste_registers_nobody_twice(desk: Client) -> None:
    event = seminars.a_seminar(capacity=150)
    path, data = f"/events/manage/{event.pk}/registrations/add/", pasted(240)
    page = desk.post(path, data).content.decode()
    assert "240 people will be registered" in page and "And 40 more people" in page and "50 at a time" in page
    for paste in range(2):
        going = desk.post(path, data | {"confirmed": "1"})
        for expected in (50, 100, 150, 200):
            assert going.context["way"] == Way(expected, 0 if paste else expected)
            assert f"{expected} of 240 people" in going.content.decode()
            going = desk.post(path, data | hidden_of(going))
        assert going.status_code == 303
        page = desk.get(going["Location"]).content.decode()
        assert ("240 people were registered already" if paste else "240 people were registered and are told") in page
        found = Counter(Registration.objects.filter(event=event).values_list("state", flat=True))
        assert found == {"confirmed": 150, "listed": 90}
    assert OutgoingMail.objects.filter(kind__in=("events/registered", "events/listed")).count() == 240


def hidden_of(going: Any) -> dict[str, str]:
    way = going.context["way"]
    return {"confirmed": "1", "reached": str(way.reached), "fresh": str(way.fresh)}


def test_a_list_that_stopped_half_way_goes_on_where_it_is_pasted_again(desk: Client) -> None:
    event = seminars.a_seminar()
    path, data = f"/events/manage/{event.pk}/registrations/add/", pasted(80) | {"confirmed": "1"}
    desk.post(path, data)
    assert Registration.objects.filter(event=event).count() == 50
    going = desk.post(path, data)
    assert going.context["way"] == Way(50, 0)
    last = desk.post(path, data | hidden_of(going), headers={"hx-request": "true"})
    assert (last.status_code, last["HX-Redirect"]) == (204, f"/events/manage/{event.pk}/registrations/")
    assert Registration.objects.filter(event=event).count() == 80


@pytest.mark.parametrize("reached", ["-1", "131", "many", "99999999999999999999"])
def test_a_way_that_nobody_went_leads_nowhere_else(desk: Client, reached: str) -> None:
    event = seminars.a_seminar()
    path = f"/events/manage/{event.pk}/registrations/add/"
    answer = desk.post(path, pasted(3) | {"confirmed": "1", "reached": reached, "fresh": "7"})
    assert answer.status_code == 303
    assert Registration.objects.filter(event=event).count() == (3 if reached in ("-1", "many") else 0)


def test_more_people_than_any_list_has_is_a_sentence_and_registers_nobody(desk: Client) -> None:
    event = seminars.a_seminar()
    data = pasted(20_001) | {"confirmed": "1"}
    page = desk.post(f"/events/manage/{event.pk}/registrations/add/", data).content.decode()
    assert "These are 20001 people; register at most 20000 at once." in page
    assert "Om 20000 &lt;om20000@example.org&gt;" in page  # what was typed stays
    assert states(event) == {}


def test_one_wrong_line_registers_nobody(desk: Client) -> None:
    event = seminars.a_seminar()
    data = {"people": f"{PEOPLE}\nNobody At All", "language": "ro", "confirmed": "1"}
    page = desk.post(f"/events/manage/{event.pk}/registrations/add/", data)
    assert "Line 3 has no e-mail address" in page.content.decode()
    assert states(event) == {}


def test_people_of_a_member_carry_its_side_and_role(desk: Client) -> None:
    event = seminars.a_seminar()
    factories.a_member("Fabrica de Filtre SRL")
    data = {"people": PEOPLE, "language": "ro", "confirmed": "1", "organisation": "fabrica de filtre srl"}
    assert desk.post(f"/events/manage/{event.pk}/registrations/add/", data).status_code == 303
    assert set(Registration.objects.values_list("organisation__legal_name", "member")) == {
        ("Fabrica de Filtre SRL", True)
    }
    wrong = desk.post(f"/events/manage/{event.pk}/registrations/add/", data | {"organisation": "No such"})
    assert "No member in good standing" in wrong.content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_waiting_list_shows_positions_and_makes_the_same_queries(
    desk: Client, django_assert_num_queries: Any, count: int
) -> None:
    event = seminars.a_seminar(capacity=1)
    register(event, "Sits Already", *(f"Waits{number} Pop" for number in range(count)))
    desk.get("/health/")
    with django_assert_num_queries(8):  # session, user, standing; event, list, offers, quotas, cluster
        page = desk.get(f"/events/manage/{event.pk}/waiting/").content.decode()
    assert f"{count} pe" in page and '<td class="num">1</td>' in page


def test_offering_what_is_free_twice_offers_it_once(desk: Client) -> None:
    event = seminars.a_seminar(capacity=1)
    register(event, "Sits Already", "Waits Pop")
    page = desk.post(f"/events/manage/{event.pk}/waiting/offer/", follow=True).content.decode()
    assert "Nothing to offer" in page


def test_an_address_that_refuses_letters_is_marked_at_the_desk(desk: Client) -> None:
    event = seminars.a_seminar()
    register(event, "Ana Pop", "Dan Rus")
    path, words = f"/events/manage/{event.pk}/registrations/", "Letters to this address come back"
    assert words not in desk.get(path).content.decode()
    for number in range(2):
        values = {"dedup_key": f"{number}", "kind": "events/reminder", "language": "ro", "subject": "x", "text": "x"}
        error = {"state": "failed", "last_error": "refused: 550 no such mailbox", "message_id": f"<{number}@x>"}
        OutgoingMail.objects.create(recipient="ana@example.org", **values, **error)
    page = desk.get(path).content.decode()
    assert page.count(words) == 1
    assert page.index("Ana Pop") < page.index(words)
