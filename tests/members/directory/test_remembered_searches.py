"""Searches are answered from memory, by whole searches and by frequent words: with what PostgreSQL itself finds."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cluster_portal.benchmarks.members import invent_members
from cluster_portal.common.visibility import ANYONE, Viewer
from members.actions.directory import refresh_directory
from members.models import DirectoryEntry, Organisation
from members.queries import directory as pages
from members.queries import search, shelves
from members.queries.directory import ORDERS, PAGE, Found, Row, Wanted, audience_of, directory
from members.queries.facets import catalogue_of
from members.rules.search_words import words_of
from members.views.directory_cards import cards_of
from tests.members.directory.conftest import listed

pytestmark = pytest.mark.django_db
TEXTS = ("senzori", "senzori textile", "textile senzori", "srl", "energy", "detect", "composites filters de")
FACETS: tuple[dict[str, tuple[str, ...]], ...] = ({}, {"side": ("civil", "dual"), "role": ("industry",)})


@pytest.fixture(autouse=True)
def no_page_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "KEPT_PAGES", 0)


def walked(wanted: Wanted, eyes: Viewer) -> list[Found]:
    """Every page from the first to the last, and back again."""
    found = [directory(wanted, eyes)]
    while found[-1].later:
        found.append(directory(replace(wanted, after=found[-1].later), eyes))
    while found[-1].earlier:
        found.append(directory(replace(wanted, before=found[-1].earlier), eyes))
    return found


def said(page: Found) -> tuple[object, ...]:
    counts = {
        group: [
            (option.choice.code, option.members, option.checked) for branch in branches for option in branch.options
        ]
        for group, branches in page.panel.facets.items()
    }
    cells = [list(row) for row in page.panel.cells]
    return (replace(page, panel=None, rows=[]), [row.slug for row in page.rows], counts, cells)  # type: ignore[arg-type]


def told_by_sql(wanted: Wanted, eyes: Viewer) -> list[str]:
    """The members in their order, by one statement that knows nothing of bitmaps."""
    words = words_of(wanted.text)
    query, values = search.all_words(search.terms_of(words), {})
    tier = f"CASE WHEN sort_key LIKE ALL (%s) THEN 0 WHEN title @@ ({query}) THEN 1 ELSE 2 END"
    order = {"relevance": tier, "newest": "date '2000-01-01' - admitted_on", "maturity": "-trl"}.get(wanted.order, "0")
    ranking: list[Any] = [[f"%{word}%" for word in words], *values] if wanted.order == "relevance" else []
    facets = "AND side = ANY('{civil,dual}') AND helix_role = 'industry'" if wanted.facets else ""
    statement = f"""
