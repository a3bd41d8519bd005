"""The office brokers: what each side reads, what neither learns, and what comes of two answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail
from matchmaking.actions import interests
from matchmaking.actions.proposals import Proposed, answer_proposal, propose, withdraw_proposal
from matchmaking.models import Introduction, Proposal, ProposalSide
from matchmaking.queries.introductions import proposals_to
from matchmaking.tasks import end_interests, remind
from members.actions.membership import change_membership
from members.models import Capability, ContactConsent
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.conftest import Pairing

pytestmark = pytest.mark.django_db
NAMES = ("Institutul", "institute", "defence.example.org")


@pytest.fixture
def secret(pairing: Pairing) -> Capability:
    """What the institute seeks for the office's eyes only."""
    return factories.a_capability(pairing.institute, "mat-ceramic", direction="sought", visibility="office")


def sides(pairing: Pairing, secret: Capability) -> tuple[Proposed, Proposed]:
    return (
        Proposed(pairing.third.pk, "They make ceramic composites."),
        Proposed(pairing.institute.pk, "A public buyer seeks ceramic composites.", item=secret.pk),
    )


def proposed(pairing: Pairing, secret: Capability) -> Proposal:
    return propose(*sides(pairing, secret), by=pairing.office)


def letters(kind: str, person: str) -> list[OutgoingMail]:
    return list(OutgoingMail.objects.filter(kind=f"matchmaking/{kind}", recipient=f"{person}@example.org"))


def answer(pairing: Pairing, proposal: Proposal, who: str, *, yes: bool, **more: Any) -> Introduction | None:
    member = getattr(pairing, who).pk
    return answer_proposal(proposal.pk, member, by=getattr(pairing, f"by_{who}"), yes=yes, **more)


def test_whose_item_is_for_the_office_alone_is_not_named(pairing: Pairing, secret: Capability) -> None:
    proposal = proposed(pairing, secret)
    (to_third,) = proposals_to(pairing.third.pk)
    assert (to_third.partner, to_third.words) == (None, "A public buyer seeks ceramic composites.")
    (to_institute,) = proposals_to(pairing.institute.pk)
    assert to_institute.partner == pairing.third
    (mail,) = letters("proposal_received", "third")
    assert not any(name in mail.text + mail.html + mail.subject for name in NAMES)
    assert "Terța" in letters("proposal_received", "institute")[0].text
    answer(pairing, proposal, "third", yes=True)
    (to_third,) = proposals_to(pairing.third.pk)
    assert not any(name in repr(to_third) for name in NAMES)
    introduction = answer(pairing, proposal, "institute", yes=True)
    assert introduction is not None and introduction.brokered_by == pairing.office
    assert ContactConsent.objects.count() == 2
    assert "Institutul" in letters("introduced", "third")[0].text


def test_words_that_name_the_owner_are_refused(pairing: Pairing, secret: Capability) -> None:
    third, institute = sides(pairing, secret)
    for words in ("INSTITUTUL armatei seeks this.", "See organisation at OFFICE@defence.example.org", " "):
        with pytest.raises(RuleError, match="words_"):
            propose(third, replace(institute, words=words), by=pairing.office)
    assert not Proposal.objects.filter(sides__words="").exists()


@pytest.mark.parametrize("reply", ["no", "nothing"])
def test_a_no_reads_like_no_answer(pairing: Pairing, secret: Capability, reply: str) -> None:
    proposal = proposed(pairing, secret)
    answer(pairing, proposal, "third", yes=True)
    if reply == "no":
        assert answer(pairing, proposal, "institute", yes=False, reason="Too early.") is None
    (seen,) = proposals_to(pairing.third.pk)
    assert seen.answer == "yes"
    assert letters("proposal_over", "third") == []
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        end_interests()
        end_interests()
    assert proposals_to(pairing.third.pk) == []
    (mail,) = letters("proposal_over", "third")
    assert not any(name in mail.text for name in (*NAMES, "Too early"))
    assert letters("proposal_over", "institute") == []
    proposal.refresh_from_db()
    assert proposal.state == ("refused" if reply == "no" else "expired")


