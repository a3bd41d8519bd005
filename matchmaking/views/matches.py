"""The page of matches: a member's own list with its reasons; for everybody else, what matching is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from matchmaking.permissions import can_see_matches, takes_part
from matchmaking.queries.matches import Match, matches
from matchmaking.queries.reasons import Reason
from matchmaking.views.reasons import told
from members.models import Organisation
from members.permissions import Anyone, standing
from members.views.readers import known_as

SIDES = {"civil", "defence"}


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The best twenty of the organisation that one acts for; `?member=` chooses among several."""
    reader = known_as(request)
    own = own_members(reader)
    chosen = next((one for one in own if one.slug == request.GET.get("member")), own[0] if own else None)
    if chosen is None:
        return render(request, "matchmaking/index.html")
    if not takes_part(chosen):
        return render(request, "matchmaking/none.html", {"organisation": chosen})
    found = matches(chosen.pk)
    context = {
        "organisation": chosen,
        "own": own,
        "found": found,
        "matches": [drawn(chosen, match) for match in found.best],
        "places": [drawn(chosen, match) for match in found.places],
        "one_way": not any(match.given for match in found.best) or not any(match.gained for match in found.best),
    }
    answer = render(request, "matchmaking/matches.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def own_members(reader: Anyone) -> list[Organisation]:
    """The members in good standing that this person acts for, by name."""
    mine = [pk for pk in standing(reader).representations if can_see_matches(reader, pk)]
    return list(Organisation.objects.filter(pk__in=mine).order_by("sort_key")) if mine else []


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
    }


def reason_of(reason: Reason) -> dict[str, object]:
    return {"need": reason.need, "points": reason.points * 100, "why": told(reason)}


def tone(side: str) -> str:
    return side if side in SIDES else "dual"
