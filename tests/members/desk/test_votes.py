"""Several requests voted on one page: each by itself, some taken and some refused."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cluster_portal.common.models import User
from members.models import AdhesionRequest, Ballot, Representation, Round
from tests import factories
from tests.members.desk.conftest import LIST, SignIn

pytestmark = pytest.mark.django_db


def page_of(*votes: Round) -> str:
    ids = ",".join(str(vote.request_id) for vote in votes)
    return f"{reverse('admin:members_adhesionrequest_votes')}?ids={ids}"


def ballot(vote: Round, choice: str, motive: str = "", interest: str = "none") -> dict[str, str]:
    prefix = f"f{vote.request_id}-"
    return {f"{prefix}choice": choice, f"{prefix}motive": motive, f"{prefix}interest": interest}


def test_the_list_leads_to_the_page_of_votes_and_writes_nothing(as_: SignIn, directors: list[User]) -> None:
    one, two = factories.an_open_round(directors), factories.an_open_round(directors)
    waiting = factories.a_submitted_request()
    browser = as_(directors[1])
    ids = [one.request_id, two.request_id, waiting.pk]
    answer = browser.post(LIST, {"action": "vote_on_selected", "_selected_action": ids})
    assert answer.status_code == 302
    page = browser.get(answer.headers["Location"])
    assert {row.vote.pk for row in page.context["rows"]} == {one.pk, two.pk}
    assert not Ballot.objects.exists()


def test_each_ballot_is_taken_by_itself(as_: SignIn, directors: list[User]) -> None:
    votes = [factories.an_open_round(directors, name=f"Firm {number} SRL") for number in range(4)]
    closed, tied, plain, against = votes
    for director in directors[1:5]:
        factories.votes(closed, director, "for")
    me = directors[5]
    Representation.objects.create(organisation=tied.request.organisation, user=me, role="contributor")
    browser = as_(me)
    sent = {"ids": ",".join(str(vote.request_id) for vote in votes)}
    for vote in (closed, tied, plain):
        sent |= ballot(vote, "for")
    sent |= ballot(against, "against")  # without its motive
    page = browser.post(page_of().split("?")[0], sent)
    said = page.content.decode()
    assert page.status_code == 422
    assert "1 ballot was recorded." in said
    assert "Already decided by resolution" in said
    assert "You have an interest in this request or stepped aside." in said
    assert "A vote against needs a motive" in said
    mine = Ballot.objects.filter(seat__user=me)
    assert list(mine.values_list("seat__round", "choice")) == [(plain.pk, "for")]
    again = browser.post(page_of().split("?")[0], sent | ballot(against, "against", "No contribution."))
    assert again.status_code == 200
    assert sorted(Ballot.objects.filter(seat__user=me).values_list("seat__round", "choice")) == sorted(
        [(plain.pk, "for"), (against.pk, "against")]
    )


def test_what_is_left_open_stays_as_it_is(as_: SignIn, directors: list[User]) -> None:
    one, two = factories.an_open_round(directors), factories.an_open_round(directors)
    values = {"ids": f"{one.request_id},{two.request_id}"} | ballot(one, "") | ballot(two, "abstain")
    page = as_(directors[2]).post(page_of().split("?")[0], values)
    assert page.status_code == 200
    assert list(Ballot.objects.values_list("seat__round", "choice")) == [(two.pk, "abstain")]
    assert one.seats.get(user=directors[2]).declared_at is None


def test_the_last_ballot_on_the_page_settles_the_matter(as_: SignIn, directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    for director in directors[:3]:
        factories.votes(vote, director, "for")
    page = as_(directors[3]).post(page_of().split("?")[0], {"ids": str(vote.request_id)} | ballot(vote, "for"))
    assert "It settled the matter and closed the round." in page.content.decode()
    assert AdhesionRequest.objects.get(pk=vote.request_id).state == "approved"


def test_nonsense_in_the_address_is_an_empty_page(as_: SignIn, directors: list[User]) -> None:
    browser = as_(directors[1])
    draft = factories.a_draft()
    for ids in ("", "x,y", "99999999999999999999", str(draft.pk), ",,,"):
        page = browser.get(f"{reverse('admin:members_adhesionrequest_votes')}?ids={ids}")
        assert page.status_code == 200
        assert "None of these requests has a round." in page.content.decode()
