"""What the engine owns is edited by nobody: raw POSTs to every address of the admin, as every desk, change nothing."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.db.models import Model
from django.urls import reverse

from cluster_portal.common.admin import ReadOnlyAdmin
from cluster_portal.common.models import AuditEvent, User
from members.models import (
    AdhesionRequest,
    ChangeRequest,
    Directorship,
    Membership,
    Organisation,
    RegisterEvent,
    Resolution,
    StatuteVersion,
)
from tests import factories
from tests.members.desk.conftest import SignIn

pytestmark = pytest.mark.django_db

OWNED: tuple[type[Model], ...] = (
    AuditEvent,
    AdhesionRequest,
    ChangeRequest,
    Directorship,
    Membership,
    Organisation,
    RegisterEvent,
    Resolution,
    StatuteVersion,
)
FIELDS = {
    "state": "approved",
    "number": "2026-999",
    "outcome": "approved",
    "decided_at_0": "2026-01-01",
    "decided_at_1": "10:00",
    "legal_name": "Taken Over",
    "role": "president",
    "ends_on": "2020-01-01",
    "verb": "excluded",
    "id": "1",
    "pk": "1",
    "_save": "Save",
    "_method": "PUT",
    "form-TOTAL_FORMS": "1",
    "form-INITIAL_FORMS": "1",
    "form-0-id": "1",
    "form-0-state": "approved",
    "_selected_action": "1",
    "action": "delete_selected",
    "index": "0",
    "post": "yes",
}


def checksum() -> list[tuple[str, object]]:
    """One number a table of ours; sessions and the trail of sign-ins aside."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.startswith(("members_", "common_", "auth_", "mfa_", "account_"))
        ]
        found: list[tuple[str, object]] = []
        for table in sorted(tables):
            cursor.execute(f'SELECT coalesce(sum(hashtext(t::text)::bigint), 0) FROM "{table}" t')
            found.append((table, cursor.fetchone()))
        return found


@pytest.fixture
def decided(directors: list[User]) -> AdhesionRequest:
    vote = factories.an_open_round(directors)
    for director in directors[:4]:
        factories.votes(vote, director, "for")
    ChangeRequest.objects.create(
        organisation=vote.request.organisation, changes={"street": ["a", "b"]}, reason="x", asked_by=directors[0]
    )
    return AdhesionRequest.objects.get(pk=vote.request_id)


def test_raw_posts_to_what_the_engine_owns_are_refused_for_every_desk(
    as_: SignIn, decided: AdhesionRequest, directors: list[User], office: User, superuser: User
) -> None:
    rows = {model: model._default_manager.order_by("pk").last() for model in OWNED}
    assert all(rows.values())
    for user in (directors[1], office, superuser):
        browser = as_(user)
        before = checksum()
        for model, row in rows.items():
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
            doors = [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
            assert row is not None
            doors += [reverse(f"{name}_{act}", args=[row.pk]) for act in ("change", "delete", "history")]
            for way in doors:
                for method in (browser.post, browser.put, browser.delete, browser.patch):
                    values = FIELDS if method == browser.post else ""
                    answer = method(way, values)
                    assert answer.status_code in {403, 405}, (user, way, method.__name__, answer.status_code)
        assert checksum() == before


def test_the_tables_of_membership_are_read_only_by_their_class() -> None:
    for model in OWNED:
        assert isinstance(admin.site._registry[model], ReadOnlyAdmin), model
    for model, made in admin.site._registry.items():
        assert not made.list_editable, model
        assert made.actions_on_top, f"{model}: without the bar of actions the list emits an inline style"


def test_the_page_of_an_owned_thing_has_no_field_to_edit(
    as_: SignIn, decided: AdhesionRequest, superuser: User
) -> None:
    browser = as_(superuser)
    for model in OWNED:
        row = model._default_manager.order_by("pk").last()
        assert row is not None
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
        answer = browser.get(reverse(address, args=[row.pk]))
        if model is RegisterEvent:
            assert answer.status_code == 404  # a line is read on its membership's page
            continue
        assert answer.status_code == 200, model
        assert 'name="_save"' not in answer.content.decode()


def test_a_director_cannot_rise_by_the_admin(as_: SignIn, directors: list[User], superuser: User) -> None:
    browser = as_(directors[1])
    before = checksum()
    group = Group.objects.get(name="office")
    for way in (
        f"/admin/common/user/{directors[1].pk}/change/",
        f"/admin/common/user/{superuser.pk}/change/",
        "/admin/common/user/add/",
        f"/admin/auth/group/{group.pk}/change/",
        "/admin/auth/group/add/",
        "/admin/common/cluster/1/change/",
        "/admin/members/sector/add/",
    ):
        values = {"is_superuser": "on", "is_staff": "on", "groups": [group.pk], "email": "a@example.org"}
        assert browser.post(way, values).status_code in {403, 404}, way
    assert checksum() == before


def test_superuser_gives_the_office_and_cannot_lock_themselves_out(as_: SignIn, superuser: User) -> None:
    person = factories.a_user("new@example.org")
    browser = as_(superuser)
    group = Group.objects.get(name="office")
    values = {"full_name": "New", "language": "ro", "is_active": "on", "is_staff": "on", "groups": [group.pk]}
    answer = browser.post(f"/admin/common/user/{person.pk}/change/", values)
    assert answer.status_code == 302
    person.refresh_from_db()
    assert person.is_staff and list(person.groups.all()) == [group]
    assert AuditEvent.objects.filter(verb="person_edited", target_id=str(person.pk)).exists()
    page = browser.post(f"/admin/common/user/{superuser.pk}/change/", {"full_name": "", "language": "ro"})
    assert "You cannot take your own rights away" in page.content.decode()
    superuser.refresh_from_db()
    assert superuser.is_superuser and superuser.is_active


def test_the_office_edits_the_cluster_and_the_pages_show_it(
    as_: SignIn, office: User, django_capture_on_commit_callbacks: object
) -> None:
    browser = as_(office)
    page = browser.get("/admin/common/cluster/1/change/")
    values = {name: value or "" for name, value in page.context["adminform"].form.initial.items()}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        answer = browser.post("/admin/common/cluster/1/change/", {**values, "seat": "Sibiu, Strada Lungă 1"})
    assert answer.status_code == 302, answer.context["adminform"].form.errors
    assert "Sibiu, Strada Lungă 1" in browser.get("/admin/").content.decode()
    event = AuditEvent.objects.get(verb="cluster_edited")
    assert event.params == {"fields": ["seat"]}
