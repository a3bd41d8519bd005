"""The files of a profile: the logo for everybody who may see the page, certificates for who may see those."""

import mimetypes

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import condition, require_http_methods, require_safe

from cluster_portal.common.uploads import UploadRefused, attachment
from cluster_portal.common.visibility import ANYONE, Viewer
from members.actions.profile import remove_logo, set_logo
from members.forms.profile import LogoForm
from members.models import Membership, Organisation
from members.queries.editing import organisation_called
from members.queries.profile import may_open
from members.rules.errors import RuleError
from members.views.editing_doors import opened
from members.views.readers import reader
from members.wording import sentence


def _open_to(organisation: Organisation, who: Viewer) -> bool:
    last = Membership.objects.filter(organisation=organisation).order_by("-ended_on", "-pk")
    state = last.filter(ended_on__isnull=True).first() or last.first()
    return may_open(who, organisation.pk, state.state if state else "", organisation.show_profile)


def _etag(request: HttpRequest, slug: str) -> str | None:
    """The name of the stored picture is drawn by lot at every upload, so it says which picture it is."""
    name = Organisation.objects.filter(slug=slug).values_list("logo", flat=True).first()
    return f'"{name.rpartition("/")[2].partition(".")[0]}"' if name else None


@login_not_required
@require_safe
def logo(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The picture, for whoever may see the page of the member; kept by browsers when everybody may."""
    organisation = organisation_called(slug)
    if organisation is None or not organisation.logo or not _open_to(organisation, reader(request)):
        raise Http404
    answer = _picture(request, slug)
    everybody = _open_to(organisation, ANYONE)
    answer["Cache-Control"] = "public, max-age=300" if everybody else "private, no-cache"
    patch_vary_headers(answer, ["Cookie"])
    return answer


@condition(etag_func=_etag)
def _picture(request: HttpRequest, slug: str) -> HttpResponse:
    name = Organisation.objects.values_list("logo", flat=True).get(slug=slug)
    try:
        with default_storage.open(name) as file:
            answer = HttpResponse(file.read(), content_type="image/png")
    except FileNotFoundError as error:
        raise Http404 from error
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@login_not_required
@require_safe
def certificate(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """The file of a certificate, for whoever may see the certificates of this member."""
    organisation, who = organisation_called(slug), reader(request)
    if organisation is None or not _open_to(organisation, who):
        raise Http404
    row = organisation.certificates.filter(pk=pk).first()
    if row is None or not row.file or not who.may_see(organisation.show_certificates, organisation.pk):
        raise Http404
    extension = f".{(row.file.name or '').rpartition('.')[2]}"
    kind = mimetypes.types_map.get(extension, "application/octet-stream")
    return attachment(row.file, f"{row}{extension}".replace("/", "-"), kind)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit_logo(request: HttpRequest, slug: str) -> HttpResponse:
    """Shows the logo and takes a new one."""
    door = opened(request, slug)
    posted = request.method == "POST"
    form = LogoForm(request.POST if posted else None, request.FILES if posted else None)
    if posted and form.is_valid():
        try:
            set_logo(door.organisation.pk, by=door.user, upload=form.cleaned_data["logo"])
        except UploadRefused as error:
            form.add_error("logo", error.sentence)
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("The new logo is live now."))
            return redirect("members:profile-logo", slug)
    return render(request, "members/editing/logo.html", {"door": door, "organisation": door.organisation, "form": form})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def logo_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks first, then removes the logo."""
    door = opened(request, slug, writing=True)
    back = reverse("members:profile-logo", args=[slug])
    if request.method == "POST":
        try:
            remove_logo(door.organisation.pk, by=door.user)
        except RuleError as error:
            messages.error(request, sentence(error))
        else:
            messages.success(request, _("The logo was removed."))
        return redirect(back)
    context = {"organisation": door.organisation, "row": _("the logo"), "back": back, "danger": True}
    return render(request, "members/editing/remove.html", context)
