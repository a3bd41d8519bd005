"""One word merged into another: nothing that was said with it is lost, and everything that reads it follows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cluster_portal.common.models import AuditEvent
from events.models import Event
from matchmaking.models import Opportunity, Reference, SavedSearch
from members.actions.vocabulary import Naming, add_word, bring_back_word, move_word
from members.actions.word_merging import Merged, merge_words
from members.models import Capability, DirectoryEntry
from members.queries.word_merge import Preview, merge_preview
from members.rules.errors import RuleError
from members.rules.word_merging import strength, taken_over
from tests import factories
from tests.matchmaking.made import query
from tests.members.vocabulary.conftest import Branch
from tests.members.vocabulary.test_words import member_with

ROW: dict[str, Any] = {
    **dict.fromkeys(("kind", "evidence", "note_ro", "note_en", "control", "control_category", "control_group"), ""),
    "visibility": "members",
    "weight": 1,
    "trl": 5,
    "references": 0,
}


# ------------------------------------------------------------------ rules
@pytest.mark.parametrize(
    ("weaker", "stronger"),
    [
        ({"trl": None}, {}),
        ({"trl": 9}, {"visibility": "public"}),
        ({"trl": 9}, {"weight": 2}),
        ({}, {"references": 1}),
        ({"references": 9}, {"trl": 6}),
    ],
)
def test_which_of_two_is_the_stronger(weaker: dict[str, Any], stronger: dict[str, Any]) -> None:
    assert strength({**ROW, **weaker}, stands=True) < strength({**ROW, **stronger}, stands=True)
    assert strength({**ROW, **stronger}, stands=False) < strength({**ROW, **weaker}, stands=True)


def test_texts_never_reach_more_people_than_their_owner_wished() -> None:
    said = {**ROW, "note_ro": "Doar pentru birou", "visibility": "office"}
    assert taken_over({**ROW, "visibility": "public"}, said) == {}
    assert taken_over({**ROW, "visibility": "office"}, said) == {"note_ro": "Doar pentru birou"}
    assert taken_over({**ROW, "note_ro": "Altceva"}, {**ROW, "note_ro": "Acesta"}) == {}


def test_the_more_careful_word_about_dual_use_stays() -> None:
    listed = {**ROW, "control": "dual_use", "control_category": "3", "control_group": "E", "visibility": "office"}
    assert taken_over({**ROW, "control": "none"}, listed)["control"] == "dual_use"
    assert taken_over(listed, {**ROW, "control": "unsure"}) == {}


# ------------------------------------------------------------------ the act
def test_everything_follows_a_merge(branch: Branch) -> None:
    one, both = member_with(branch.first), member_with(branch.first, trl=8, references=0)
    factories.a_capability(both, branch.second, trl=4, evidence="")
    child = add_word(Naming("Roiuri", "Swarms"), by=branch.office, under=branch.first.pk)
    search = SavedSearch.objects.create(person=branch.office, place=1, name="Drones", tag=branch.first)
    reference = Reference.objects.create(title_ro="Proiect", stated_by=one, year=2024)
    reference.tags.add(branch.first, branch.second)
    assert merge_preview(branch.first, branch.second) == Preview(moved=1, united=1, members=2, narrower=1)

    assert merge_words(branch.first.pk, branch.second.pk, by=branch.office, version=1) == Merged(1, 1)

    (kept,) = Capability.objects.filter(organisation=both)
    assert (kept.tag_id, kept.trl, kept.evidence) == (branch.second.pk, 8, "Contract 12/2025")
    assert Capability.objects.get(organisation=one).tag_id == branch.second.pk
    for organisation in (one, both):
        entry = DirectoryEntry.objects.get(organisation=organisation, audience="public")
        assert entry.offers_en == ["Unmanned aircraft"] and branch.second.pk in entry.offers_and_above
        assert branch.first.pk not in entry.offers_and_above
    assert Opportunity.objects.filter(tags__contains=[branch.second.pk]).count() == 2
    reached = query(f"SELECT count(DISTINCT member_id) FROM matchmaking_reach WHERE node_id = {branch.second.pk}")
    assert reached == [(2,)]
    search.refresh_from_db()
    child.refresh_from_db()
    branch.first.refresh_from_db()
    branch.second.refresh_from_db()
    assert (search.tag_id, child.parent_id) == (branch.second.pk, branch.second.pk)
    assert [tag.pk for tag in reference.tags.all()] == [branch.second.pk]
    assert (branch.first.active, branch.first.merged_into_id) == (False, branch.second.pk)
    assert branch.second.aliases == ["Drone mici", "Small drones"]
    assert AuditEvent.objects.filter(verb="capability_united", target_id=str(both.pk)).count() == 1
    assert AuditEvent.objects.get(verb="word_merged").params["united"] == 1


def test_events_about_the_word_are_about_its_heir(branch: Branch) -> None:
    now = timezone.now()
    event = Event.objects.create(
        kind="seminar", title_ro="Zbor", title_en="Flight", starts_at=now, ends_at=now + timedelta(hours=1),
        created_by=branch.office,
    )  # fmt: skip
    event.tags.add(branch.first)
    event.audience_tags.add(branch.first, branch.second)
    merge_words(branch.first.pk, branch.second.pk, by=branch.office, version=1)
    assert [tag.pk for tag in event.tags.all()] == [tag.pk for tag in event.audience_tags.all()] == [branch.second.pk]


def test_a_second_merge_and_a_chain_of_merges(branch: Branch) -> None:
    member_with(branch.first)
    merge_words(branch.first.pk, branch.second.pk, by=branch.office, version=1)
    assert merge_words(branch.first.pk, branch.second.pk, by=branch.office, version=1) == Merged(0, 0)
    merge_words(branch.second.pk, branch.third.pk, by=branch.office, version=2)
    branch.first.refresh_from_db()
    assert branch.first.merged_into_id == branch.third.pk
    assert Capability.objects.filter(tag=branch.third).count() == 1
    with pytest.raises(RuleError, match="word_merged"):
        bring_back_word(branch.first.pk, by=branch.office, version=branch.first.version)


def test_what_cannot_be_merged_is_said(branch: Branch) -> None:
    move_word(branch.second.pk, branch.first.pk, by=branch.office, version=1)
    for word, heir, version, code in (
        (branch.first.pk, branch.second.pk, 1, "word_heir_below"),
        (branch.first.pk, branch.first.pk, 1, "word_itself"),
        (branch.third.pk, branch.root.pk, 1, "word_is_a_root"),
        (branch.third.pk, branch.first.pk, 7, "word_overtaken"),
        (branch.third.pk, 0, 1, "word_gone"),
    ):
        with pytest.raises(RuleError, match=code):
            merge_words(word, heir, by=branch.office, version=version)


def test_the_page_says_before_what_will_happen_and_does_it_once(branch: Branch, desk_client: Client) -> None:
    member_with(branch.first)
    way = reverse("members:word-merge", args=[branch.first.pk])
    assert desk_client.get(way).status_code == 200
    page = desk_client.get(f"{way}?into={branch.second.code}", headers={"accept-language": "en"}).content.decode()
    assert "1 organisation states the word that ends." in page
    for _click in range(2):
        assert desk_client.post(way, {"into": branch.second.code, "version": "1"}).status_code == 302
    assert AuditEvent.objects.filter(verb="word_merged").count() == 1
    assert desk_client.get(reverse("members:word", args=[branch.first.pk])).status_code == 200
