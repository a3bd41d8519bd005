"""Brings a tree and members of the definition into the database, past the forms, as the triggers allow."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection

from matchmaking.actions.upkeep import refresh_weights
from members.enums import MembershipBasis
from members.models import Capability, Membership, MembershipType, Organisation, Tag
from tests.matchmaking.definition import Item, Member

_serial = itertools.count(1)
TRL_OF_BAND = {1: 2, 2: 5, 3: 8}


def plant(
    tree: dict[str, str | None], members: dict[str, Member], order: Iterable[str] | None = None
) -> dict[str, int]:
    """Write the world; the id of each member. `order`: in which order their items are written."""
    tags = plant_tree(tree)
    ids = plant_members(members)
    names = list(order or members)
    Capability.objects.bulk_create(
        _capability(ids[name], tags[item.word], item, direction)
        for name in names
        for direction, items in (("offered", members[name].offers), ("sought", members[name].needs))
        for item in items
    )
    refresh_weights()
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE matchmaking_reach, matchmaking_matchprofile, matchmaking_tagweight"
        )  # as autovacuum does
    return ids


def plant_tree(tree: dict[str, str | None]) -> dict[str, int]:
    """Write the tree a level at a time, in place of the vocabulary and the capabilities that are there."""
    Capability.objects.all().delete()
    Tag.objects.all().delete()
    made: dict[str, int] = {}
    left = dict(tree)
    while left:
        level = [word for word, up in left.items() if up is None or up in made]
        rows = Tag.objects.bulk_create(
            Tag(code=word, name_en=word, name_ro=word, parent_id=made.get(tree[word] or ""), position=place)
            for place, word in enumerate(level)
        )
        made |= {row.code: row.pk for row in rows}
        for word in level:
            del left[word]
    return made


def plant_members(members: dict[str, Member]) -> dict[str, int]:
    kind = MembershipType.objects.order_by("position")[0]
    rows = Organisation.objects.bulk_create(
        Organisation(legal_name=name, slug=f"planted-{next(_serial)}", sort_key=name, side=member.orientation)
        for name, member in members.items()
    )
    Membership.objects.bulk_create(
        Membership(organisation=row, type=kind, basis=MembershipBasis.FOUNDING, admitted_on=date(2024, 1, 1))
        for row in rows
    )
    return {row.legal_name: row.pk for row in rows}


def _capability(organisation: int, tag: int, item: Item, direction: str) -> Capability:
    return Capability(
        organisation_id=organisation,
        direction=direction,
        tag_id=tag,
        side="civil",
        trl=TRL_OF_BAND[item.band],
        weight=item.weight,
        visibility="members" if item.shared else "office",
    )


def query(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall())
