"""What the tests of the applicant's pages stand on: a cluster, an applicant who is signed in, a draft."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cluster_portal.common.models import Cluster, User
from members.actions.adhesion import start_adhesion
from members.models import AdhesionRequest
from tests import factories

ORGANISATION: dict[str, Any] = {
    "legal_name": "Atelierul Înălțimii SRL",
    "legal_form": "srl",
    "country": "RO",
    "tax_id": factories.a_cui(1900001),
    "trade_register": "J32/1234/2015",
    "street": "Strada Lungă 7",
    "locality": "Sibiu",
    "county": "SB",
    "postcode": "550024",
    "website": "https://atelier.example.org",
    "email": "birou@atelier.example.org",
    "phone": "+40 269 123 456",
    "employees": "42",
    "founded_on": "2015-03-01",
}
REPRESENTATIVE = {
    "full_name": "Ștefan Țăranu", "position": "Director", "email": "stefan@atelier.example.org", "language": "ro",
}  # fmt: skip
ROLE = {"helix_role": "industry", "side": "dual", "membership_type": "associate"}


LIST = "/members/requests/"


def page(adhesion: AdhesionRequest, step: str) -> str:
    return reverse("members:request-step", args=[adhesion.key, step])


def at(adhesion: AdhesionRequest, name: str) -> str:
    return reverse(f"members:{name}", args=[adhesion.key])


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def opened(client: Client, adhesion: AdhesionRequest, step: str) -> dict[str, Any]:
    """The hidden values that the form of a step carries when it is opened."""
    context = client.get(page(adhesion, step)).context
    return {"version": context["version"], "seen": context["seen"]}


@pytest.fixture
def applicant(cluster: Cluster) -> User:
    return factories.a_user("ana@example.org", full_name="Ana Pop")


@pytest.fixture
def browser_of(client: Client, applicant: User) -> Client:
    """The applicant's browser."""
    client.force_login(applicant)
    return client


@pytest.fixture
def draft(applicant: User) -> AdhesionRequest:
    """A draft with nothing in it."""
    return start_adhesion(by=applicant)
