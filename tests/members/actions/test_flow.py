"""From draft to member: what each action writes, and that it writes all of it or nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, Cluster, OutgoingMail, User
from members.actions import adhesion, board
from members.models import AdhesionRequest, Ballot, Membership, RegisterEvent, Resolution, Round
from members.rules.errors import RuleError
from tests import factories

pytestmark = pytest.mark.django_db


def letters(request: AdhesionRequest) -> list[str]:
    found = OutgoingMail.objects.filter(target_type="members.adhesionrequest", target_id=str(request.pk))
    return sorted(found.values_list("kind", flat=True))


def test_four_of_seven_for_make_a_member_with_resolution_register_line_and_letters(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    for director in directors[:4]:
        factories.votes(vote, director, "for")
    request = AdhesionRequest.objects.get(pk=vote.request_id)
    resolution = Resolution.objects.get()
    membership = Membership.objects.get(organisation=request.organisation)
    assert request.state == "approved"
    assert (resolution.number, resolution.year, resolution.outcome) == (1, timezone.localdate().year, "approved")
    assert resolution.figures["for"] == 4
    assert (membership.state, membership.basis, membership.resolution) == ("active", "resolution", resolution)
    assert RegisterEvent.objects.get(membership=membership).basis == f"1/{resolution.year}"
    assert letters(request) == sorted(
        ["members/adhesion_received", "members/adhesion_complete", "members/adhesion_approved"]
        + ["members/board_asked"] * 7
    )
    transactions = {resolution.transaction, RegisterEvent.objects.get(membership=membership).transaction}
    assert transactions == {AuditEvent.objects.get(verb="admitted").transaction}


def test_a_vote_after_the_round_closed_is_refused_and_changes_nothing(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    for director in directors[:4]:
        factories.votes(vote, director, "for")
    before = Ballot.objects.count()
    with pytest.raises(RuleError, match="round_closed"):
        board.cast_ballot(vote.pk, by=directors[4], choice="against", motive="Too late.")
    assert Ballot.objects.count() == before


def test_a_double_submit_gives_one_number(cluster: Cluster) -> None:
    draft = factories.a_draft()
    first = adhesion.submit_adhesion(draft.pk, by=draft.applicant)
    second = adhesion.submit_adhesion(draft.pk, by=draft.applicant)
    assert first.number == second.number
    assert letters(first) == ["members/adhesion_received"]


def test_a_late_decision_is_told_to_president_and_secretary_once_a_week(directors: list[User]) -> None:
    request = factories.a_complete_request()
    assert board.remind_leaders(request.pk) == 0
    AdhesionRequest.objects.filter(pk=request.pk).update(decision_due_on=timezone.localdate() - timedelta(days=1))
    assert board.remind_leaders(request.pk) == 2
    assert board.remind_leaders(request.pk) == 2
    told = OutgoingMail.objects.filter(kind="members/decision_overdue").values_list("recipient", flat=True)
    assert sorted(told) == sorted([directors[0].email, directors[2].email])


def test_a_rejection_that_nobody_voted_for_has_the_figures_as_its_motive(directors: list[User]) -> None:
    vote = factories.an_open_round(directors)
    for director in directors:
        if not Round.objects.get(pk=vote.pk).closed_at:
            factories.votes(vote, director, "abstain")
    resolution = Resolution.objects.get()
    assert resolution.outcome == "rejected"
    assert "7" in resolution.motive
