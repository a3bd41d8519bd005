"""Who comes through the doors of matchmaking: for which of their members, and whether they may speak for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cluster_portal.common.models import User
from matchmaking.permissions import can_broker, can_see_matches, can_speak_for
from matchmaking.queries.awaited import Waiting, waiting_for
from matchmaking.wording import sentence
from members.models import Organisation
from members.permissions import Anyone, standing
from members.views.acts import tell
from members.views.readers import known_as

FORMS = ["GET", "HEAD", "POST"]
ROWS = 20


@dataclass(frozen=True)
class Mine:
    """One's own member at a door. `speaks`: whether one may bind it towards others, as a representative does."""

    organisation: Organisation
    speaks: bool
    user: User

    @property
    def pk(self) -> int:
        return self.organisation.pk


def own_members(reader: Anyone) -> list[Organisation]:
    """The members in good standing that this person acts for, by name."""
    mine = [pk for pk in standing(reader).representations if can_see_matches(reader, pk)]
    return list(Organisation.objects.filter(pk__in=mine).order_by("sort_key")) if mine else []


def chosen(request: HttpRequest) -> tuple[list[Organisation], Organisation | None]:
    """One's members, and the one that `?member=` asks for, else the first."""
    own = own_members(known_as(request))
    return own, next((one for one in own if one.slug == request.GET.get("member")), own[0] if own else None)


def own_side(request: HttpRequest, wanted: str | int, *, speaking: bool = False) -> Mine:
    """The side of a member, by slug or id: 404 for whoever does not act for it.

    403 for a contributor where only a representative may go on (`speaking`).
    """
    reader = known_as(request)
    found = next((one for one in own_members(reader) if wanted in (one.slug, one.pk)), None)
    if found is None:
        raise Http404
    assert isinstance(reader, User)
    mine = Mine(found, can_speak_for(reader, found), reader)
    if speaking and not mine.speaks:
        raise PermissionDenied
    return mine


def frame(
    organisation: Organisation, at: str, own: list[Organisation] | None = None, waiting: Waiting | None = None
) -> dict[str, Any]:
    """What the head of every page of a member in matchmaking draws: whose page it is, and the ways to the others."""
    waiting = waiting or waiting_for([organisation.pk]).get(organisation.pk, Waiting())
    query = f"?member={organisation.slug}"
    places = (
        ("index", _("Matches"), 0),
        ("interests", _("Interests"), waiting.interests),
        ("introductions", _("Introductions"), 0),
        ("proposals", _("Proposals of the office"), waiting.proposals),
        ("asides", _("Put aside"), 0),
    )
    ways = [
        (f"{label} ({count})" if count else label, f"{reverse(f'matchmaking:{name}')}{query}", name == at)
        for name, label, count in places
    ]
    for name, label in (
        ("opportunities", _("Opportunities")),
        ("calls", _("Consortia")),
        ("days", _("Brokerage days")),
    ):
        ways.append((label, reverse(f"matchmaking:{name}"), False))
    return {"organisation": organisation, "own": own or [organisation], "ways": ways}


def nobody(request: HttpRequest) -> HttpResponse:
    """For whoever acts for no member in good standing: what matching is, and for whom; the office goes on from here."""
    return render(request, "matchmaking/index.html", {"brokers": can_broker(known_as(request))})


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with; a form in which nothing was filled in is sent all the same."""
    return request.POST if request.method == "POST" else None


def done(request: HttpRequest, act: Callable[[], object], words: str, back: str) -> HttpResponse:
    """Do it, say so, and go back; a refusal is said on the same page."""
    tell(request, act, sentence, words)
    return redirect(back)


def page_of(request: HttpRequest, rows: "QuerySet[Any] | Sequence[Any]", parameter: str = "page") -> "Page[Any]":
    """A page of a list; a number that does not exist shows the nearest page."""
    return Paginator(rows, ROWS).get_page(request.GET.get(parameter))
