"""A door that is not in the matrix fails the build, and so does a row that leads to no door."""

from __future__ import annotations

from django.contrib import admin
from django.urls import Resolver404, resolve

from tests.permissions.doors import PARTS, Row, patterns, read, rows
from tests.permissions.world import ROLES

GENERAL = {"200", "200+", "303", "back", "L", "F", "P", "403", "404", "405", "409"}


def test_the_matrix_speaks_its_own_words() -> None:
    for row in read():
        assert row.method in {"GET", "POST"}, row
        assert set(row.answers.values()) <= GENERAL, row
    doors = [(row.door, row.thing, row.method) for row in rows()]
    assert len(doors) == len(set(doors)), "a door is promised twice"


def test_every_table_of_the_desk_says_who_reads_it() -> None:
    """What `admin:*` stands for only refuses: reading has to be granted line by line."""
    named = {(row.door, row.method) for row in read()}
    for model in admin.site._registry:
        for view in ("changelist", "change", "history"):
            door = f"admin:{model._meta.app_label}_{model._meta.model_name}_{view}"
            assert (door, "GET") in named, f"{door} is not in matrix.csv"
    for row in read():
        if "*" in row.door and not row.door.startswith("/"):
            assert set(row.answers.values()) <= {"L", "F", "403"}, row


def named_by(row: Row) -> str:
    """The name of a door."""
    return row.door.split("?")[0].split(" ")[0]


def test_every_address_of_the_portal_is_in_the_matrix_by_get_and_by_post() -> None:
    """Addresses without a name (Django's own forwarding of /admin/app/model/1/) are in it by their path."""
    listed = {(named_by(row), row.method) for row in rows()}
    paths = {row.door for row in rows() if row.door.startswith("/")}
    missing = []
    for name, route in named_patterns():
        if name.endswith("?"):
            start = "/" + route.split("<")[0]
            if not any(path.startswith(start) for path in paths):
                missing.append(route)
        else:
            missing += [f"{method} {name}" for method in ("GET", "POST") if (name, method) not in listed]
    assert not missing, "\n".join(missing)


def test_every_row_leads_to_a_door() -> None:
    known = {name for name, _route in named_patterns()}
    for row in rows():
        if row.door.startswith("/"):
            try:
                resolve(row.door.split("?")[0].format(pk=1))
            except Resolver404:
                assert set(row.answers.values()) == {"404"}, f"{row} leads nowhere"
        else:
            assert named_by(row) in known, f"{row} leads nowhere"


def named_patterns() -> list[tuple[str, str]]:
    return sorted({(name, route) for name, route, _view in patterns()})


def test_every_role_has_its_column() -> None:
    assert all(tuple(row.answers) == ROLES for row in rows())
    assert set(PARTS) == {"people", "offers", "needs", "certificates"}
