"""Brokerage days as a member sees them: its days, the other participants and its wishes, its hours, its timetable."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster_portal.common.http import file, see_other
from cluster_portal.common.models import User
from matchmaking.actions.timetables import drop_out
from matchmaking.actions.wishes import state_hours, state_wishes
from matchmaking.calendar import timetable_file
from matchmaking.enums import DayState, WishAnswer
from matchmaking.forms.days import HoursForm, WishesForm, refuse
from matchmaking.models import BrokerageDay, DayMember
from matchmaking.permissions import can_broker, can_see_day_part, can_speak_for
from matchmaking.queries.brokerage import coming, listed_days
from matchmaking.queries.day_parts import Choice, choices_of, parts_of, reasons_with, timetable_of, words_of
from matchmaking.queries.entries import entries_of, organizer
from matchmaking.queries.gatherings import without_day
from matchmaking.queries.reasons import Reason
from matchmaking.views.reasons import told
from matchmaking.wording import sentence
from members.permissions import standing
from members.rules.errors import RuleError
from members.views.acts import tell

A_PAGE = 30
View = Callable[..., HttpResponse]


@never_cache
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The days of the members that one acts for; for the office all days, and the events that have none yet."""
    user = signed_in(request)
    parts = [part for part in parts_of(standing(user).representations) if can_see_day_part(user, part)]
    context: dict[str, Any] = {"parts": parts, "office": can_broker(user)}
    if context["office"]:
        context["page"] = Paginator(listed_days(), A_PAGE).get_page(request.GET.get("page"))
        context["events"] = without_day()
    return render(request, "matchmaking/days/index.html", context)


def signed_in(request: HttpRequest) -> User:
    """Whoever is signed in."""
    assert isinstance(request.user, User)
    return request.user


@never_cache
@require_safe
def door(request: HttpRequest, key: UUID) -> HttpResponse:
    """The address in letters: leads to the page of one's own participation, the office to its own page."""
    user = signed_in(request)
    day = BrokerageDay.objects.filter(key=key).first()
    if day is None:
        raise Http404
    own = [part for part in parts_of(standing(user).representations).filter(day=day) if can_see_day_part(user, part)]
    if own:
        return redirect("matchmaking:day-timetable" if day.state == "published" else "matchmaking:day-part", own[0].pk)
    if can_broker(user):
        return redirect("matchmaking:day-manage", day.pk)
    raise Http404


def opened(view: View) -> View:
    """The page of a participant: its own people and the office; 404 for everybody else, whether or not it exists."""

    @never_cache
    @wraps(view)
    def page(request: HttpRequest, pk: int) -> HttpResponse:
        user = signed_in(request)
        part = DayMember.objects.select_related("day", "organisation").filter(pk=pk).first()
        if part is None or not can_see_day_part(user, part):
            raise Http404
        return view(request, part, user)

    return page


def head(part: DayMember, user: User, at: str) -> dict[str, Any]:
    """What stands above each page of a participant. `speaks`: may act for it."""
    day = part.day
    speaks = can_broker(user) or can_speak_for(user, part.organisation_id)
    return {
        "part": part,
        "day": day,
        "at": at,
        "speaks": speaks,
        "office": can_broker(user),
        "comes": part.left_at is None and day.state != DayState.CANCELLED,
        "wishing": speaks and part.left_at is None and day.state == DayState.WISHES,
    }


@require_safe
@opened
def part(request: HttpRequest, part: DayMember, user: User) -> HttpResponse:
    """The other participants, the best match first, with one's own wishes."""
    choices = choices_of(part)
    page = Paginator(choices, A_PAGE).get_page(request.GET.get("page"))
    reasons = reasons_with(part, page)
    context = {
        "page": page,
        "rows": [drawn(choice, reasons.get(choice.partner.organisation_id, [])) for choice in page],
        "answers": [("", _("Nothing said")), *WishAnswer.choices],
        "asked": sum(bool(choice.answer) for choice in choices),
        "heard": sum(choice.asks for choice in choices),
    }
    return render(request, "matchmaking/days/part.html", head(part, user, "part") | context)


