"""Who can meet a published need: told to its owner and the office, with reasons, of those alone that each may see."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.common.models import Cluster, User
from matchmaking.actions.need_index import weigh_works
from matchmaking.models import NotInterested, OptOut
from members.models import Capability, Tag
from tests import factories
from tests.matchmaking.board.shelf import Shelf, a_shelf, as_, as_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(cluster: Cluster) -> Shelf:
    shelf = a_shelf()
    weigh_works()
    return shelf


def asked(shelf: Shelf, person: User | None) -> str:
    answer = as_(person).get(f"/matchmaking/opportunities/{shelf.key('need')}/")
    assert answer.status_code == 200
    return answer.content.decode()


def ranked(text: str) -> str:
    """The part of the page with the ranking; empty when there is none."""
    return text.split('id="who"')[1].split('id="opposite"', maxsplit=1)[0] if 'id="who"' in text else ""


def test_the_owner_reads_who_can_meet_it_and_why(shelf: Shelf) -> None:
    text = ranked(asked(shelf, shelf.by_institute))
    assert "Atelierul Radio SRL" in text
    assert "It stands at or near the same capabilit" in text and Tag.objects.get(code="c2-sdr").name_en in text
    assert "“Radios”" in text


def test_nobody_else_but_the_office_reads_it(shelf: Shelf) -> None:
    for person in (shelf.by_maker, shelf.by_other):
        assert not ranked(asked(shelf, person))
    path = f"/matchmaking/opportunities/{shelf.key('need')}/"
    assert "Atelierul Radio SRL" in ranked(as_office(shelf.office).get(path).content.decode())


def test_the_owner_does_not_read_of_what_the_office_alone_may_see(shelf: Shelf) -> None:
    item = shelf.items["need"]
    secret = factories.a_capability(shelf.other, item.tag, visibility="office", trl=9)
    assert "Terța SA" not in ranked(asked(shelf, shelf.by_institute))
    path = f"/matchmaking/opportunities/{shelf.key('need')}/"
    assert "Terța SA" in ranked(as_office(shelf.office).get(path).content.decode())
    secret.visibility = "members"
    secret.save()
    assert "Terța SA" in ranked(asked(shelf, shelf.by_institute))


def test_hidden_opted_out_and_put_aside_members_are_not_named(shelf: Shelf) -> None:
    Capability.objects.filter(pk=shelf.items["open"].pk).update(visibility="office")
    assert "Atelierul Radio SRL" not in ranked(asked(shelf, shelf.by_institute))
    Capability.objects.filter(pk=shelf.items["open"].pk).update(visibility="public")
    out = OptOut.objects.create(member=shelf.maker, by=shelf.by_maker)
    assert "Atelierul Radio SRL" not in ranked(asked(shelf, shelf.by_institute))
    out.delete()
    NotInterested.objects.create(member=shelf.institute, partner=shelf.maker, reason="known", by=shelf.by_institute)
    assert "Atelierul Radio SRL" not in ranked(asked(shelf, shelf.by_institute))


def test_opposite_items_are_those_that_the_reader_may_see(shelf: Shelf) -> None:
    path = f"/matchmaking/opportunities/{shelf.key('inner')}/"
    assert "Institutul Armatei" not in as_(shelf.by_other).get(path).content.decode()
    assert "Institutul Armatei" in as_(shelf.by_institute).get(path).content.decode()  # its own hidden need


def test_the_page_asks_as_many_queries_for_thirty_answers_as_for_one(shelf: Shelf) -> None:
    client = as_(shelf.by_institute)
    path = f"/matchmaking/opportunities/{shelf.key('need')}/"
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    for number in range(30):
        member = factories.a_member(f"Fabrica {number}").organisation
        factories.a_capability(member, shelf.items["need"].tag, visibility="members")
    weigh_works()
    with CaptureQueriesContext(connection) as thirty:
        text = client.get(path).content.decode()
    assert ranked(text).count("<h3>") == 20
    assert (len(one), len(thirty)) == (PAGE_QUERIES, PAGE_QUERIES), [query["sql"][:90] for query in thirty]


PAGE_QUERIES = 15
