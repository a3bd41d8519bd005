"""The rows of the directory: who has one, for whom, and what it holds."""

from __future__ import annotations

from typing import Any

import pytest

from cluster_portal.benchmarks.members import invent_members
from members.actions.directory import rebuild_directory, refresh_directory
from members.actions.membership import change_membership
from members.models import DirectoryChange, DirectoryEntry, Organisation
from tests.factories import a_capability, a_member, an_office_person, an_organisation
from tests.members.directory.conftest import leaves, listed

pytestmark = pytest.mark.django_db


def audiences(organisation: Organisation) -> list[str]:
    return sorted(DirectoryEntry.objects.filter(organisation=organisation).values_list("audience", flat=True))


def test_a_member_is_listed_for_everybody_and_for_members() -> None:
    assert audiences(a_member().organisation) == ["members", "public"]


def test_a_profile_for_members_has_no_public_row() -> None:
    assert audiences(a_member(show_profile="members").organisation) == ["members"]


def test_an_organisation_that_is_no_member_has_no_row() -> None:
    organisation = an_organisation()
    refresh_directory([organisation.pk])
    assert audiences(organisation) == []


@pytest.mark.parametrize("verb", ["suspend", "cease"])
def test_who_is_no_longer_in_good_standing_vanishes_with_the_change(verb: str) -> None:
    membership = a_member()
    change_membership(membership.pk, verb, by=an_office_person(), basis="Resolution 9/2026", article="7")
    assert audiences(membership.organisation) == []


def test_who_gave_notice_or_was_reinstated_is_listed() -> None:
    membership, office = a_member(), an_office_person()
    change_membership(membership.pk, "give_notice", by=office, basis="Letter of 1 June", article="7")
    assert audiences(membership.organisation) == ["members", "public"]
    other = a_member()
    change_membership(other.pk, "suspend", by=office, basis="Resolution 9/2026", article="7")
    change_membership(other.pk, "reinstate", by=office, basis="Resolution 10/2026", article="7")
    assert audiences(other.organisation) == ["members", "public"]


@pytest.mark.parametrize(
    ("group", "columns"),
    [
        ("show_texts", {"summary_ro": "", "summary_en": "", "website": ""}),
        ("show_contact", {"place": ""}),
        ("show_size", {"size_class": "", "helix_subtype": ""}),
    ],
)
@pytest.mark.parametrize("level", ["members", "contact", "office"])
def test_a_row_holds_only_what_its_audience_sees(group: str, columns: dict[str, Any], level: str) -> None:
    fields: dict[str, Any] = {group: level}
    organisation = a_member(**fields).organisation
    public = DirectoryEntry.objects.get(organisation=organisation, audience="public")
    for_members = DirectoryEntry.objects.get(organisation=organisation, audience="members")
    assert {name: getattr(public, name) for name in columns} == columns
    hidden_from_members = {name: getattr(for_members, name) for name in columns} == columns
    assert hidden_from_members == (level != "members")


@pytest.mark.parametrize(("level", "seen"), [("public", 2), ("members", 1), ("contact", 0), ("office", 0)])
def test_a_capability_stands_in_the_rows_of_its_audience(level: str, seen: int) -> None:
    organisation = listed("Atelierul")
    capability = a_capability(organisation, visibility=level, trl=9)
    refresh_directory([organisation.pk])
    rows = DirectoryEntry.objects.filter(organisation=organisation, offers_and_above__contains=[capability.tag_id])
    assert rows.count() == seen
    assert DirectoryEntry.objects.filter(organisation=organisation, trl=9).count() == seen
    assert DirectoryEntry.objects.filter(organisation=organisation, bands=[3]).count() == seen


def test_an_offer_is_counted_under_every_word_above_it() -> None:
    deep = next(tag for tag in leaves() if tag.parent.parent_id)
    row = DirectoryEntry.objects.get(organisation=listed("Atelierul", (deep.code,)), audience="public")
    assert {deep.pk, deep.parent_id, deep.parent.parent_id} <= set(row.offers_and_above)
    assert {deep.pk * 4 + 2, deep.parent_id * 4 + 2} <= set(row.banded)


def test_the_shown_name_is_the_short_one_and_sorts_without_marks() -> None:
    organisation = a_member("Șantierul Înălțimii SRL", short_name="ȘÎ").organisation
    row = DirectoryEntry.objects.get(organisation=organisation, audience="public")
    assert (row.name, row.sort_key) == ("ȘÎ", "si")


def test_thousands_are_built_as_one_by_one() -> None:
    made = invent_members(40, seed=3)

    def rows() -> list[tuple[Any, ...]]:
        columns = [field.attname for field in DirectoryEntry._meta.concrete_fields if field.name != "id"]
        return sorted(DirectoryEntry.objects.values_list(*columns), key=repr)

    together = rows()
    for pk in made:
        refresh_directory([pk])
    assert rows() == together
    assert rebuild_directory() == len(together)
    assert rows() == together


def test_rebuilding_removes_rows_that_nobody_should_have() -> None:
    row = DirectoryEntry.objects.filter(organisation=a_member().organisation)[0]
    row.pk, row.organisation = None, an_organisation()
    row.save()
    assert rebuild_directory() == 2


def test_every_change_makes_another_generation() -> None:
    organisation = a_member().organisation
    before = set(DirectoryChange.objects.values_list("pk", flat=True))
    refresh_directory([organisation.pk])
    after = set(DirectoryChange.objects.values_list("pk", flat=True))
    assert before and after and not before & after
