"""One partner from a member's list: why the two match, "not interested"; and leaving matchmaking as a whole."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.limits import limited
from matchmaking.actions.standing import join_matching, leave_matching, put_aside, take_back
from matchmaking.forms.meeting import AsideForm
from matchmaking.permissions import can_speak_for
from matchmaking.queries.between import Between, partner_called, put_aside_by
from matchmaking.queries.matches import match_with
from matchmaking.views.doors import FORMS, Mine, chosen, done, frame, nobody, own_side, page_of, sent
from matchmaking.views.matches import drawn
from matchmaking.wording import sentence
from members.rules.errors import RuleError
from members.views.readers import known_as


def found_partner(mine: Mine, slug: str) -> Between:
    """The partner as this member finds it; who does not take part does not exist here."""
    found = partner_called(mine.pk, slug)
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def match(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """One partner: the score with its reasons, and what can be done next."""
    mine = own_side(request, slug)
    found = found_partner(mine, partner)
    pair = match_with(mine.pk, found.partner.pk)
    context = {
        **frame(mine.organisation, "index"),
        "mine": mine,
        "between": found,
        "match": drawn(mine.organisation, pair) if pair else None,
    }
    return render(request, "matchmaking/one.html", context)


@never_cache
@require_http_methods(FORMS)
@limited("matching_aside", "120/h/user")
def aside(request: HttpRequest, slug: str, partner: str) -> HttpResponse:
    """Takes a partner out of the member's list, with a reason."""
    mine = own_side(request, slug)
    found = found_partner(mine, partner)
    form = AsideForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            put_aside(mine.pk, found.partner.pk, by=mine.user, **form.cleaned_data)
        except RuleError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(
                request, _("%(name)s no longer stands in your list.") % {"name": found.partner.display_name}
            )
            return redirect(f"{reverse('matchmaking:index')}?member={slug}")
    back = reverse("matchmaking:match", args=[slug, partner])
    context = {"form": form, "partner": found.partner, "organisation": mine.organisation, "back": back}
    return render(request, "matchmaking/asides/aside.html", context)


@require_POST
@limited("matching_aside", "120/h/user")
def back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Shows a partner again that was put aside."""
    mine = own_side(request, slug)
    row = put_aside_by(mine.pk).filter(partner=pk).first()
    if row is None:
        raise Http404
    words = _("%(name)s stands in your list again, where it matches.") % {"name": row.partner.display_name}
    here = f"{reverse('matchmaking:asides')}?member={slug}"
    return done(request, lambda: take_back(mine.pk, row.partner_id, by=mine.user), words, here)


@never_cache
@require_safe
def asides(request: HttpRequest) -> HttpResponse:
    """Whom the member does not want to see, and the way back."""
    own, one = chosen(request)
    if one is None:
        return nobody(request)
    speaks = can_speak_for(known_as(request), one)
    context = {**frame(one, "asides", own), "page": page_of(request, put_aside_by(one.pk)), "speaks": speaks}
    return render(request, "matchmaking/asides/asides.html", context)


@never_cache
@require_http_methods(FORMS)
@limited("matching_leave", "30/h/user")
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Takes the member out of matchmaking, after a question: what waits between it and others ends."""
    mine = own_side(request, slug, speaking=True)
    here = f"{reverse('matchmaking:index')}?member={slug}"
    if request.method == "POST":
        words = _("Your organisation takes no part in matchmaking any more.")
        return done(request, lambda: leave_matching(mine.pk, by=mine.user), words, here)
    back = f"{reverse('matchmaking:asides')}?member={slug}"
    return render(request, "matchmaking/asides/leave.html", {"organisation": mine.organisation, "back": back})


@require_POST
@limited("matching_leave", "30/h/user")
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Brings the member back, with the same offers and needs."""
    mine = own_side(request, slug, speaking=True)
    words = _("Your organisation takes part in matchmaking again.")
    here = f"{reverse('matchmaking:index')}?member={slug}"
    return done(request, lambda: join_matching(mine.pk, by=mine.user), words, here)
