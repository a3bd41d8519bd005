"""The tree at the desk: counts, the sign of a word that is too broad, and every act on a word."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cluster_portal.common.models import AuditEvent
from matchmaking.models import Opportunity
from members.actions.directory import refresh_directory
from members.actions.profile_parts import save_capability
from members.actions.vocabulary import Naming, add_word, bring_back_word, edit_word, move_word, retire_word
from members.models import Capability, DirectoryEntry, Organisation, Representation, Tag
from members.queries.word_desk import desk, word_line
from members.rules.errors import RuleError
from members.rules.vocabulary import BROAD_LEAST, check_place, in_tree_order, too_broad
from tests import factories
from tests.members.vocabulary.conftest import Branch


def member_with(word: Tag, direction: str = "offered", **fields: object) -> Organisation:
    organisation: Organisation = factories.a_member().organisation
    Capability.objects.filter(organisation=organisation).delete()
    factories.a_capability(organisation, word, direction=direction, **fields)
    refresh_directory([organisation.pk])
    return organisation


# ------------------------------------------------------------------ rules
def test_a_word_is_never_put_below_itself() -> None:
    tree = {1: None, 2: 1, 3: 2}
    check_place(tree, 3, 1)
    for under in (2, 3):
        with pytest.raises(RuleError, match="word_loop"):
            check_place(tree, 2, under)


def test_the_tree_grows_only_so_deep() -> None:
    tree: dict[int, int | None] = {1: None, **{pk: pk - 1 for pk in range(2, 9)}, 20: 1, 21: 20}
    with pytest.raises(RuleError, match="word_too_deep"):
        check_place(tree, 20, 7)
    check_place(tree, 20, 6)


def test_the_tree_is_read_branch_by_branch() -> None:
    assert in_tree_order([(1, None, 1), (2, None, 2), (3, 1, 9), (4, 1, 5), (5, 4, 3)]) == [1, 4, 5, 3, 2]


@pytest.mark.parametrize(
    ("stated", "members", "broad"), [(412, 500, True), (7, 8, False), (8, 33, False), (8, 32, True)]
)
def test_a_quarter_of_the_members_makes_a_word_too_broad(stated: int, members: int, broad: bool) -> None:
    assert too_broad(stated, members) is broad


# ------------------------------------------------------------------ acts
def test_a_word_is_added_with_its_code_and_stands_last_among_its_neighbours(branch: Branch) -> None:
    word = add_word(
        Naming("Baloane", "Balloons", ("balon", "Baloane", "BALON")), by=branch.office, under=branch.root.pk
    )
    assert (word.code, word.aliases) == ("balloons", ["balon"])
    lines = [line.tag.pk for line in desk().lines]
    assert lines.index(word.pk) == lines.index(branch.third.pk) + 1
    assert AuditEvent.objects.filter(verb="word_added", target_id=str(word.pk)).count() == 1
    with pytest.raises(RuleError, match="word_stands_there"):
        add_word(Naming("BALOANE", "Other"), by=branch.office, under=branch.root.pk)


def test_a_rename_is_read_in_the_directory_and_found_on_the_board_at_once(branch: Branch) -> None:
    organisation = member_with(branch.first)
    edit_word(branch.first.pk, Naming("Multicoptere", "Multicopters", ("cvadricopter",)), by=branch.office, version=1)
    entry = DirectoryEntry.objects.get(organisation=organisation, audience="public")
    assert (entry.offers_ro, entry.offers_en) == (["Multicoptere"], ["Multicopters"])
    assert Opportunity.objects.extra(where=["search @@ to_tsquery('portal_ro', 'multicoptere')"]).count() == 1


def test_what_somebody_else_changed_is_never_overwritten(branch: Branch) -> None:
    edit_word(branch.first.pk, Naming("Drone", "Drones"), by=branch.office, version=1)
    edit_word(branch.first.pk, Naming("Drone", "Drones"), by=branch.office, version=1)  # the same form twice
    for act in (
        lambda: edit_word(branch.first.pk, Naming("Altele", "Others"), by=branch.office, version=1),
        lambda: move_word(branch.first.pk, branch.second.pk, by=branch.office, version=1),
        lambda: retire_word(branch.first.pk, by=branch.office, version=1),
    ):
        with pytest.raises(RuleError, match="word_overtaken"):
            act()
    branch.first.refresh_from_db()
    assert (branch.first.name_en, branch.first.active) == ("Drones", True)
    assert AuditEvent.objects.filter(verb="word_edited", target_id=str(branch.first.pk)).count() == 1


def test_a_branch_moves_with_its_members_and_never_below_itself(branch: Branch) -> None:
    organisation = member_with(branch.second)
    move_word(branch.second.pk, branch.first.pk, by=branch.office, version=1)
    entry = DirectoryEntry.objects.get(organisation=organisation, audience="public")
    assert {branch.first.pk, branch.second.pk, branch.root.pk} <= set(entry.offers_and_above)
    with pytest.raises(RuleError, match="word_loop"):
        move_word(branch.first.pk, branch.second.pk, by=branch.office, version=1)
    with pytest.raises(RuleError, match="word_is_a_root"):
        move_word(branch.root.pk, branch.second.pk, by=branch.office, version=branch.root.version)
    assert move_word(branch.second.pk, branch.first.pk, by=branch.office, version=1) is False


def test_a_retired_word_is_kept_by_who_states_it_and_chosen_by_nobody_else(branch: Branch) -> None:
    organisation = member_with(branch.first)
    other = factories.a_member().organisation
    person = Representation.objects.get(organisation=other).user
    assert retire_word(branch.first.pk, by=branch.office, version=1) is True
    assert retire_word(branch.first.pk, by=branch.office, version=1) is False
    with pytest.raises(RuleError, match="word_not_chosen"):
        save_capability(other.pk, by=person, values={}, direction="offered", tag=branch.first.pk)
    assert Capability.objects.filter(organisation=organisation, tag=branch.first).exists()
    client = Client()
    client.force_login(
        Representation.objects.get(organisation=organisation).user, "django.contrib.auth.backends.ModelBackend"
    )
    page = client.get(reverse("members:profile-part", args=[organisation.slug, "offers"])).content.decode()
    assert "retired word" in page or "cuvânt retras" in page
    assert bring_back_word(branch.first.pk, by=branch.office, version=2) is True
    save_capability(other.pk, by=person, values={"side": "civil"}, direction="offered", tag=branch.first.pk)


def test_nobody_but_the_office_keeps_the_vocabulary(branch: Branch) -> None:
    for person in (factories.a_user(), factories.a_director()):
        with pytest.raises(RuleError, match="office_only"):
            retire_word(branch.first.pk, by=person, version=1)


# ------------------------------------------------------------------ the page
def test_who_states_a_word_is_counted_once_and_only_in_good_standing(branch: Branch) -> None:
    move_word(branch.second.pk, branch.first.pk, by=branch.office, version=1)
    organisation = member_with(branch.first)
    factories.a_capability(organisation, branch.first, direction="sought")
    factories.a_capability(organisation, branch.second)
    member_with(branch.second, "sought")
    factories.a_capability(factories.an_organisation(), branch.first)  # no member
    line = word_line(branch.first.pk)
    assert line is not None
    assert (line.use.offers, line.use.needs, line.use.members, line.use.branch) == (1, 1, 1, 2)


def test_a_word_that_everybody_states_asks_to_be_split(branch: Branch, desk_client: Client) -> None:
    for _number in range(BROAD_LEAST):
        member_with(branch.third)
    with translation.override("en"):
        page = desk_client.get(reverse("members:words"), headers={"accept-language": "en"}).content.decode()
    assert "8 of 8 members state this: split it" in page


def test_the_search_reads_both_languages_and_other_words_and_shows_the_way_down(branch: Branch) -> None:
    edit_word(branch.first.pk, Naming("Drone mici", "Small drones", ("Quadcopter",)), by=branch.office, version=1)
    for query in ("DRONE", "small dro", "quadcop"):
        found = desk(query)
        assert branch.first.pk in {line.tag.pk for line in found.lines if line.hit}
        assert branch.root.pk in {line.tag.pk for line in found.lines if not line.hit}
    assert desk("xyzzy").lines == []


@pytest.mark.parametrize("words", [30, 300])
def test_the_page_asks_as_much_for_few_words_as_for_many(
    branch: Branch, desk_client: Client, words: int, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    Tag.objects.bulk_create(
        Tag(code=f"w{n}", name_ro=f"Cuvânt {n}", name_en=f"Word {n}", parent_id=branch.root.pk, position=900 + n)
        for n in range(words)
    )
    desk_client.get(reverse("members:words"))
    with django_assert_num_queries(QUERIES):  # type: ignore[operator]
        assert desk_client.get(reverse("members:words")).status_code == 200


QUERIES = 6


def test_each_button_does_it_once(branch: Branch, desk_client: Client) -> None:
    retire = reverse("members:word-retire", args=[branch.first.pk])
    assert desk_client.get(retire).status_code == 200
    for _click in range(2):
        assert desk_client.post(retire, {"version": "1"}).status_code == 302
    assert AuditEvent.objects.filter(verb="word_retired").count() == 1
    desk_client.post(reverse("members:word-back", args=[branch.first.pk]), {"version": "2"})
    word = {"version": "3", "name_ro": "Droneţi", "name_en": "Dronets", "aliases": "uav\nUAS", "scored": "on"}
    assert desk_client.post(reverse("members:word", args=[branch.first.pk]), word).status_code == 302
    branch.first.refresh_from_db()
    assert (branch.first.name_ro, branch.first.aliases, branch.first.active) == ("Droneți", ["uav", "UAS"], True)
    place = {"version": "4", "under": branch.second.code}
    assert desk_client.post(reverse("members:word-move", args=[branch.first.pk]), place).status_code == 302
    new = {"under": branch.first.code, "name_ro": "Nou", "name_en": "New", "aliases": "", "scored": "on"}
    assert desk_client.post(reverse("members:word-add"), new).status_code == 302
    assert desk_client.post(reverse("members:word-add"), new).status_code == 200  # it stands there already
    assert Tag.objects.filter(parent=branch.first).count() == 1
    late = desk_client.post(reverse("members:word", args=[branch.first.pk]), {**word, "name_en": "Late"})
    assert late.status_code == 200 and "Dronets" in late.content.decode()
