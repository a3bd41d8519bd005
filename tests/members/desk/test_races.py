"""Directors at the same instant: real threads, real connections, one outcome and sentences for the others."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from cluster_portal.common.models import OutgoingMail, User
from members.models import AdhesionRequest, Ballot, Membership, RegisterEvent, Resolution, Round
from tests import factories
from tests.members.desk.conftest import door

pytestmark = pytest.mark.django_db(transaction=True)

Press = Callable[[], Any]


def at_once(presses: list[Press]) -> list[Any]:
    """Run each in a thread with a connection of its own, all let go at the same instant."""
    gate = threading.Barrier(len(presses))

    def run(press: Press) -> Any:
        try:
            gate.wait(timeout=60)
            return press()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as pool:
        return [one.result(timeout=90) for one in [pool.submit(run, press) for press in presses]]


@pytest.fixture
def board() -> list[User]:
    """Seven directors in a committed world."""
    factories.a_cluster()
    return factories.a_board()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def presses_of(user: User, way: str, values: dict[str, str]) -> Press:
    client = browser(user)
    return lambda: client.post(way, values)


def votes_of(vote: Round, user: User, choice: str, motive: str = "") -> Press:
    values = {"interest": "none", "choice": choice, "motive": motive}
    return presses_of(user, door(vote.request, "ballot"), values)


def test_the_ballot_that_settles_and_one_more_at_the_same_instant(board: list[User]) -> None:
    """Three are for; two more vote at once, for and against: one closes the round, the other reads a sentence."""
    vote = factories.an_open_round(board)
    for director in board[:3]:
        factories.votes(vote, director, "for")
    answers = at_once([votes_of(vote, board[3], "for"), votes_of(vote, board[4], "for")])
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    late = next(answer for answer in answers if answer.status_code == 409)
    assert "Already decided by resolution 1/" in late.content.decode()
    assert one_outcome(vote) == ("approved", 4)


def test_opposite_votes_at_the_same_instant_give_one_outcome(board: list[User]) -> None:
    """Seven seats, three for and three against: the last seat decides, pressed twice with opposite choices."""
    vote = factories.an_open_round(board)
    for director, choice in zip(board[:6], ["for", "against"] * 3, strict=True):
        factories.votes(vote, director, choice)
    presses = [votes_of(vote, board[6], "for"), votes_of(vote, board[6], "against", "I doubt it.")]
    answers = at_once(presses)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    state, ballots = one_outcome(vote)
    assert state in {"approved", "rejected"}
    assert ballots == 7


def test_three_ballots_that_complete_the_quorum_at_the_same_instant(board: list[User]) -> None:
    vote = factories.an_open_round(board)
    factories.votes(vote, board[0], "for")
    answers = at_once([votes_of(vote, director, "for") for director in board[1:4]])
    assert [answer.status_code for answer in answers] == [303, 303, 303]
    assert one_outcome(vote) == ("approved", 4)


def test_a_double_click_is_one_ballot_and_two_polite_answers(board: list[User]) -> None:
    vote = factories.an_open_round(board)
    press = votes_of(vote, board[1], "for")
    answers = at_once([press] * 6)
    assert {answer.status_code for answer in answers} == {303}
    assert Ballot.objects.filter(seat__user=board[1]).count() == 1


def test_two_of_the_office_declare_complete_at_the_same_instant(board: list[User]) -> None:
    adhesion = factories.a_submitted_request()
    people = [factories.an_office_person(), factories.an_office_person()]
    presses = [presses_of(one, door(adhesion, "complete"), {}) for one in people]
    answers = at_once(presses)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert adhesion.transitions.filter(verb="declare_complete").count() == 1
    assert OutgoingMail.objects.filter(kind="members/adhesion_complete", target_id=str(adhesion.pk)).count() == 1


def test_return_and_complete_at_the_same_instant_leave_one_of_them(board: list[User]) -> None:
    adhesion = factories.a_submitted_request()
    one, two = factories.an_office_person(), factories.an_office_person()
    presses = [
        presses_of(one, door(adhesion, "complete"), {}),
        presses_of(two, door(adhesion, "return"), {"other": "A stamp."}),
    ]
    answers = at_once(presses)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    adhesion.refresh_from_db()
    assert adhesion.state in {"returned", "complete", "objection"}


def test_president_and_secretary_open_a_round_at_the_same_instant(board: list[User]) -> None:
    adhesion = factories.a_complete_request()
    page = browser(board[0]).get(door(adhesion, "open"))
    day = page.context["form"].initial["closes_on"].isoformat()
    values = {"procedure": "written", "closes_on": day, "closes_time": "18:00"}
    presses = [presses_of(one, door(adhesion, "open"), values) for one in (board[0], board[2])]
    answers = at_once(presses)
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    assert Round.objects.filter(request=adhesion).count() == 1


def one_outcome(vote: Round) -> tuple[str, int]:
    """The state and the ballots counted, having checked that everything hangs together once."""
    request = AdhesionRequest.objects.get(pk=vote.request_id)
    resolution = Resolution.objects.get(request=request)
    round_ = Round.objects.get(pk=vote.pk)
    assert round_.closed_at is not None
    assert resolution.outcome == request.state
    members = Membership.objects.filter(organisation=request.organisation)
    assert members.count() == (1 if request.state == "approved" else 0)
    assert RegisterEvent.objects.filter(membership__in=members).count() == members.count()
    letters = OutgoingMail.objects.filter(target_id=str(request.pk), kind__endswith=f"adhesion_{request.state}")
    assert letters.count() == 1
    return request.state, Ballot.objects.filter(seat__round=vote).count()
