"""Pages of the directory: whole, without repeats, from either end, and unmoved by what happens between them."""

from __future__ import annotations

import pytest

from cluster_portal.benchmarks.members import invent_members
from cluster_portal.common.visibility import ANYONE
from members.actions.membership import change_membership
from members.models import DirectoryEntry, Membership
from members.queries.directory import ORDERS, PAGE, Found, Wanted, directory
from tests.factories import an_office_person
from tests.members.directory.conftest import listed

pytestmark = pytest.mark.django_db


def pages(text: str, order: str, **facets: tuple[str, ...]) -> list[Found]:
    found = [directory(Wanted(text=text, order=order, facets=facets), ANYONE)]
    while found[-1].later:
        found.append(directory(Wanted(text=text, order=order, facets=facets, after=found[-1].later), ANYONE))
    return found


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("text", "facets"), [("", {}), ("", {"side": ("civil", "dual")}), ("srl", {"role": ("industry",)})]
)
def test_all_pages_together_hold_every_member_once(order: str, text: str, facets: dict[str, tuple[str, ...]]) -> None:
    invent_members(90, seed=31)
    there = pages(text, order, **facets)
    slugs = [row.slug for page in there for row in page.rows]
    assert len(slugs) == len(set(slugs)) == there[0].total > PAGE
    assert [page.first for page in there] == list(range(1, there[0].total + 1, PAGE))
    back = [there[-1]]
    while back[-1].earlier:
        back.append(directory(Wanted(text=text, order=order, facets=facets, before=back[-1].earlier), ANYONE))
    assert [[row.slug for row in page.rows] for page in reversed(back)] == [[r.slug for r in p.rows] for p in there]
    assert [page.first for page in reversed(back)] == [page.first for page in there]


@pytest.mark.parametrize(("order", "column"), [("name", "sort_key"), ("newest", "-admitted_on"), ("maturity", "-trl")])
def test_members_stand_in_the_order_asked_for_then_by_name(order: str, column: str) -> None:
    invent_members(60, seed=32)
    wanted = DirectoryEntry.objects.filter(audience="public").order_by(column, "sort_key", "organisation")
    assert [row.slug for page in pages("", order) for row in page.rows] == list(wanted.values_list("slug", flat=True))
    searched = [row.slug for page in pages("srl", order) for row in page.rows]
    assert searched == list(wanted.values_list("slug", flat=True))


def test_the_next_page_follows_even_when_the_last_member_of_this_one_has_left() -> None:
    invent_members(60, seed=33)
    first = directory(Wanted(), ANYONE)
    whole = [row.slug for page in pages("", "name") for row in page.rows]
    last = Membership.objects.get(organisation__slug=first.rows[-1].slug)
    change_membership(last.pk, "suspend", by=an_office_person(), basis="Resolution 9/2026", article="7")
    second = directory(Wanted(after=first.later), ANYONE)
    assert [row.slug for row in second.rows] == whole[PAGE : 2 * PAGE]


@pytest.mark.parametrize(
    "edge",
    [
        "",
        "x",
        "~",
        "~~",
        "0~~",
        "nan~a~1",
        "inf~a~1",
        "1e400~a~1",
        "0~a~" + "9" * 6000,
        "0~a~-1",
        "0~" + "ș" * 600 + "~1",
    ],
)
@pytest.mark.parametrize("text", ["", "atelierul"])
@pytest.mark.parametrize("side", ["after", "before"])
def test_an_edge_that_is_none_shows_the_first_page(edge: str, text: str, side: str) -> None:
    listed("Atelierul Unu")
    found = directory(Wanted(text=text, **{side: edge}), ANYONE)  # type: ignore[arg-type]
    assert [row.name for row in found.rows] == ["Atelierul Unu"]


@pytest.mark.parametrize("order", ["relevance", "size", "-name", "sort_key; drop table"])
def test_an_order_that_does_not_exist_is_the_usual_one(order: str) -> None:
    listed("B")
    listed("A")
    assert [row.name for row in directory(Wanted(order=order), ANYONE).rows] == ["A", "B"]
