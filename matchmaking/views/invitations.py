"""Invitations to a consortium: confirmed before letters go, read and answered by the member, taken back by the lead."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from matchmaking.actions import invitations as acts
from matchmaking.actions.invitations import Wanted
from matchmaking.enums import CallState, InvitationState
from matchmaking.forms.calls import AcceptForm, DeclineForm, InviteForm
from matchmaking.models import Call, CallInvitation
from matchmaking.permissions import can_see_call_invitation, can_speak_for
from matchmaking.queries.consortium import (
    candidates,
    invitation_called,
    invitations_of,
    must_confirm,
)
from matchmaking.rules.consortium import Place
from matchmaking.views.calls import opened, reader
from matchmaking.views.teams import asked_in_words
from matchmaking.wording import sentence
from members.models import Organisation
from members.rules.errors import RuleError
from members.views.acts import tell

MOST_AT_ONCE = 20


def _chosen(request: HttpRequest, call: Call) -> list[tuple[Organisation, tuple[int, ...]]]:
    """Members to invite that may be, and for which places: those that they fill."""
    slugs = (request.POST if request.method == "POST" else request.GET).getlist("member")[:MOST_AT_ONCE]
    invited = invitations_of(call)
    out = {call.lead_id, *(one.member_id for one in invited)}
    known = {one.key: one for one in candidates(call, invited) if one.key not in out}
    places = [Place(place.tag_id, place.least_trl or 1, place.must) for place in call.places.all()]
    return [
        (one, tuple(place.key for place in places if known[one.pk].fills(place)))
        for one in Organisation.objects.filter(slug__in=slugs, pk__in=known).order_by("sort_key")
    ]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, key: UUID) -> HttpResponse:
    """Shows whom the letters go to and what for, then sends them."""
    user, call = reader(request), opened(request, key, writing=True)
    chosen = _chosen(request, call)
    back = reverse("matchmaking:call", args=[call.key])
    if not chosen:
        messages.info(request, _("Everybody whom you chose has been invited already, or cannot be."))
        return redirect(back)
    asks = any(must_confirm(call, call.lead_id, one.pk) for one, _tags in chosen)
    form = InviteForm(request.POST if request.method == "POST" else None, asks=asks)
    if request.method == "POST" and form.is_valid():
        wanted = [Wanted(one.pk, tags) for one, tags in chosen]
        try:
            sent = acts.invite(call.pk, wanted, by=user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            told = ngettext("%(count)s invitation is on its way.", "%(count)s invitations are on their way.", len(sent))
            messages.success(request, told % {"count": len(sent)})
            return redirect(back)
    names = {place.tag_id: place.tag for place in call.places.all()}
    people = [(one, [names[tag] for tag in tags]) for one, tags in chosen]
    context = {"call": call, "chosen": people, "form": form, "back": back}
    return render(request, "matchmaking/calls/invite.html", context)


def _invitation(request: HttpRequest, key: UUID) -> CallInvitation:
    """An invitation as the invited member's page; it does not exist for anybody else but the office."""
    found = invitation_called(key)
    if found is None or not can_see_call_invitation(request.user, found):
        raise Http404
    return found


@never_cache
@require_safe
def invitation(request: HttpRequest, key: UUID) -> HttpResponse:
    """Who invites, to which call, what for; nothing about others who were invited."""
    found = _invitation(request, key)
    return _page(request, found)


def _page(request: HttpRequest, found: CallInvitation, refused: str = "") -> HttpResponse:
    waits = found.state == InvitationState.INVITED and found.call.state == CallState.OPEN
    speaks = waits and can_speak_for(request.user, found.member)
    asks = speaks and must_confirm(found.call, found.member_id, found.call.lead_id)
    context = {
        "invitation": found,
        "call": found.call,
        "wanted": set(found.wanted_for.all()),
        "asked": asked_in_words(found.call),
        "speaks": speaks,
        "waits": waits,
        "accept": AcceptForm(asks=asks),
        "decline": DeclineForm(),
        "refused": refused,
    }
    return render(request, "matchmaking/calls/invitation.html", context, status=200)


@never_cache
@require_POST
def answer(request: HttpRequest, key: UUID) -> HttpResponse:
    """A yes or a no for the invited member."""
    user, found = reader(request), _invitation(request, key)
    if not can_speak_for(user, found.member):
        raise PermissionDenied
    try:
        if request.POST.get("answer") == "yes":
            acts.accept_call(found.pk, by=user, confirms="confirms" in request.POST)
            messages.success(request, _("You belong to the team now. A letter of introduction is on its way to both."))
        elif request.POST.get("answer") == "no":
            form = DeclineForm(request.POST)
            reason = form.cleaned_data["reason"] if form.is_valid() else request.POST.get("reason", "")[:500]
            acts.decline_call(found.pk, by=user, reason=reason)
            messages.success(request, _("The lead is told that you declined, but not why."))
        else:
            messages.error(request, _("Choose yes or no."))
    except RuleError as error:
        messages.error(request, sentence(error))
    return redirect(found)


@never_cache
@require_POST
def withdraw(request: HttpRequest, key: UUID, pk: int) -> HttpResponse:
    """Takes an invitation of a call back."""
    user, call = reader(request), opened(request, key, writing=True)
    found = call.invitations.filter(pk=pk).first()
    if found is None:
        raise Http404
    words = _("The invitation was taken back; the member is told.")
    tell(request, lambda: acts.withdraw_call_invitation(found.pk, by=user), sentence, words)
    return redirect(call)
