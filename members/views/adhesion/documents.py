"""The documents of a request: the step that lists them, adding, taking out, and giving them to who may read them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.common.http import see_other
from cluster_portal.common.limits import limited
from cluster_portal.common.unsent import keeps_typed, typed
from cluster_portal.common.uploads import UploadRefused, attachment
from members.actions.documents import QUOTA, date_document
from members.actions.documents import add_document as keep_document
from members.actions.documents import remove_document as take_out
from members.forms.adhesion_file import DocumentForm
from members.models import AdhesionRequest
from members.queries.drafts import DocumentSlot, bytes_kept, document_slots
from members.rules.errors import RuleError
from members.views.adhesion.access import file_to_change, file_to_read, is_editable, not_now, person, under_a_statute
from members.views.adhesion.margin import address, around, missed
from members.wording import sentence

MEGABYTE = 1024 * 1024


@require_safe
def document(request: HttpRequest, key: UUID, document: UUID) -> HttpResponseBase:
    """The file, saved by the browser; for its owner, the office, and directors without an interest."""
    adhesion = file_to_read(request, key)
    found = adhesion.documents.filter(key=document).first()
    if found is None:
        raise Http404
    return attachment(found.file, found.original_name, found.content_type)


def documents_page(
    request: HttpRequest, adhesion: AdhesionRequest, *, wrong: DocumentForm | None = None, status: int = 200
) -> HttpResponse:
    """Every document that concerns this applicant, with its form; `wrong` is one that was just refused."""
    if request.method == "POST" and wrong is None:  # the button "go on" of this step
        return see_other("members:request-step", adhesion.key, "declarations")
    values = around(adhesion, "documents")
    draft = values["draft"]
    unsent = typed(request)
    lacks = {one.field: missed(draft, one).label for one in draft.of("documents")}
    values |= {
        "slots": [_shown(slot, lacks.get(slot.kind.code, ""), wrong, unsent) for slot in document_slots(draft)],
        "wrong": wrong,
        "used": bytes_kept(adhesion.organisation) // MEGABYTE,
        "quota": QUOTA // MEGABYTE,
        "unsent": unsent,
    }
    return render(request, "members/adhesion/steps/documents.html", values, status=status)


def _shown(slot: DocumentSlot, lack: str, wrong: DocumentForm | None, unsent: QueryDict | None) -> dict[str, Any]:
    """One kind of document with its form, which holds the days of the document that is there."""
    if wrong is not None and wrong.kind.code == slot.kind.code:
        form = wrong
    else:
        days = {}
        if slot.documents and not slot.several:
            days = {"issued_on": slot.documents[0].issued_on, "expires_on": slot.documents[0].expires_on}
        for name in ("issued_on", "expires_on"):
            if unsent and unsent.get(f"{slot.kind.code}-{name}"):
                days[name] = unsent[f"{slot.kind.code}-{name}"]  # type: ignore[assignment]  # as it was typed
        form = DocumentForm(kind=slot.kind, needs_file=not slot.documents or slot.several, initial=days)
    return {"slot": slot, "form": form, "lack": "" if form.errors else lack}


@keeps_typed
@limited("adhesion_document", "120/h/user")
@require_POST
@under_a_statute
def add_document(request: HttpRequest, key: UUID, kind: str) -> HttpResponse:
    """Keep a file with its days, or correct the days of the one that is there."""
    adhesion = file_to_change(request, key)
    if not is_editable(adhesion):
        return not_now(request, adhesion, sentence(RuleError("not_editable")))
    slot = next((one for one in document_slots(around(adhesion, "documents")["draft"]) if one.kind.code == kind), None)
    if slot is None:
        raise Http404
    form = DocumentForm(request.POST, request.FILES, kind=slot.kind, needs_file=not slot.documents or slot.several)
    form.is_valid()
    try:
        words = _keep(request, adhesion, slot, form)
    except UploadRefused as refused:
        form.add_error("file", refused.sentence)
        words = ""
    except RuleError as error:
        form.add_error(None, sentence(error))
        words = ""
    if form.errors:
        if words:
            messages.success(request, words)
        return documents_page(request, adhesion, wrong=form, status=422)
    messages.success(request, words)
    return see_other(address(adhesion, "documents") + f"#{kind}")


def _keep(request: HttpRequest, adhesion: AdhesionRequest, slot: DocumentSlot, form: DocumentForm) -> str:
    """A good file is kept even when its days are wrong: it need not be chosen again. Says what was done."""
    days = {name: form.cleaned_data.get(name) for name in ("issued_on", "expires_on")}
    me = person(request)
    if form.received:
        upload = form.cleaned_data["file"]
        keep_document(adhesion.pk, slot.kind.code, by=me, upload=upload, checked=form.received, **days)
        return _("“%(name)s” is in the file.") % {"name": form.received.name}
    if form.errors or not slot.documents or slot.several:
        return ""
    date_document(adhesion.pk, slot.documents[0].key, by=me, **days)
    return _("The days of the document have been saved.")


@limited("adhesion_document", "120/h/user")
@require_POST
def remove_document(request: HttpRequest, key: UUID, document: UUID) -> HttpResponse:
    """Take a document out of a draft or of a returned file."""
    adhesion = file_to_change(request, key)
    if not adhesion.documents.filter(key=document).exists():
        raise Http404
    try:
        take_out(adhesion.pk, document, by=person(request))
    except RuleError as error:
        return not_now(request, adhesion, sentence(error))
    messages.success(request, _("The document has been taken out of the file."))
    return see_other("members:request-step", adhesion.key, "documents")
