"""A member misses a word: it is suggested once, answered once, and who asked has a letter."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from cluster_portal.common.models import OutgoingMail, User
from members.actions.suggestions import answer_with_word, decline_suggestion, promote_suggestion, suggest_word
from members.actions.vocabulary import Naming
from members.models import Organisation, Representation, Tag, TagSuggestion
from members.models.suggestion import MOST_WAITING
from members.rules.errors import RuleError
from tests import factories
from tests.members.vocabulary.conftest import Branch


@pytest.fixture
def member(branch: Branch) -> Organisation:
    organisation: Organisation = factories.a_member().organisation
    return organisation


def person_of(member: Organisation) -> User:
    return Representation.objects.get(organisation=member).user


def suggested(member: Organisation, name: str = "Roiuri de drone") -> TagSuggestion:
    return suggest_word(member.pk, by=person_of(member), direction="offered", name=name)


def test_a_word_is_suggested_once_and_not_when_it_is_there(member: Organisation) -> None:
    suggested(member)
    with pytest.raises(RuleError, match="suggestion_waits"):
        suggested(member, "ROIURI DE DRONE")
    with pytest.raises(RuleError, match="word_exists"):
        suggested(member, "aeronave fara pilot")
    for number in range(MOST_WAITING - 1):
        suggested(member, f"Cuvânt {number}")
    with pytest.raises(RuleError, match="suggestions_full"):
        suggested(member, "Încă unul")
    with pytest.raises(RuleError, match="profile_closed"):
        suggest_word(member.pk, by=factories.a_user(), direction="offered", name="Altul")


def test_each_answer_is_given_once_and_told_in_a_letter(branch: Branch, member: Organisation) -> None:
    answers: list[Callable[[int], object]] = [
        lambda pk: promote_suggestion(pk, Naming("Roiuri", "Swarms"), by=branch.office, under=branch.first.pk),
        lambda pk: answer_with_word(pk, branch.second.pk, by=branch.office),
        lambda pk: decline_suggestion(pk, "Too narrow.", by=branch.office),
    ]
    for number, answer in enumerate(answers):
        row = suggested(member, f"Lipsă {number}")
        answer(row.pk)
        with pytest.raises(RuleError, match="suggestion_decided"):
            answer(row.pk)
    states = list(TagSuggestion.objects.order_by("pk").values_list("state", "word__name_en"))
    assert states == [("promoted", "Swarms"), ("merged", "Unmanned aircraft"), ("declined", None)]
    assert Tag.objects.get(name_en="Swarms").parent == branch.first
    letters = OutgoingMail.objects.filter(kind="members/suggestion_answered")
    assert letters.count() == 3


def test_only_the_office_answers(branch: Branch, member: Organisation) -> None:
    row = suggested(member)
    with pytest.raises(RuleError, match="office_only"):
        decline_suggestion(row.pk, "No.", by=person_of(member))


def test_from_the_form_of_a_member_to_the_tree(branch: Branch, member: Organisation, desk_client: Client) -> None:
    own = Client()
    own.force_login(person_of(member), "django.contrib.auth.backends.ModelBackend")
    choose = reverse("members:part-add", args=[member.slug, "needs"])
    way = reverse("members:word-suggest", args=[member.slug, "needs"])
    assert way in own.get(choose).content.decode()
    assert own.get(way).status_code == 200
    assert own.post(way, {"name": "Roiuri", "note": "Mai multe deodată"}).status_code == 302
    assert own.post(way, {"name": "Roiuri"}).status_code == 200
    row = TagSuggestion.objects.get()
    assert row.direction == "sought"
    assert "Mai multe deodată" in desk_client.get(reverse("members:word-suggestions")).content.decode()
    promote = reverse("members:suggestion-promote", args=[row.pk])
    word = {"under": branch.first.code, "name_ro": "Roiuri", "name_en": "Swarms", "scored": "on"}
    for _click in range(2):
        assert desk_client.post(promote, word).status_code == 302
    assert Tag.objects.filter(parent=branch.first).count() == 1
    assert "Roiuri" in desk_client.get(reverse("members:word-suggestions")).content.decode()
