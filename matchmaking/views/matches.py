"""The page of matches: a member's own list with its reasons; for everybody else, what matching is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cluster_portal.common.found import findable
from cluster_portal.common.limits import limited
from matchmaking.actions.standing import mark_seen
from matchmaking.filters.matches import MatchFilter
from matchmaking.permissions import can_broker, can_speak_for, opted_out
from matchmaking.queries.awaited import waiting_for
from matchmaking.queries.matches import Match, Matches, by_need, matches, seen_by
from matchmaking.queries.reasons import Reason
from matchmaking.queries.what_if import hints
from matchmaking.views.doors import chosen, frame, nobody, own_side
from matchmaking.views.hints import advice
from matchmaking.views.reasons import told
from members.models import Organisation
from members.views.readers import known_as

SIDES = {"civil", "defence"}


@findable
@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The best twenty of the organisation that one acts for; `?member=` chooses among several."""
    own, one = chosen(request)
    if one is None:
        return nobody(request)
    waiting = waiting_for([one.pk]).get(one.pk)
    if waiting is None:
        return _apart(request, one)
    seen = seen_by(request.user, one.pk)
    sift = MatchFilter(request.GET, member=one.pk, seen=seen)
    found = matches(one.pk, sift.qs if sift.in_use else None)
    answer = render(
        request,
        "matchmaking/matches.html",
        {
            **frame(one, "index", own, waiting),
            **_listed(request, one, found),
            "found": found,
            "sift": sift,
            "brokers": can_broker(known_as(request)),
            "seen": seen,
            "no_needs": not waiting.need_total,
            "hints": [] if found.best or sift.in_use else advice(one, hints(one)),
        },
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _apart(request: HttpRequest, one: Organisation) -> HttpResponse:
    """Why this member has no list."""
    why = "opted_out" if opted_out(one) else "no_side" if not one.side else ""
    context = {"organisation": one, "why": why, "speaks": can_speak_for(known_as(request), one)}
    return render(request, "matchmaking/none.html", context)


def _listed(request: HttpRequest, one: Organisation, found: Matches) -> dict[str, object]:
    """The list as it is asked for: one entry a partner, or what each need finds."""
    grouped = request.GET.get("group") == "need"
    query = request.GET.copy()
    query["member"] = one.slug
    addresses = []
    for group in ("partner", "need"):
        query["group"] = group
        addresses.append(f"{reverse('matchmaking:index')}?{query.urlencode()}")
    return {
        "grouped": grouped,
        "groups": [(_("By partner"), addresses[0], not grouped), (_("By need"), addresses[1], grouped)],
        "matches": [drawn(one, match) for match in found.first],
        "rest": [drawn(one, match) for match in found.rest],
        "places": [drawn(one, match) for match in found.places],
        "needs": [
            (need, [(drawn(one, match), reason_of(reason)) for match, reason in rows])
            for need, rows in (by_need(found.ranked) if grouped else [])
        ],
        "one_way": not any(match.given for match in found.ranked) or not any(match.gained for match in found.ranked),
    }


@never_cache
@require_safe
def improve(request: HttpRequest) -> HttpResponse:
    """What would raise the member's scores: what its profile lacks, the weightiest first."""
    own, one = chosen(request)
    if one is None:
        return nobody(request)
    context = {**frame(one, "index", own), "hints": advice(one, hints(one))}
    return render(request, "matchmaking/improve.html", context)


@require_POST
@limited("matching_seen", "60/h/user")
def seen(request: HttpRequest, slug: str) -> HttpResponse:
    """Marks the list as seen, so that one can ask for those who came since."""
    mine = own_side(request, slug)
    mark_seen(mine.pk, by=mine.user)
    messages.success(request, _("Marked as seen. From now on “new” means new since today, for you."))
    return redirect(f"{reverse('matchmaking:index')}?member={slug}")


def drawn(chosen: Organisation, match: Match) -> dict[str, object]:
    """A match as its template draws it: shares in percent, reasons in words with their points of a hundred."""
    return {
        "partner": match.partner,
        "score": round(match.pair.score * 100),
        "mine": round(match.pair.gains * 100),
        "theirs": round(match.pair.gives * 100),
        "my_tone": tone(match.partner.side),
        "their_tone": tone(chosen.side),
        "gained": [reason_of(reason) for reason in match.gained],
        "given": [reason_of(reason) for reason in match.given],
        "interested": match.interested,
        "introduced": match.introduced,
    }


def reason_of(reason: Reason) -> dict[str, object]:
    return {
        "need": reason.need,
        "points": reason.points * 100,
        "why": told(reason),
        "covered": round(reason.covered * 100),
    }


def tone(side: str) -> str:
    return side if side in SIDES else "dual"
