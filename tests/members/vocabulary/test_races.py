"""The office and the members at the same instant: real threads, real connections, one outcome."""

from __future__ import annotations

import pytest

from members.actions.profile_parts import save_capability
from members.actions.vocabulary import Naming, add_word, edit_word, move_word, retire_word
from members.actions.word_merging import merge_words
from members.models import Capability, DirectoryEntry, Representation, Tag
from tests import factories
from tests.matchmaking.made import query
from tests.matchmaking.test_races import at_once
from tests.members.vocabulary.conftest import Branch, a_branch

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def tree() -> Branch:
    factories.a_cluster()
    return a_branch()


def no_circle() -> None:
    assert query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == [(0,)]


def test_two_moves_make_no_loop_together(tree: Branch) -> None:
    answers = at_once(
        lambda: move_word(tree.first.pk, tree.second.pk, by=tree.office, version=1),
        lambda: move_word(tree.second.pk, tree.first.pk, by=tree.office, version=1),
    )
    assert sorted(map(str, answers)) == ["True", "word_loop"]
    no_circle()


def test_two_people_rename_a_word_and_one_is_told(tree: Branch) -> None:
    answers = at_once(
        lambda: edit_word(tree.first.pk, Naming("Unu", "One"), by=tree.office, version=1),
        lambda: edit_word(tree.first.pk, Naming("Doi", "Two"), by=tree.office, version=1),
    )
    assert answers.count("word_overtaken") == 1
    assert Tag.objects.get(pk=tree.first.pk).version == 2


def test_a_word_is_added_once_however_often_the_button_is_pressed(tree: Branch) -> None:
    answers = at_once(
        *[lambda: add_word(Naming("Nou", "New"), by=tree.office, under=tree.first.pk) for _click in range(3)]
    )
    assert answers.count("word_stands_there") == 2
    assert Tag.objects.filter(parent=tree.first).count() == 1


def test_members_state_a_word_while_it_is_merged(tree: Branch) -> None:
    members = [factories.a_member().organisation for _number in range(3)]
    people = [Representation.objects.get(organisation=one).user for one in members]
    factories.a_capability(members[0], tree.first)
    factories.a_capability(members[0], tree.second)

    def states(number: int) -> object:
        return save_capability(
            members[number].pk, by=people[number], values={"side": "civil"}, direction="offered", tag=tree.first.pk
        )

    answers = at_once(
        lambda: merge_words(tree.first.pk, tree.second.pk, by=tree.office, version=1),
        lambda: merge_words(tree.first.pk, tree.second.pk, by=tree.office, version=1),
        lambda: states(1),
        lambda: states(2),
    )
    assert not Capability.objects.filter(tag=tree.first).exists()
    stated = Capability.objects.filter(tag=tree.second).values_list("organisation_id", flat=True)
    assert len(stated) == len(set(stated)) == 3 - answers.count("word_not_chosen")
    entries = DirectoryEntry.objects.filter(audience="members", offers_and_above__contains=[tree.second.pk])
    assert entries.count() <= len(stated)
    no_circle()


def test_nobody_states_a_word_after_it_was_retired(tree: Branch) -> None:
    member = factories.a_member().organisation
    person = Representation.objects.get(organisation=member).user
    answers = at_once(
        lambda: retire_word(tree.first.pk, by=tree.office, version=1),
        lambda: save_capability(member.pk, by=person, values={"side": "civil"}, direction="offered", tag=tree.first.pk),
    )
    assert answers[0] is True
    assert Capability.objects.filter(tag=tree.first).exists() == (answers[1] != "word_not_chosen")
    no_circle()