SELECT slug FROM (SELECT slug, {order} AS k, sort_key, organisation_id FROM {DirectoryEntry._meta.db_table}
 WHERE audience = %s AND search @@ ({query}) {facets}) found ORDER BY k, sort_key, organisation_id"""
    with connection.cursor() as cursor:
        cursor.execute(statement, [*ranking, audience_of(eyes), *values])
        return [slug for (slug,) in cursor.fetchall()]


def test_pages_from_memory_are_those_of_the_database(monkeypatch: pytest.MonkeyPatch, eyes: Viewer) -> None:
    invent_members(70, seed=41)
    wishes = [Wanted(text=text, order=order, facets=one) for text in TEXTS for order in ORDERS for one in FACETS]
    asked = [[said(page) for page in walked(wanted, eyes)] for wanted in wishes]
    for wanted, pages_ in zip(wishes, asked, strict=True):
        forwards = pages_[: -(-len(told_by_sql(wanted, eyes)) // PAGE) or 1]
        assert [slug for page in forwards for slug in page[1]] == told_by_sql(wanted, eyes)  # type: ignore[attr-defined]
    shelf = shelves.shelves().by_audience[audience_of(eyes)]
    assert not shelf.frequent
    shelf.said.clear()
    monkeypatch.setattr(search, "MANY", 1)
    for text in (*TEXTS, "senzori textile srl", "textile senzori srl"):
        directory(Wanted(text=text), eyes)
    assert {(("senzori", False),), (("textile", False),), (("srl", True),)} <= shelf.said.keys()
    for several in [asked for asked in shelf.said if len(asked) > 1]:
        del shelf.said[several]
    assert [[said(page) for page in walked(wanted, eyes)] for wanted in wishes] == asked


def test_a_search_is_read_once_and_words_that_many_say_once_for_all_searches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MANY", 10)
    invent_members(40, seed=42)
    directory(Wanted(), ANYONE)
    costs = []
    for text, order in (
        ("srl senzori", "relevance"),
        ("srl senzori", "name"),
        ("srl senzori energie", "name"),  # reads "srl" by itself as well
        ("srl", "newest"),  # the last word of a search is another word: it may still be being typed
        ("srl", "maturity"),
        ("srl srl srl", "maturity"),
    ):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            directory(Wanted(text=text, order=order), ANYONE)
        costs.append(len(queries))
    assert costs == [2, 1, 2, 2, 1, 1]


def test_after_a_change_nothing_of_the_past_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MANY", 3)
    for name in ("Unu", "Doi", "Trei", "Patru"):
        listed(f"Atelierul {name}", summary_en="Careful weaving")
    for _time in range(3):
        assert directory(Wanted(text="weaving"), ANYONE).total == 4
    Organisation.objects.filter(legal_name="Atelierul Doi").update(summary_en="Something else")
    refresh_directory(list(Organisation.objects.values_list("pk", flat=True)))
    for _time in range(3):
        assert directory(Wanted(text="weaving"), ANYONE).total == 3


def test_a_change_between_the_words_and_the_rows_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    first = listed("Atelierul Unu", summary_en="Careful weaving")
    directory(Wanted(), ANYONE)
    Organisation.objects.filter(pk=first.pk).update(summary_en="Something else")
    refresh_directory([first.pk])
    assert directory(Wanted(text="weaving"), ANYONE).total == 0
    assert directory(Wanted(text="something"), ANYONE).total == 1


def rows(order: str) -> dict[str, Row]:
    return {row.slug: row for row in directory(Wanted(order=order), ANYONE).rows}


def test_a_row_that_is_remembered_says_what_the_directory_says_now() -> None:
    one = listed("Atelierul Unu", summary_en="First text", summary_ro="Primul text")
    listed("Atelierul Doi")
    with translation.override("en"):
        first = rows("name")
        assert first[one.slug].summary == "First text"
        assert all(rows(order) == first for order in ("newest", "maturity"))  # the very same objects
    with translation.override("ro"):
        assert rows("newest")[one.slug].summary == "Primul text"
    Organisation.objects.filter(pk=one.pk).update(summary_en="Second text")
    refresh_directory([one.pk])
    with translation.override("en"):
        assert rows("maturity")[one.slug].summary == "Second text"
        assert "Second text" in cards_of(rows("name").values(), "/members/")


def test_only_so_many_rows_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "KEPT_ROWS", 30)
    invent_members(90, seed=43)
    for order in ORDERS[:3]:
        assert len({row for page in walked(Wanted(order=order), ANYONE) for row in page.rows}) >= PAGE
        catalogue = catalogue_of(shelves.shelves(), "public")
        assert len(catalogue.rows) < 30 + PAGE


def test_only_so_much_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MANY", 1)
    monkeypatch.setattr(search, "MOST_SAID", 2)
    monkeypatch.setattr(search, "MOST_FREQUENT", 3)
    listed("Atelierul Unu", summary_en="one two three four five")
    for text in ("one two", "two three", "three four", "four five", "five one") * 2:
        assert directory(Wanted(text=text), ANYONE).total == 1
    shelf = shelves.shelves().by_audience["public"]
    assert len(shelf.said) <= 2 and len(shelf.frequent) <= 5
