"""Invitations, roles and the end of a representation; each key works once, for one person, for fourteen days."""

from __future__ import annotations

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import connections
from django.test import Client
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, OutgoingMail, User
from members.actions import people
from members.enums import AccessRole
from members.models import Invitation, Membership, Representation
from members.rules.errors import RuleError
from tests import factories
from tests.members.profile.conftest import World, signed_in

PEOPLE = "/members/prut/people/"
INVITE = {"email": "Ilie@Example.org ", "role": "contributor", "language": "en", "full_name": "Ilie Moț"}


@pytest.fixture
def client(world: World) -> Client:
    return signed_in(world.representative)


def key() -> str:
    """The key of the newest letter: it is nowhere else."""
    text = OutgoingMail.objects.filter(kind="members/colleague_invited").latest("id").text
    found = re.search(r"/members/invitations/([\w-]{43})/", text)
    assert found, text
    return found[1]


def invited(client: Client, **changes: str) -> str:
    answer = client.post(f"{PEOPLE}invite/", {**INVITE, **changes})
    assert answer.status_code == 302, answer.context["form"].errors
    return key()


@pytest.mark.django_db
class TestInviting:
    def test_the_letter_holds_the_key_and_the_row_only_its_hash(self, world: World, client: Client) -> None:
        token = invited(client)
        row = Invitation.objects.get()
        assert (row.email, row.role, row.invited_by) == ("ilie@example.org", "contributor", world.representative)
        assert token not in str(Invitation.objects.values().get())
        assert row.digest == people.digest_of(token)
        assert timedelta(days=13, hours=23) < row.expires_at - timezone.now() <= timedelta(days=14)
        letter = OutgoingMail.objects.get(kind="members/colleague_invited")
        assert letter.confidential and letter.language == "en" and letter.recipient == "ilie@example.org"
        assert token not in str(list(AuditEvent.objects.values()))
        assert AuditEvent.objects.filter(verb="colleague_invited").get().params == {"role": "contributor"}

    def test_a_fresh_proof_of_identity_is_asked_for(self, world: World) -> None:
        colleague = world.organisation.representations.get(user=world.contributor)
        client = signed_in(world.representative, fresh=False)
        for door in ("invite/", f"{colleague.pk}/role/", f"{colleague.pk}/remove/"):
            answer = client.post(f"{PEOPLE}{door}", {**INVITE, "role": "representative"})
            assert answer.status_code == 302 and "/accounts/reauthenticate/" in answer["Location"]
        assert not Invitation.objects.exists()
        colleague.refresh_from_db()
        assert (colleague.role, colleague.ended_at) == ("contributor", None)
        answer = client.post(
            "/accounts/reauthenticate/", {"password": factories.PASSWORD, "next": f"{PEOPLE}{colleague.pk}/remove/"}
        )
        assert answer.status_code == 302
        colleague.refresh_from_db()
        assert colleague.ended_by == world.representative, "the suspended request went on by itself"

    def test_one_open_invitation_an_address_until_it_is_taken_back(self, world: World, client: Client) -> None:
        first = invited(client)
        answer = client.post(f"{PEOPLE}invite/", {**INVITE, "email": "ilie@example.org"})
        assert "waiting for its answer" in str(answer.context["form"].errors["email"])
        row = Invitation.objects.get()
        assert client.post(f"{PEOPLE}invitations/{row.pk}/revoke/").status_code == 302
        assert signed_in(None).get(f"/members/invitations/{first}/").status_code == 404
        assert invited(client) != first

    def test_an_invitation_that_ran_out_makes_room_for_a_new_one(self, world: World, client: Client) -> None:
        invited(client)
        Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
        invited(client)
        assert Invitation.objects.filter(revoked_at__isnull=False).count() == 1

    def test_a_colleague_is_not_invited_twice(self, world: World, client: Client) -> None:
        answer = client.post(f"{PEOPLE}invite/", {**INVITE, "email": world.contributor.email.upper()})
        assert "already acts" in str(answer.context["form"].errors["email"])

    def test_known_and_unknown_addresses_read_the_same(self, world: World, client: Client) -> None:
        known = client.post(f"{PEOPLE}invite/", {**INVITE, "email": world.other.email}, follow=True).content.decode()
        client.post(f"{PEOPLE}invitations/{Invitation.objects.get().pk}/revoke/")
        client.get(PEOPLE)
        unknown = client.post(f"{PEOPLE}invite/", {**INVITE, "email": "nobody@example.org"}, follow=True)
        strip = re.compile(r"[\w.]+@[\w.]+|value=\"[^\"]+\"|/\d+/")
        assert strip.sub("", known) == strip.sub("", unknown.content.decode())

    def test_there_is_an_end_to_the_letters_of_a_day(self, world: World, client: Client) -> None:
        for number in range(people.MOST_A_DAY):
            invited(client, email=f"person-{number}@elsewhere.example.org")
        answer = client.post(f"{PEOPLE}invite/", INVITE)
        assert f"sent {people.MOST_A_DAY} invitations" in str(answer.context["form"].errors["email"])


