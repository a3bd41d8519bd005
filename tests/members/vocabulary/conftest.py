"""The office at its desk, and a small branch of the tree to work on."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.test import Client

from cluster_portal.common.models import Cluster, User
from members.actions.vocabulary import Naming, add_word
from members.models import Tag
from tests import factories


@dataclass
class Branch:
    """Three words below a main branch."""

    office: User
    root: Tag
    first: Tag
    second: Tag
    third: Tag


def a_branch() -> Branch:
    office = factories.an_office_person("words@example.org", full_name="Ana Office")
    root = Tag.objects.filter(parent=None).order_by("position")[0]
    names = (("Drone mici", "Small drones"), ("Aeronave fără pilot", "Unmanned aircraft"), ("Radare", "Radars"))
    first, second, third = (add_word(Naming(ro, en), by=office, under=root.pk) for ro, en in names)
    return Branch(office, root, first, second, third)


@pytest.fixture
def branch(cluster: Cluster) -> Branch:
    return a_branch()


@pytest.fixture
def desk_client(branch: Branch) -> Client:
    client = Client()
    client.force_login(branch.office, backend="django.contrib.auth.backends.ModelBackend")
    return client
