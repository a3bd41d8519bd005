"""How many queries a page of visitors makes: the same for one member and for thirty, and none of them writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cluster_portal.benchmarks.members import invent_members
from cluster_portal.common.context import forget_cluster
from cluster_portal.common.models import User
from members.queries import shelves, vocabulary
from tests.events import seminars
from tests.factories import a_director, a_member, a_user, an_office_person

pytestmark = pytest.mark.django_db
DIRECTORY = [
    "/members/",
    "/members/?side=civil&role=industry&sort=newest",
    "/members/?q=atelierul",
    "/members/?q=atleierul",
]


@pytest.fixture(autouse=True)
def fresh_process(cluster: Any) -> Iterator[None]:
    shelves.Memory.known = None
    vocabulary.Memory.known = vocabulary.Vocabulary()
    yield
    forget_cluster()


def queries(client: Client, path: str) -> list[str]:
    """The queries of a page in a process that has served a page before."""
    client.get("/members/?q=warm")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(path)
    assert answer.status_code == 200
    if answer.streaming:
        answer.getvalue()
    return [query["sql"] for query in captured.captured_queries]


def people() -> dict[str, tuple[User | None, int]]:
    """A person of each kind, and what knowing them costs: session, user, standing."""
    return {
        "visitor": (None, 0),
        "applicant": (a_user(), 3),
        "member": (a_member("Atelierul Meu").organisation.representations.get().user, 3),
        "director": (a_director(), 3),
        "office": (an_office_person(), 3),
    }


@pytest.mark.parametrize("members", [1, 30])
@pytest.mark.parametrize("path", DIRECTORY)
def test_a_page_of_the_directory_is_one_query_and_a_new_search_two(path: str, members: int) -> None:
    invent_members(members, seed=51)
    for who, (person, known) in people().items():
        client = Client()
        if person:
            client.force_login(person)
        shelves.Memory.known = None  # the person before had the same audience, and asked the same
        asked = queries(client, path)
        assert len(asked) == known + 1 + ("q=" in path), (who, asked)
        assert all(sql.lstrip().startswith(("SELECT", "WITH")) for sql in asked)
        assert len(queries(client, path)) == known + 1


@pytest.mark.parametrize("members", [1, 30])
def test_the_home_page_is_three_queries(members: int) -> None:
    invent_members(members, seed=52)
    for number in range(members):
        seminars.a_seminar(title_ro=f"Seminar {number}")
    assert len(queries(Client(), "/")) == 3


@pytest.mark.parametrize("capabilities", [1, 30])
def test_a_member_is_one_query(capabilities: int) -> None:
    organisation = a_member("Fabrica").organisation
    for tag in vocabulary.vocabulary("").tags.values():
        if organisation.capabilities.count() < capabilities and not organisation.capabilities.filter(tag=tag.pk):
            organisation.capabilities.create(tag_id=tag.pk, direction="offered", side="dual", visibility="public")
    for who, (person, known) in people().items():
        client = Client()
        if person:
            client.force_login(person)
        assert len(queries(client, organisation.get_absolute_url())) == known + 1, who


def test_after_a_change_the_first_reader_reads_the_directory_once() -> None:
    invent_members(3, seed=53)
    client = Client()
    queries(client, "/members/")
    invent_members(1, seed=54)
    with CaptureQueriesContext(connection) as first:
        client.get("/members/")
    with CaptureQueriesContext(connection) as second:
        client.get("/members/")
    assert (len(first), len(second)) == (6, 1)


@pytest.mark.parametrize("path", ["/", "/members/", "/statute/", "/members/join/", "/members/export.csv"])
def test_reading_writes_nothing(path: str) -> None:
    invent_members(3, seed=55)
    asked = queries(Client(), path)
    assert all(sql.lstrip().startswith(("SELECT", "WITH")) for sql in asked)
