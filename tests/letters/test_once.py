"""Nobody is written to twice for one cause, whatever is clicked twice, at once, or by two timetables."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import timezone

from cluster_portal.common.models import Cluster, OutgoingMail, User
from members import tasks
from members.actions import adhesion, board, office
from members.models import AdhesionRequest, Round
from members.rules.errors import RuleError
from tests import factories


def written(kind: str) -> Counter[str]:
    """How often each person was written to."""
    return Counter(OutgoingMail.objects.filter(kind=f"members/{kind}").values_list("recipient", flat=True))


def at_once(*acts: Callable[[], Any]) -> list[BaseException | None]:
    """Do all of it at the same time, each on a connection of its own; what each one raised."""
    gate = threading.Barrier(len(acts))
    raised: list[BaseException | None] = [None] * len(acts)

    def run(number: int, act: Callable[[], Any]) -> None:
        try:
            gate.wait(60)
            act()
        except RuleError as error:
            raised[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(90)
    return raised


@pytest.mark.django_db(transaction=True)
def test_a_double_click_on_submit_writes_one_letter(cluster: Cluster) -> None:
    draft = factories.a_draft()
    at_once(*[lambda: adhesion.submit_adhesion(draft.pk, by=draft.applicant)] * 3)
    assert written("adhesion_received") == {draft.applicant.email: 1}


@pytest.mark.django_db(transaction=True)
def test_two_people_of_the_office_return_a_file_at_once_and_one_letter_leaves(cluster: Cluster) -> None:
    request = factories.a_submitted_request()
    items: list[office.ReturnItem] = [{"code": "onrc", "note": "Too old."}]
    first, second = factories.an_office_person(), factories.an_office_person()
    at_once(*[lambda by=by: office.return_request(request.pk, by=by, items=items) for by in (first, second)])
    assert written("adhesion_returned") == {request.applicant.email: 1}


@pytest.mark.django_db(transaction=True)
def test_the_votes_that_settle_it_at_once_write_one_letter(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    for director in directors[:3]:
        factories.votes(vote, director, "for")
    for director in directors[3:6]:
        board.declare_interest(vote.pk, by=director, has_interest=False)
    at_once(*[lambda by=by: board.cast_ballot(vote.pk, by=by, choice="for") for by in directors[3:6]])
    request = AdhesionRequest.objects.get(pk=vote.request_id)
    assert request.state == "approved"
    assert written("adhesion_approved") == {request.applicant.email: 1}
    assert written("board_asked") == dict.fromkeys((director.email for director in directors), 1)


@pytest.mark.django_db
def test_every_representative_hears_and_nobody_else(cluster: Cluster) -> None:
    request = factories.a_draft()
    people = request.organisation.representations
    colleague, gone, helper = (factories.a_user() for _ in range(3))
    people.create(user=colleague, role="representative")
    people.create(user=gone, role="representative", ended_at=timezone.now(), ended_by=gone)
    people.create(user=helper, role="contributor")
    adhesion.submit_adhesion(request.pk, by=request.applicant)
    assert written("adhesion_received") == {request.applicant.email: 1, colleague.email: 1}


# --- The timetable ----------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_directors_are_reminded_once_a_day_and_only_those_whose_vote_is_missing(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    tasks.remind_directors()
    assert not written("board_reminded"), "not on the day of the opening"
    factories.votes(vote, directors[0], "for")
    board.declare_interest(vote.pk, by=directors[1], has_interest=True, interest="I work there.")
    tomorrow = timezone.now() + timedelta(days=1)
    with time_machine.travel(tomorrow):
        for _turn in range(3):
            tasks.remind_directors()
    once = dict.fromkeys((director.email for director in directors[2:]), 1)
    assert written("board_reminded") == once
    with time_machine.travel(tomorrow + timedelta(days=1)):
        tasks.remind_directors()
    assert written("board_reminded") == dict.fromkeys(once, 2)


@pytest.mark.django_db(transaction=True)
def test_two_timetables_at_once_write_the_same_letters_as_one(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    Round.objects.filter(pk=vote.pk).update(opened_at=timezone.now() - timedelta(days=2))
    at_once(tasks.remind_directors, tasks.remind_directors)
    assert written("board_reminded") == dict.fromkeys((director.email for director in directors), 1)


@pytest.mark.django_db
def test_a_round_whose_time_is_over_is_closed_once(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    for director in directors[:3]:
        factories.votes(vote, director, "for")
    tasks.close_rounds()
    assert not Round.objects.get(pk=vote.pk).result
    with time_machine.travel(vote.closes_at + timedelta(minutes=1)):
        tasks.close_rounds()
        tasks.close_rounds()
    assert Round.objects.get(pk=vote.pk).result == "no_quorum"
    assert set(written("adhesion_adjourned").values()) == {1}


@pytest.mark.django_db
def test_a_file_that_was_not_completed_lapses_the_day_after_its_last_day(cluster: Cluster) -> None:
    request = factories.a_submitted_request()
    office.return_request(request.pk, by=factories.an_office_person(), items=[{"code": "onrc", "note": ""}])
    last = AdhesionRequest.objects.get(pk=request.pk).completion_due_on
    assert last is not None
    for days, state in ((0, "returned"), (1, "lapsed"), (2, "lapsed")):
        with time_machine.travel(timezone.now() + (last - timezone.localdate()) + timedelta(days=days)):
            tasks.lapse_requests()
        assert AdhesionRequest.objects.get(pk=request.pk).state == state
    assert written("adhesion_lapsed") == {request.applicant.email: 1}


@pytest.mark.django_db
def test_a_window_for_objections_ends_by_itself(cluster: Cluster) -> None:
    request = factories.a_submitted_request()
    office.declare_complete(request.pk, by=factories.an_office_person())
    tasks.end_objections()
    assert AdhesionRequest.objects.get(pk=request.pk).state == "objection"
    with time_machine.travel(timezone.now() + timedelta(days=16)):
        tasks.end_objections()
        tasks.end_objections()
    assert AdhesionRequest.objects.get(pk=request.pk).state == "deliberation"


@pytest.mark.django_db
def test_one_row_that_fails_is_logged_and_does_not_stop_the_others(
    cluster: Cluster, caplog: pytest.LogCaptureFixture
) -> None:
    requests = [factories.a_submitted_request() for _ in range(3)]
    for request in requests:
        office.return_request(request.pk, by=factories.an_office_person(), items=[{"code": "onrc", "note": ""}])
    broken = requests[1]
    with connection.cursor() as cursor:  # the database refuses the step of one request
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE members_adhesiontransition ADD CONSTRAINT refuses_one "
            f"CHECK (NOT (request_id = {broken.pk} AND target = 'lapsed'))"
        )
    with time_machine.travel(timezone.now() + timedelta(days=60)), pytest.raises(Exception, match="lapse failed for"):
        tasks.lapse_requests()
    states = [AdhesionRequest.objects.get(pk=request.pk).state for request in requests]
    assert states == ["lapsed", "returned", "lapsed"]
    assert "refuses_one" in caplog.text


# --- What each one may read -------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_no_letter_tells_an_applicant_what_belongs_to_the_board(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    board.declare_interest(vote.pk, by=directors[6], has_interest=True, interest="CANARY-INTEREST")
    for director in directors[:2]:
        factories.votes(vote, director, "for", "CANARY-FOR")
    for director in directors[2:6]:
        factories.votes(vote, director, "against", "It brings no laboratory.")
    request = AdhesionRequest.objects.get(pk=vote.request_id)
    assert request.state == "rejected"
    for mail in OutgoingMail.objects.filter(recipient=request.applicant.email):
        whole = mail.subject + mail.text + mail.html
        assert "CANARY" not in whole
        assert "/admin/" not in whole
        assert not any(director.email in whole or str(director) in whole for director in directors)
    told = OutgoingMail.objects.get(kind="members/adhesion_rejected")
    assert "It brings no laboratory." in told.text


@pytest.mark.django_db
def test_letters_to_directors_carry_nothing_that_the_desk_guards(directors: list[User], client: Client) -> None:
    vote = factories.an_open_round(directors)
    request = AdhesionRequest.objects.get(pk=vote.request_id)
    for mail in OutgoingMail.objects.filter(kind="members/board_asked"):
        whole = mail.text + mail.html
        assert request.contribution not in whole
        assert request.organisation.tax_id not in whole and request.organisation.email not in whole
        assert request.applicant.email not in whole
