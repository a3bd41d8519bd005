"""Documents of a request: kept, replaced, dated, taken out, refused with a reason; given to nobody else."""

from __future__ import annotations

import resource
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cluster_portal.common.models import User
from cluster_portal.common.uploads import UploadRefused, check_document
from members.actions import documents as acts
from members.actions.adhesion import submit_adhesion
from members.actions.office import return_request
from members.models import AdhesionDocument, AdhesionRequest
from tests import factories
from tests.members.adhesion import corpus
from tests.members.adhesion.conftest import ORGANISATION, ROLE, page

pytestmark = pytest.mark.django_db


def file(content: bytes = corpus.pdf(), name: str = "act.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def sent(client: Client, adhesion: AdhesionRequest, kind: str, **typed: Any) -> Any:
    fields = {f"{kind}-{name}": value for name, value in typed.items() if value is not None}
    return client.post(reverse("members:document-add", args=[adhesion.key, kind]), fields)


def kept_files() -> set[str]:
    return set(default_storage.listdir("documents")[1]) if default_storage.exists("documents") else set()


def status_of(client: Client, path: str) -> int:
    answer = client.get(path)
    let_go(answer)
    return answer.status_code


def let_go(answer: Any) -> None:
    """Close the file behind an answer; the client's own `close` would close the connection of the test as well."""
    for close in answer._resource_closers:
        close()


def address(document: AdhesionDocument, name: str = "document") -> str:
    return reverse(f"members:{name}", args=[document.request.key, document.key])


def test_a_document_is_kept_with_its_days_under_a_name_of_our_own(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = sent(browser_of, draft, "const_act", file=file(name="../Act ștampilat.PDF"), issued_on="2026-03-01")
    assert (answer.status_code, answer["Location"]) == (303, f"{page(draft, 'documents')}#const_act")
    document = draft.documents.get()
    assert (document.original_name, document.issued_on) == ("Act ștampilat.pdf", date(2026, 3, 1))
    assert (document.content_type, document.size) == ("application/pdf", len(corpus.pdf()))
    assert len(document.sha256) == 64
    name = str(document.file.name)
    assert "ștampilat" not in name and name.endswith(".pdf")
    assert "Act ștampilat.pdf" in browser_of.get(page(draft, "documents")).content.decode()


def test_a_download_is_saved_never_opened_and_never_cached(browser_of: Client, draft: AdhesionRequest) -> None:
    sent(browser_of, draft, "const_act", file=file(name='x"; filename=evil.html\r\n.pdf'))
    answer = browser_of.get(address(draft.documents.get()))
    assert isinstance(answer, FileResponse)
    assert b"".join(answer.streaming_content) == corpus.pdf()
    let_go(answer)
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_newer_document_replaces_the_older_one_which_stays_in_the_history(
    browser_of: Client, draft: AdhesionRequest
) -> None:
    sent(browser_of, draft, "const_act", file=file(name="one.pdf"))
    sent(browser_of, draft, "const_act", file=file(name="two.pdf"))
    names = draft.documents.order_by("id").values_list("original_name", "replaced_at")
    assert [(name, at is None) for name, at in names] == [("one.pdf", False), ("two.pdf", True)]


def test_an_optional_kind_holds_several_documents(browser_of: Client, draft: AdhesionRequest) -> None:
    for name in ("iso.pdf", "aqap.pdf"):
        sent(browser_of, draft, "certs", file=file(name=name))
    assert draft.documents.filter(replaced_at=None).count() == 2


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"#!/bin/sh\n", "script.pdf", "not a PDF"),
        (b"", "empty.pdf", "empty"),
        (corpus.pdf(b"<</S/JavaScript/JS(x)>>"), "active.pdf", "script"),
        (corpus.pdf(b"x" * 30 * 1024 * 1024), "huge.pdf", "larger than 15 MB"),
        (corpus.huge_png(13_000, 13_000), "bomb.png", "pixels"),
        (corpus.office_of_entries(3_000), "bomb.docx", "unpacks"),
    ],
)
def test_a_file_that_is_refused_is_said_at_its_field_and_the_days_stay(
    browser_of: Client, draft: AdhesionRequest, content: bytes, name: str, words: str
) -> None:
    answer = sent(browser_of, draft, "const_act", file=file(content, name), issued_on="2026-03-01")
    assert answer.status_code == 422
    wrong = answer.context["wrong"]
    assert words in wrong.errors["file"][0]
    assert wrong["issued_on"].value() == "2026-03-01"
    assert not draft.documents.exists()


