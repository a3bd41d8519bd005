"""Matchmaking as a whole, counted on small worlds: gaps, the way from interest to contract, flows, exposure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from django.utils.timezone import localtime

from cluster_portal.common.models import Cluster
from matchmaking.actions.upkeep import drop_run_out, refresh_places
from matchmaking.models import Exposure, Interest, Introduction, Stage
from matchmaking.queries import overview
from matchmaking.rules.periods import Period, quarter, year
from members.actions.membership import change_membership
from members.models import Capability, Organisation, Tag
from tests import factories
from tests.matchmaking.conftest import Pairing
from tests.matchmaking.definition import Item, Member
from tests.matchmaking.made import plant

pytestmark = pytest.mark.django_db
TREE = {"r": None, "r2": None, "d": "r", "e": "r2", "c": "r2", "a": "d", "b": "d"}
WORLD = {
    "C": Member("civil", [Item("a", 2, 1, True)], [Item("b", 2, 1, True)]),
    "D": Member("defence", [Item("e", 2, 1, True)], [Item("d", 2, 1, True)]),
    "E": Member("defence", [Item("b", 2, 1, False)], [Item("e", 2, 2, False), Item("a", 3, 1, True)]),
    "X": Member("dual", [Item("d", 2, 1, True)], []),
    "Y": Member("dual", [Item("c", 2, 1, True)], [Item("c", 2, 1, True)]),
}


def gaps() -> dict[str, tuple[int, ...]]:
    return {gap.word.code: (gap.level, gap.offers, gap.needs, gap.unmet, gap.unsought) for gap in overview.gap_map()}


def alone(direction: str) -> list[tuple[str, str]]:
    return [(one.organisation.legal_name, one.tag.code) for one in overview.items(overview.lonely(direction))]


def test_the_map_counts_members_and_what_stays_without_an_answer(cluster: Cluster) -> None:
    """E's need is offered by its own side only; Y is the only one to offer what it needs; E's offer is kept to us."""
    plant(TREE, WORLD)
    assert list(gaps().items()) == [
        ("r", (0, 3, 3, 0, 0)),
        ("d", (1, 3, 3, 0, 0)),
        ("a", (2, 1, 1, 0, 0)),
        ("b", (2, 1, 1, 0, 0)),
        ("r2", (0, 2, 2, 2, 2)),
        ("e", (1, 1, 1, 1, 1)),
        ("c", (1, 1, 1, 1, 1)),
    ]
    assert alone("sought") == [("E", "e"), ("Y", "c")]
    assert alone("offered") == [("D", "e"), ("Y", "c")]


def test_a_second_dual_member_answers_the_first(cluster: Cluster) -> None:
    plant(TREE, {**WORLD, "Z": Member("dual", [Item("c", 1, 1, True)], [])})
    assert alone("sought") == [("E", "e")]
    assert alone("offered") == [("D", "e"), ("Y", "c")], "Z's is sought by Y, Y's by nobody but itself"


def test_an_offer_above_a_need_does_not_meet_it(cluster: Cluster) -> None:
    world = {
        "C": Member("civil", [Item("d", 2, 1, True)], []),
        "D": Member("defence", [], [Item("a", 2, 1, True)]),
    }
    plant(TREE, world)
    assert (alone("sought"), alone("offered")) == ([("D", "a")], [("C", "d")])


def test_a_merged_word_counts_as_the_word_that_it_was_merged_into(cluster: Cluster) -> None:
    plant(TREE, WORLD)
    into = Tag.objects.get(code="a")
    Tag.objects.filter(code="c").update(merged_into=into, active=False)
    assert gaps()["a"] == (2, 2, 2, 0, 0)
    assert "c" not in gaps()
    assert alone("sought") == [("E", "e")]


def test_what_has_run_out_and_who_has_left_is_not_counted(cluster: Cluster) -> None:
    plant(TREE, WORLD)
    Capability.objects.filter(organisation__legal_name="E", tag__code="e").update(
        expires_on=timezone.localdate() - timedelta(days=1)
    )
    drop_run_out()
    office = factories.an_office_person()
    membership = Organisation.objects.get(legal_name="Y").memberships.get()
    change_membership(membership.pk, "suspend", by=office, basis="Resolution 9/2026", article="7")
    assert gaps()["r2"] == (0, 1, 0, 0, 1)
    assert alone("sought") == []


# ------------------------------------------------------------------ interests and introductions
def an_interest(one: Organisation, other: Organisation, at: datetime, by: Any, **fields: Any) -> Interest:
    values = {"message": "words", "sent_by": by, "sent_at": at, "expires_on": at.date() + timedelta(days=30)}
    return Interest.objects.create(member=one, partner=other, **values, **fields)


def an_introduction(one: Organisation, other: Organisation, at: datetime, **fields: Any) -> Introduction:
    first, second = sorted((one, other), key=lambda side: side.pk)
    return Introduction.objects.create(first=first, second=second, made_at=at, **fields)


@pytest.fixture
def year_2026(pairing: Pairing) -> Pairing:
    """Two interests in its first quarter, the first of them at night in Bucharest, and two in its second."""
    dual = factories.a_member("Dubla SRL", side="dual").organisation
    maker, institute, third = pairing.maker, pairing.institute, pairing.third
    by = pairing.by_maker
    february, may = datetime(2026, 2, 10, 9, tzinfo=UTC), datetime(2026, 5, 5, 9, tzinfo=UTC)
    made = an_introduction(maker, institute, february + timedelta(days=9), origin="interest")
    answered = {"answered_by": by, "answered_at": may}
    an_interest(maker, institute, february, by, state="accepted", introduction=made, **answered)
    an_interest(dual, third, datetime(2025, 12, 31, 23, 30, tzinfo=UTC), by, state="expired")
    an_interest(institute, maker, may, by)
    an_interest(maker, dual, may, by, state="declined", **answered)
    for member, name in ((maker, "met"), (institute, "met"), (maker, "nda")):
        Stage.objects.create(introduction=made, member=member, name=name, by=by)
    an_introduction(maker, third, may, origin="office", brokered_by=pairing.office, closed_at=may)
    return pairing


@pytest.mark.parametrize(
    ("period", "counts"),
    [
        (Period(), (4, 1, 2, {"interest": 1, "office": 1, "call": 0}, (1, 1, 0, 0, 0, 1))),
        (year(2026), (4, 1, 2, {"interest": 1, "office": 1, "call": 0}, (1, 1, 0, 0, 0, 1))),
        (quarter(2026, 1), (2, 1, 1, {"interest": 1, "office": 0, "call": 0}, (1, 1, 0, 0, 0, 0))),
        (quarter(2026, 2), (2, 0, 1, {"interest": 0, "office": 1, "call": 0}, (0, 0, 0, 0, 0, 1))),
        (year(2025), (0, 0, 0, {"interest": 0, "office": 0, "call": 0}, (0, 0, 0, 0, 0, 0))),
    ],
    ids=lambda value: value.code if isinstance(value, Period) else "",
)
def test_the_way_of_what_began_in_a_period(year_2026: Pairing, period: Period, counts: tuple[Any, ...]) -> None:
    found = overview.funnel(period)
    stages = tuple(found.stages.values())
    assert (found.interests, found.yes, found.introductions, found.origins, stages) == counts
    assert list(found.stages) == ["met", "nda", "pilot", "project", "contract", "closed"]


def test_flows_are_told_by_quarter_and_side(year_2026: Pairing) -> None:
    second, first = overview.flows()
    assert [localtime(one.quarter).date().isoformat() for one in (second, first)] == ["2026-04-01", "2026-01-01"]
    assert second.asked == {("defence", "civil"): 1, ("civil", "dual"): 1}
    assert (second.told(), second.introductions) == ([(0, 0), (1, 0), (1, 0)], 1)
    assert first.asked == {("civil", "defence"): 1, ("dual", "defence"): 1}
    assert (first.told(), first.introductions) == ([(1, 1), (0, 0), (1, 0)], 1)
    began = overview.began()
    assert began is not None
    assert localtime(began).date().isoformat() == "2026-01-01"


# ------------------------------------------------------------------ who is seen
def test_the_night_counts_in_how_many_lists_each_member_stands(pairing: Pairing) -> None:
    assert overview.seen() == overview.Seen(0, 0, 0.0, {}, None)
    refresh_places()
    found = overview.seen()
    assert (found.members, found.unseen, found.spread) == (3, 1, {0: 1, 1: 2})
    assert found.gini == pytest.approx(1 / 3)
    come = factories.a_member("Abia Venit SRL", side="dual").organisation
    told = [(one.display_name, getattr(one, "lists", "")) for one in overview.exposed()]
    assert told == [
        (come.display_name, None),
        (pairing.third.display_name, 0),
        (pairing.maker.display_name, 1),
        (pairing.institute.display_name, 1),
    ]
    refresh_places()
    assert Exposure.objects.count() == 4


def test_who_leaves_is_not_counted_from_then_on(pairing: Pairing) -> None:
    refresh_places()
    membership = pairing.third.memberships.get()
    change_membership(membership.pk, "suspend", by=pairing.office, basis="Resolution 9/2026", article="7")
    assert (overview.seen().members, overview.seen().unseen) == (2, 0)
