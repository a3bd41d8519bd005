"""Lists of events: what is to come, a month on one page, what has been."""

from calendar import Calendar
from datetime import date
from functools import cache, lru_cache

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cluster_portal.common.found import findable
from events.filters.visitor import ArchiveFilter, EventFilter
from events.models import Event
from events.permissions import can_manage
from events.queries import listing
from events.queries.seen import Seen
from events.views.drawn import Drawing
from members.views.readers import known_as

PAGE = 20
ROWS_KEPT, FORMS_KEPT = 500, 50
FIRST_YEAR, LAST_YEAR = 2000, 2199


@lru_cache(ROWS_KEPT)
def _row(drawing: Drawing) -> str:
    pk, *_look, show_year = drawing.look
    return render_to_string("events/visitor/row.html", {"event": drawing.source()[pk], "show_year": show_year})


@lru_cache(FORMS_KEPT)
def _form(drawing: Drawing) -> str:
    return str(drawing.source().form.render())


def _rows(looks: list[listing.Look], language: str, *, show_year: bool) -> list[str]:
    """The rows of a list. What an event looked like is remembered until it changes; only the others are read."""
    events = cache(lambda: Event.objects.in_bulk([look.pk for look in looks]))
    return [_row(Drawing((*look, show_year), language, events)) for look in looks]


def _listed(
    request: HttpRequest, kind: type[EventFilter], seen: Seen, template: str, *, show_year: bool = False
) -> HttpResponse:
    """A page of a filtered list. A filter with a word that does not exist finds everything, and says nothing."""
    language, reader = get_language() or "ro", known_as(request)
    choices = tuple((name, tuple(request.GET.getlist(name))) for name in kind.base_filters)
    # Without choices the filter is made to draw the form only.
    chosen = cache(lambda: kind(request.GET, queryset=seen(reader, timezone.now())))
    filtered = any(value for _name, values in choices for value in values)
    found = chosen().qs if filtered else None
    asked = request.GET.get("page", "")
    number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 7 else 1
    listed = listing.listed(reader, seen, found, (number - 1) * PAGE, PAGE)
    paginator = Paginator(range(listed.total), PAGE)
    if number > paginator.num_pages:  # the last page, instead of none
        number = paginator.num_pages
        listed = listing.listed(reader, seen, found, (number - 1) * PAGE, PAGE)
    context = {
        "form": _form(Drawing((kind.__name__, choices, listed.words), language, chosen)),
        "page": paginator.page(number),
        "rows": _rows(listed.looks, language, show_year=show_year),
        "filtered": filtered,
        "manager": can_manage(reader),
        "here": request.path,
    }
    return render(request, template, context)


@findable
@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is to come, soonest first, as this reader may see it."""
    return _listed(request, EventFilter, listing.upcoming, "events/index.html")


@findable
@login_not_required
@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """What has taken place, latest first, with its materials."""
    return _listed(request, ArchiveFilter, listing.archive, "events/visitor/archive.html", show_year=True)


@login_not_required
@require_safe
def this_month(request: HttpRequest) -> HttpResponse:
    """The month that is now."""
    today = timezone.localdate()
    return redirect("events:month", today.year, today.month)


@login_not_required
@require_safe
def month(request: HttpRequest, year: int, number: int) -> HttpResponse:
    """A month as a sheet of weeks; on a narrow screen, a list of its days."""
    if not (1 <= number <= 12 and FIRST_YEAR <= year <= LAST_YEAR):
        raise Http404
    events = listing.month(known_as(request), year, number)
    weeks = [
        [{"day": day, "inside": day.month == number, "events": events.get(day, ())} for day in week]
        for week in Calendar().monthdatescalendar(year, number)
    ]
    context = {
        "first": date(year, number, 1),
        "weeks": weeks,
        "days": [{"day": day, "events": there} for day, there in events.items()],
        "today": timezone.localdate(),
        "before": _address(year, number - 1),
        "after": _address(year, number + 1),
    }
    return render(request, "events/visitor/month.html", context)


def _address(year: int, number: int) -> str:
    """The page of a month; numbers 0 and 13 are those of the neighbouring years."""
    year, number = (year - 1, 12) if number < 1 else (year + 1, 1) if number > 12 else (year, number)
    return reverse("events:month", args=[year, number]) if FIRST_YEAR <= year <= LAST_YEAR else ""
