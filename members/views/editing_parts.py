"""The rows of a profile on a member's own pages: people, offers and needs, certificates."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.models import User
from cluster_portal.common.uploads import UploadRefused
from members.actions.profile import Overtaken
from members.actions.profile_parts import (
    PartGone,
    remove_part,
    save_capability,
    save_certificate,
    save_person,
)
from members.enums import Direction
from members.forms.profile_parts import CapabilityForm, CertificateForm, PartForm, PersonForm
from members.models import Capability, Certificate, Organisation, Person
from members.models.capability import MOST_NEEDS, MOST_OFFERS
from members.queries.editing import word_called, words
from members.queries.foreseen import what_would_change
from members.rules.errors import RuleError
from members.views.editing_doors import Door, clash_page, opened
from members.wording import sentence


@dataclass(frozen=True)
class Kind:
    """One list of rows: its model, its form and the words of its pages."""

    code: str
    model: type[Person] | type[Capability] | type[Certificate]
    form: type[PartForm]
    title: Any
    add: Any
    words: str  # of the glossary, which its pages explain
    direction: str = ""


KINDS = {
    kind.code: kind
    for kind in (
        Kind("people", Person, PersonForm, gettext_lazy("People"), gettext_lazy("Add a person"), "visibility"),
        Kind(
            "offers",
            Capability,
            CapabilityForm,
            gettext_lazy("What you offer"),
            gettext_lazy("Add an offer"),
            "capability trl dual-use export-control visibility",
            Direction.OFFERED,
        ),
        Kind(
            "needs",
            Capability,
            CapabilityForm,
            gettext_lazy("What you need"),
            gettext_lazy("Add a need"),
            "capability trl match visibility",
            Direction.SOUGHT,
        ),
        Kind(
            "certificates",
            Certificate,
            CertificateForm,
            gettext_lazy("Certificates"),
            gettext_lazy("Add a certificate"),
            "aqap classified visibility",
        ),
    )
}
MOST = {"offers": MOST_OFFERS, "needs": MOST_NEEDS}


def rows_of(organisation: Organisation, kind: Kind) -> Any:
    """The rows of one list, with what its page shows."""
    found: Any = kind.model._default_manager.filter(organisation=organisation)
    if kind.model is Capability:
        return found.filter(direction=kind.direction).select_related("tag", "tag__parent")
    return found


@never_cache
@require_safe
def parts(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """One list of rows."""
    kind, door = KINDS[part], opened(request, slug)
    context = {"door": door, "organisation": door.organisation, "kind": kind, "most": MOST.get(part)}
    context |= {"rows": list(rows_of(door.organisation, kind)), "today": timezone.localdate()}
    return render(request, f"members/editing/{part}.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part_add(request: HttpRequest, slug: str, part: str) -> HttpResponse:
    """A new row; for an offer or a need its word is chosen first."""
    kind, door = KINDS[part], opened(request, slug, writing=True)
    row = kind.model(organisation=door.organisation)
    if isinstance(row, Capability):
        word = word_called(request.POST.get("tag") or request.GET.get("tag") or "")
        if word is None:
            return _choose_word(request, door, kind)
        row.direction, row.tag = kind.direction, word
        row.side = door.organisation.side
    return _form_page(request, door, kind, row)


def _choose_word(request: HttpRequest, door: Door, kind: Kind) -> HttpResponse:
    query = request.GET.get("q", "")[:80]
    context = {
        "door": door,
        "organisation": door.organisation,
        "kind": kind,
        "query": query,
        "words": words(query, door.organisation, kind.direction),
    }
    fragment = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # its middleware
    return render(request, "members/editing/words.html" if fragment else "members/editing/choose.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part_edit(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponse:
    """One row: shown, and saved at once."""
    kind, door = KINDS[part], opened(request, slug)
    row = rows_of(door.organisation, kind).filter(pk=pk).first()
    if row is None:
        if request.method != "POST" or kind.model is Capability:
            raise Http404
        row = kind.model(organisation=door.organisation)  # removed meanwhile: what was typed can be added again
        return _form_page(request, door, kind, row, gone=True)
    return _form_page(request, door, kind, row)


def _form_page(request: HttpRequest, door: Door, kind: Kind, row: Any, *, gone: bool = False) -> HttpResponse:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = kind.form(data, files, instance=row)
    if not door.may:
        form.lock()
    trying = "what_if" in request.POST  # asks what it would change, and saves nothing
    if data is not None and form.is_valid() and not gone and not trying:
        answer = _saved(request, door, kind, form, row)
        if answer is not None:
            return answer
    if gone:
        form.is_valid()
        form.add_error(None, sentence(PartGone()))
    action = reverse("members:part-add", args=[door.organisation.slug, kind.code]) if gone else request.path
    context = {"door": door, "organisation": door.organisation, "kind": kind, "form": form, "row": row, "to": action}
    if isinstance(row, Capability) and door.may:
        context["changes"] = what_would_change(row, _maturity(form) if trying else row.trl)
    return render(request, "members/editing/part.html", context)


def _maturity(form: PartForm) -> int | None:
    found = form.cleaned_data.get("trl")
    return int(found) if found else None


def _saved(request: HttpRequest, door: Door, kind: Kind, form: PartForm, row: Any) -> HttpResponse | None:
    """Save a valid form; None when the rules refuse, which the form then says."""
    pk, slug = row.pk, door.organisation.slug
    try:
        _save(door.organisation.pk, door.user, kind, form, row)
    except Overtaken as error:
        fresh = rows_of(door.organisation, kind).get(pk=pk)
        return clash_page(request, form, error, fresh, request.path)
    except UploadRefused as error:
        form.add_error("upload", error.sentence)
        return None
    except RuleError as error:
        form.add_error(None, sentence(error))
        return None
    messages.success(request, _("Saved. It is live now."))
    return redirect("members:profile-part", slug, kind.code)


def _save(organisation: int, user: User, kind: Kind, form: PartForm, row: Any) -> None:
    values, edition = form.values(), form.seen_version()
    if isinstance(row, Person):
        save_person(organisation, by=user, values=values, person=row.pk, edition=edition)
    elif isinstance(row, Capability):
        save_capability(
            organisation,
            by=user,
            values=values,
            direction=kind.direction,
            tag=row.tag_id,
            capability=row.pk,
            edition=edition,
        )
    else:
        save_certificate(
            organisation,
            by=user,
            values=values,
            certificate=row.pk,
            edition=edition,
            upload=form.cleaned_data.get("upload"),
            drop_file=bool(form.cleaned_data.get("drop_file")),
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def part_remove(request: HttpRequest, slug: str, part: str, pk: int) -> HttpResponse:
    """Asks first, then takes a row off the profile."""
    kind, door = KINDS[part], opened(request, slug, writing=True)
    row = rows_of(door.organisation, kind).filter(pk=pk).first()
    if row is None:
        raise Http404
    back = reverse("members:profile-part", args=[slug, part])
    if request.method == "POST":
        try:
            model: Any = kind.model
            name = remove_part(door.organisation.pk, model, pk, by=door.user)
        except RuleError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("“%(name)s” was removed.") % {"name": name})
        return redirect(back)
    context = {"organisation": door.organisation, "row": row, "back": back, "danger": True}
    return render(request, "members/editing/remove.html", context)
