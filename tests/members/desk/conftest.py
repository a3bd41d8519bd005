"""People at their desks, and short ways to the doors of a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cluster_portal.common.models import Cluster, User
from members.models import AdhesionRequest
from tests import factories

SignIn = Callable[[User], Client]


@pytest.fixture
def as_(db: None) -> SignIn:
    """A browser in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def office(cluster: Cluster) -> User:
    return factories.an_office_person("office@example.org", full_name="Ana Office")


@pytest.fixture
def superuser(cluster: Cluster) -> User:
    return factories.a_user("root@example.org", is_staff=True, is_superuser=True)


def door(adhesion: AdhesionRequest, step: str = "change", *more: Any) -> str:
    """The address of a file's page or of one of its buttons."""
    return reverse(f"admin:members_adhesionrequest_{step}", args=[adhesion.pk, *more])


LIST = "/admin/members/adhesionrequest/"
