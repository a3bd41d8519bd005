"""The preview shows exactly what its audience sees: a canary in every field, of every level."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from members.models import Certificate, Membership, Organisation, Person, Tag
from tests import factories
from tests.members.profile.conftest import World, signed_in

pytestmark = pytest.mark.django_db

LEVELS = ("public", "members", "contact", "office")
SEEN = {"visitor": {"public"}, "member": {"public", "members"}, "partner": {"public", "members", "contact"}}


def plant(world: World, level: str) -> None:
    """Every field of the profile says which group it is of; all groups have this level."""
    organisation = world.organisation
    Organisation.objects.filter(pk=organisation.pk).update(
        **{f"show_{group}": level for group in ("texts", "contact", "registration", "size", "people", "certificates")},
        summary_en="CNRY-texts", description_en="CNRY-texts", website="https://cnry-texts.example.org",
        street="CNRY-contact", locality="CNRY-contact", email="cnry-contact@example.org", phone="CNRY-contact",
        trade_register="CNRY-registration", euid="CNRY-registration", employees=76543,
    )  # fmt: skip
    Person.objects.create(
        organisation=organisation, role="technical", full_name="CNRY-people", email="cnry-people@example.org"
    )
    Certificate.objects.create(
        organisation=organisation, kind="iso_9001", issuer="CNRY-certificates",
        valid_until=timezone.localdate() + timedelta(300),
    )  # fmt: skip
    organisation.capabilities.all().delete()
    words = list(Tag.objects.filter(scored=True, children__isnull=True, parent__isnull=False)[:8])
    for own, word in zip(LEVELS, words, strict=False):
        factories.a_capability(organisation, word, visibility=own, note_en=f"CNRY-offer-{own}")
    for own, word in zip(LEVELS, words[4:], strict=False):
        factories.a_capability(organisation, word, direction="sought", visibility=own, note_en=f"CNRY-need-{own}")


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("audience", list(SEEN))
def test_no_audience_sees_a_field_above_its_level(world: World, audience: str, level: str) -> None:
    plant(world, level)
    page = signed_in(world.representative).get(f"/members/prut/preview/{audience}/").content.decode()
    groups = ("texts", "contact", "registration", "people", "certificates")
    expected = {group for group in groups if level in SEEN[audience]}
    assert {group for group in groups if f"CNRY-{group}" in page or f"cnry-{group}" in page} == expected
    assert ("76543" in page) == (level in SEEN[audience])
    for own in LEVELS:
        assert (f"CNRY-offer-{own}" in page) == (own in SEEN[audience])
        assert (f"CNRY-need-{own}" in page) == (own in SEEN[audience])
    assert "Preview" in page
    assert "/members/prut/edit/" in page, "the way back"


@pytest.mark.parametrize(("audience", "role"), [("visitor", "visitor"), ("member", "other")])
def test_the_preview_is_the_page_itself(world: World, audience: str, role: str) -> None:
    plant(world, "members")
    preview = signed_in(world.representative).get(f"/members/prut/preview/{audience}/").context["profile"]
    assert preview == signed_in(world.role(role)).get("/members/prut/").context["profile"]


def test_a_page_that_nobody_sees_says_so(world: World) -> None:
    Organisation.objects.filter(pk=world.organisation.pk).update(show_profile="members")
    client = signed_in(world.representative)
    assert "does not exist for them" in client.get("/members/prut/preview/visitor/").content.decode()
    assert "does not exist for them" not in client.get("/members/prut/preview/member/").content.decode()
    Membership.objects.filter(pk=world.membership.pk).update(state="suspended")
    assert "does not exist for them" in client.get("/members/prut/preview/partner/").content.decode()


def test_a_preview_is_never_kept_by_caches(world: World) -> None:
    answer = signed_in(world.representative).get("/members/prut/preview/partner/")
    assert "no-store" in answer["Cache-Control"]
    assert Client().get("/members/prut/preview/partner/").status_code == 302
