"""Both sides at the same instant: real threads, real connections, one outcome."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections

from cluster_portal.common.models import OutgoingMail
from matchmaking.actions import interests
from matchmaking.actions.proposals import Proposed, answer_proposal, propose
from matchmaking.actions.upkeep import refresh_weights
from matchmaking.models import Interest, Introduction, MatchProfile, Reach
from matchmaking.queries.introductions import proposals_to
from members.actions.membership import change_membership
from members.actions.profile_parts import save_capability
from members.models import Capability, ContactConsent, Tag
from members.rules.errors import RuleError
from tests import factories
from tests.matchmaking.conftest import Pairing, a_match
from tests.matchmaking.made import query

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run each in a thread with a connection of its own, let go at the same instant; a refusal is its code."""
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            gate.wait(timeout=30)
            return act()
        except RuleError as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(timeout=90) for one in [pool.submit(run, act) for act in acts]]


def after_the_first_statement(act: Callable[[], Any]) -> AbstractContextManager[None]:
    """Somebody else, on a connection of its own, does `act` as soon as what is read here has had its first answer."""
    left = [act]

    def wrapper(execute: Callable[..., Any], *statement: Any) -> Any:
        answer = execute(*statement)
        if left:
            at_once(left.pop())
        return answer

    return connection.execute_wrapper(wrapper)


@pytest.fixture
def pairing() -> Pairing:
    factories.a_cluster()
    return a_match()


def one_introduction() -> None:
    """Everything hangs together once, and nothing waited in a circle."""
    assert Introduction.objects.live().count() == 1
    assert ContactConsent.objects.in_force().count() == 2
    assert OutgoingMail.objects.filter(kind="matchmaking/introduced").count() == 2
    assert query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == [(0,)]


def express(pairing: Pairing, who: str, whom: str) -> Callable[[], Interest]:
    member, partner = getattr(pairing, who).pk, getattr(pairing, whom).pk
    by = getattr(pairing, f"by_{who}")
    return lambda: interests.express_interest(member, partner, by=by, message="Hello.")


def test_both_express_interest_at_the_same_instant(pairing: Pairing) -> None:
    at_once(express(pairing, "maker", "institute"), express(pairing, "institute", "maker"))
    one_introduction()
    assert set(Interest.objects.values_list("state", flat=True)) == {"accepted"}


def test_the_same_interest_is_expressed_many_times_at_once(pairing: Pairing) -> None:
    answers = at_once(*[express(pairing, "maker", "institute")] * 6)
    assert answers.count("interest_waits") == 5
    assert Interest.objects.count() == 1
    assert OutgoingMail.objects.filter(kind="matchmaking/interest_received").count() == 1


def test_an_interest_is_accepted_twice_and_taken_back_at_the_same_instant(pairing: Pairing) -> None:
    for _round in range(ROUNDS):
        interest = express(pairing, "maker", "institute")()
        accept = lambda pk=interest.pk: interests.accept_interest(pk, by=pairing.by_institute)  # noqa: E731
        take_back = lambda pk=interest.pk: interests.withdraw_interest(pk, by=pairing.by_maker)  # noqa: E731
        at_once(accept, accept, take_back)
        interest.refresh_from_db()
        if interest.state == "accepted":
            one_introduction()
            break
        assert (interest.state, Introduction.objects.count()) == ("withdrawn", 0)


def test_an_interest_and_a_suspension_at_the_same_instant(pairing: Pairing) -> None:
    membership = pairing.institute.memberships.get()
    suspend = lambda: change_membership(  # noqa: E731
        membership.pk, "suspend", by=pairing.office, basis="Hotărârea 1", article="1"
    )
    at_once(express(pairing, "maker", "institute"), suspend)
    assert not Interest.objects.open().exists()
    assert not Reach.objects.filter(member=pairing.institute).exists()


def test_both_sides_answer_a_proposal_at_the_same_instant(pairing: Pairing) -> None:
    sides = (Proposed(pairing.maker.pk, "They make radios."), Proposed(pairing.third.pk, "They make ceramics."))
    proposal = propose(*sides, by=pairing.office)
    at_once(
        lambda: answer_proposal(proposal.pk, pairing.maker.pk, by=pairing.by_maker, yes=True),
        lambda: answer_proposal(proposal.pk, pairing.third.pk, by=pairing.by_third, yes=True),
    )
    one_introduction()


def test_a_proposal_made_or_answered_while_proposals_are_read_does_no_harm(pairing: Pairing) -> None:
    sides = (Proposed(pairing.maker.pk, "They make radios."), Proposed(pairing.third.pk, "They make ceramics."))
    with after_the_first_statement(partial(propose, *sides, by=pairing.office)):
        proposals_to(pairing.maker.pk)
    (proposed,) = proposals_to(pairing.maker.pk)
    answer_proposal(proposed.pk, pairing.maker.pk, by=pairing.by_maker, yes=True)
    with after_the_first_statement(
        partial(answer_proposal, proposed.pk, pairing.third.pk, by=pairing.by_third, yes=True)
    ):
        proposals_to(pairing.maker.pk)
    assert proposals_to(pairing.maker.pk) == []


def test_edits_weights_and_a_suspension_at_once_leave_the_tables_right(pairing: Pairing) -> None:
    words = Tag.objects.filter(code__startswith="mat-", parent__isnull=False).exclude(code="mat-ceramic")[:8]
    values = {"side": "civil", "visibility": "members", "trl": 7}

    def add(word: Tag, person: Any, member: int) -> Callable[[], Capability]:
        return lambda: save_capability(member, by=person, values=values, direction="offered", tag=word.pk)

    membership = pairing.third.memberships.get()
    at_once(
        *(add(word, pairing.by_maker, pairing.maker.pk) for word in words[:4]),
        *(add(word, pairing.by_third, pairing.third.pk) for word in words[4:]),
        refresh_weights,
        lambda: change_membership(membership.pk, "suspend", by=pairing.office, basis="Hotărârea 1", article="1"),
        refresh_weights,
    )
    assert pairing.maker.capabilities.filter(direction="offered").count() == 5
    assert set(MatchProfile.objects.values_list("pk", flat=True)) == {pairing.maker.pk, pairing.institute.pk}
    refresh_weights()
    kept = tables()
    with connection.cursor() as cursor:
        cursor.execute("SELECT matchmaking_rebuild()")
    assert kept == tables()
    assert query("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()") == [(0,)]


def tables() -> list[list[Any]]:
    """What the triggers keep."""
    return [
        query("SELECT * FROM matchmaking_reach ORDER BY node_id, member_id"),
        query("SELECT * FROM matchmaking_matchprofile ORDER BY member_id"),
    ]
