"""Both clusters of the demonstration, filled once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from cluster_portal.common.context import forget_cluster
from cluster_portal.demonstration.seeding import seed
from tests.factories import a_cluster

PRESETS = ("dual-use", "proeco-cbrne")


class Undo(Exception):
    """Takes back what the tests of one cluster stood on."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Filling takes seconds: all tests of one cluster go to one worker, which fills it once."""
    for item in items:
        preset = getattr(item, "callspec", None) and item.callspec.params.get("filled")  # type: ignore[attr-defined]
        if preset:
            item.add_marker(pytest.mark.xdist_group(f"demonstration {preset}"))


@pytest.fixture(scope="package", params=PRESETS)
def filled(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A cluster with its demonstration filled in, taken back after the last test of this folder."""
    assert settings.DEMO
    said: list[str] = []
    with django_db_blocker.unblock():
        try:
            with transaction.atomic():
                forget_cluster()
                a_cluster(request.param)
                assert seed(said.append), said
                with connection.cursor() as cursor:  # seal the trail as a commit would
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
                yield request.param
                raise Undo
        except Undo:
            forget_cluster()


@pytest.fixture
def demonstration(filled: str, db: None) -> str:
    """The code of the cluster; what one test changes is taken back."""
    return filled
