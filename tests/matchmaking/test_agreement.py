"""The database agrees with the definition on every pair of a random cluster, whatever the order and the plan."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from django.db import connection

from cluster_portal.common.models import Cluster
from matchmaking.actions.upkeep import rebuild, refresh_weights
from matchmaking.enums import NotInterestedReason
from matchmaking.models import BrokerPair, NotInterested, Pair, SharedPair
from matchmaking.queries.matches import ORDER, broker_matches, in_question, matches, top_of
from matchmaking.queries.upkeep import best_partners
from members.models import Capability, Tag
from tests import factories
from tests.matchmaking.definition import Definition, Item, Member
from tests.matchmaking.made import plant, query
from tests.matchmaking.worlds import a_cluster_of, a_tree

pytestmark = pytest.mark.django_db
COUNT = 300


def world(seed: int, count: int) -> tuple[dict[str, str | None], dict[str, Member]]:
    chance = Random(seed)
    tree = a_tree(chance, leaves=200)
    return tree, a_cluster_of(chance, tree, count)


def scores(model: Any) -> dict[tuple[int, int], float]:
    return {(row.member_id, row.partner_id): row.score for row in model.objects.all()}


def lists() -> list[tuple[int, list[int]]]:
    """Everybody's first twenty."""
    members = sorted({pk for (pk,) in query("SELECT member_id FROM matchmaking_matchprofile")})
    rows = {pk: Pair.objects.filter(member=pk).order_by(*ORDER)[:20] for pk in members}
    return [(pk, [row.partner_id for row in found]) for pk, found in rows.items()]


def test_every_pair_of_three_hundred_members_is_as_defined(cluster: Cluster) -> None:
    tree, members = world(1, COUNT)
    ids = plant(tree, members)
    known, stored = Definition(tree, members), scores(Pair)
    worst = 0.0
    for one in members:
        for other in members:
            if one != other:
                defined = known.score(one, other)
                found = stored.pop((ids[one], ids[other]), 0.0)
                worst = max(worst, abs(defined - found))
    assert worst <= 1e-12
    assert stored == {}


def test_what_both_share_and_what_the_office_sees_are_as_defined(cluster: Cluster) -> None:
    """The same formula over less, and over more; how common a word is depends on shared items alone in all three."""
    tree, members = world(2, 60)
    ids = plant(tree, members)
    weights = Definition(tree, members).gain

    def changed(keep: Any) -> Definition:
        shown = {
            name: Member(m.orientation, [keep(i) for i in m.offers if keep(i)], [keep(i) for i in m.needs if keep(i)])
            for name, m in members.items()
        }
        known = Definition(tree, shown)
        known.gain = weights
        return known

    shared = changed(lambda item: item if item.shared else None)
    every = changed(lambda item: Item(item.word, item.band, item.weight))
    for model, known in ((SharedPair, shared), (BrokerPair, every)):
        stored = scores(model)
        for one in members:
            for other in members:
                if one != other:
                    found = stored.get((ids[one], ids[other]), 0.0)
                    assert found == pytest.approx(known.score(one, other), abs=1e-12)


@pytest.mark.parametrize("words", [(4, 36, 130, 200), (2, 3, 4, 8)], ids=["seldom in common", "mostly in common"])
def test_the_best_of_a_list_are_those_of_all_its_pairs(cluster: Cluster, words: tuple[int, ...]) -> None:
    """Whichever words are left aside at first: 0 and 15 let hardly anybody be weighed one by one."""
    chance = Random(9)
    tree = a_tree(chance, *words)
    ids = list(plant(tree, a_cluster_of(chance, tree, 120)).values())
    common = query("SELECT count(*) FROM matchmaking_tagweight WHERE delta > 0 AND gain <= 10000 AND mentions > 0")
    assert (common[0][0] > 0) == (words[0] == 2)
    spared = 0
    for member in ids:
        every = list(Pair.objects.filter(member=member).order_by(*ORDER))
        assert [pair.partner_id for pair in top_of(member)] == [pair.partner_id for pair in every[:20]]
        for most, few in ((1, 1000), (22, 1000), (22, 15), (22, 0)):
            found = in_question(member, most, few=few)
            assert {pair.partner_id for pair in every[:most]} <= set(found.partners)
            assert found.count == len(every)
            spared += len(every) - len(found.partners)
    assert spared > 0
    shared = best_partners(ids, 30)
    for member in ids:
        rows = SharedPair.objects.filter(member=member).order_by(*ORDER)[:30]
        assert shared[member] == list(rows.values_list("partner", "score"))


