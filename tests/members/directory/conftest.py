"""Members to look for, and the eyes to look with."""

from __future__ import annotations

from typing import Any

import pytest

from cluster_portal.common.visibility import ANYONE, Viewer, viewer
from members.actions.directory import refresh_directory
from members.models import Capability, Organisation, Tag
from members.queries import shelves, vocabulary
from tests.factories import a_capability, a_member

MEMBER = viewer(member=True)


@pytest.fixture(autouse=True)
def nothing_remembered(cluster: Any) -> None:
    """Each test begins as a fresh process."""
    shelves.Memory.known = None
    vocabulary.Memory.known = vocabulary.Vocabulary()


@pytest.fixture(params=["public", "members"])
def eyes(request: pytest.FixtureRequest) -> Viewer:
    return ANYONE if request.param == "public" else MEMBER


def listed(name: str, offers: tuple[str, ...] = (), needs: tuple[str, ...] = (), **fields: Any) -> Organisation:
    """A member whose capabilities are exactly these words of the tree, with its rows of the directory."""
    organisation = a_member(name, **fields).organisation
    Capability.objects.filter(organisation=organisation).delete()
    for direction, codes in (("offered", offers), ("sought", needs)):
        for code in codes:
            a_capability(organisation, code, direction=direction)
    refresh_directory([organisation.pk])
    return organisation


def leaves() -> list[Tag]:
    return list(Tag.objects.filter(children__isnull=True, parent__isnull=False).order_by("position"))
