"""The world of the permission matrix, attacked here."""

from __future__ import annotations

import logging

import pytest

from tests.permissions.conftest import browsers, world

__all__ = ["browsers", "world"]


@pytest.fixture(autouse=True)
def quiet(caplog: pytest.LogCaptureFixture) -> None:
    """Refusals are what is asked for; only what breaks is worth a line."""
    caplog.set_level(logging.ERROR, "django")
