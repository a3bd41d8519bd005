"""Materials of an event on the office's pages, and whom an event by invitation is open to."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.uploads import attachment
from events.actions import programme as actions
from events.forms.editing_fields import refuse
from events.forms.editing_parts import FileForm, InviteForm, LinkForm, MaterialForm
from events.models import Event, Material
from events.queries import managing
from events.views.editing_doors import opened
from events.views.editing_parts import BOTH, data_of, edition, found_or_404, part_page, remove_page
from events.wording import sentence
from members.rules.errors import RuleError


@never_cache
@require_safe
def materials(request: HttpRequest, pk: int) -> HttpResponse:
    """Slides, recordings and papers of the event."""
    event, _user = opened(request, pk)
    return render(request, "events/editing/materials.html", {"event": event, "rows": managing.materials(event)})


def _context(event: Event, title: object) -> dict[str, Any]:
    back = reverse("events:manage-materials", args=[event.pk])
    return {"event": event, "title": title, "back": back, "at": "materials"}


@never_cache
@require_http_methods(BOTH)
def add_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, looked through before it is kept."""
    event, user = opened(request, pk)
    files = request.FILES if request.method == "POST" else None
    form = FileForm(data_of(request), files, instance=Material(event=event), event=event)

    def save() -> None:
        actions.add_file(event.pk, by=user, values=form.values(), upload=form.cleaned_data["upload"])

    return part_page(request, form, save, _context(event, _("Add a file")))


@never_cache
@require_http_methods(BOTH)
def add_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link to a recording or to slides that are elsewhere."""
    event, user = opened(request, pk)
    form = LinkForm(data_of(request), instance=Material(event=event), event=event)

    def save() -> None:
        actions.add_link(event.pk, by=user, values=form.values(), link=form.cleaned_data["link"])

    return part_page(request, form, save, _context(event, _("Add a link")))


@never_cache
@require_http_methods(BOTH)
def edit(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Title, circle and place of a material."""
    event, user = opened(request, pk)
    row = found_or_404(event.materials, part)
    form = MaterialForm(data_of(request), instance=row, event=event)

    def save() -> None:
        actions.edit_material(event.pk, by=user, pk=part, values=form.values(), edition=edition(form))

    return part_page(request, form, save, _context(event, row.title))


@require_safe
def open_file(request: HttpRequest, pk: int, part: int) -> HttpResponseBase:
    """The file of a material, as an attachment."""
    event, _user = opened(request, pk)
    row = found_or_404(event.materials, part)
    if not row.file:
        raise Http404
    return attachment(row.file, row.original_name, row.content_type)


@never_cache
@require_http_methods(BOTH)
def remove(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Asks first, then removes a material and its file."""
    event, user = opened(request, pk)
    row = event.materials.filter(pk=part).first()
    context = _context(event, "")
    return remove_page(request, row, lambda: actions.remove_material(event.pk, by=user, pk=part), context)


# ------------------------------------------------------------------ invitees
@never_cache
@require_http_methods(BOTH)
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens an event by invitation to addresses and members; nobody is written to by that."""
    event, user = opened(request, pk)
    form = InviteForm(data_of(request))
    back = reverse("events:manage-section", args=[event.pk, "audience"])
    if request.method == "POST" and form.is_valid():
        houses = [organisation.pk for organisation in form.cleaned_data["organisations"]]
        try:
            new = actions.invite(event.pk, by=user, emails=form.cleaned_data["addresses"], organisations=houses)
        except RuleError as error:
            refuse(form, error)
        else:
            words = ngettext("%(count)d invitation added.", "%(count)d invitations added.", new)
            messages.success(request, words % {"count": new})
            return redirect(back)
    context = {"event": event, "form": form, "title": _("Invite"), "back": back, "at": "audience"}
    return render(request, "events/editing/part.html", context)


@require_POST
def uninvite(request: HttpRequest, pk: int, part: int) -> HttpResponse:
    """Takes an invitation back; who is registered already stays so."""
    event, user = opened(request, pk)
    try:
        actions.uninvite(event.pk, by=user, pk=part)
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The invitation was taken back."))
    return redirect("events:manage-section", event.pk, "audience")