@pytest.mark.django_db
class TestAccepting:
    def test_who_has_the_invited_address_accepts_and_acts_at_once(self, world: World, client: Client) -> None:
        token, guest = invited(client), factories.a_user("ilie@example.org")
        browser = signed_in(guest)
        assert "Accept" in browser.get(f"/members/invitations/{token}/").content.decode()
        assert not Representation.objects.filter(user=guest).exists(), "reading accepts nothing"
        answer = browser.post(f"/members/invitations/{token}/accept/")
        assert answer.status_code == 302
        assert Representation.objects.get(user=guest).role == "contributor"
        assert browser.get("/members/prut/edit/").status_code == 200
        row = Invitation.objects.get()
        assert (row.accepted_by, row.accepted_at is not None) == (guest, True)
        assert browser.post(f"/members/invitations/{token}/accept/").status_code == 302, "a second click"
        assert Representation.objects.filter(user=guest).count() == 1

    def test_a_visitor_is_sent_to_sign_in_and_back(self, world: World, client: Client) -> None:
        token = invited(client)
        browser = signed_in(None)
        page = browser.get(f"/members/invitations/{token}/")
        assert page["Cache-Control"].count("no-store") == 1
        assert f"/accounts/login/?next=%2Fmembers%2Finvitations%2F{token}%2F" in page.content.decode()
        assert f"/accounts/signup/?next=%2Fmembers%2Finvitations%2F{token}%2F" in page.content.decode()
        assert browser.post(f"/members/invitations/{token}/accept/").status_code == 302
        assert not Invitation.objects.get().accepted_at
        factories.a_user("ilie@example.org")
        answer = browser.post(
            f"/accounts/login/?next=/members/invitations/{token}/",
            {"login": "ilie@example.org", "password": factories.PASSWORD},
        )
        assert answer["Location"] == f"/members/invitations/{token}/"

    def test_who_signs_up_comes_back_to_the_invitation(self, world: World, client: Client) -> None:
        token = invited(client)
        browser, back = signed_in(None), f"/members/invitations/{token}/"
        password = "eleven brown horses 7"
        answer = browser.post(
            f"/accounts/signup/?next={back}",
            {"email": "ilie@example.org", "password1": password, "password2": password, "next": back},
        )
        assert answer.status_code == 302
        text = (
            OutgoingMail.objects.filter(recipient="ilie@example.org")
            .exclude(kind__startswith="members/")
            .latest("id")
            .text
        )
        confirm = re.search(r"(/accounts/confirm-email/[^\s/]+/)", text)
        assert confirm, text
        answer = browser.post(confirm[1])
        assert answer.status_code == 302
        assert answer["Location"] == back
        assert browser.post(f"{back}accept/").status_code == 302
        assert Representation.objects.get(user__email="ilie@example.org").organisation == world.organisation

    def test_another_account_is_told_so_and_gets_nothing(self, world: World, client: Client) -> None:
        token = invited(client)
        browser = signed_in(world.other)
        page = browser.get(f"/members/invitations/{token}/").content.decode()
        assert "i…@example.org" in page and "ilie@example.org" not in page and world.other.email in page
        browser.post(f"/members/invitations/{token}/accept/")
        assert not Representation.objects.filter(user=world.other, organisation=world.organisation).exists()

    def test_an_address_that_was_never_confirmed_accepts_nothing(self, world: World, client: Client) -> None:
        token, guest = invited(client), factories.a_user("ilie@example.org")
        EmailAddress.objects.filter(user=guest).update(verified=False)
        with pytest.raises(RuleError, match="invitation_of_another"):
            people.accept_invitation(token, by=guest)

    def test_keys_that_open_nothing_all_read_the_same(self, world: World, client: Client) -> None:
        guest = factories.a_user("ilie@example.org")
        used = invited(client)
        people.accept_invitation(used, by=guest)
        people.end_representation(Representation.objects.get(user=guest).pk, by=world.representative)
        revoked = invited(client, email="ana@example.org")
        people.revoke_invitation(Invitation.objects.latest("pk").pk, by=world.representative)
        late = invited(client, email="dan@example.org")
        Invitation.objects.filter(email="dan@example.org").update(expires_at=timezone.now())
        keys = (used, revoked, late, "x" * 43, "never-given")
        pages = {one: Client().get(f"/members/invitations/{one}/").content.decode() for one in keys}
        plain = {re.sub(r'value="[^"]*"', "", page.replace(one, "")) for one, page in pages.items()}
        assert len(plain) == 1
        assert {Client().get(f"/members/invitations/{one}/").status_code for one in (used, revoked, "never-given")} == {
            404
        }
        assert signed_in(guest).post(f"/members/invitations/{used}/accept/").status_code == 404

    def test_a_member_that_left_takes_nobody(self, world: World, client: Client) -> None:
        token, guest = invited(client), factories.a_user("ilie@example.org")
        Membership.objects.filter(pk=world.membership.pk).update(state="ceased", ended_on=timezone.localdate())
        with pytest.raises(RuleError, match="invitation_over"):
            people.accept_invitation(token, by=guest)