def test_only_the_office_proposes_and_only_the_sides_answer(pairing: Pairing, secret: Capability) -> None:
    for person in (pairing.by_third, pairing.by_institute, factories.a_director()):
        with pytest.raises(RuleError, match="only_office_brokers"):
            propose(*sides(pairing, secret), by=person)
    proposal = proposed(pairing, secret)
    with pytest.raises(RuleError, match="proposal_waits"):
        proposed(pairing, secret)
    for member, person in (
        (pairing.third.pk, pairing.by_institute),
        (pairing.third.pk, pairing.office),
        (pairing.maker.pk, pairing.by_maker),
    ):
        with pytest.raises(RuleError, match="not_your_member"):
            answer_proposal(proposal.pk, member, by=person, yes=True)
    with pytest.raises(RuleError, match="only_office_brokers"):
        withdraw_proposal(proposal.pk, by=pairing.by_third)
    withdraw_proposal(proposal.pk, by=pairing.office)
    with pytest.raises(RuleError, match="proposal_over"):
        answer(pairing, proposal, "third", yes=True)


def test_who_has_not_answered_is_reminded_once(pairing: Pairing, secret: Capability) -> None:
    proposal = proposed(pairing, secret)
    answer(pairing, proposal, "third", yes=True)
    with time_machine.travel(timezone.now() + timedelta(days=25), tick=False):
        remind()
        remind()
    assert len(letters("proposal_reminder", "institute")) == 1
    assert letters("proposal_reminder", "third") == []


def test_a_side_that_leaves_ends_the_proposal(pairing: Pairing, secret: Capability) -> None:
    proposal = proposed(pairing, secret)
    answer(pairing, proposal, "third", yes=True)
    membership = pairing.institute.memberships.get()
    change_membership(membership.pk, "suspend", by=pairing.office, basis="Hotărârea 1", article="1")
    proposal.refresh_from_db()
    assert proposal.state == "ended"
    assert len(letters("proposal_over", "third")) == 1


def test_a_hidden_offer_on_the_list_asks_both(pairing: Pairing, secret: Capability) -> None:
    Capability.objects.filter(organisation=pairing.third).update(
        control="dual_use", control_category="1", control_group="C", visibility="office"
    )
    proposal = proposed(pairing, secret)
    for who in ("third", "institute"):
        with pytest.raises(RuleError, match="confirmation_missing"):
            answer(pairing, proposal, who, yes=True)
        introduction = answer(pairing, proposal, who, yes=True, confirms=True)
    assert introduction is not None and introduction.controlled


def test_an_interest_that_waits_is_settled_by_the_introduction(pairing: Pairing, secret: Capability) -> None:
    proposal = proposed(pairing, secret)
    interest = interests.express_interest(
        pairing.third.pk, pairing.institute.pk, by=pairing.by_third, message="Is it you?"
    )
    answer(pairing, proposal, "third", yes=True)
    introduction = answer(pairing, proposal, "institute", yes=True)
    interest.refresh_from_db()
    assert (interest.state, interest.introduction) == ("accepted", introduction)
    assert ProposalSide.objects.filter(answer="yes").count() == 2


def test_the_office_reads_that_nobody_answered_not_that_somebody_still_may(
    pairing: Pairing, secret: Capability, client: Client
) -> None:
    proposal = proposed(pairing, secret)
    client.force_login(pairing.office)
    page = reverse("matchmaking:office")
    assert client.get(page).content.decode().count("Waiting for an answer") == 2  # both sides
    with time_machine.travel(timezone.now() + timedelta(days=40)):
        end_interests()
    proposal.refresh_from_db()
    assert proposal.state == "expired"
    html = client.get(page).content.decode()
    assert (html.count("Waiting for an answer"), html.count("No answer came")) == (0, 2)
