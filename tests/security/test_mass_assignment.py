"""Fields that a form does not have, added to it by hand, change nothing that is guarded."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.permissions.doors import address, rows
from tests.permissions.payloads import payload
from tests.permissions.world import World, client_of

pytestmark = pytest.mark.django_db
WRITERS = ("R", "A", "D", "M", "S")
GUARDED = {
    "common_user": "email, is_staff, is_superuser, is_active",
    "common_user_groups": "user_id, group_id",
    "common_user_user_permissions": "user_id, permission_id",
    "account_emailaddress": 'user_id, email, verified, "primary"',
    "members_membership": "organisation_id, state",
    "members_organisation": "slug, legal_name, tax_id, demonstration",
    "members_representation": "organisation_id, user_id, role, ended_at IS NULL",
    "members_directorship": "user_id, role, starts_on, ends_on",
    "members_adhesionrequest": "organisation_id, applicant_id, state, number",
    "members_round": "request_id, result, closed_at IS NULL",
    "members_seat": "round_id, user_id, recused, present",
    "members_ballot": "seat_id, choice",
    "members_resolution": "number, outcome",
    "members_certificate": "organisation_id, verified_by_id, verified_at IS NULL",
    "members_changerequest": "organisation_id, state",
    "common_outgoingmail": "kind, recipient, state",
}
ADDED: dict[str, Any] = {
    **dict.fromkeys(("is_staff", "is_superuser", "verified", "demonstration", "fee_exempt", "validated"), "on"),
    **dict.fromkeys(
        ("id", "pk", "user", "user_id", "organisation_id", "applicant", "applicant_id", "seat", "round"), "1"
    ),
    **dict.fromkeys(("groups", "user_permissions", "verified_by", "verified_by_id", "decided_by", "owner"), "1"),
    **dict.fromkeys(("state", "status", "outcome", "result"), "approved"),
    **dict.fromkeys(("verified_at", "decided_at", "ended_at", "member_since", "admitted_on"), "2020-01-01"),
    "slug": "taken-over",
    "_method": "DELETE",
}


def standing() -> dict[str, Any]:
    """What every guarded table says."""
    with connection.cursor() as cursor:
        found = {}
        for table, names in GUARDED.items():
            cursor.execute(f"SELECT {names} FROM {table} ORDER BY {names}")
            found[table] = cursor.fetchall()
        return found


def after(browser: Client, path: str, data: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """What stands after this form was sent; it is taken back."""
    mark = transaction.savepoint()
    answer = browser.post(path, data)
    found = standing()
    transaction.savepoint_rollback(mark)
    return answer.status_code, found


def differs(added: list[Any], right: list[Any], again: list[Any]) -> bool:
    """Whether a table says something else; where new rows have new numbers every time, how many there are counts."""
    return added != right if right == again else len(added) != len(right)


def test_added_fields_change_nothing_that_is_guarded(world: World) -> None:
    wrong, tried, known = [], 0, set()
    for row in rows():
        role = next((role for role in WRITERS if row.answers[role] in {"303", "200+"}), "")
        if row.method != "POST" or not role or row.door in known or row.door == "admin:common_user_change":
            continue
        known.add(row.door)
        path, thing = address(row, world), world.things.get(row.thing, {})
        right = after(client_of(world, role), path, payload(row.door, world, thing))
        data = ADDED | payload(row.door, world, thing)
        added = after(client_of(world, role), path, data)
        if added != right:
            again = after(client_of(world, role), path, payload(row.door, world, thing))
            differing = [table for table in GUARDED if differs(added[1][table], right[1][table], again[1][table])]
            if differing or added[0] != right[0]:
                wrong.append(f"{role} {row}: {right[0]} became {added[0]}, {differing}")
        tried += 1
    assert not wrong, "\n".join(wrong)
    assert tried > 50
