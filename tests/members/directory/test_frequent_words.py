"""Words that many members say are answered from memory: with the very pages that PostgreSQL gives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster_portal.benchmarks.members import invent_members
from cluster_portal.common.visibility import ANYONE, Viewer
from members.actions.directory import refresh_directory
from members.models import Organisation
from members.queries import directory as pages
from members.queries import frequent_words, shelves
from members.queries.directory import ORDERS, Found, Wanted, directory
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
    return (replace(page, panel=None, rows=[]), [row.slug for row in page.rows], counts)  # type: ignore[arg-type]


def test_pages_from_memory_are_those_of_the_database(monkeypatch: pytest.MonkeyPatch, eyes: Viewer) -> None:
    invent_members(70, seed=41)
    wishes = [Wanted(text=text, order=order, facets=one) for text in TEXTS for order in ORDERS for one in FACETS]
    asked = [[said(page) for page in walked(wanted, eyes)] for wanted in wishes]
    monkeypatch.setattr(pages, "MANY", 1)
    for text in TEXTS * 2:
        directory(Wanted(text=text), eyes)
    known = set(shelves.shelves().by_audience[pages.audience_of(eyes)].said)
    assert {("senzori", True), ("senzori", False), ("textile", True)} <= known
    assert [[said(page) for page in walked(wanted, eyes)] for wanted in wishes] == asked


def test_a_word_is_read_when_it_comes_the_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 10)
    invent_members(40, seed=42)
    directory(Wanted(), ANYONE)
    costs = []
    for order in ("relevance", "name", "newest", "maturity"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            directory(Wanted(text="srl", order=order), ANYONE)
        costs.append(len(queries))
    assert costs == [1, 2, 1, 1]


def test_after_a_change_nothing_of_the_past_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 3)
    for name in ("Unu", "Doi", "Trei", "Patru"):
        listed(f"Atelierul {name}", summary_en="Careful weaving")
    for _time in range(3):
        assert directory(Wanted(text="weaving"), ANYONE).total == 4
    Organisation.objects.filter(legal_name="Atelierul Doi").update(summary_en="Something else")
    refresh_directory(list(Organisation.objects.values_list("pk", flat=True)))
    for _time in range(3):
        assert directory(Wanted(text="weaving"), ANYONE).total == 3


def test_only_so_many_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MANY", 1)
    monkeypatch.setattr(frequent_words, "MOST_SAID", 2)
    monkeypatch.setattr(frequent_words, "MOST_HEARD", 3)
    listed("Atelierul Unu", summary_en="one two three four five")
    for text in ("one", "two", "three", "four", "five") * 2:
        for _time in range(2):
            assert directory(Wanted(text=text), ANYONE).total == 1
    shelf = shelves.shelves().by_audience["public"]
    assert len(shelf.said) <= 2 and len(shelf.heard) <= 3
