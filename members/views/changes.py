"""Official data of a member: requests to the office, their state and their answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members.actions.changes import IdentityRefused, request_change, withdraw_change
from members.forms.profile_people import IdentityForm
from members.models import Organisation
from members.permissions import can_manage_people
from members.queries.changes import as_rows, told_changes
from members.rules.errors import RuleError
from members.views.editing_doors import opened
from members.wording import sentence


@never_cache
@require_safe
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """The official data as they are, and every request to change them."""
    door = opened(request, slug, can_manage_people)
    context = {
        "door": door,
        "organisation": door.organisation,
        "identity": as_rows(door.organisation),
        "requests": told_changes(door.organisation),
    }
    return render(request, "members/changes/changes.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Asks the office for a change of official data."""
    door = opened(request, slug, can_manage_people, writing=True)
    row = Organisation.objects.get(pk=door.organisation.pk)
    form = IdentityForm(request.POST if request.method == "POST" else None, instance=row)
    if request.method == "POST" and form.is_valid():
        try:
            request_change(row.pk, by=door.user, wanted=form.wanted(), reason=form.cleaned_data["reason"])
        except IdentityRefused as error:
            for name, mistake in error.wrong.items():
                form.add_error(name, sentence(mistake))
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, _("The office was asked. Until it answers the data stay as they are."))
            return redirect("members:changes", slug)
    return render(request, "members/changes/ask.html", {"door": door, "organisation": door.organisation, "form": form})


@require_POST
def withdraw(request: HttpRequest, slug: str, key: UUID) -> HttpResponse:
    """Takes a request back before the office has answered."""
    door = opened(request, slug, can_manage_people)
    change = door.organisation.change_requests.filter(key=key).first()
    if change is None:
        raise Http404
    try:
        withdraw_change(change.pk, by=door.user)
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The request was taken back."))
    return redirect("members:changes", slug)
