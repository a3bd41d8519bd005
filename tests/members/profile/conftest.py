"""A member with its people, and everybody else who may knock at its doors."""

from __future__ import annotations

import time
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.models import User
from members.enums import AccessRole
from members.models import Membership, Organisation, Representation
from tests import factories, kept

Signed = Callable[[User | None], Client]


@dataclass
class World:
    """One member with a representative and a contributor, and the other roles of the permission matrix."""

    organisation: Organisation
    membership: Membership
    representative: User
    contributor: User
    other: User  # of another member
    applicant: User
    suspended: User  # of a suspended member
    director: User
    office: User
    superuser: User

    def role(self, name: str) -> User | None:
        return None if name == "visitor" else getattr(self, name)


def a_world() -> World:
    factories.a_cluster()
    membership = factories.a_member("Atelierele Prut SRL", short_name="Prut", slug="prut")
    organisation = membership.organisation
    representative = Representation.objects.get(organisation=organisation).user
    contributor = factories.a_user()
    Representation.objects.create(organisation=organisation, user=contributor, role=AccessRole.CONTRIBUTOR)
    other, suspended = factories.a_user(), factories.a_user()
    factories.a_member("Laboratorul Siret SRL", user=other, slug="siret")
    paused = factories.a_member("Fabrica Jiu SA", user=suspended, slug="jiu")
    Membership.objects.filter(pk=paused.pk).update(state="suspended")
    applicant = factories.a_draft().applicant
    superuser = factories.a_user(is_staff=True, is_superuser=True)
    return World(
        organisation=organisation,
        membership=membership,
        representative=representative,
        contributor=contributor,
        other=other,
        applicant=applicant,
        suspended=suspended,
        director=factories.a_director(),
        office=factories.an_office_person(),
        superuser=superuser,
    )


@pytest.fixture(scope="session")
def built(django_db_setup: None, django_db_blocker: Any) -> World:
    """Nearly every test here stands on this world, so it is made once."""
    with django_db_blocker.unblock():
        return kept.made("profiles", a_world)


@pytest.fixture
def world(built: World, db: None) -> World:
    """The rows of the world, and what has read them for this test alone."""
    kept.put_back("profiles")
    return deepcopy(built)


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    """The second factor of staff has tests of its own."""
    settings.REQUIRE_STAFF_MFA = False


def signed_in(user: User | None, *, fresh: bool = True) -> Client:
    """A browser of this person; `fresh`: the password was asked for a moment ago."""
    client = Client()
    if user is not None:
        client.force_login(user)
        if fresh:
            session = client.session
            session["account_authentication_methods_user"] = str(user.pk)
            session["account_authentication_methods"] = [
                {"method": "password", "at": time.time(), "reauthenticated": True}
            ]
            session.save()
    return client


def the_form(client: Client, address: str) -> dict[str, Any]:
    """What the form of a page would send when nothing is changed."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    form = answer.context["form"]
    sent: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if bound.widget_type in {"checkbox", "file", "clearablefile"}:
            continue
        if isinstance(value, (list, tuple)):
            sent[bound.html_name] = [str(getattr(one, "pk", one)) for one in value]
        else:
            sent[bound.html_name] = "" if value is None else value
    return {
        name: value for name, value in sent.items() if not (value == "" and form[name].widget_type == "radioselect")
    }
