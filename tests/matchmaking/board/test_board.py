"""The board: each reader finds what they may see, and nothing else by any way: list, count, search, filter, export."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import Cluster, User
from matchmaking.models import OptOut
from members.actions.membership import change_membership
from members.models import Capability, Organisation, Tag
from tests import factories
from tests.matchmaking.board.shelf import OTHER_SECRET, SECRET, Shelf, a_shelf, as_, as_office

pytestmark = pytest.mark.django_db
BOARD = "/matchmaking/opportunities/"


@pytest.fixture
def shelf(cluster: Cluster) -> Shelf:
    return a_shelf()


def page(person: User | None, query: str = "", path: str = BOARD) -> str:
    answer = as_(person).get(f"{path}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def count(text: str) -> int:
    return int(text.split('id="found"')[1].split(">")[1].split(maxsplit=1)[0])


def csv(client: Any, query: str = "") -> str:
    return b"".join(client.get(f"{BOARD}export.csv{query}").streaming_content).decode()


def test_each_reader_sees_what_is_shown_to_them(shelf: Shelf) -> None:
    assert count(page(None)) == 1
    assert count(page(factories.a_user())) == 1
    assert count(page(shelf.by_other)) == 3
    assert count(page(shelf.by_maker)) == 4  # its own that only the office sees, too
    assert count(as_office(shelf.office).get(BOARD).content.decode()) == 5
    assert "Atelierul Radio SRL" in page(None) and "Institutul Armatei" not in page(None)


@pytest.mark.parametrize("query", ["", f"?q={SECRET}", "?tag=serv-emc", "?trl=9", "?sort=maturity", "?sort=ending"])
def test_what_only_the_office_sees_shows_nowhere_to_others(shelf: Shelf, query: str) -> None:
    name = Tag.objects.get(code="serv-emc").name_en
    for person, hidden in (
        (None, (SECRET, OTHER_SECRET)),
        (shelf.by_other, (SECRET, OTHER_SECRET)),
        (shelf.by_institute, (SECRET,)),
    ):
        text = page(person, query)
        said = text.replace(f'value="{SECRET}"', "").replace(f"?q={SECRET}", "")
        assert name not in said and not [word for word in hidden if word in said]
        assert count(text) <= 4 and (SECRET not in query or count(text) == 0)
        taken = csv(as_(person), query)
        assert name not in taken and not [word for word in hidden if word in taken]
    assert count(page(shelf.by_maker, f"?q={SECRET}")) == 1


def test_words_beside_the_choices_count_only_what_one_sees(shelf: Shelf) -> None:
    ceramic = Tag.objects.get(code="mat-ceramic").name_en
    assert f"{ceramic} (1)" in page(shelf.by_other)  # the offer, not the hidden need
    assert f"{ceramic} (2)" in page(shelf.by_institute)
    assert ceramic not in page(None)


def test_a_page_of_a_hidden_item_does_not_exist_for_others(shelf: Shelf) -> None:
    path = f"{BOARD}{shelf.key('secret')}/"
    for person in (None, shelf.by_other, shelf.by_institute):
        assert as_(person).get(path).status_code == 404
    assert SECRET in page(shelf.by_maker, path=path)
    assert as_(None).get(f"{BOARD}{shelf.key('inner')}/").status_code == 404
    assert as_(shelf.by_other).get(f"{BOARD}{shelf.key('inner')}/").status_code == 200


@pytest.mark.parametrize(
    ("text", "found"), [("stații", 1), ("statii PORTABILE", 1), ("radio", 2), ("jamming", 1), ("nothing-such", 0)]
)
def test_words_are_folded_and_found_in_both_languages(shelf: Shelf, text: str, found: int) -> None:
    assert count(page(shelf.by_other, f"?q={text}")) == found


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("direction=offered", {"open", "inner"}),
        ("direction=sought", {"need"}),
        ("side=defence", {"need"}),
        ("side=defence&side=civil", {"open", "inner", "need"}),
        ("role=university", set()),
        ("county=CJ", {"open", "inner"}),
        ("kind=product", {"need"}),
        ("trl=5", {"open", "need"}),
        ("weight=2", {"need"}),
        ("weight=1", set()),
        ("tag=c2-sdr", {"open", "need"}),
        ("tag=c2-sdr&direction=offered&q=radio", {"open"}),
        ("tag=no-such-word", {"open", "inner", "need"}),
    ],
)
def test_filters_keep_what_they_say(shelf: Shelf, query: str, names: set[str]) -> None:
    text = page(shelf.by_other, f"?{query}")
    assert {name for name in shelf.items if str(shelf.key(name)) in text} == names
    assert count(text) == len(names)


def test_a_word_of_the_tree_brings_what_stands_below_it(shelf: Shelf) -> None:
    above = Tag.objects.get(code="c2-sdr").parent
    assert count(page(shelf.by_other, f"?tag={above.code}")) == 2


def test_what_has_run_out_leaves_the_board_but_keeps_its_page(shelf: Shelf) -> None:
    Capability.objects.filter(pk=shelf.items["open"].pk).update(expires_on=timezone.localdate() - timedelta(days=1))
    assert count(page(None)) == 0
    assert "no longer on the board" in page(None, path=f"{BOARD}{shelf.key('open')}/")


def test_suspended_opted_out_and_hidden_owners_are_not_on_the_board(shelf: Shelf) -> None:
    path = f"{BOARD}{shelf.key('open')}/"
    Organisation.objects.filter(pk=shelf.maker.pk).update(show_profile="members")
    assert count(page(None)) == 0 and as_(None).get(path).status_code == 404
    assert count(page(shelf.by_other)) == 3
    out = OptOut.objects.create(member=shelf.maker, by=shelf.by_maker)
    assert count(page(shelf.by_other)) == 1 and as_(shelf.by_other).get(path).status_code == 404
    out.delete()
    change_membership(
        shelf.maker.memberships.get().pk, "suspend", by=shelf.office, basis="Resolution 9/2026", article="7"
    )
    assert count(page(shelf.by_other)) == 1 and as_(shelf.by_other).get(path).status_code == 404


def test_a_text_in_the_other_language_says_so(shelf: Shelf) -> None:
    """Cut in the list, whole on its page."""
    Capability.objects.filter(pk=shelf.items["open"].pk).update(note_ro="Stații " * 60, note_en="")
    for path in (BOARD, f"{BOARD}{shelf.key('open')}/"):
        text = page(None, path=path)
        assert '<span lang="ro">Stații' in text and '<span class="tongue">in Romanian</span>' in text
    assert "…</span>" in page(None) and "…</span>" not in page(None, path=path)


def test_markup_in_a_text_stays_text(shelf: Shelf) -> None:
    Capability.objects.filter(pk=shelf.items["open"].pk).update(note_en="<script>alert(1)</script>")
    for path in (BOARD, f"{BOARD}{shelf.key('open')}/"):
        assert "<script>alert" not in page(None, path=path) and "&lt;script&gt;alert" in page(None, path=path)


def test_the_table_to_take_away_says_what_the_board_says(shelf: Shelf) -> None:
    rows = csv(as_(shelf.by_other)).splitlines()
    assert len(rows) == 4 and "Handheld radios" in "".join(rows)
    assert len(csv(as_(None)).splitlines()) == 2
    assert len(csv(as_(shelf.by_other), "?direction=sought").splitlines()) == 2


def test_the_board_asks_as_many_queries_for_thirty_as_for_one(shelf: Shelf) -> None:
    client = as_(shelf.by_other)
    client.get(f"{BOARD}?direction=sought")
    with CaptureQueriesContext(connection) as one:
        client.get(f"{BOARD}?direction=sought")
    words = list(Tag.objects.filter(scored=True, parent__isnull=False, children__isnull=True)[:40])
    for number in range(30):
        member = factories.a_member(f"Fabrica {number}").organisation
        factories.a_capability(member, words[number + 1], direction="sought", visibility="members")
    with CaptureQueriesContext(connection) as thirty:
        text = client.get(f"{BOARD}?direction=sought").content.decode()
    assert count(text) == 31 and text.count("<li>\n<div") <= 20
    assert (len(one), len(thirty)) == (BOARD_QUERIES, BOARD_QUERIES), [query["sql"][:90] for query in thirty]


BOARD_QUERIES = 7
