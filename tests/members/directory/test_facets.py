"""Counts beside the results equal counts made by hand; filters of one group are alternatives, groups narrow."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from cluster_portal.benchmarks.members import invent_members
from cluster_portal.common.visibility import ANYONE, Viewer
from members.models import DirectoryEntry, Tag
from members.queries.directory import Found, Wanted, audience_of, directory
from members.queries.facets import MATURITY
from tests.members.directory.conftest import MEMBER, leaves, listed

pytestmark = pytest.mark.django_db
Asked = dict[str, tuple[str, ...]]


def every_row(viewer: Viewer) -> list[DirectoryEntry]:
    return list(DirectoryEntry.objects.filter(audience=audience_of(viewer)))


def has(group: str, tags: dict[str, int]) -> Callable[[DirectoryEntry, str], bool]:
    """Whether a row has a value of a facet, told from the row alone."""
    ways: dict[str, Callable[[DirectoryEntry, str], bool]] = {
        "side": lambda row, code: row.side == code,
        "role": lambda row, code: row.helix_role == code,
        "size": lambda row, code: row.size_class == code,
        "area": lambda row, code: row.area == code,
        "sector": lambda row, code: code in row.sectors,
        "can": lambda row, code: tags[code] in row.offers_and_above,
        "needs": lambda row, code: tags[code] in row.needs_and_above,
        "maturity": lambda row, code: MATURITY[code] in row.bands,
        "cell": lambda row, code: tags[code.split(":")[0]] * 4 + int(code.split(":")[1]) in row.banded,
    }
    return ways[group]


def matching(rows: Iterable[DirectoryEntry], asked: Asked, tags: dict[str, int], but: str = "") -> list[DirectoryEntry]:
    return [
        row
        for row in rows
        if all(any(has(group, tags)(row, code) for code in codes) for group, codes in asked.items() if group != but)
    ]


def a_wish(chance: random.Random, found: Found) -> Asked:
    """Some values of some facets, as a visitor might tick them."""
    offered = {
        group: [option.choice.code for branch in branches for option in branch.options]
        for group, branches in found.panel.facets.items()
    }
    offered["cell"] = [cell.code for row in found.panel.cells for cell in row if cell]
    offered["needs"] = offered["can"]
    groups = chance.sample(sorted(offered), chance.randint(1, 3))
    return {group: tuple(chance.sample(offered[group], min(2, len(offered[group])))) for group in groups}


@pytest.mark.parametrize("seed", range(3))
def test_every_count_equals_a_count_by_hand(eyes: Viewer, seed: int) -> None:
    invent_members(60, seed=seed + 11)
    tags = dict(Tag.objects.values_list("code", "pk"))
    rows, chance = every_row(eyes), random.Random(seed)
    whole = directory(Wanted(), eyes)
    assert whole.total == whole.everyone == len(rows)
    for _try in range(12):
        asked = a_wish(chance, whole)
        found = directory(Wanted(facets=asked), eyes)
        asked = {group: tuple(codes) for group, codes in found.chosen.items()}
        assert found.total == len(matching(rows, asked, tags)), asked
        for group, branches in found.panel.facets.items():
            left = matching(rows, asked, tags, but=group)
            for option in (option for branch in branches for option in branch.options):
                counted = sum(has(group, tags)(row, option.choice.code) for row in left)
                assert option.members == counted, (asked, group, option.choice.code)
        left = matching(rows, asked, tags, but="cell")
        for cell in (cell for line in found.panel.cells for cell in line if cell):
            there = [row for row in left if has("cell", tags)(row, cell.code)]
            civil = sum(row.side in ("civil", "dual") for row in there)
            defence = sum(row.side in ("defence", "dual") for row in there)
            assert (cell.total, cell.civil, cell.defence) == (len(there), civil, defence), (asked, cell)


def test_a_search_narrows_the_counts_too(eyes: Viewer) -> None:
    invent_members(60, seed=21)
    tags = dict(Tag.objects.values_list("code", "pk"))
    word = Counter(row.sort_key.split()[1] for row in every_row(eyes)).most_common(1)[0][0]
    rows = [row for row in every_row(eyes) if word in row.sort_key]
    asked: Asked = {"side": tuple({row.side for row in rows})[:2]}
    found = directory(Wanted(text=word, facets=asked), eyes)
    assert found.total == len(matching(rows, asked, tags)) > 0
    counted = {option.choice.code: option.members for option in found.panel.facets["side"][0].options}
    assert counted == {code: sum(row.side == code for row in rows) for code in ("civil", "dual", "defence")}


def test_values_of_one_group_are_alternatives_and_groups_narrow() -> None:
    for name, side, role in [("A", "civil", "industry"), ("B", "dual", "industry"), ("C", "dual", "funder")]:
        listed(name, side=side, helix_role=role)

    def names(**asked: tuple[str, ...]) -> list[str]:
        return [row.name for row in directory(Wanted(facets=asked), ANYONE).rows]

    assert names(side=("civil", "dual")) == ["A", "B", "C"]
    assert names(side=("dual",), role=("industry",)) == ["B"]
    assert names(side=("defence",)) == []


def test_a_tag_finds_who_offers_anything_under_it() -> None:
    leaf = leaves()[0]
    root = leaf
    while root.parent:
        root = root.parent
    listed("A", (leaf.code,))
    listed("B", (leaves()[-1].code,))
    for tag in (leaf, leaf.parent, root):
        assert "A" in [row.name for row in directory(Wanted(facets={"can": (tag.code,)}), ANYONE).rows]
    assert [row.name for row in directory(Wanted(facets={"can": (leaf.code,)}), ANYONE).rows] == ["A"]


@pytest.mark.parametrize(
    "asked",
    [
        {"side": ("nothing",)},
        {"role": ("x" * 80,)},
        {"can": ("no-such-tag",)},
        {"sector": ("'; drop table",)},
        {"area": ("RO-XX", "ZZ", "99999999999999999999")},
        {"maturity": ("0", "-1")},
        {"cell": ("a:b:c", "DOMAIN:9")},
        {"unknown": ("x",)},
    ],
)
def test_a_code_that_does_not_exist_is_as_if_not_asked_for(asked: Asked) -> None:
    listed("A")
    found = directory(Wanted(facets=asked), ANYONE)
    assert (found.total, found.chosen) == (1, {})


def test_a_filter_on_what_the_reader_may_not_see_changes_nothing() -> None:
    listed("A", size_class="micro")
    listed("B", size_class="large")
    blind, seeing = (directory(Wanted(facets={"size": ("micro",)}), eyes) for eyes in (ANYONE, MEMBER))
    assert (blind.total, blind.chosen, "size" in blind.panel.facets) == (2, {}, False)
    assert (seeing.total, list(seeing.chosen)) == (1, ["size"])


def test_the_remembered_directory_is_read_anew_after_a_change() -> None:
    listed("A")
    assert directory(Wanted(), ANYONE).total == 1
    listed("B")
    assert directory(Wanted(), ANYONE).total == 2
    assert directory(Wanted(text="b"), ANYONE).total == 1
