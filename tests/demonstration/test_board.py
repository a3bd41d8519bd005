"""The demonstration's board: filled, with searches that the member keeps and the letter that one of them wrote."""

from __future__ import annotations

from django.test import Client

from cluster_portal.common.models import OutgoingMail, User
from cluster_portal.common.visibility import viewer
from matchmaking.models import Opportunity, SavedSearch
from matchmaking.queries.board import board


def test_the_board_is_filled_for_visitors_and_for_members(demonstration: str) -> None:
    visitors, members = board(viewer()).count(), board(viewer(member=True)).count()
    assert 0 < visitors < members <= Opportunity.objects.count()
    answer = Client().get("/matchmaking/opportunities/")
    assert f">{visitors} " in answer.content.decode()


def test_the_member_keeps_searches_and_has_heard_of_a_new_need(demonstration: str) -> None:
    reader = User.objects.get(email="member@demo.example.org")
    assert set(SavedSearch.objects.filter(person=reader).values_list("rhythm", flat=True)) == {"instant", "weekly"}
    (letter,) = OutgoingMail.objects.filter(kind="matchmaking/opportunities")
    assert letter.user == reader and "Nevoi obligatorii" in letter.text
    assert not Opportunity.objects.filter(announced_at__isnull=True).exists()
