"""`make audit`: the demonstration looked over by the HTML checker, Lighthouse and a second accessibility engine.

Each writes its lines into docs/audit.md; what misses its target is told and fails.
"""

from __future__ import annotations

import pytest

from tests.audit import equal_access, lighthouse, markup, report
from tests.browser.conftest import Look, look, world
from tests.browser.world import World

__all__ = ["look", "world"]
pytestmark = pytest.mark.django_db


def test_every_page_is_valid(world: World) -> None:
    figure, wrong = markup.check(world)
    report.write("markup", [figure])
    assert not wrong, "\n".join(sorted(wrong))


def test_five_pages_are_fast_accessible_sound_and_found(world: World) -> None:
    figures, wrong = lighthouse.measure(world)
    report.write("lighthouse", figures)
    assert all(one.met for one in figures), "\n".join(wrong)


def test_a_second_engine_finds_every_page_accessible(world: World, look: Look) -> None:
    figure, wrong = equal_access.check(world, look)
    report.write("accessibility", [figure])
    assert not wrong, "\n".join(sorted(wrong))