@pytest.mark.parametrize(
    ("days", "field", "words"),
    [
        ({"issued_on": "2199-01-01"}, "issued_on", "future"),
        ({"issued_on": "2026-02-30"}, "issued_on", "day that exists"),
        ({"issued_on": "2026-03-01", "expires_on": "2026-02-01"}, "expires_on", "before the date of issue"),
        ({"issued_on": "99999-01-01"}, "issued_on", "day that exists"),
    ],
)
def test_a_file_with_a_wrong_day_is_kept_and_the_day_is_asked_again(
    browser_of: Client, draft: AdhesionRequest, days: dict[str, str], field: str, words: str
) -> None:
    answer = sent(browser_of, draft, "const_act", file=file(), **days)
    assert answer.status_code == 422
    assert words in answer.context["wrong"].errors[field][0]
    assert draft.documents.get().original_name == "act.pdf"
    assert "is in the file" in answer.content.decode()


def test_the_days_of_a_document_are_corrected_without_the_file(browser_of: Client, draft: AdhesionRequest) -> None:
    sent(browser_of, draft, "const_act", file=file())
    assert sent(browser_of, draft, "const_act", issued_on="01.03.2026").status_code == 303
    assert draft.documents.get().issued_on == date(2026, 3, 1)


def test_days_without_a_file_ask_for_the_file(browser_of: Client, draft: AdhesionRequest) -> None:
    answer = sent(browser_of, draft, "const_act", issued_on="2026-03-01")
    assert answer.status_code == 422
    assert answer.context["wrong"].errors["file"] == ["Choose the file."]


def test_a_document_too_old_for_the_statute_is_kept_and_said(browser_of: Client, draft: AdhesionRequest) -> None:
    browser_of.post(page(draft, "organisation"), ORGANISATION)
    browser_of.post(page(draft, "role"), ROLE)
    old = timezone.localdate() - timedelta(days=121)
    assert sent(browser_of, draft, "onrc", file=file(), issued_on=old.isoformat()).status_code == 303
    shown = browser_of.get(page(draft, "documents")).content.decode()
    assert "must not be older than 90 days" in shown


def test_a_document_that_does_not_concern_the_applicant_is_not_taken(
    browser_of: Client, draft: AdhesionRequest
) -> None:
    assert sent(browser_of, draft, "onrc", file=file()).status_code == 404  # nothing says that it is in the register
    assert sent(browser_of, draft, "no-such", file=file()).status_code == 404


def test_of_a_draft_nothing_stays_when_a_document_is_taken_out(
    browser_of: Client, draft: AdhesionRequest, django_capture_on_commit_callbacks: Any
) -> None:
    sent(browser_of, draft, "const_act", file=file())
    document = draft.documents.get()
    with django_capture_on_commit_callbacks(execute=True):
        assert browser_of.post(address(document, "document-remove")).status_code == 303
    assert not draft.documents.exists()
    assert not default_storage.exists(str(document.file.name))


def test_of_a_returned_file_the_history_stays(client: Client, applicant: User) -> None:
    request = submit_adhesion(factories.a_draft(applicant).pk, by=applicant)
    office = factories.an_office_person()
    return_request(request.pk, by=office, items=[{"code": "mandate", "note": ""}])
    document = request.documents.get(kind="mandate")
    client.force_login(applicant)
    assert client.post(address(document, "document-remove")).status_code == 303
    document.refresh_from_db()
    assert document.replaced_at is not None and default_storage.exists(str(document.file.name))


def test_a_full_quota_is_a_sentence_and_leaves_no_file(
    browser_of: Client, draft: AdhesionRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acts, "QUOTA", 100)
    before = kept_files()
    answer = sent(browser_of, draft, "const_act", file=file())
    assert "more than 0 MB" in answer.context["wrong"].errors["file"][0]
    assert kept_files() == before


def test_a_full_disk_is_a_sentence_and_leaves_neither_row_nor_file(browser_of: Client, draft: AdhesionRequest) -> None:
    before = kept_files()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40, hard))  # bytes that this process may write into one file
    try:
        answer = sent(browser_of, draft, "const_act", file=file())
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert answer.status_code == 422
    assert "no room left" in answer.context["wrong"].errors["file"][0]
    assert not draft.documents.exists()
    assert kept_files() == before


