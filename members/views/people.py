"""Who acts for a member: colleagues, their invitations and their roles."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.models import User
from members.actions import people
from members.actions.people import digest_of, is_address_of
from members.forms.profile_people import InvitationForm, RoleForm
from members.models import Representation
from members.permissions import can_manage_people
from members.queries.editing import colleagues, invitation_with, open_invitations
from members.rules.errors import RuleError
from members.views.editing_doors import Door, opened
from members.wording import sentence


@never_cache
@require_safe
def members_people(request: HttpRequest, slug: str) -> HttpResponse:
    """Colleagues and open invitations."""
    door = opened(request, slug, can_manage_people)
    context = {
        "door": door,
        "organisation": door.organisation,
        "colleagues": list(colleagues(door.organisation)),
        "invitations": list(open_invitations(door.organisation)) if door.may else [],
    }
    return render(request, "members/people/people.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Invites a colleague by letter, after a fresh proof of who is asking."""
    door = opened(request, slug, can_manage_people, writing=True)
    answer: HttpResponseBase = _invite(request, door)
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # the library is not typed
def _invite(request: HttpRequest, door: Door) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation = people.invite_colleague(door.organisation.pk, by=door.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error("email", sentence(error))
        else:
            messages.success(request, _("The invitation to %(email)s is on its way.") % {"email": invitation.email})
            return redirect("members:people", door.organisation.slug)
    return render(request, "members/people/invite.html", {"organisation": door.organisation, "form": form})


@require_POST
def revoke(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Takes an invitation back."""
    door = opened(request, slug, can_manage_people)
    if not door.organisation.invitations.filter(pk=pk).exists():
        raise Http404
    try:
        people.revoke_invitation(pk, by=door.user)
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The invitation was taken back; its key opens nothing any more."))
    return redirect("members:people", slug)


def _colleague(door: Door, pk: int) -> Representation:
    found = colleagues(door.organisation).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@require_POST
def role(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Makes a colleague representative or contributor."""
    door = opened(request, slug, can_manage_people)
    answer: HttpResponseBase = _role(request, door, _colleague(door, pk))
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # the library is not typed
def _role(request: HttpRequest, door: Door, colleague: Representation) -> HttpResponse:
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return redirect("members:people", door.organisation.slug)
    try:
        people.change_role(colleague.pk, by=door.user, role=form.cleaned_data["role"])
    except RuleError as error:
        messages.error(request, sentence(error))
    else:
        messages.success(request, _("The role was changed."))
    return redirect("members:people", door.organisation.slug)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, slug: str, pk: int) -> HttpResponseBase:
    """Asks first, then ends a colleague's representation."""
    door = opened(request, slug, can_manage_people, writing=True)
    answer: HttpResponseBase = _remove(request, door, _colleague(door, pk))
    return answer


@reauthentication_required  # type: ignore[untyped-decorator]  # the library is not typed
def _remove(request: HttpRequest, door: Door, colleague: Representation) -> HttpResponse:
    back = reverse("members:people", args=[door.organisation.slug])
    if request.method == "POST":
        try:
            people.end_representation(colleague.pk, by=door.user)
        except RuleError as error:
            messages.error(request, sentence(error))
            return redirect(back)
        messages.success(request, _("%(name)s no longer acts for the organisation.") % {"name": colleague.user})
        return redirect("members:mine" if colleague.user_id == door.user.pk else back)
    context = {"organisation": door.organisation, "colleague": colleague, "back": back, "danger": True}
    return render(request, "members/people/remove.html", {**context, "myself": colleague.user_id == door.user.pk})


# ------------------------------------------------------------------ the invited colleague
@login_not_required
@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What the key of a letter opens: sign in or sign up, then accept. Every key that opens nothing reads the same."""
    found = invitation_with(digest_of(token))
    if found is None:
        return render(request, "members/people/invitation_over.html", status=404)
    user = request.user
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "token": token,
        "mine": isinstance(user, User) and is_address_of(found.email, user),
        "veiled": _veiled(found.email),
        "next": urlencode({"next": request.path}),
    }
    return render(request, "members/people/invitation.html", context)


def _veiled(email: str) -> str:
    """An address that its owner recognises and nobody else learns."""
    name, _at, host = email.partition("@")
    return f"{name[:1]}…@{host}"


@never_cache
@require_POST
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Begins to act for the member that invites."""
    user = request.user
    assert isinstance(user, User)
    try:
        organisation = people.accept_invitation(token, by=user)
    except RuleError as error:
        if error.code == "invitation_of_another":
            return redirect("members:invitation", token)
        return render(request, "members/people/invitation_over.html", status=404)
    messages.success(request, _("You now act for %(name)s.") % {"name": organisation.display_name})
    return redirect("members:mine")
