"""A small board for the tests: three members, with items for each level of visibility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.test import Client

from cluster_portal.common.models import User
from matchmaking.models import Opportunity
from members.models import Capability, Organisation
from tests import factories
from tests.matchmaking.conftest import an_office
from tests.permissions.world import signed_in

SECRET, OTHER_SECRET = "zgomotiera", "ascunzis"
"""Words that stand in the texts of what only the office may see, the maker's and the institute's, and nowhere else."""


@dataclass
class Shelf:
    """A maker with three offers, an institute with two needs, a stranger to both, and the office."""

    maker: Organisation
    institute: Organisation
    other: Organisation
    by_maker: User
    by_institute: User
    by_other: User
    office: User
    items: dict[str, Capability]

    def key(self, name: str) -> Any:
        return Opportunity.objects.get(pk=self.items[name].pk).key


def a_shelf() -> Shelf:
    """Levels in the names of the items: `open` for everybody, `inner` for members, `secret` for the office."""
    people = [factories.a_user(f"{name}@example.org") for name in ("maker", "institute", "other")]
    names = (("Atelierul Radio SRL", "civil"), ("Institutul Armatei", "defence"), ("Terța SA", "civil"))
    members = [
        factories.a_member(name, user=person, side=side, county=county).organisation
        for (name, side), person, county in zip(names, people, ("CJ", "IS", "B"), strict=True)
    ]
    for member in members:
        member.capabilities.all().delete()
    maker, institute, other = members
    items = {
        "open": factories.a_capability(maker, "c2-sdr", trl=8, note_en="Handheld radios", note_ro="Stații portabile"),
        "inner": factories.a_capability(maker, "mat-ceramic", trl=4, visibility="members", note_en="Plates"),
        "secret": factories.a_capability(maker, "serv-emc", trl=9, visibility="office", note_ro=SECRET),
        "need": factories.a_capability(
            institute,
            "c2-sdr",
            direction="sought",
            side="defence",
            trl=7,
            weight=2,
            visibility="members",
            note_en="Radios that resist jamming",
            kind="product",
        ),
        "hidden need": factories.a_capability(
            institute, "mat-ceramic", direction="sought", side="defence", visibility="office", note_ro=OTHER_SECRET
        ),
    }
    by_maker, by_institute, by_other = people
    return Shelf(maker, institute, other, by_maker, by_institute, by_other, an_office(), items)


def as_(person: User | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def as_office(person: User) -> Client:
    """Somebody of the office who has shown a second factor."""
    return signed_in(Client(), person, factor=True)
