"""Every door of the member's side, tried as every role: rows 4 to 12 of the permission matrix."""

from __future__ import annotations

import pytest

from members.models import Organisation
from tests.members.profile.conftest import World, signed_in

pytestmark = pytest.mark.django_db

LOGIN = 302
ROLES = ("visitor applicant representative contributor other suspended director office superuser").split()
READ = {"visitor": LOGIN, "applicant": 404, "other": 404, "suspended": 404, "director": 403}
"""Who may not even read the pages of /members/prut/edit/; everybody else 200."""
NO_WRITE_PEOPLE = {**READ, "contributor": 403}

PAGES = {
    "edit/": READ,
    "edit/texts/": READ,
    "edit/contact/": READ,
    "edit/classification/": READ,
    "edit/visibility/": READ,
    "edit/logo/": READ,
    "edit/people/": READ,
    "edit/people/add/": READ,
    "edit/offers/": READ,
    "edit/offers/add/": READ,
    "edit/needs/": READ,
    "edit/needs/add/": READ,
    "edit/certificates/": READ,
    "edit/certificates/add/": READ,
    "edit/logo/remove/": READ,
    "preview/visitor/": READ,
    "preview/member/": READ,
    "preview/partner/": READ,
    "people/": READ,
    "people/invite/": NO_WRITE_PEOPLE,
    "changes/": READ,
    "changes/ask/": NO_WRITE_PEOPLE,
    "edit/nothing/": {role: LOGIN if role == "visitor" else 404 for role in ROLES},
    "preview/nobody/": {**dict.fromkeys(ROLES, 404), "visitor": LOGIN, "director": 403},
}


@pytest.mark.parametrize("role", ROLES)
def test_pages_of_a_member_open_only_to_its_people_and_the_office(world: World, role: str) -> None:
    client = signed_in(world.role(role))
    found = {page: client.get(f"/members/prut/{page}").status_code for page in PAGES}
    assert found == {page: closed.get(role, 200) for page, closed in PAGES.items()}


@pytest.mark.parametrize("role", ROLES)
def test_posts_to_a_member_pass_only_from_its_people_and_the_office(world: World, role: str) -> None:
    client = signed_in(world.role(role))
    colleague = world.organisation.representations.get(user=world.contributor)
    capability = world.organisation.capabilities.get()
    profile = READ.get(role, 200)
    people = NO_WRITE_PEOPLE.get(role, 302)
    doors = {
        "edit/texts/": READ.get(role, 409),  # it does not say which state it was opened on
        "edit/contact/": READ.get(role, 409),
        "edit/classification/": READ.get(role, 409),
        "edit/visibility/": profile,  # an empty form is not valid: the page with its errors
        "edit/people/add/": profile,
        "edit/offers/add/": profile,
        f"edit/offers/{capability.pk}/": profile,
        "edit/certificates/add/": profile,
        "edit/logo/": profile,
        "edit/logo/remove/": READ.get(role, 302),
        "people/invite/": NO_WRITE_PEOPLE.get(role, 200),
        f"people/{colleague.pk}/role/": people,
        "people/999999/role/": {**NO_WRITE_PEOPLE}.get(role, 404),
        "people/invitations/999999/revoke/": {**NO_WRITE_PEOPLE}.get(role, 404),
        "changes/ask/": NO_WRITE_PEOPLE.get(role, 200),
        "changes/00000000-0000-0000-0000-000000000000/withdraw/": {**NO_WRITE_PEOPLE}.get(role, 404),
        f"edit/offers/{capability.pk}/remove/": READ.get(role, 302),
    }
    before = Organisation.objects.values().get(pk=world.organisation.pk)
    found = {door: client.post(f"/members/prut/{door}").status_code for door in doors}
    assert found == doors
    if role not in {"representative", "contributor", "office", "superuser"}:
        assert Organisation.objects.values().get(pk=world.organisation.pk) == before
        assert world.organisation.capabilities.count() == 1


def test_people_of_a_suspended_member_read_their_pages_but_change_nothing(world: World) -> None:
    client = signed_in(world.suspended)
    assert {page: client.get(f"/members/jiu/{page}").status_code for page in PAGES} == {
        page: 404 if page in {"edit/nothing/", "preview/nobody/"} else 403 if "add" in page or page in WRITING else 200
        for page in PAGES
    }
    for door in ("edit/texts/", "edit/visibility/", "edit/logo/", "edit/people/add/", "people/invite/", "changes/ask/"):
        assert client.post(f"/members/jiu/{door}").status_code == 403
    assert "cannot" not in client.get("/members/jiu/edit/texts/").content.decode()
    assert client.get("/members/jiu/edit/texts/").context["form"]["summary_ro"].field.disabled


WRITING = {"people/invite/", "changes/ask/", "edit/logo/remove/"}


def test_the_pages_of_nobody_do_not_exist(world: World) -> None:
    draft = world.applicant.representations.get().organisation
    for role in ("representative", "director", "office"):
        client = signed_in(world.role(role))
        assert client.get("/members/nobody-here/edit/").status_code == 404
        assert client.get(f"/members/{draft.slug}/edit/").status_code == 404, "an applicant is no member yet"
    assert signed_in(world.applicant).get(f"/members/{draft.slug}/edit/").status_code == 404


def test_a_removed_colleague_is_out_with_the_very_next_request(world: World) -> None:
    client = signed_in(world.contributor)
    assert client.get("/members/prut/edit/").status_code == 200
    pk = world.organisation.representations.get(user=world.contributor).pk
    assert signed_in(world.representative).post(f"/members/prut/people/{pk}/remove/").status_code == 302
    assert client.get("/members/prut/edit/").status_code == 404
    assert client.post("/members/prut/edit/texts/", {"summary_en": "Still here"}).status_code == 404


def test_the_reader_of_no_organisation_is_told_how_to_get_one(world: World) -> None:
    page = signed_in(world.office).get("/members/mine/")
    assert page.status_code == 200
    assert "You do not act for a member" in page.content.decode()
    assert signed_in(None).get("/members/mine/").status_code == LOGIN
