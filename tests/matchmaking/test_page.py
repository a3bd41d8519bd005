"""The page of matches: one's own members only, reasons in words whose points add up, nothing private of others."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import Cluster, User
from matchmaking.actions.upkeep import refresh_weights
from matchmaking.models import Backfill
from matchmaking.queries.matches import matches
from members.models import Tag
from tests import factories

pytestmark = pytest.mark.django_db


def words() -> list[Tag]:
    """Words that can be offered and sought."""
    return list(Tag.objects.filter(scored=True, children__isnull=True, parent__isnull=False).order_by("position")[:3])


@pytest.fixture
def pair(cluster: Cluster) -> tuple[User, User]:
    """A civil and a defence member that need what the other offers, each with a representative."""
    one, other, hidden = words()
    maker, institute = factories.a_user(), factories.a_user()
    civil = factories.a_member("Atelier Civil SRL", user=maker, side="civil").organisation
    defence = factories.a_member("Institut de Probe", user=institute, side="defence").organisation
    for organisation, offers, needs in ((civil, one, other), (defence, other, one)):
        organisation.capabilities.all().delete()
        factories.a_capability(organisation, offers, trl=6, visibility="members")
        factories.a_capability(organisation, needs, direction="sought", trl=8, visibility="members")
    factories.a_capability(defence, hidden, direction="sought", visibility="office", trl=None)
    factories.a_capability(civil, hidden, trl=5, visibility="members")
    refresh_weights()
    return maker, institute


def shown(user: User | None, path: str = "/matchmaking/") -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_member_sees_its_partner_with_the_reasons_of_both_sides(pair: tuple[User, User]) -> None:
    text = shown(pair[0])
    assert "Institut de Probe" in text
    assert "They offer exactly this." in text and "You offer exactly this." in text
    assert "TRL 8 was asked, so half counts." in text
    score = re.search(r"Score (\d+) of 100", text)
    points = [float(found) for found in re.findall(r"([\d.]+) pt", text)]
    assert score is not None and abs(sum(points) - int(score[1])) <= 1


def test_what_only_the_office_may_see_is_not_told_to_the_partner(pair: tuple[User, User]) -> None:
    hidden = words()[2].name
    assert hidden not in shown(pair[0]).split("</details>")[2], "its own words stand in the filter"
    assert hidden in shown(pair[1])


def brigades(count: int) -> None:
    """So many members of the other side that seek what the first of the pair offers."""
    need = words()[0]
    for number in range(count):
        organisation = factories.a_member(f"Brigada {number:02}", side="defence").organisation
        organisation.capabilities.all().delete()
        factories.a_capability(organisation, need, direction="sought", visibility="members")
    refresh_weights()


def test_the_list_asks_no_more_queries_for_more_partners(pair: tuple[User, User]) -> None:
    client = Client()
    client.force_login(pair[0])
    client.get("/matchmaking/")
    with CaptureQueriesContext(connection) as one:
        client.get("/matchmaking/")
    brigades(29)
    with CaptureQueriesContext(connection) as thirty:
        text = client.get("/matchmaking/").content.decode()
    assert text.count('class="match"') == 20 and "30 matches" in text
    assert len(thirty) <= len(one) + 1, [query["sql"][:80] for query in thirty]  # a full list counts the rest


def test_strangers_and_applicants_read_what_matching_is(pair: tuple[User, User]) -> None:
    assert "Matches are for members" in shown(None)
    assert "Matches are for members" in shown(factories.a_user())
    other = factories.a_member("Alt Membru SA").organisation
    assert other.display_name not in shown(pair[0], f"/matchmaking/?member={other.slug}").split("<main")[1][:600]


def test_places_of_the_night_stand_after_the_first_eight_and_nobody_twice(pair: tuple[User, User]) -> None:
    brigades(14)
    member = pair[0].representations.get().organisation
    before = [match.partner for match in matches(member.pk).best]
    assert len(before) == 15
    Backfill.objects.create(member=member, partner=before[11], rank=1, computed_at=timezone.now())
    Backfill.objects.create(member=member, partner=before[3], rank=2, computed_at=timezone.now())
    found = matches(member.pk)
    assert [match.partner for match in found.first] == before[:8]
    assert [match.partner for match in found.places] == [before[11]], "who stands high needs no place"
    assert [match.partner for match in found.rest] == before[8:11] + before[12:]
    assert found.count == 15 and len(found.ranked) == 15
    text = shown(pair[0])
    places, rest = text.index('id="places"'), text.index('id="rest"')
    assert text.count(f'aria-label="{before[11].display_name}"') == 1
    assert places < text.index(f'aria-label="{before[11].display_name}"') < rest