def test_a_row_that_cannot_be_written_takes_its_file_with_it(applicant: User, draft: AdhesionRequest) -> None:
    before = kept_files()
    upload = file()
    checked = check_document(upload)
    days = {"issued_on": date(2026, 3, 1), "expires_on": date(2026, 1, 1)}  # the database refuses these
    with pytest.raises(Exception, match="a_document_expires_after_it_is_issued"):
        acts.add_document(draft.pk, "const_act", by=applicant, upload=upload, checked=checked, **days)
    assert kept_files() == before


def test_too_many_of_one_kind_are_refused(applicant: User, draft: AdhesionRequest) -> None:
    checked = check_document(file())
    for _ in range(acts.MOST_OF_A_KIND):
        acts.add_document(draft.pk, "certs", by=applicant, upload=file(), checked=checked)
    with pytest.raises(ValueError, match="documents_full"):
        acts.add_document(draft.pk, "certs", by=applicant, upload=file(), checked=checked)
    with pytest.raises(UploadRefused):
        check_document(file(b"x"))


# --- Who else may have it ---------------------------------------------------------------------------------------------
@pytest.fixture
def twins(cluster: object) -> tuple[AdhesionRequest, AdhesionRequest]:
    """Two submitted requests of two people, alike in everything but their keys."""
    return factories.a_submitted_request(), factories.a_submitted_request()


def test_the_twin_gets_404_for_everything_of_the_other_also_with_swapped_keys(
    client: Client, twins: tuple[AdhesionRequest, AdhesionRequest]
) -> None:
    mine, theirs = twins
    my_document, their_document = mine.documents.all()[0], theirs.documents.all()[0]
    client.force_login(mine.applicant)
    assert status_of(client, address(my_document)) == 200
    pairs = [
        (theirs.key, their_document.key),
        (mine.key, their_document.key),
        (theirs.key, my_document.key),
        (mine.key, uuid4()),
    ]
    for key, document in pairs:
        path = reverse("members:document", args=[key, document])
        for method in (client.get, client.head):
            assert method(path).status_code == 404, path
        assert client.get(path, headers={"range": "bytes=0-3", "if-none-match": "*"}).status_code == 404
        assert client.post(reverse("members:document-remove", args=[key, document])).status_code == 404
    assert sent(client, theirs, "const_act", file=file()).status_code == 404
    assert theirs.documents.filter(replaced_at=None).count() == mine.documents.filter(replaced_at=None).count()


@pytest.mark.parametrize("end", ["../x", "%2e%2e%2fx", "x.pdf", "", "1", "00000000-0000-0000-0000-00000000000G"])
def test_other_spellings_of_a_document_address_lead_nowhere(
    client: Client, twins: tuple[AdhesionRequest, AdhesionRequest], end: str
) -> None:
    client.force_login(twins[0].applicant)
    path = f"/members/requests/{twins[0].key}/documents/{end}"
    assert client.get(path, follow=True).status_code in {404, 409}


def test_the_desks_read_a_submitted_file_and_nobody_else_does(
    client: Client, twins: tuple[AdhesionRequest, AdhesionRequest]
) -> None:
    request = twins[0]
    path = address(request.documents.all()[0])
    readers = {factories.an_office_person(): 200, factories.a_director(): 200, factories.a_user(): 404}
    readers[factories.a_member(user=factories.a_user()).organisation.representations.get().user] = 404
    for person, status in readers.items():
        client.force_login(person)
        assert status_of(client, path) == status, person
    client.logout()
    answer = client.get(path)
    assert answer.status_code == 302 and "/accounts/login/" in answer["Location"]


def test_nobody_at_a_desk_sees_a_document_of_a_draft(client: Client, applicant: User) -> None:
    document = factories.a_draft(applicant).documents.all()[0]
    for person in (factories.an_office_person(), factories.a_director(), factories.a_user(is_superuser=True)):
        client.force_login(person)
        assert client.get(address(document)).status_code == 404


def test_keys_of_documents_cannot_be_guessed(twins: tuple[AdhesionRequest, AdhesionRequest]) -> None:
    assert all(isinstance(one.key, UUID) and one.key.version == 4 for one in AdhesionDocument.objects.all())
