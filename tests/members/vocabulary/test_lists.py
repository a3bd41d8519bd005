"""The vocabulary out and in as CSV: the same file changes nothing, a mistake anywhere writes nothing."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from members.actions.vocabulary import Naming, edit_word
from members.actions.word_lists import import_list, planned_list, state_of_words, words_now
from members.models import Tag
from members.rules.errors import RuleError
from members.rules.word_lists import COLUMNS, Word, plan_list, read_list
from tests.members.vocabulary.conftest import Branch

HEAD = ",".join(COLUMNS)
THERE = {"a": Word("a", "", "Ramură", "Branch"), "b": Word("b", "a", "Bee", "Bee"), "c": Word("c", "b", "Cee", "Cee")}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("b,c,Bee,Bee,,1,1", "word_loop"),
        ("d,x,Dee,Dee,,1,1", "word_list_parent"),
        ("d,a,BEE,Dee,,1,1", "word_stands_there"),
        ("d,a,,Dee,,1,1", "word_list_empty"),
        ("d,a,Dee,Dee,,maybe,1", "word_list_flag"),
        ("a,b,Ramură,Branch,,1,1", "word_is_a_root"),
        (f"d,a,{'D' * 161},Dee,,1,1", "word_list_cell_long"),
        ("d,a,Dee,Dee,,1,1\nd,a,Eff,Eff,,1,1", "word_list_twice"),
        ("m,a,Em,Em,,1,1", "word_list_merged"),
        ("d d,a,Dee,Dee,,1,1", "word_list_code"),
    ],
)
def test_a_row_with_a_mistake_says_which(row: str, code: str) -> None:
    (first, *_rest) = plan_list(read_list(f"{HEAD}\n{row}\n"), THERE, frozenset({"m"}))
    assert first.fate == "faulty" and code in [problem.code for problem in first.problems]


def test_a_file_without_its_columns_is_refused() -> None:
    with pytest.raises(RuleError, match="word_list_columns"):
        read_list("name;what\nx;y\n")
    with pytest.raises(RuleError, match="word_list_broken"):
        read_list(f"{HEAD}\n{'x' * 200_000},a,b,c,,1,1\n")


def test_words_come_in_all_together_and_a_second_run_changes_nothing(branch: Branch) -> None:
    text = (
        f"\N{BYTE ORDER MARK}{HEAD.replace(',', ';')}\n"
        "swarm-two;swarm;Roiuri mici;Small swarms;;;\n"
        f"swarm;{branch.first.code};Roiuri;Swarms;stoluri|'=roi;1;1\n"
        f"{branch.third.code};{branch.second.code};Radare;Radars;;1;0\n"
    )
    assert [row.fate for row in import_list(text, by=branch.office, state=state_of_words())] == [
        "new",
        "new",
        "changed",
    ]
    swarm = Tag.objects.get(code="swarm")
    branch.third.refresh_from_db()
    assert (swarm.parent, swarm.aliases) == (branch.first, ["stoluri", "'=roi"])
    assert Tag.objects.get(code="swarm-two").parent == swarm
    assert (branch.third.parent, branch.third.active, branch.third.version) == (branch.second, False, 2)
    before = state_of_words()
    assert {row.fate for row in import_list(text, by=branch.office, state="")} == {"same"}
    assert state_of_words() == before


def test_nothing_is_written_when_a_row_is_wrong_or_the_tree_has_moved_on(branch: Branch) -> None:
    good = f"{HEAD}\nswarm,{branch.first.code},Roiuri,Swarms,,1,1\n"
    with pytest.raises(RuleError, match="word_list_faulty"):
        import_list(f"{good}other,nowhere,Alt,Other,,1,1\n", by=branch.office, state=state_of_words())
    state = state_of_words()
    edit_word(branch.first.pk, Naming("Drone", "Drones"), by=branch.office, version=1)
    with pytest.raises(RuleError, match="word_list_changed"):
        import_list(good, by=branch.office, state=state)
    assert not Tag.objects.filter(code="swarm").exists()


def test_what_goes_out_comes_in_as_it_was(branch: Branch, desk_client: Client) -> None:
    naming = Naming("=Drone", "Drones", ("uav", "cvadricopter"))
    edit_word(branch.first.pk, naming, by=branch.office, version=1)
    out = desk_client.get(reverse("members:words-export")).content.decode()
    assert "'=Drone" in out
    assert {row.fate for row in planned_list(out)} == {"same"} and len(planned_list(out)) == len(words_now())


def test_the_page_shows_the_rows_and_writes_them_once(branch: Branch, desk_client: Client) -> None:
    text = f"{HEAD}\nswarm,{branch.first.code},Roiuri,Swarms,,1,1\n"
    page = desk_client.post(
        reverse("members:words-import"), {"upload": SimpleUploadedFile("w.csv", text.encode(), "text/csv")}
    )
    assert "Roiuri" in page.content.decode() and not Tag.objects.filter(code="swarm").exists()
    sent = {"text": page.context["text"], "state": page.context["state"]}
    for _click in range(2):
        assert desk_client.post(reverse("members:words-write"), sent).status_code == 302
    assert Tag.objects.filter(code="swarm").count() == 1
    broken = SimpleUploadedFile("w.csv", b"\xff\xfe\x00", "text/csv")
    assert desk_client.post(reverse("members:words-import"), {"upload": broken}).context["form"].errors
