"""Members that match: a civil maker, an army institute, an integrator, and who speaks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from cluster_portal.common.models import Cluster, User
from matchmaking.actions.upkeep import refresh_weights
from members.models import Organisation
from tests import factories


@dataclass
class Pairing:
    """Two members that match, one of them with an offer for the office's eyes, and a third one."""

    maker: Organisation
    institute: Organisation
    third: Organisation
    by_maker: User
    by_institute: User
    by_third: User
    office: User


def an_office() -> User:
    """The cluster manager, made once a test."""
    return User.objects.filter(email="office@example.org").first() or factories.an_office_person("office@example.org")


def a_match(**fields: Any) -> Pairing:
    """The maker offers a secure radio that the institute seeks; the institute offers a test that the maker seeks."""
    people = [
        factories.a_user(f"{name}@example.org", full_name=name.title()) for name in ("maker", "institute", "third")
    ]
    sides = ("civil", "defence", "defence")
    organisations = [
        factories.a_member(name, user=person, side=side, email=f"office@{side}.example.org").organisation
        for name, person, side in zip(
            ("Atelierul Radio SRL", "Institutul Armatei", "Terța SA"), people, sides, strict=True
        )
    ]
    maker, institute, third = organisations
    for one in organisations:
        one.capabilities.all().delete()
    factories.a_capability(maker, "c2-sdr", trl=8, **fields)
    factories.a_capability(maker, "serv-emc", direction="sought", trl=None)
    factories.a_capability(institute, "serv-emc", trl=9)
    factories.a_capability(institute, "c2-sdr", direction="sought", trl=7)
    factories.a_capability(third, "mat-ceramic", trl=7)
    refresh_weights()
    by_maker, by_institute, by_third = people
    return Pairing(maker, institute, third, by_maker, by_institute, by_third, an_office())


@pytest.fixture
def pairing(cluster: Cluster) -> Pairing:
    return a_match()
