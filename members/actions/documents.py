"""Puts documents into the file of a request, corrects their days and takes them out."""

from datetime import date
from typing import Any
from uuid import UUID

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from cluster_portal.common import audit
from cluster_portal.common.models import User
from cluster_portal.common.uploads import EXTENSIONS, CheckedFile, UploadRefused, stored
from members.actions.drafts import editable, touched
from members.models import AdhesionDocument, AdhesionRequest
from members.queries.drafts import bytes_kept, document_slots, draft_of
from members.rules.errors import RuleError

QUOTA = 300 * 1024 * 1024  # bytes an organisation
MOST_OF_A_KIND = 10


def add_document(
    pk: int,
    kind: str,
    *,
    by: User,
    upload: "UploadedFile[Any]",
    checked: CheckedFile,
    issued_on: date | None = None,
    expires_on: date | None = None,
) -> AdhesionDocument:
    """Keep an uploaded file; where the statute asks for one, the older one is marked as replaced and kept.

    The file is written before the row and taken away again when the row is not. UploadRefused: no room left.
    """
    with stored(upload, "documents", EXTENSIONS[checked.content_type]) as name, transaction.atomic():
        request = editable(pk, by)
        if bytes_kept(request.organisation) + checked.size > QUOTA:
            raise UploadRefused("quota_used_up", limit=QUOTA // 1024 // 1024)
        _make_room(request, kind)
        document = AdhesionDocument.objects.create(
            request=request,
            kind_id=kind,
            file=name,
            original_name=checked.name,
            content_type=checked.content_type,
            size=checked.size,
            sha256=checked.sha256,
            issued_on=issued_on,
            expires_on=expires_on,
            uploaded_by=by,
        )
        if "documents" not in request.steps_done:
            request.steps_done.append("documents")
        touched(request)
        audit.record("document_added", request, by=by, document=kind, sha256=checked.sha256)
    return document


def _make_room(request: AdhesionRequest, kind: str) -> None:
    """Mark what the new file replaces; refuse a kind that is not asked of this applicant, or too many of one."""
    slot = next((one for one in document_slots(draft_of(request)) if one.kind.code == kind), None)
    if slot is None:
        raise RuleError("document_not_asked")
    if not slot.several:
        request.documents.filter(kind=kind, replaced_at__isnull=True).update(replaced_at=timezone.now())
    elif len(slot.documents) >= MOST_OF_A_KIND:
        raise RuleError("documents_full", {"most": MOST_OF_A_KIND})


@transaction.atomic
def date_document(pk: int, key: UUID, *, by: User, issued_on: date | None, expires_on: date | None) -> None:
    """Correct the days of a document that is already in the file."""
    request = editable(pk, by)
    document = _current(request, key)
    if (document.issued_on, document.expires_on) == (issued_on, expires_on):
        return
    document.issued_on, document.expires_on = issued_on, expires_on
    document.save(update_fields=["issued_on", "expires_on"])
    touched(request)
    audit.record("document_dated", request, by=by, document=document.kind_id)


@transaction.atomic
def remove_document(pk: int, key: UUID, *, by: User) -> None:
    """Take a document out. Of a draft nothing stays; of a file that was submitted once the history stays."""
    request = editable(pk, by)
    document = _current(request, key)
    if request.number is None:
        document.delete()
        forget_file(document.file.name)
    else:
        document.replaced_at = timezone.now()
        document.save(update_fields=["replaced_at"])
    touched(request)
    audit.record("document_removed", request, by=by, document=document.kind_id)


def _current(request: AdhesionRequest, key: UUID) -> AdhesionDocument:
    document = request.documents.filter(key=key, replaced_at__isnull=True).first()
    if document is None:
        raise RuleError("document_gone")
    return document


def forget_file(name: str | None) -> None:
    """Delete a kept file once the deletion of its row is committed."""
    if name:
        transaction.on_commit(lambda: default_storage.delete(name), robust=True)
