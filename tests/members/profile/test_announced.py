"""Announced requests: which members see them, what they see, and the one reasoned objection of each."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, User
from members.actions import objections, office
from members.models import AdhesionRequest, Objection, Person
from members.rules.errors import RuleError
from tests import factories
from tests.members.profile.conftest import World, signed_in
from tests.members.profile.test_colleagues import at_once

LIST = "/members/announced/"


def an_announced_request(world: World, name: str = "Institutul Olt", **fields: Any) -> AdhesionRequest:
    request = factories.a_submitted_request(legal_name=name, **fields)
    office.declare_complete(request.pk, by=world.office)
    request.refresh_from_db()
    assert request.state == "objection"
    return request


def with_vote(world: World) -> User:
    """The person of a member with a full vote: the founding members of the world have one."""
    return world.representative


@pytest.mark.django_db
class TestReading:
    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("visitor", 302), ("applicant", 403), ("representative", 200), ("contributor", 200), ("other", 200),
            ("suspended", 403), ("director", 200), ("office", 200), ("superuser", 200),
        ],
    )  # fmt: skip
    def test_members_with_a_vote_read_what_is_announced(self, world: World, role: str, status: int) -> None:
        request = an_announced_request(world)
        client = signed_in(world.role(role))
        assert client.get(LIST).status_code == status
        assert client.get(f"{LIST}{request.key}/").status_code == status

    def test_a_member_without_a_vote_does_not(self, world: World) -> None:
        guest = factories.a_user()
        factories.a_member(user=guest, type_code="supporting")
        assert signed_in(guest).get(LIST).status_code == 403

    def test_nothing_of_the_file_is_on_the_page_but_what_members_may_know(self, world: World) -> None:
        request = an_announced_request(world)
        AdhesionRequest.objects.filter(pk=request.pk).update(contribution="CNRY-contribution", motive="CNRY-motive")
        Person.objects.filter(organisation=request.organisation).update(full_name="CNRY-person", email="cnry@x.org")
        tag = request.organisation.capabilities.get().tag
        factories.a_capability(
            request.organisation, tag, direction="sought", visibility="office", note_en="CNRY-need", evidence="CNRY"
        )
        type(request.organisation).objects.filter(pk=request.organisation_id).update(
            tax_id="CNRY-tax", phone="CNRY-phone", email="cnry@organisation.org", street="CNRY-street"
        )
        client = signed_in(world.representative)
        for page in (LIST, f"{LIST}{request.key}/", "/members/mine/"):
            text = client.get(page).content.decode()
            assert "Institutul Olt" in text or request.organisation.display_name in text
            assert "CNRY" not in text and "cnry@" not in text

    def test_an_offer_for_the_office_alone_is_not_announced(self, world: World) -> None:
        request = an_announced_request(world)
        offer = request.organisation.capabilities.get()
        client = signed_in(world.representative)
        assert str(offer.tag) in client.get(LIST).content.decode()
        type(offer).objects.filter(pk=offer.pk).update(visibility="office")
        assert str(offer.tag) not in client.get(LIST).content.decode()

    def test_what_is_not_in_its_window_does_not_exist_here(self, world: World) -> None:
        client = signed_in(world.representative)
        assert "No request stands in its window" in client.get(LIST).content.decode()
        early = factories.a_submitted_request()
        assert client.get(f"{LIST}{early.key}/").status_code == 404
        late = an_announced_request(world)
        AdhesionRequest.objects.filter(pk=late.pk).update(objections_until=timezone.localdate() - timedelta(1))
        assert client.get(f"{LIST}{late.key}/").status_code == 404
        assert client.get(LIST).context["announced"] == []

    @pytest.mark.parametrize("count", [1, 6])
    def test_the_list_asks_the_database_a_fixed_number_of_times(
        self, world: World, django_assert_num_queries: Any, count: int
    ) -> None:
        for number in range(count):
            an_announced_request(world, f"Institutul {number}")
        client = signed_in(world.representative)
        client.get(LIST)
        with django_assert_num_queries(8):
            assert len(client.get(LIST).context["announced"]) == count


@pytest.mark.django_db
class TestObjecting:
    def test_a_representative_lodges_one_and_the_trail_does_not_repeat_it(self, world: World) -> None:
        request = an_announced_request(world)
        client, page = signed_in(world.representative), f"{LIST}{request.key}/"
        form = {"organisation": world.organisation.pk, "reasons": "CNRY-reason: they owe us a delivery."}
        assert client.post(page, form).status_code == 302
        row = Objection.objects.get()
        assert (row.organisation, row.by, row.reasons) == (world.organisation, world.representative, form["reasons"])
        assert AuditEvent.objects.get(verb="objection_lodged").params == {"organisation": str(world.organisation)}
        assert "CNRY" not in str(list(AuditEvent.objects.values()))
        again = client.get(page).content.decode()
        assert "has objected" in again and "CNRY" not in again
        assert "CNRY" not in signed_in(world.other).get(page).content.decode()
        assert client.post(page, form).status_code == 403
        assert Objection.objects.count() == 1

    def test_reasons_are_asked_for_and_kept_when_something_is_wrong(self, world: World) -> None:
        request = an_announced_request(world)
        client, page = signed_in(world.representative), f"{LIST}{request.key}/"
        answer = client.post(page, {"organisation": world.organisation.pk, "reasons": "  "})
        assert "reasons" in answer.context["form"].errors
        theirs = client.post(page, {"organisation": 999999, "reasons": "Something."})
        assert "organisation" in theirs.context["form"].errors
        assert theirs.context["form"]["reasons"].value() == "Something."
        assert not Objection.objects.exists()

    @pytest.mark.parametrize("role", ["contributor", "office", "director", "applicant", "suspended"])
    def test_nobody_else_may(self, world: World, role: str) -> None:
        request, who = an_announced_request(world), world.role(role)
        assert who is not None
        form = {"organisation": world.organisation.pk, "reasons": "No."}
        assert signed_in(who).post(f"{LIST}{request.key}/", form).status_code == 403
        with pytest.raises(RuleError, match="objection_not_yours"):
            objections.lodge_objection(request.pk, by=who, organisation=world.organisation.pk, reasons="No.")

    def test_another_member_cannot_object_in_our_name(self, world: World) -> None:
        request = an_announced_request(world)
        with pytest.raises(RuleError, match="objection_not_yours"):
            objections.lodge_objection(
                request.pk, by=world.other, organisation=world.organisation.pk, reasons="In their name."
            )

    def test_the_last_day_counts_and_the_day_after_does_not(self, world: World) -> None:
        request = an_announced_request(world)
        AdhesionRequest.objects.filter(pk=request.pk).update(objections_until=timezone.localdate() - timedelta(1))
        with pytest.raises(RuleError, match="objection_too_late"):
            objections.lodge_objection(
                request.pk, by=world.representative, organisation=world.organisation.pk, reasons="Late."
            )
        AdhesionRequest.objects.filter(pk=request.pk).update(objections_until=timezone.localdate())
        objections.lodge_objection(
            request.pk, by=world.representative, organisation=world.organisation.pk, reasons="In time."
        )


@pytest.mark.django_db(transaction=True)
def test_a_double_click_lodges_one_objection(world: World) -> None:
    request = an_announced_request(world)

    def lodge() -> None:
        objections.lodge_objection(
            request.pk,
            by=User.objects.get(pk=world.representative.pk),
            organisation=world.organisation.pk,
            reasons="Once.",
        )

    assert sorted(at_once(lodge, lodge, lodge)) == ["", "objected_already", "objected_already"]
    assert Objection.objects.count() == 1