def drawn(choice: Choice, reasons: list[Reason]) -> dict[str, Any]:
    """A row of the list: the share in percent, and the reason that weighs most."""
    best = max(reasons, key=lambda reason: reason.points, default=None)
    return {
        "choice": choice,
        "score": round(choice.score * 100),
        "need": best.need.name if best else "",
        "mine": best.mine if best else False,
        "why": told(best) if best else "",
    }


@require_POST
@opened
def wishes(request: HttpRequest, part: DayMember, user: User) -> HttpResponse:
    """Saves a page of wishes."""
    others = coming(part.day).exclude(pk=part.pk).values_list("pk", flat=True)
    form = WishesForm(request.POST, among=others)
    page = request.POST.get("page", "1")
    back = see_other("matchmaking:day-part", part.pk)
    if page.isascii() and page.isdigit() and page != "1":
        back["Location"] += f"?page={page}"
    if not form.is_valid():
        messages.error(request, _("Nothing was saved. Choose an answer in the list, and write at most 300 letters."))
        return back
    try:
        changed = state_wishes(part.pk, by=user, said=form.said())
    except RuleError as error:
        messages.error(request, sentence(error))
        return back
    if changed:
        words = ngettext("%(count)s wish was saved.", "%(count)s wishes were saved.", changed)
        messages.success(request, words % {"count": changed})
    else:
        messages.info(request, _("Nothing was different, so nothing was saved."))
    return back


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def hours(request: HttpRequest, part: DayMember, user: User) -> HttpResponse:
    """Who comes, when, and how many meetings are enough."""
    context = head(part, user, "hours")
    if request.method == "POST" and not context["speaks"]:
        raise PermissionDenied
    form = HoursForm(request.POST if request.method == "POST" else None, part=part)
    fixed = part.day.state == DayState.PUBLISHED or not context["comes"] or not context["speaks"]
    if request.method == "POST" and form.is_valid():
        try:
            state_hours(part.pk, by=user, **form.values())
        except RuleError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Saved."))
            return see_other("matchmaking:day-hours", part.pk)
    if fixed:
        for field in form.fields.values():
            field.disabled = True
    return render(request, "matchmaking/days/hours.html", context | {"form": form, "fixed": fixed})


@require_safe
@opened
def timetable(request: HttpRequest, part: DayMember, user: User) -> HttpResponse:
    """The own meetings, once they are published; the office sees the provisional ones too."""
    provisional = can_broker(user) and part.day.state != DayState.PUBLISHED
    words = words_of(part)
    meetings = timetable_of(part, only_confirmed=not provisional)
    context = {
        "meetings": [(placed, words.get(placed.partner.pk, "")) for placed in meetings],
        "provisional": provisional,
        "published": part.day.state == DayState.PUBLISHED,
    }
    return render(request, "matchmaking/days/timetable.html", head(part, user, "timetable") | context)


@require_safe
@opened
def calendar(request: HttpRequest, part: DayMember, user: User) -> HttpResponse:
    """The published meetings as a calendar file; there is none before."""
    if part.day.state != DayState.PUBLISHED:
        raise Http404
    content = timetable_file(entries_of(part, get_language() or "ro"), organizer())
    return file(content, "text/calendar; charset=utf-8", "meetings.ics")


@require_http_methods(["GET", "HEAD", "POST"])
@opened
def leave(request: HttpRequest, part: DayMember, user: User) -> HttpResponse:
    """Asks, then says that the participant does not come."""
    context = head(part, user, "leave")
    if not context["speaks"]:
        raise PermissionDenied
    if request.method == "POST":
        words = _("Noted: %(name)s does not come.") % {"name": part.organisation.display_name}
        tell(request, lambda: drop_out(part.pk, by=user), sentence, words)
        return see_other("matchmaking:day-part", part.pk)
    context["count"] = part.seats.count()
    return render(request, "matchmaking/days/leave.html", context)
