"""The filled demonstration: every state, a live round, sign-ins that work, nothing that the verifier minds."""

from __future__ import annotations

from collections import Counter
from io import StringIO

from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from cluster_portal.common.demonstration import PASSWORD, SIGN_INS
from cluster_portal.common.models import OutgoingMail, User
from cluster_portal.demonstration.accounts import close_accounts
from cluster_portal.demonstration.seeding import seed
from members.models import (
    AdhesionRequest,
    Certificate,
    ChangeRequest,
    DirectoryEntry,
    Invitation,
    Membership,
    Organisation,
    Representation,
    Resolution,
    Round,
)
from members.permissions import standing
from members.queries.board import standings

STATES = {
    "dual-use": {
        "approved": 6,
        "submitted": 2,
        "objection": 2,
        "deliberation": 2,
        **dict.fromkeys(["draft", "returned", "adjourned", "rejected", "appealed", "withdrawn", "lapsed"], 1),
    },
    "proeco-cbrne": {
        "approved": 6,
        "submitted": 2,
        "complete": 3,
        **dict.fromkeys(
            ["draft", "returned", "deliberation", "adjourned", "rejected", "appealed", "withdrawn", "lapsed"], 1
        ),
    },
}


def test_nothing_is_broken(demonstration: str) -> None:
    out = StringIO()
    call_command("verify", stdout=out)
    assert "invariants hold." in out.getvalue()


def test_requests_stand_in_every_state_that_the_statute_knows(demonstration: str) -> None:
    states = Counter(AdhesionRequest.objects.values_list("state", flat=True))
    assert states == STATES[demonstration]


def test_members_are_founders_and_those_whom_the_board_admitted(demonstration: str) -> None:
    found = Counter(Membership.objects.values_list("basis", "state"))
    assert found == {
        ("founding", "active"): 40,
        ("founding", "suspended"): 1,
        ("founding", "notice_given"): 1,
        ("resolution", "active"): 6,
    }
    assert Organisation.objects.count() == 61
    assert not Organisation.objects.filter(demonstration=False).exists()


def test_the_directory_lists_every_member_in_good_standing(demonstration: str) -> None:
    assert DirectoryEntry.objects.filter(audience="members").count() == 47
    assert DirectoryEntry.objects.filter(audience="public").count() == 47


def test_one_vote_is_live_and_open_still(demonstration: str) -> None:
    vote = Round.objects.get(closed_at__isnull=True)
    now = standings(vote)
    assert (now.count.in_office, now.count.recused, now.count.present_count) == (7, 1, 4)
    assert now.settled is None
    former = vote.seats.get(recused=True).user
    assert former.email == "director4@demo.example.org"
    tie = Representation.objects.get(organisation=vote.request.organisation, user=former)
    assert tie.ended_at is not None


def test_decisions_are_numbered_from_one(demonstration: str) -> None:
    assert sorted(Resolution.objects.values_list("number", flat=True)) == list(range(1, 9))


def test_every_documented_person_is_what_is_written(demonstration: str) -> None:
    people = {one.key: User.objects.get(email=one.email) for one in SIGN_INS}
    assert [standing(people[key]).board_role for key in ("president", "vice-president", "secretary")] == [
        "president",
        "vice_president",
        "secretary",
    ]
    assert sum(standing(person).director for person in people.values()) == 7
    assert standing(people["office"]).office and not people["office"].is_superuser
    assert people["admin"].is_superuser
    assert standing(people["member"]).member
    assert set(standing(people["contributor"]).representations.values()) == {"contributor"}
    assert list(standing(people["suspended"]).membership_states.values()) == ["suspended"]
    assert AdhesionRequest.objects.get(applicant=people["applicant"]).state == "draft"
    assert AdhesionRequest.objects.get(applicant=people["returned"]).state == "returned"
    assert not standing(people["person"]).representations


def test_everybody_signs_in_with_the_published_password(demonstration: str) -> None:
    client = Client()
    for one in SIGN_INS:
        answer = client.post("/accounts/login/", {"login": one.email, "password": PASSWORD})
        assert answer.status_code == 302, one.email
        client.logout()


def test_the_sign_in_page_names_the_accounts(demonstration: str) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert all(one.email in page for one in SIGN_INS)
    assert PASSWORD in page


def test_something_waits_for_everybody(demonstration: str) -> None:
    assert ChangeRequest.objects.filter(state="pending").count() == 1
    assert Invitation.objects.filter(accepted_at__isnull=True).count() == 1
    ends = list(Certificate.objects.values_list("valid_until", flat=True))
    assert min(ends) < max(ends)
    assert Organisation.objects.exclude(logo="").count() >= 15
    letters = Counter(OutgoingMail.objects.values_list("kind", flat=True))
    assert letters["members/board_asked"] == 70
    assert sum(letters.values()) < 300


def test_documents_and_marks_can_be_opened(demonstration: str) -> None:
    request = AdhesionRequest.objects.get(state="returned")
    for document in request.documents.all():
        with document.file.open() as file:
            content = file.read()
        assert content.startswith(b"%PDF-1.4") and len(content) == document.size
    organisation = Organisation.objects.exclude(logo="")[0]
    with default_storage.open(organisation.logo.name or "") as logo, Image.open(logo) as picture:
        assert picture.size == (256, 256)


def test_a_second_time_does_nothing_and_asks_little(demonstration: str) -> None:
    before = (Organisation.objects.count(), User.objects.count(), OutgoingMail.objects.count())
    said: list[str] = []
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert seed(said.append) is False
    assert (Organisation.objects.count(), User.objects.count(), OutgoingMail.objects.count()) == before
    assert said == ["The demonstration data are there already."]
    assert len(queries) == 5
    assert "FOR UPDATE" in queries[1]["sql"]  # two at once: the second waits here and then finds the data


def test_accounts_are_closed_when_the_portal_is_no_demonstration_any_more(demonstration: str) -> None:
    assert close_accounts() == User.objects.count()
    assert not Client().login(username="admin@demo.example.org", password=PASSWORD)
    assert close_accounts() == 0
    seed(lambda _text: None)
    assert User.objects.filter(is_active=False).count() == 0
