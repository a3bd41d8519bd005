"""Identity changes only by a request that the office accepts or refuses as a whole."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cluster_portal.common.models import AuditEvent, OutgoingMail, User
from members.actions import changes
from members.models import ChangeRequest, DirectoryEntry, HelixSubtype, Organisation
from members.rules.errors import RuleError
from tests import factories
from tests.members.profile.conftest import World, signed_in, the_form
from tests.members.profile.test_colleagues import at_once

CHANGES = "/members/prut/changes/"
ASK = f"{CHANGES}ask/"


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.representative)


def ask(client: Client, reason: str = "We moved.", **wanted: Any) -> Any:
    return client.post(ASK, {**the_form(client, ASK), **wanted, "reason": reason})


def asked(world: World, **wanted: str) -> ChangeRequest:
    return changes.request_change(
        world.organisation.pk,
        by=world.representative,
        wanted={**changes.identity_of(world.organisation), **wanted},
        reason="We moved.",
    )


def stored(world: World) -> Organisation:
    return Organisation.objects.get(pk=world.organisation.pk)


@pytest.mark.django_db
class TestAsking:
    def test_a_request_names_what_was_and_what_should_be_and_changes_nothing_yet(
        self, world: World, client: Client
    ) -> None:
        assert ask(client, locality="Brașov", county="BV", founded_on="2015-03-01").status_code == 302
        row = ChangeRequest.objects.get()
        assert row.changes == {
            "founded_on": ["", "2015-03-01"], "locality": ["Sibiu", "Brașov"], "county": ["SB", "BV"]
        }  # fmt: skip
        assert (row.state, row.reason, row.asked_by) == ("pending", "We moved.", world.representative)
        assert stored(world).locality == "Sibiu"
        page = client.get(CHANGES).content.decode()
        assert "Brașov" in page and "Waiting for the office" in page and "Ask for a change" not in page
        assert "waits for the office" in client.get("/members/mine/").content.decode()

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("tax_id", "12345678", "check digit"),
            ("tax_id", "", "Write the CUI"),
            ("legal_name", "", "required"),
            ("lei", "ABC", "not an LEI"),
            ("ncage", "ABCDE", "not a Romanian NCAGE"),
            ("postcode", "55", "six digits"),
            ("founded_on", "2100-01-01", "lies in the future"),
            ("county", "", "Choose the county"),
            ("side", "neutral", "Select a valid choice"),
            ("country", "XX", "Select a valid choice"),
            ("trade_register", "J99", "not a trade register number"),
        ],
    )
    def test_the_checks_are_those_of_an_adhesion(
        self, world: World, client: Client, field: str, value: str, words: str
    ) -> None:
        answer = ask(client, **{field: value})
        assert answer.status_code == 200
        assert words in str(answer.context["form"].errors[field])
        assert answer.context["form"]["reason"].value() == "We moved."
        assert not ChangeRequest.objects.exists()

    def test_a_move_abroad_needs_a_number_of_that_country(self, world: World, client: Client) -> None:
        answer = ask(client, country="DE")
        assert answer.status_code == 200 and "tax_id" in answer.context["form"].errors

    def test_an_old_lack_does_not_stop_another_correction(self, world: World, client: Client) -> None:
        Organisation.objects.filter(pk=world.organisation.pk).update(street="", trade_register="")
        assert ask(client, locality="Brașov", county="BV").status_code == 302

    def test_nothing_changed_and_no_reason_are_said(self, world: World, client: Client) -> None:
        assert "Nothing differs" in ask(client).content.decode()
        assert "reason" in ask(client, reason=" ", locality="Brașov").context["form"].errors

    def test_one_request_waits_at_a_time_and_can_be_taken_back(self, world: World, client: Client) -> None:
        ask(client, locality="Brașov")
        assert "is waiting for the office" in ask(client, locality="Cluj").content.decode()
        row = ChangeRequest.objects.get()
        assert client.post(f"{CHANGES}{row.key}/withdraw/").status_code == 302
        row.refresh_from_db()
        assert (row.state, row.decided_by) == ("withdrawn", world.representative)
        assert ask(client, locality="Cluj").status_code == 302

    def test_a_request_of_another_member_is_out_of_reach(self, world: World) -> None:
        row = asked(world, locality="Brașov")
        assert signed_in(world.other).post(f"/members/siret/changes/{row.key}/withdraw/").status_code == 404
        assert signed_in(world.contributor).post(f"{CHANGES}{row.key}/withdraw/").status_code == 403


@pytest.mark.django_db
class TestAnswering:
    def test_acceptance_applies_the_whole_with_letter_trail_and_directory(self, world: World) -> None:
        row = asked(world, legal_name="Atelierele Prutului SRL", county="BV", side="dual")
        changes.accept_change(row.pk, by=world.office)
        organisation = stored(world)
        assert (organisation.legal_name, organisation.county, organisation.side) == (
            "Atelierele Prutului SRL", "BV", "dual",
        )  # fmt: skip
        assert organisation.sort_key == "atelierele prutului srl"
        assert organisation.slug == "prut", "addresses stay"
        assert organisation.version == world.organisation.version + 1
        assert set(DirectoryEntry.objects.filter(organisation=organisation).values_list("side", flat=True)) == {"dual"}
        line = AuditEvent.objects.get(verb="change_accepted")
        assert (line.actor, line.params) == (world.office, {"fields": ["county", "legal_name", "side"]})
        letter = OutgoingMail.objects.get(kind="members/change_answered")
        assert letter.recipient == world.representative.email
        changes.accept_change(row.pk, by=world.office)
        assert OutgoingMail.objects.filter(kind="members/change_answered").count() == 1, "a second click"

    def test_a_change_of_role_takes_the_sub_type_off(self, world: World) -> None:
        Organisation.objects.filter(pk=world.organisation.pk).update(
            helix_subtype=HelixSubtype.objects.filter(role="industry")[0]
        )
        changes.accept_change(asked(world, helix_role="catalyst").pk, by=world.office)
        assert (stored(world).helix_role, stored(world).helix_subtype) == ("catalyst", None)

    def test_refusal_needs_an_answer_and_changes_nothing(self, world: World) -> None:
        row = asked(world, locality="Brașov")
        with pytest.raises(RuleError, match="refusal_needs_answer"):
            changes.refuse_change(row.pk, by=world.office, answer="  ")
        changes.refuse_change(row.pk, by=world.office, answer="The certificate still says Sibiu.")
        assert stored(world).locality == "Sibiu"
        assert "still says Sibiu" in OutgoingMail.objects.get(kind="members/change_answered").text
        assert "still says Sibiu" in signed_in(world.representative).get(CHANGES).content.decode()

    @pytest.mark.parametrize("role", ["representative", "contributor", "other", "director", "superuser"])
    def test_only_the_office_answers(self, world: World, role: str) -> None:
        row, who = asked(world, locality="Brașov"), world.role(role)
        assert who is not None
        with pytest.raises(RuleError, match="office_only"):
            changes.accept_change(row.pk, by=who)
        with pytest.raises(RuleError, match="office_only"):
            changes.refuse_change(row.pk, by=who, answer="No.")

    def test_a_value_that_changed_meanwhile_is_noticed(self, world: World) -> None:
        row = asked(world, locality="Brașov")
        Organisation.objects.filter(pk=world.organisation.pk).update(locality="Mediaș")
        with pytest.raises(RuleError, match="change_overtaken"):
            changes.accept_change(row.pk, by=world.office)
        assert stored(world).locality == "Mediaș"

    def test_a_tax_number_of_somebody_else_is_a_sentence(self, world: World) -> None:
        taken = Organisation.objects.get(slug="siret").tax_id
        row = asked(world, tax_id=taken)
        with pytest.raises(RuleError, match="tax_number_taken"):
            changes.accept_change(row.pk, by=world.office)
        row.refresh_from_db()
        assert row.state == "pending"
        assert not OutgoingMail.objects.filter(kind="members/change_answered").exists()

    def test_a_withdrawn_request_is_not_accepted_any_more(self, world: World) -> None:
        row = asked(world, locality="Brașov")
        changes.withdraw_change(row.pk, by=world.representative)
        with pytest.raises(RuleError, match="change_answered_already"):
            changes.accept_change(row.pk, by=world.office)


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_requests_at_once_leave_one(self, world: World) -> None:
        def request() -> None:
            changes.request_change(
                world.organisation.pk,
                by=User.objects.get(pk=world.representative.pk),
                wanted={**changes.identity_of(world.organisation), "locality": "Brașov"},
                reason="We moved.",
            )

        assert sorted(at_once(request, request, request)) == ["", "change_waits_already", "change_waits_already"]
        assert ChangeRequest.objects.count() == 1

    def test_two_people_of_the_office_give_one_answer(self, world: World) -> None:
        row, second = asked(world, locality="Brașov"), factories.an_office_person()
        results = at_once(
            lambda: changes.accept_change(row.pk, by=world.office),
            lambda: changes.refuse_change(row.pk, by=second, answer="No."),
        )
        assert sorted(results) == ["", "change_answered_already"]
        row.refresh_from_db()
        assert (stored(world).locality == "Brașov") == (row.state == "accepted")
        assert OutgoingMail.objects.filter(kind="members/change_answered").count() == 1
