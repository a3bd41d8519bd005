"""The pages of calls: the form with its rows, teams drawn, letters only after a question, answers of the invited."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster_portal.common.models import OutgoingMail, User
from matchmaking.actions import calls, invitations
from matchmaking.actions.calls import Asked, Plan
from matchmaking.actions.invitations import Wanted
from matchmaking.models import Call, CallInvitation, ExportConfirmation
from members.models import Representation, Tag
from tests import factories
from tests.matchmaking.conftest import Pairing

pytestmark = pytest.mark.django_db
CALLS = "/matchmaking/calls/"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def a_form(*words: str, **more: Any) -> dict[str, Any]:
    rows = {f"place-{at}-word": word for at, word in enumerate(words)}
    return {
        "title": "EDF 2027",
        "text": "Radio networks.",
        "deadline": (timezone.localdate() + timedelta(days=60)).isoformat(),
        "size": "5",
        "answer_days": "14",
        "least_countries": "1",
        "place-TOTAL_FORMS": str(len(words) or 1),
        "place-INITIAL_FORMS": "0",
        **rows,
        **more,
    }


def a_call(pairing: Pairing, *codes: str, **more: Any) -> Call:
    tags = [Tag.objects.get(code=code) for code in codes or ("serv-emc", "mat-ceramic")]
    deadline = timezone.localdate() + timedelta(days=60)
    plan = Plan("EDF 2027", "Radio networks.", deadline, tuple(Asked(tag.pk, 6) for tag in tags), **more)
    return calls.create_call(pairing.maker.pk, plan, by=pairing.by_maker)


def test_a_call_is_written_with_words_of_either_language_and_shows_its_teams(pairing: Pairing) -> None:
    client = browser(pairing.by_maker)
    one, other = Tag.objects.get(code="serv-emc"), Tag.objects.get(code="mat-ceramic")
    sent = client.post(f"{CALLS}new/", a_form(one.name_ro, other.name_en.upper(), "", role_industry="1"), follow=True)
    call = Call.objects.get()
    assert sent.redirect_chain == [(call.get_absolute_url(), 302)]
    assert {place.tag for place in call.places.all()} == {one, other}
    page = sent.content.decode()
    assert "Team 1: 3 members" in page
    assert "Invite these 2 members" in page
    assert not OutgoingMail.objects.filter(kind="matchmaking/call_invited").exists()


def test_mistakes_stand_at_their_row_and_nothing_is_lost(pairing: Pairing) -> None:
    client = browser(pairing.by_maker)
    page = client.post(f"{CALLS}new/", a_form("no such word", "serv-emc", "serv-emc", title="")).content.decode()
    assert "This is not a capability of the vocabulary." in page
    assert "This capability stands in another row already." in page
    assert 'value="no such word"' in page
    assert not Call.objects.exists()
    refused = client.post(f"{CALLS}new/", a_form("serv-emc", size="2", role_industry="4")).content.decode()
    assert "A team of 2 members cannot have so many roles" in refused


def test_more_rows_come_without_scripts_and_keep_what_was_typed(pairing: Pairing) -> None:
    sent = a_form("serv-emc", "half a wor", more="1", countries=["RO", "FR"])
    page = browser(pairing.by_maker).post(f"{CALLS}new/", sent).content.decode()
    assert page.count('list="words"') == 6
    assert 'value="half a wor"' in page
    assert page.count(" checked") == 2
    assert "not a capability" not in page


def test_a_call_is_changed_in_its_own_words(pairing: Pairing) -> None:
    call, client = a_call(pairing), browser(pairing.by_maker)
    page = text(client, f"{CALLS}{call.key}/change/")
    assert f'value="{Tag.objects.get(code="serv-emc").name_en}"' in page
    answer = client.post(f"{CALLS}{call.key}/change/", a_form("c2-sdr", version="1", title="Other"))
    assert answer.status_code == 302
    stale = client.post(f"{CALLS}{call.key}/change/", a_form("c2-sdr", version="1")).content.decode()
    assert "Somebody changed this call while you had it open." in stale


def test_what_is_missing_and_who_nearly_fills_it_are_named(pairing: Pairing) -> None:
    factories.a_capability(pairing.third, "mat-armour", trl=3)
    call = a_call(pairing, "mat-armour", countries=("FR",))
    page = text(browser(pairing.by_maker), call.get_absolute_url())
    assert "No team of members covers all that the call asks." in page
    assert "Missing: a member from France" in page
    assert "nearly: not mature enough yet" in page


def test_others_are_named_for_a_place_with_a_way_to_invite_them_instead(pairing: Pairing) -> None:
    fourth = factories.a_member("A Patra SA", side="defence").organisation
    factories.a_capability(fourth, "mat-ceramic", trl=6)
    call = a_call(pairing)
    page = text(browser(pairing.by_maker), call.get_absolute_url())
    assert "in place of Terța SA, nothing else is lost" in page
    assert f"{CALLS}{call.key}/invite/?member={fourth.slug}" in page


def test_letters_go_after_a_question_and_once(pairing: Pairing) -> None:
    call, client = a_call(pairing), browser(pairing.by_maker)
    way = f"{CALLS}{call.key}/invite/"
    chosen = {"member": [pairing.institute.slug, pairing.third.slug, "no-such-member"]}
    asked = client.get(way, chosen).content.decode()
    assert "Invite 2 members?" in asked
    assert not CallInvitation.objects.exists()
    for _click in range(2):
        client.post(way, {**chosen, "message": "Join us."})
    assert OutgoingMail.objects.filter(kind="matchmaking/call_invited").count() == 2
    page = text(client, call.get_absolute_url())
    assert page.count("Waiting for an answer") == 2
    client.post(f"{CALLS}{call.key}/invitations/{CallInvitation.objects.earliest('pk').pk}/withdraw/")
    assert "Taken back" in text(client, call.get_absolute_url())


def test_controlled_offers_ask_for_a_box_on_both_sides(pairing: Pairing) -> None:
    pairing.third.capabilities.update(control="dual_use", control_category="1", control_group="C")
    call, client = a_call(pairing), browser(pairing.by_maker)
    way, chosen = f"{CALLS}{call.key}/invite/", {"member": [pairing.third.slug]}
    assert "confirms" in client.get(way, chosen).content.decode()
    assert "This match touches an offer on the dual-use list." in client.post(way, chosen).content.decode()
    client.post(way, {**chosen, "confirms": "on"})
    invitation = CallInvitation.objects.get()
    third = browser(pairing.by_third)
    assert 'name="confirms"' in text(third, invitation.get_absolute_url())
    third.post(f"{invitation.get_absolute_url()}answer/", {"answer": "yes"})
    assert ExportConfirmation.objects.count() == 1
    third.post(f"{invitation.get_absolute_url()}answer/", {"answer": "yes", "confirms": "on"})
    invitation.refresh_from_db()
    assert invitation.state == "accepted"
    assert ExportConfirmation.objects.count() == 2


def test_the_invited_read_the_call_and_nothing_about_others(pairing: Pairing) -> None:
    call = a_call(pairing)
    wanted = [Wanted(pairing.institute.pk, (Tag.objects.get(code="serv-emc").pk,)), Wanted(pairing.third.pk)]
    first, _second = invitations.invite(call.pk, wanted, by=pairing.by_maker, message="We need your chamber.")
    client = browser(pairing.by_institute)
    page = text(client, first.get_absolute_url())
    assert "We need your chamber." in page
    assert page.count("wanted from you") == 1
    assert "Terța" not in page
    assert client.get(call.get_absolute_url()).status_code == 404
    assert "EDF 2027" in text(client, CALLS)
    client.post(f"{first.get_absolute_url()}answer/", {"answer": "no", "reason": "Too far."})
    assert "Too far." in text(client, first.get_absolute_url())
    assert "Too far." not in text(browser(pairing.by_maker), call.get_absolute_url())


def test_a_contributor_reads_and_may_not_answer(pairing: Pairing) -> None:
    call = a_call(pairing)
    (invitation,) = invitations.invite(call.pk, [Wanted(pairing.institute.pk)], by=pairing.by_maker)
    helper = factories.a_user()
    Representation.objects.create(organisation=pairing.institute, user=helper, role="contributor")
    client = browser(helper)
    assert "A representative of the member answers." in text(client, invitation.get_absolute_url())
    assert client.post(f"{invitation.get_absolute_url()}answer/", {"answer": "yes"}).status_code == 403
    assert client.get(f"{CALLS}new/").status_code == 403


def test_a_call_is_closed_after_a_question(pairing: Pairing) -> None:
    call, client = a_call(pairing), browser(pairing.by_maker)
    invitations.invite(call.pk, [Wanted(pairing.institute.pk)], by=pairing.by_maker)
    assert "1 member that has not answered is told" in text(client, f"{CALLS}{call.key}/close/")
    client.post(f"{CALLS}{call.key}/close/")
    page = text(client, call.get_absolute_url())
    assert "Closed" in page
    assert "Team 1" not in page


# ------------------------------------------------------------------ how many questions to the database
def queries(client: Client, path: str) -> int:
    text(client, path)  # the first visit of a session writes its stamp
    with CaptureQueriesContext(
        connection,
    ) as seen:
        text(client, path)
    return len(seen)


@pytest.mark.parametrize("count", [1, 30])
def test_lists_ask_as_often_for_one_row_as_for_thirty(pairing: Pairing, count: int) -> None:
    made = [
        Call(
            lead=pairing.institute,
            title=f"Call {at}",
            text="Text",
            deadline=timezone.localdate(),
            made_by=pairing.office,
        )
        for at in range(count)
    ]
    Call.objects.bulk_create(made)
    CallInvitation.objects.bulk_create(
        CallInvitation(call=one, member=pairing.maker, sent_by=pairing.by_institute, expires_on=one.deadline)
        for one in made
    )
    assert queries(browser(pairing.by_institute), CALLS) == 7
    assert queries(browser(pairing.by_maker), CALLS) == 6  # it leads none


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_a_call_asks_as_often_for_many_candidates(pairing: Pairing, count: int) -> None:
    call = a_call(pairing)
    invitations.invite(call.pk, [Wanted(pairing.institute.pk)], by=pairing.by_maker)
    for at in range(count):
        other = factories.a_member(f"Membru {at} SA", side="defence").organisation
        factories.a_capability(other, "mat-ceramic", trl=6 + at % 3)
    assert queries(browser(pairing.by_maker), call.get_absolute_url()) == 13
    (invitation,) = call.invitations.all()
    assert queries(browser(pairing.by_institute), invitation.get_absolute_url()) == 12
