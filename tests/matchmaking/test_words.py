"""Every refusal of matchmaking has its sentence, and the trail tells its lines to the office alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.utils import translation

import matchmaking
from cluster_portal.common.models import AuditEvent, User
from cluster_portal.common.wording import TOLD, told
from matchmaking.actions.interests import express_interest
from matchmaking.wording import SENTENCES, SENTENCES_OF_CALLS, sentence
from matchmaking.wording_of_days import SENTENCES as SENTENCES_OF_DAYS
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.conftest import Pairing

ACTIONS = Path(matchmaking.__file__).parent / "actions"
PARAMS: dict[str, dict[str, object]] = {
    "too_many_interests": {"most": 20},
    "searches_full": {"most": 20},
    "too_many_places": {"most": 12},
    "too_many_calls": {"most": 5},
    "call_asks_more_than_its_size": {"size": 2},
    "call_team_full": {"size": 4},
    "call_smaller_than_its_team": {"count": 3},
    "words_name_the_owner": {"name": "Atelierul"},
    "member_is_away": {"member": "Atelierul"},
    "member_is_busy": {"member": "Atelierul"},
    "meeting_against_hours": {"members": "Atelierul, Institutul"},
}


def test_no_two_rooms_refuse_with_the_same_code() -> None:
    assert not set(SENTENCES_OF_CALLS) & set(SENTENCES_OF_DAYS)
    for one in (SENTENCES_OF_CALLS, SENTENCES_OF_DAYS):
        assert all(SENTENCES[code] is words for code, words in one.items())


def test_every_refusal_has_its_sentence_and_every_sentence_its_refusal() -> None:
    raised = {code for path in ACTIONS.glob("*.py") for code in re.findall(r'RuleError\("(\w+)"', path.read_text())}
    assert raised == set(SENTENCES)
    for language in ("en", "ro"):
        with translation.override(language):
            for code in raised:
                words = sentence(RuleError(code, PARAMS.get(code)))
                assert words.endswith(".") and "%(" not in words and "_" not in words


def test_a_code_of_members_is_told_by_members() -> None:
    with translation.override("en"):
        assert "office" in sentence(RuleError("office_only"))


def test_every_line_of_the_trail_has_its_words() -> None:
    recorded = {
        verb for path in ACTIONS.glob("*.py") for verb in re.findall(r'audit\.record\(\s*"(\w+)"', path.read_text())
    }
    assert recorded <= set(TOLD)


@pytest.mark.django_db
def test_who_is_interested_in_whom_is_not_for_directors(pairing: Pairing) -> None:
    express_interest(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker, message="Hello.")
    line = AuditEvent.objects.get(verb="interest_expressed")
    with translation.override("en"):
        assert told(line) == "Interest was expressed"

    def lines(user: User) -> int:
        request = RequestFactory().get("/")
        request.user = user
        found = admin.site._registry[AuditEvent].get_queryset(request)
        return found.filter(target_type__startswith="matchmaking.").count()

    assert lines(pairing.office) == 1
    assert lines(factories.a_director()) == 0
