"""The weekly letter about matches: above one's own threshold, never empty, never the same match twice."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from cluster_portal.common.models import Cluster, OutgoingMail, RefusalWay, User
from cluster_portal.common.topics import refuse
from matchmaking.actions.digest import write_digest
from matchmaking.actions.interests import accept_interest, express_interest
from matchmaking.actions.searches import choose_digest
from matchmaking.actions.standing import put_aside
from matchmaking.actions.upkeep import refresh_weights
from matchmaking.emails import DIGEST
from matchmaking.models import DigestChoice, MatchNotice
from matchmaking.queries.digest import readers
from members.actions.membership import change_membership
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.board.shelf import as_
from tests.matchmaking.conftest import Pairing, a_match

pytestmark = pytest.mark.django_db


@pytest.fixture
def pairing(cluster: Cluster) -> Pairing:
    return a_match()


def letters(person: User) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(user=person, kind="matchmaking/new_matches").order_by("pk"))


def test_new_matches_are_told_once(pairing: Pairing) -> None:
    assert write_digest(pairing.by_maker.pk)
    assert not write_digest(pairing.by_maker.pk)
    (letter,) = letters(pairing.by_maker)
    assert "Institutul Armatei" in letter.text and "Terța SA" not in letter.text
    with time_machine.travel(timezone.now() + timedelta(days=7)):
        assert not write_digest(pairing.by_maker.pk)
        factories.a_capability(pairing.third, "serv-emc", trl=9)
        factories.a_capability(pairing.third, "c2-sdr", direction="sought", trl=7)
        refresh_weights()
        assert write_digest(pairing.by_maker.pk)
    assert len(letters(pairing.by_maker)) == 2
    assert "Terța SA" in letters(pairing.by_maker)[1].text
    assert "Institutul Armatei" not in letters(pairing.by_maker)[1].text


def test_nobody_gets_an_empty_letter(pairing: Pairing) -> None:
    for person in (pairing.by_third, factories.a_user(), pairing.office):
        assert not write_digest(person.pk)
    assert not MatchNotice.objects.exists() and not OutgoingMail.objects.filter(kind="matchmaking/new_matches").exists()


def test_the_threshold_and_the_choice_of_none_are_kept(pairing: Pairing) -> None:
    factories.a_capability(pairing.maker, "mat-armour", direction="sought")  # which nobody offers: not all is met
    choose_digest(by=pairing.by_maker, rhythm="weekly", threshold=100)
    assert not write_digest(pairing.by_maker.pk)
    choose_digest(by=pairing.by_maker, rhythm="none", threshold=1)
    assert pairing.by_maker.pk not in set(readers()) and pairing.by_institute.pk in set(readers())
    assert not write_digest(pairing.by_maker.pk)
    choose_digest(by=pairing.by_maker, rhythm="weekly", threshold=1)
    assert write_digest(pairing.by_maker.pk)
    with pytest.raises(RuleError, match="digest_choice_unknown"):
        choose_digest(by=pairing.by_maker, rhythm="weekly", threshold=0)


def test_who_refused_these_letters_is_not_recorded_as_told(pairing: Pairing) -> None:
    refuse(pairing.by_maker.email, DIGEST.code, way=RefusalWay.PAGE, by=pairing.by_maker)
    assert not write_digest(pairing.by_maker.pk)
    assert not MatchNotice.objects.exists()


def test_who_is_known_suspended_or_put_aside_is_left_out(pairing: Pairing) -> None:
    put_aside(pairing.institute.pk, pairing.maker.pk, by=pairing.by_institute, reason="known")
    assert not write_digest(pairing.by_institute.pk)
    change_membership(
        pairing.institute.memberships.get().pk, "suspend", by=pairing.office, basis="Resolution 9/2026", article="7"
    )
    assert not write_digest(pairing.by_maker.pk) and not write_digest(pairing.by_institute.pk)


def test_who_has_been_introduced_is_no_news(pairing: Pairing) -> None:
    interest = express_interest(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker, message="Hello")
    accept_interest(interest.pk, by=pairing.by_institute)
    assert not write_digest(pairing.by_maker.pk)


def test_what_only_the_office_sees_of_a_partner_is_not_in_the_letter(pairing: Pairing) -> None:
    pairing.institute.capabilities.filter(tag__code="serv-emc").update(visibility="office")
    refresh_weights()
    choose_digest(by=pairing.by_maker, rhythm="weekly", threshold=1)
    assert write_digest(pairing.by_maker.pk)
    (letter,) = letters(pairing.by_maker)
    assert "What you gain" not in letter.text and "What they gain" in letter.text


def test_a_person_chooses_on_their_own_page(pairing: Pairing) -> None:
    client = as_(pairing.by_maker)
    assert 'value="40"' in client.get("/matchmaking/searches/").content.decode()
    answer = client.post("/matchmaking/searches/matches/", {"rhythm": "weekly", "threshold": "75"})
    assert answer.status_code == 303
    assert DigestChoice.objects.get(person=pairing.by_maker).threshold == 75
    wrong = client.post("/matchmaking/searches/matches/", {"rhythm": "weekly", "threshold": "101"})
    assert wrong.status_code == 422
    assert 'name="threshold"' not in as_(factories.a_user()).get("/matchmaking/searches/").content.decode()
