"""The file on one page: documents with their checks, what else is known, interests that suggest themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.models import F
from django.utils import timezone

from cluster_portal.common.models import User
from members.models import AdhesionRequest, Representation, Round, StatuteVersion
from members.queries.files import background_of, read_file
from members.queries.interests import suggested_interests
from members.queries.tally import tally
from tests import factories
from tests.members.desk.conftest import SignIn, door

pytestmark = pytest.mark.django_db


def test_documents_say_what_is_wrong_with_them_and_when_they_end(as_: SignIn, office: User) -> None:
    adhesion, today = factories.a_submitted_request(), timezone.localdate()
    adhesion.documents.filter(kind_id="onrc").update(issued_on=today - timedelta(days=85))
    adhesion.documents.filter(kind_id="mandate").update(replaced_at=timezone.now())
    adhesion.documents.filter(kind_id="presentation").update(expires_on=today - timedelta(days=1))
    rows = {row.kind.code: row for row in read_file(adhesion, today).documents}
    assert rows["onrc"].left == 5
    assert rows["onrc"].lack is None
    assert rows["mandate"].document is None
    assert rows["mandate"].lack is not None and rows["mandate"].lack.code == "document_missing"
    assert rows["presentation"].left == -1
    page = as_(office).get(door(adhesion)).content.decode()
    assert "Expires in 5 days" in page
    assert "Missing" in page
    assert "Expired or too old" in page
    assert "2 things are missing" in page
    assert "5 of 7 required" in page


def test_what_changed_since_the_submission_is_named(as_: SignIn, office: User) -> None:
    adhesion = factories.a_submitted_request()
    adhesion.organisation.website = "https://elsewhere.example.org"
    adhesion.organisation.save()
    page = as_(office).get(door(adhesion)).content.decode()
    assert "Changed since it was submitted: website." in page


def test_possible_duplicates_are_shown_with_why(as_: SignIn, office: User) -> None:
    factories.an_organisation("Tesatura Filtrelor S.A.", website="https://other.example.org")
    factories.an_organisation("Another Name SRL", website="https://same.example.org")
    adhesion = factories.a_submitted_request(name="Țesătura Filtrelor SA", website="https://www.same.example.org/ro")
    found = {str(one): why for one, why in background_of(adhesion, timezone.localdate()).duplicates}
    assert found == {"Tesatura Filtrelor S.A.": "name", "Another Name SRL": "domain"}
    page = as_(office).get(door(adhesion)).content.decode()
    assert "the same web domain" in page and "the same name" in page


def test_interests_suggest_themselves_from_ties_domain_and_sponsors(directors: list[User]) -> None:
    sponsor = factories.a_member("Sponsor SRL", user=directors[4]).organisation
    adhesion = factories.a_submitted_request(website="https://firm.example.com")
    adhesion.sponsors.add(sponsor)
    Representation.objects.create(organisation=adhesion.organisation, user=directors[1], role="representative")
    Representation.objects.create(
        organisation=adhesion.organisation,
        user=directors[2],
        role="contributor",
        ended_at=timezone.now(),
        ended_by=directors[0],
    )
    directors[3].email = "somebody@firm.example.com"
    directors[5].email = "ilinca@example.org"
    found = suggested_interests(adhesion, directors)
    assert {pk: [hint.kind for hint in hints] for pk, hints in found.items()} == {
        directors[1].pk: ["represents"],
        directors[2].pk: ["represented"],
        directors[3].pk: ["domain"],
        directors[4].pk: ["sponsor"],
        directors[5].pk: ["named"],
    }


def test_a_director_reads_their_own_hint_and_only_the_chair_reads_the_names(as_: SignIn, directors: list[User]) -> None:
    sponsor = factories.a_member("Sponsor SRL", user=directors[4]).organisation
    vote = factories.an_open_round(directors)
    vote.request.sponsors.add(sponsor)
    way = door(vote.request)
    own = as_(directors[4]).get(way).content.decode()
    assert "Possible ties that the portal knows of you" in own
    other = as_(directors[5]).get(way).content.decode()
    assert "which recommends this organisation" not in other
    chair = as_(directors[0]).get(way).content.decode()
    assert "Directors with a possible interest" in chair
    assert f"<b>{directors[4]}</b>" in chair


def test_a_statute_that_shows_the_turnout_hides_for_and_against_until_the_closing(
    as_: SignIn, directors: list[User]
) -> None:
    vote = factories.an_open_round(directors)
    factories.votes(vote, directors[2], "for")
    way = door(vote.request)
    shown = as_(directors[1]).get(way).content.decode()
    assert "3 more votes for needed" in shown
    statute = StatuteVersion.objects.get()
    rules = {**statute.rules, "tally_during_round": "turnout"}
    turnout = _closed_then_new(statute, rules)
    Round.objects.filter(pk=vote.pk).update(statute=turnout)
    hidden = as_(directors[1]).get(way).content.decode()
    assert "votes for needed" not in hidden
    assert "The statute shows for and against only when the round is closed." in hidden
    assert "quorum 4 of 7 not reached, 3 more needed" in hidden
    vote = Round.objects.select_related("statute", "request").get(pk=vote.pk)
    assert not tally(vote, directors[1]).figures
    for director in directors[3:6]:
        factories.votes(vote, director, "for")
    assert tally(Round.objects.get(pk=vote.pk), directors[1]).figures


def _closed_then_new(statute: StatuteVersion, rules: dict[str, object]) -> StatuteVersion:
    """End the statute and begin another one that hides the figures."""
    StatuteVersion.objects.filter(pk=statute.pk).update(in_force_until=F("in_force_from") + timedelta(days=9000))
    start = statute.in_force_from + timedelta(days=9001)
    return StatuteVersion.objects.create(label="turnout", in_force_from=start, rules=rules)


def test_contact_data_are_for_the_office_and_not_for_directors(
    as_: SignIn, office: User, directors: list[User]
) -> None:
    vote = factories.an_open_round(directors)
    person = vote.request.organisation.people.get()
    person.phone = "+40 700 000 001"
    person.save()
    seen = as_(office).get(door(vote.request)).content.decode()
    assert person.phone in seen and person.email in seen
    hidden = as_(directors[3]).get(door(vote.request)).content.decode()
    assert person.phone not in hidden and person.email not in hidden


def test_the_next_file_is_offered_after_a_vote(as_: SignIn, directors: list[User]) -> None:
    one, two = factories.an_open_round(directors), factories.an_open_round(directors)
    browser = as_(directors[1])
    page = browser.post(door(one.request, "ballot"), {"interest": "none", "choice": "for"}, follow=True)
    assert f"Next to vote: {AdhesionRequest.objects.get(pk=two.request_id).number}" in page.content.decode()


def test_what_people_wrote_is_shown_as_text(as_: SignIn, office: User, directors: list[User]) -> None:
    vote = factories.an_open_round(directors, name="<script>alert(1)</script> SRL")
    factories.votes(vote, directors[1], "against", "<img src=x onerror=alert(2)>")
    for user in (office, directors[1]):
        for way in ("/admin/", "/admin/members/adhesionrequest/", door(vote.request)):
            page = as_(user).get(way).content.decode()
            assert "<script>alert" not in page and "<img src=x" not in page
