"""The world of the matrix, and a browser for each role in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.context import forget_cluster
from tests.permissions.world import ROLES, World, build, client_of


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    """As in production: a second factor for staff, no page of the demonstration."""
    settings.REQUIRE_STAFF_MFA, settings.DEMO = True, False
    yield build()
    forget_cluster()


@pytest.fixture
def browsers(world: World) -> dict[str, Client]:
    """A browser for each role."""
    return {role: client_of(world, role, raise_request_exception=False) for role in ROLES}
