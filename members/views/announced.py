"""Requests announced to the members, and the reasoned objection of one of them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cluster_portal.common.models import User
from members.actions.objections import lodge_objection
from members.forms.profile_people import ObjectionForm
from members.queries.announced import announced, can_read_announced, may_object
from members.rules.errors import RuleError
from members.wording import sentence


def _reader(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    if not can_read_announced(user):
        raise PermissionDenied
    return user


@never_cache
@require_safe
def announced_requests(request: HttpRequest) -> HttpResponse:
    """What stands in its window for objections today."""
    user = _reader(request)
    return render(request, "members/announced/announced.html", {"announced": announced(user)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def announced_request(request: HttpRequest, key: UUID) -> HttpResponse:
    """One announced request, with the form for an objection for who may lodge one."""
    user = _reader(request)
    row = next(iter(announced(user, key)), None)
    if row is None:
        raise Http404
    members = may_object(user, row)
    if request.method == "POST" and not members.exists():
        raise PermissionDenied
    form = ObjectionForm(request.POST if request.method == "POST" else None, members=members)
    if request.method == "POST" and form.is_valid():
        try:
            lodge_objection(
                row.request.pk,
                by=user,
                organisation=form.cleaned_data["organisation"].pk,
                reasons=form.cleaned_data["reasons"],
            )
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("The objection was lodged. The Board reads it before it votes."))
            return redirect("members:announced-request", key)
    context = {"row": row, "form": form if members.exists() else None}
    return render(request, "members/announced/request.html", context)
