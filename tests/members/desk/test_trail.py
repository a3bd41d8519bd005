"""The trail speaks: every act that is recorded anywhere has its sentence, and its details fit into it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cluster_portal.common import wording
from cluster_portal.common.models import AuditEvent, User
from members.admin.trail import SENTENCES
from members.rules.lifecycle import MEMBERSHIP_TRANSITIONS, TRANSITIONS
from tests import factories
from tests.members.desk.conftest import SignIn

ROOT = Path(__file__).resolve().parents[3]
APPS = ("cluster_portal", "members", "matchmaking", "events")


def recorded() -> Iterator[tuple[str, set[str]]]:
    """(verb, names of its details) of every `audit.record("verb", …)`; verbs made of a prefix come from the rules."""
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "audit.record":
                    names = {word.arg for word in node.keywords if word.arg} - {"by"}
                    first = node.args[0]
                    chosen = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
                    for one in chosen:
                        if isinstance(one, ast.Constant):
                            yield str(one.value), names


def test_every_act_has_its_sentence() -> None:
    verbs = {verb for verb, _names in recorded()}
    verbs |= {f"adhesion_{step.verb}" for step in TRANSITIONS}
    done = {"suspend", "reinstate", "give_notice", "end_notice", "cease"}
    verbs |= {f"membership_{step.verb}" for step in MEMBERSHIP_TRANSITIONS if step.verb in done}
    verbs |= {
        f"{noun}_{act}" for noun in ("capability", "certificate", "contact") for act in ("added", "edited", "removed")
    }
    verbs |= {"logo_changed", "logo_removed"}
    assert len(verbs) > 40
    assert sorted(verbs - set(wording.TOLD)) == []


def test_every_detail_that_a_sentence_asks_for_is_recorded() -> None:
    given: dict[str, set[str]] = {}
    for verb, names in recorded():
        given[verb] = given.get(verb, names) & names
    wrong = {
        verb: sorted(asked - names - {"target"})
        for verb, names in given.items()
        if (asked := set(re.findall(r"%\((\w+)\)s", str(wording.TOLD.get(verb, ""))))) - names - {"target"}
    }
    assert wrong == {}


def test_a_line_without_its_details_is_still_readable() -> None:
    assert "%(number)s" in str(SENTENCES["round_opened"])
    assert wording.told(AuditEvent(verb="round_opened", params={})) == "Round opened"
    assert wording.told(AuditEvent(verb="something_new", params={})) == "Something new"


@pytest.mark.django_db
def test_the_trail_is_read_as_sentences_and_found_by_the_name_of_the_thing(
    as_: SignIn, office: User, directors: list[User]
) -> None:
    vote = factories.an_open_round(directors)
    browser = as_(office)
    page = browser.get("/admin/common/auditevent/").content.decode()
    assert "Round 1 was opened (Written procedure)" in page
    event = AuditEvent.objects.get(verb="round_opened")
    found = browser.get(f"/admin/common/auditevent/?q={event.target_name}")
    assert [one.pk for one in found.context["cl"].result_list] == list(
        AuditEvent.objects.filter(target_name=event.target_name).values_list("pk", flat=True)
    )
    one = browser.get(f"/admin/common/auditevent/{event.pk}/change/").content.decode()
    assert "Round 1 was opened" in one and vote.request.number in one  # type: ignore[operator]
