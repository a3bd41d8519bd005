"""The register of any day, changes of membership, mandates of directors, answers to members, resolutions."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.utils import timezone

from cluster_portal.common.models import AuditEvent, User
from members.models import ChangeRequest, Directorship, RegisterEvent, Resolution, Sector, Tag
from members.queries import due
from members.queries.register import as_of
from members.tasks import close_desks
from tests import factories
from tests.members.desk.conftest import SignIn

pytestmark = pytest.mark.django_db
REGISTER = "/admin/members/registerevent/"


def names(day: date, *, ended: bool = False) -> list[tuple[str, str]]:
    return [(str(entry.membership.organisation), entry.state.value) for entry in as_of(day, ended=ended)]


def test_the_register_of_a_day_says_what_held_on_that_day(office: User) -> None:
    alfa = factories.a_member("Alfa SRL")
    beta = factories.a_member("Beta SRL")
    RegisterEvent.objects.create(
        membership=alfa, verb="suspended", basis="Decision 1", effective_on=date(2024, 5, 10), by=office
    )
    RegisterEvent.objects.create(
        membership=alfa, verb="reinstated", basis="Decision 2", effective_on=date(2024, 9, 1), by=office
    )
    RegisterEvent.objects.create(
        membership=beta, verb="withdrew", basis="Letter", effective_on=date(2025, 1, 1), by=office
    )
    assert names(date(2019, 1, 1)) == []
    assert names(date(2024, 5, 9)) == [("Alfa SRL", "active"), ("Beta SRL", "active")]
    assert names(date(2024, 5, 10)) == [("Alfa SRL", "suspended"), ("Beta SRL", "active")]
    assert names(date(2024, 9, 1)) == [("Alfa SRL", "active"), ("Beta SRL", "active")]
    assert names(date(2025, 1, 1)) == [("Alfa SRL", "active")]
    assert names(date(2025, 1, 1), ended=True) == [("Alfa SRL", "active"), ("Beta SRL", "withdrawn")]


def test_the_page_and_the_file_show_the_day_that_is_asked(as_: SignIn, office: User) -> None:
    factories.a_member("=cmd|' /C calc'!A0")
    browser = as_(office)
    assert "The register has no member on this day." in browser.get(f"{REGISTER}?day=2010-01-01").content.decode()
    page = browser.get(REGISTER)
    assert "1 member as of" in page.content.decode()
    answer = browser.get(f"{REGISTER}register.csv?day=2024-01-01")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="register-2024-01-01.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][:2] == ["Organisation", "Tax number"]
    assert rows[1][0] == "'=cmd|' /C calc'!A0"
    assert rows[1][7:9] == ["2020-03-01", "2020-03-01"]
    assert "@example.org" not in answer.content.decode()


def test_a_day_that_is_none_shows_today(as_: SignIn, office: User) -> None:
    factories.a_member()
    page = as_(office).get(f"{REGISTER}?day=31.02.2024")
    assert page.status_code == 200
    assert page.context["day"] == timezone.localdate()
    assert "Enter a valid date" in page.content.decode()


def test_the_office_records_a_suspension_with_its_ground(as_: SignIn, office: User) -> None:
    membership = factories.a_member()
    browser = as_(office)
    way = f"/admin/members/membership/{membership.pk}"
    assert "Suspend" in browser.get(f"{way}/change/").content.decode()
    today = timezone.localdate().isoformat()
    wrong = browser.post(f"{way}/suspend/", {"basis": " ", "article": "13", "on": today})
    assert wrong.status_code == 422
    answer = browser.post(f"{way}/suspend/", {"basis": "Decision 4/2026", "article": "13", "on": today})
    assert answer.status_code == 303
    membership.refresh_from_db()
    assert membership.state == "suspended"
    line = RegisterEvent.objects.get(membership=membership, verb="suspended")
    assert (line.basis, line.article, line.by) == ("Decision 4/2026", "13", office)
    assert browser.get(f"{way}/suspend/").status_code == 409
    assert browser.post(f"{way}/suspend/", {"basis": "Again", "on": today}).status_code == 409
    assert "Reinstate" in browser.get(f"{way}/change/").content.decode()


def test_a_change_of_membership_lies_between_its_last_line_and_today(as_: SignIn, office: User) -> None:
    membership = factories.a_member()
    browser = as_(office)
    for day in (date(2019, 1, 1), timezone.localdate() + timedelta(days=1)):
        values = {"basis": "Decision 4/2026", "on": day.isoformat()}
        page = browser.post(f"/admin/members/membership/{membership.pk}/suspend/", values)
        assert page.status_code == 422
        assert "Choose a day from" in page.content.decode()
    membership.refresh_from_db()
    assert membership.state == "active"


def test_a_mandate_opens_the_desk_and_its_end_closes_it(as_: SignIn, office: User, directors: list[User]) -> None:
    person = factories.a_user("new@example.org", full_name="New Director")
    browser, today = as_(office), timezone.localdate()
    values = {"email": "new@example.org", "role": "member", "starts_on": today.isoformat()}
    assert browser.post("/admin/members/directorship/appoint/", values).status_code == 303
    mandate = Directorship.objects.get(user=person)
    person.refresh_from_db()
    assert person.is_staff and person.groups.filter(name="directors").exists()
    assert AuditEvent.objects.filter(verb="director_appointed", actor=office).exists()
    again = browser.post("/admin/members/directorship/appoint/", values)
    assert again.status_code == 422
    assert "holds a mandate in these days already" in again.content.decode()
    end = f"/admin/members/directorship/{mandate.pk}/end/"
    early = browser.post(end, {"ends_on": (today - timedelta(days=1)).isoformat()})
    assert "cannot end before that day" in early.content.decode()
    assert browser.post(end, {"ends_on": today.isoformat()}).status_code == 303
    person.refresh_from_db()
    assert person.is_staff  # the last day is a day in office
    Directorship.objects.filter(pk=mandate.pk).update(
        starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1)
    )
    assert list(due.mandates_over(today)) == [person.pk]
    close_desks()
    assert list(due.mandates_over(today)) == []
    person.refresh_from_db()
    assert not person.is_staff and not person.groups.exists()
    assert browser.post(end, {"ends_on": today.isoformat()}).status_code == 409


def test_there_is_one_president_at_a_time(as_: SignIn, office: User, directors: list[User]) -> None:
    factories.a_user("second@example.org")
    values = {"email": "second@example.org", "role": "president", "starts_on": timezone.localdate().isoformat()}
    page = as_(office).post("/admin/members/directorship/appoint/", values)
    assert page.status_code == 422
    assert "Director 1 is President in these days." in page.content.decode()
    nobody = as_(office).post("/admin/members/directorship/appoint/", {**values, "email": "no@example.org"})
    assert "Nobody has an account with the address no@example.org" in nobody.content.decode()


@pytest.fixture
def change(office: User) -> ChangeRequest:
    membership = factories.a_member()
    organisation = membership.organisation
    return ChangeRequest.objects.create(
        organisation=organisation,
        changes={"street": [organisation.street, "Strada Nouă 2"]},
        reason="We moved.",
        asked_by=organisation.representations.get().user,
    )


def test_the_office_accepts_a_change_and_the_second_click_is_polite(
    as_: SignIn, office: User, change: ChangeRequest
) -> None:
    browser = as_(office)
    page = browser.get(f"/admin/members/changerequest/{change.pk}/change/").content.decode()
    assert "Strada Lungă 1" in page and "Strada Nouă 2" in page and "We moved." in page
    assert "(1)" in browser.get("/admin/").content.decode()
    way = f"/admin/members/changerequest/{change.pk}/accept/"
    assert browser.post(way, {"answer": ""}).status_code == 303
    change.organisation.refresh_from_db()
    assert change.organisation.street == "Strada Nouă 2"
    assert browser.post(way, {"answer": ""}).status_code == 303
    late = browser.post(f"/admin/members/changerequest/{change.pk}/refuse/", {"answer": "No."})
    assert late.status_code == 409


def test_a_refusal_needs_an_answer_and_keeps_everything(as_: SignIn, office: User, change: ChangeRequest) -> None:
    browser = as_(office)
    way = f"/admin/members/changerequest/{change.pk}/refuse/"
    assert browser.post(way, {"answer": " "}).status_code == 422
    assert browser.post(way, {"answer": "The certificate says otherwise."}).status_code == 303
    change.refresh_from_db()
    assert (change.state, change.answer) == ("refused", "The certificate says otherwise.")
    change.organisation.refresh_from_db()
    assert change.organisation.street == "Strada Lungă 1"


def test_resolutions_are_found_and_print_their_figures(as_: SignIn, directors: list[User]) -> None:
    vote = factories.an_open_round(directors, name="Țesătura Filtrelor SA")
    for director in directors[:4]:
        factories.votes(vote, director, "against", "No contribution.")
    resolution = Resolution.objects.get()
    browser = as_(directors[1])
    found = browser.get("/admin/members/resolution/?q=tesatura").content.decode()
    assert f">{resolution}<" in found
    page = browser.get(f"/admin/members/resolution/{resolution.pk}/change/").content.decode()
    assert "is rejected" in page and "No contribution." in page and "Directors in office" in page


def test_a_sector_is_edited_by_the_office_with_comma_letters_and_never_deleted(as_: SignIn, office: User) -> None:
    browser = as_(office)
    sector = Sector.objects.order_by("position")[0]
    way = f"/admin/members/sector/{sector.pk}/"
    answer = browser.post(f"{way}change/", {"name_ro": "Detecţie şi pază", "name_en": "Detection", "position": "3"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    sector.refresh_from_db()
    assert sector.name_ro == "Detecție și pază"
    assert AuditEvent.objects.filter(verb="word_edited", target_id=str(sector.pk)).exists()
    assert browser.post(f"{way}delete/", {"post": "yes"}).status_code == 403
    assert browser.get(f"{way}history/").status_code == 200


def test_words_of_the_tree_are_changed_at_the_vocabulary_desk_only(as_: SignIn, office: User, superuser: User) -> None:
    """The desk knows who was first; a form beside it would overwrite what another person has just written."""
    tag = Tag.objects.filter(parent__isnull=False).order_by("position")[0]
    way = f"/admin/members/tag/{tag.pk}/"
    values = {"name_ro": "Altul", "name_en": "Other", "aliases": "", "active": "on", "position": "3"}
    for person in (office, superuser):
        browser = as_(person)
        assert f'href="/members/vocabulary/{tag.pk}/"' in browser.get(f"{way}change/").content.decode()
        assert browser.get(f"{way}history/").status_code == 200
        assert browser.post(f"{way}change/", values).status_code == 403
        assert browser.post("/admin/members/tag/add/", {**values, "code": "new"}).status_code == 403
        assert browser.post(f"{way}delete/", {"post": "yes"}).status_code == 403
    tag.refresh_from_db()
    assert tag.name_ro != "Altul"