@pytest.mark.django_db
class TestRoles:
    def test_the_last_representative_can_neither_leave_nor_step_down(self, world: World, client: Client) -> None:
        own = world.organisation.representations.get(user=world.representative)
        for door in ("remove/", "role/"):
            answer = client.post(f"{PEOPLE}{own.pk}/{door}", {"role": "contributor"}, follow=True)
            assert "last representative" in answer.content.decode()
        own.refresh_from_db()
        assert (own.role, own.ended_at) == ("representative", None)

    def test_a_new_representative_lets_the_old_one_leave(self, world: World, client: Client) -> None:
        colleague = world.organisation.representations.get(user=world.contributor)
        own = world.organisation.representations.get(user=world.representative)
        client.post(f"{PEOPLE}{colleague.pk}/role/", {"role": "representative"})
        colleague.refresh_from_db()
        assert colleague.role == "representative"
        assert client.post(f"{PEOPLE}{own.pk}/remove/")["Location"] == "/members/mine/"
        own.refresh_from_db()
        assert own.ended_by == world.representative
        assert client.get(PEOPLE).status_code == 404

    def test_a_role_that_does_not_exist_changes_nothing(self, world: World, client: Client) -> None:
        colleague = world.organisation.representations.get(user=world.contributor)
        answer = client.post(f"{PEOPLE}{colleague.pk}/role/", {"role": "owner", "is_staff": "on"}, follow=True)
        assert "Choose one of the roles" in answer.content.decode()
        colleague.refresh_from_db()
        assert colleague.role == "contributor"

    def test_people_of_another_member_are_out_of_reach(self, world: World, client: Client) -> None:
        theirs = Representation.objects.get(user=world.other)
        assert client.post(f"{PEOPLE}{theirs.pk}/remove/").status_code == 404
        assert client.post(f"{PEOPLE}{theirs.pk}/role/", {"role": "contributor"}).status_code == 404

    def test_actions_check_again_by_themselves(self, world: World) -> None:
        colleague = world.organisation.representations.get(user=world.contributor)
        for who in (world.contributor, world.other, world.director):
            with pytest.raises(RuleError, match="people_not_yours"):
                people.end_representation(colleague.pk, by=who)
            with pytest.raises(RuleError, match="people_not_yours"):
                people.invite_colleague(
                    world.organisation.pk, by=who, email="x@example.org", role="contributor", language="ro"
                )


def at_once(*acts: Any) -> list[str]:
    """Run these in threads of their own, each with its own connection; what each raised, "" for nothing."""
    gate, results = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Any) -> None:
        gate.wait()
        try:
            act()
        except RuleError as error:
            results[place] = error.code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_two_clicks_on_accept_make_one_representation(self, world: World) -> None:
        token, guest = "k" * 43, factories.a_user("ilie@example.org")
        Invitation.objects.create(
            organisation=world.organisation, email="ilie@example.org", digest=people.digest_of(token),
            invited_by=world.representative, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        copies = [User.objects.get(pk=guest.pk) for _number in range(4)]
        assert at_once(*(lambda one=one: people.accept_invitation(token, by=one) for one in copies)) == [""] * 4
        assert Representation.objects.filter(user=guest).count() == 1
        assert AuditEvent.objects.filter(verb="invitation_accepted").count() == 1

    def test_an_invitation_is_accepted_or_taken_back_never_both(self, world: World) -> None:
        token, guest = "k" * 43, factories.a_user("ilie@example.org")
        row = Invitation.objects.create(
            organisation=world.organisation, email="ilie@example.org", digest=people.digest_of(token),
            invited_by=world.representative, expires_at=timezone.now() + timedelta(days=1),
        )  # fmt: skip
        results = at_once(
            lambda: people.accept_invitation(token, by=guest),
            lambda: people.revoke_invitation(row.pk, by=world.representative),
        )
        row.refresh_from_db()
        assert sorted(results) in (["", "invitation_accepted"], ["", "invitation_over"])
        assert (row.accepted_at is None) != (row.revoked_at is None)
        assert Representation.objects.filter(user=guest).exists() == (row.accepted_at is not None)

    def test_two_representatives_cannot_remove_each_other(self, world: World) -> None:
        organisation = world.organisation
        Representation.objects.filter(user=world.contributor).update(role=AccessRole.REPRESENTATIVE)
        one = organisation.representations.get(user=world.representative)
        two = organisation.representations.get(user=world.contributor)
        results = at_once(
            lambda: people.end_representation(two.pk, by=world.representative),
            lambda: people.end_representation(one.pk, by=world.contributor),
        )
        assert sorted(results) == ["", "people_not_yours"]
        assert organisation.representations.current().filter(role="representative").count() == 1

    def test_two_invitations_to_one_address_make_one_letter(self, world: World) -> None:
        def invite() -> None:
            people.invite_colleague(
                world.organisation.pk, by=User.objects.get(pk=world.representative.pk), email="ilie@example.org",
                role="contributor", language="ro",
            )  # fmt: skip

        assert sorted(at_once(invite, invite, invite)) == ["", "already_invited", "already_invited"]
        assert OutgoingMail.objects.filter(kind="members/colleague_invited").count() == 1
