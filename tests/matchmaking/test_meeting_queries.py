"""How many queries the pages of meetings ask, with one row and with thirty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import User
from matchmaking.actions.upkeep import refresh_weights
from matchmaking.models import Interest, Introduction, NotInterested, Proposal, ProposalSide, Stage
from members.models import Organisation
from tests import factories
from tests.matchmaking.conftest import Pairing
from tests.matchmaking.test_meeting_pages import at, browser, text

pytestmark = pytest.mark.django_db


def others(number: int) -> list[Organisation]:
    """Partners that match the maker, without the letters and consents of real ones."""
    made = []
    for place in range(number):
        one = factories.a_member(f"Partenerul {place} SA", side="defence").organisation
        factories.a_capability(one, "c2-sdr", direction="sought", trl=7)
        made.append(one)
    refresh_weights()
    return made


def sent_and_received(pairing: Pairing, partners: list[Organisation]) -> None:
    later = timezone.localdate() + timedelta(days=20)
    ends = [(pairing.maker, one) for one in partners] + [(one, pairing.maker) for one in partners]
    Interest.objects.bulk_create(
        Interest(member=member, partner=partner, message="words", sent_by=pairing.by_maker, expires_on=later)
        for member, partner in ends
    )


def introduced(pairing: Pairing, partners: list[Organisation]) -> None:
    for one in partners:
        first, second = sorted((pairing.maker, one), key=lambda side: side.pk)
        row = Introduction.objects.create(first=first, second=second, origin="interest")
        Stage.objects.create(introduction=row, member=pairing.maker, name="met", by=pairing.by_maker)


def put_aside(pairing: Pairing, partners: list[Organisation]) -> None:
    NotInterested.objects.bulk_create(
        NotInterested(member=pairing.maker, partner=one, reason="known", by=pairing.by_maker) for one in partners
    )


def proposed(pairing: Pairing, partners: list[Organisation]) -> None:
    for one in partners:
        row = Proposal.objects.create(made_by=pairing.office, expires_on=timezone.localdate())
        for side in (pairing.maker, one):
            ProposalSide.objects.create(proposal=row, member=side, words="words")


def counted(user: User, path: str) -> int:
    client = browser(user)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        text(client.get(path))
    return len(asked)


@pytest.mark.parametrize(
    ("path", "make", "queries"),
    [
        ("/matchmaking/interests/", sent_and_received, 10),
        ("/matchmaking/introductions/", introduced, 8),
        ("/matchmaking/asides/", put_aside, 7),
        ("/matchmaking/proposals/", proposed, 7),
    ],
)
def test_a_list_asks_as_much_for_thirty_rows_as_for_one(
    pairing: Pairing, path: str, make: Callable[[Pairing, list[Organisation]], None], queries: int
) -> None:
    partners = others(30)
    make(pairing, partners[:1])
    one = counted(pairing.by_maker, path)
    make(pairing, partners[1:])
    assert (one, counted(pairing.by_maker, path)) == (queries, queries)


@pytest.mark.parametrize(("path", "queries"), [("/matchmaking/office/", 6), ("/matchmaking/office/pairs/", 6)])
def test_the_pages_of_the_office(pairing: Pairing, path: str, queries: int) -> None:
    partners = others(30)
    proposed(pairing, partners[:1])
    one = counted(pairing.office, path)
    proposed(pairing, partners[1:])
    assert (one, counted(pairing.office, path)) == (queries, queries)


def test_the_list_and_the_page_of_a_match(pairing: Pairing) -> None:
    """Beside who is reading (session, person, standing, members) a match costs at most six queries."""
    others(30)
    assert counted(pairing.by_maker, "/matchmaking/") == 12
    assert counted(pairing.by_maker, "/matchmaking/?side=defence&tag=serv-emc") == 12
    assert counted(pairing.by_maker, at(pairing.maker, pairing.institute)) == 10
