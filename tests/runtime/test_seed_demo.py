"""Where the demonstration is not brought in: a real portal, one with data of its own, one without a cluster.

Not beside the tests of the demonstration: what those stand on stays until the last test of their folder.
"""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cluster_portal.common.models import User
from members.models import Organisation
from tests.factories import a_cluster, an_organisation

pytestmark = pytest.mark.django_db


def test_a_portal_that_is_no_demonstration_is_left_alone(settings: Any) -> None:
    settings.DEMO = False
    a_cluster()
    with pytest.raises(CommandError, match="DEMO is off"):
        call_command("seed_demo")
    assert not User.objects.exists()


def test_a_portal_with_data_of_its_own_is_left_alone() -> None:
    a_cluster()
    an_organisation()
    out = StringIO()
    call_command("seed_demo", stdout=out)
    assert "left out" in out.getvalue()
    assert Organisation.objects.count() == 1


def test_without_a_preset_there_is_nothing_to_fill() -> None:
    out = StringIO()
    call_command("seed_demo", stdout=out)
    assert "load_preset" in out.getvalue()
