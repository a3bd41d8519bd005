"""Bad input that matchmaking meets: empty profiles, names with markup, stuffing, needs that end before a letter."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail, User
from matchmaking.actions.digest import write_digest
from matchmaking.actions.interests import express_interest
from matchmaking.actions.upkeep import refresh_weights
from matchmaking.models import Pair
from members.actions.profile_parts import edition_of, save_capability
from members.models import Organisation, Tag
from members.rules.errors import RuleError
from tests.matchmaking.conftest import Pairing

pytestmark = pytest.mark.django_db

MARKUP = '<b onclick=alert(1)>Robi & "Fiii"</b> {{ name }}'


def page(user: User, path: str) -> str:
    client = Client()
    client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_an_empty_profile_reads_what_would_help(pairing: Pairing) -> None:
    pairing.maker.capabilities.all().delete()
    text = page(pairing.by_maker, "/matchmaking/")
    assert "Nothing matches yet" in text and "What would help" in text
    assert not Pair.objects.filter(member=pairing.maker).exists()


def test_names_with_markup_stay_names(pairing: Pairing) -> None:
    Organisation.objects.filter(pk=pairing.institute.pk).update(legal_name=MARKUP, short_name="")
    interest = express_interest(pairing.maker.pk, pairing.institute.pk, by=pairing.by_maker, message=MARKUP)
    maker, institute = pairing.maker.slug, pairing.institute.slug
    for user, path in (
        (pairing.by_maker, "/matchmaking/"),
        (pairing.by_maker, "/matchmaking/?group=need"),
        (pairing.by_maker, f"/matchmaking/of/{maker}/with/{institute}/"),
        (pairing.by_maker, "/matchmaking/interests/"),
        (pairing.by_institute, f"/matchmaking/interests/{interest.key}/"),
        (pairing.office, "/matchmaking/overview/"),
    ):
        text = page(user, path)
        assert "<b onclick" not in text, path
        assert path == "/matchmaking/overview/" or "&lt;b onclick" in text, path
    for letter in OutgoingMail.objects.all():
        assert "<b onclick" not in letter.html, letter.kind
        assert "\n" not in letter.subject


def test_sixty_random_offers_are_twenty(pairing: Pairing) -> None:
    """The profile takes no more than twenty; what is written past it, `verify` finds."""
    words = Tag.objects.filter(scored=True, active=True, parent__isnull=False).exclude(code="c2-sdr").order_by("id")
    refused, values = [], {"side": "civil", "trl": 9, "visibility": "members"}
    for word in words[:60]:
        try:
            save_capability(pairing.maker.pk, by=pairing.by_maker, values=values, direction="offered", tag=word.pk)
        except RuleError as error:
            refused.append(error.code)
    assert refused == ["offers_full"] * 41
    assert pairing.maker.capabilities.filter(direction="offered").count() == 20


def test_two_people_edit_one_offer_and_the_second_is_told(pairing: Pairing) -> None:
    offer = pairing.maker.capabilities.get(direction="offered")
    seen = edition_of(offer)

    def edit(trl: int) -> None:
        save_capability(pairing.maker.pk, by=pairing.by_maker, values={"trl": trl}, capability=offer.pk, edition=seen)

    edit(5)
    with pytest.raises(RuleError):
        edit(3)
    offer.refresh_from_db()
    assert offer.trl == 5


def test_a_need_that_ends_before_the_letter_is_not_in_it(pairing: Pairing) -> None:
    """It matched yesterday; the letter of today neither names it nor counts it."""
    assert Pair.objects.filter(member=pairing.maker, partner=pairing.institute).exists()
    yesterday = timezone.localdate() - timedelta(days=1)
    pairing.institute.capabilities.filter(direction="sought").update(expires_on=yesterday)
    pairing.institute.capabilities.filter(direction="offered").update(expires_on=yesterday)
    refresh_weights()
    assert not write_digest(pairing.by_maker.pk)
    assert not OutgoingMail.objects.filter(kind="matchmaking/new_matches").exists()