def test_whom_one_put_aside_is_neither_among_the_best_nor_counted(cluster: Cluster) -> None:
    ids = list(plant(*world(10, 60)).values())
    member = max(ids, key=lambda pk: Pair.objects.filter(member=pk).count())
    every = [pair.partner_id for pair in Pair.objects.filter(member=member).order_by(*ORDER)]
    assert len(every) > 8
    by = factories.a_user()
    NotInterested.objects.bulk_create(
        NotInterested(member_id=member, partner_id=pk, reason=NotInterestedReason.OTHER, by=by) for pk in every[:3]
    )
    found = in_question(member, 5)
    assert not set(every[:3]) & set(found.partners)
    assert found.count == len(every) - 3
    assert [pair.partner_id for pair in top_of(member, 5)] == every[3:8]
    assert [match.partner.pk for match in matches(member, most=5).best] == every[3:8]


def test_lists_do_not_depend_on_the_order_of_rows_or_the_plan(cluster: Cluster) -> None:
    """Written in another order, and read in parallel. (VACUUM FULL is tried where rows are committed.)"""
    tree, members = world(3, 80)
    ids = plant(tree, members)
    before = lists()
    rows = list(Capability.objects.order_by("pk"))
    Capability.objects.all().delete()
    Random(7).shuffle(rows)
    for row in rows:
        row.pk = None
    Capability.objects.bulk_create(rows)
    rebuild()
    assert lists() == before
    with connection.cursor() as cursor:
        for setting in ("parallel_setup_cost = 0", "parallel_tuple_cost = 0", "min_parallel_table_scan_size = 0"):
            cursor.execute(f"SET LOCAL {setting}")
        for workers in (0, 4):
            cursor.execute(f"SET LOCAL max_parallel_workers_per_gather = {workers}")
            assert lists() == before
    assert len(ids) == 80


@pytest.mark.django_db(transaction=True)
def test_lists_stay_after_the_tables_are_written_anew() -> None:
    factories.a_cluster()
    plant(*world(4, 60))
    before = lists()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM FULL matchmaking_reach")
        cursor.execute("VACUUM FULL members_capability")
    assert lists() == before


def test_points_of_the_reasons_add_up_to_the_score(cluster: Cluster) -> None:
    tree, members = world(5, 80)
    ids = plant(tree, members)
    known = Definition(tree, members)
    names = {pk: name for name, pk in ids.items()}
    told = 0
    for name, pk in ids.items():
        for match in matches(pk).best:
            assert sum(reason.points for reason in match.reasons) == pytest.approx(match.pair.score, abs=1e-12)
            told += len(match.reasons)
            needs, offers, their_needs, my_offers = known.seen(name, names[match.pair.partner_id])
            assert len(match.gained) == sum(known.credit(need, known.best(offers)) > 0 for need in needs)
            assert len(match.given) == sum(known.credit(n, known.best(my_offers)) > 0 for n in their_needs)
        for pair, reasons in broker_matches(pk):
            assert sum(reason.points for reason in reasons) == pytest.approx(pair.score, abs=1e-12)
    assert told > 500


def test_triggers_keep_what_a_rebuild_makes(cluster: Cluster) -> None:
    """Edits of every kind, one after the other, then everything made anew: nothing changes."""
    tree, members = world(6, 40)
    ids = list(plant(tree, members).values())
    tags = list(Tag.objects.filter(parent__isnull=False))
    chance = Random(8)
    for turn in range(60):
        row = Capability.objects.order_by("pk")[chance.randrange(Capability.objects.count())]
        match turn % 4:
            case 0:
                row.delete()
            case 1:
                Capability.objects.filter(pk=row.pk).update(trl=chance.randint(1, 9), visibility="office")
            case 2:
                taken = set(row.organisation.capabilities.values_list("tag", flat=True))
                row.pk, row.tag = None, chance.choice([tag for tag in tags if tag.pk not in taken])
                row.save()
            case 3:
                other = chance.choice([pk for pk in ids if pk != row.organisation_id])
                if not Capability.objects.filter(organisation=other, direction=row.direction, tag=row.tag_id).exists():
                    Capability.objects.filter(pk=row.pk).update(organisation=other)
    moved = Tag.objects.get(code="g3")
    moved.parent = Tag.objects.get(code="d5")
    moved.save()
    refresh_weights()
    columns = "SELECT * FROM matchmaking_reach ORDER BY node_id, member_id"
    profiles = "SELECT * FROM matchmaking_matchprofile ORDER BY member_id"
    before = query(columns), query(profiles)
    rebuild()
    assert (query(columns), query(profiles)) == before
