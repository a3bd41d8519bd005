"""Matchmaking as a whole, for the office: what is offered and needed, what comes of it, who is seen; and the tables."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from matchmaking.forms.overview import PeriodForm
from matchmaking.queries import overview as reads
from matchmaking.rules.periods import Period
from matchmaking.views import overview_tables as tables
from matchmaking.views.doors import page_of
from matchmaking.views.office import office
from members.enums import Direction
from members.papers import workbooks

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BANDS = ((0, 0), (1, 5), (6, 10), (11, 20), (21, 40))


@never_cache
@require_safe
def gaps(request: HttpRequest) -> HttpResponse:
    """The tree with supply and demand, a word at a time, and the needs and offers that stay without an answer."""
    office(request)
    found = reads.gap_map()
    rows, path = _opened(found, request.GET.get("word", ""))
    needs, offers = (
        page_of(request, reads.lonely(direction), name)
        for name, direction in (("needs", Direction.SOUGHT), ("offers", Direction.OFFERED))
    )
    context = {
        "rows": rows,
        "path": path,
        "largest": max((max(gap.offers, gap.needs) for gap, _opens in rows), default=0),
        "stated": any(gap.offers or gap.needs for gap in found),
        "needs": needs,
        "offers": offers,
        "lonely_needs": reads.items(list(needs)),
        "lonely_offers": reads.items(list(offers)),
    }
    return render(request, "matchmaking/overview/gaps.html", context | _ways("overview"))


def _opened(found: list[reads.Gap], code: str) -> tuple[list[tuple[reads.Gap, bool]], list[reads.Gap]]:
    """The word asked for with the words below it (or the roots with theirs), each with whether it opens further.

    And the words above it, the root first. 404 for a word that is not in the tree.
    """
    path: list[reads.Gap] = []
    if code:
        for place, gap in enumerate(found):
            path[gap.level :] = [gap]
            if gap.word.code == code:
                below = found[place + 1 :]
                end = next((at for at, one in enumerate(below) if one.level <= gap.level), len(below))
                found = [gap, *below[:end]]
                break
        else:
            raise Http404
    top = path[-1].level if path else 0
    parents = {gap.word.parent_id for gap in found}
    rows = [(gap, gap.level == top + 1 and gap.word.pk in parents) for gap in found if gap.level <= top + 1]
    return rows, path[:-1]


@never_cache
@require_safe
def introductions(request: HttpRequest) -> HttpResponse:
    """From interests to contracts in a period, and the flows across the line quarter by quarter."""
    office(request)
    form = _period(request)
    steps = tables.steps(reads.funnel(form.chosen()))
    quarters = reads.flows()
    context = {
        "form": form,
        "query": urlencode({"period": form.chosen().code}),
        "steps": steps,
        "largest": max(step.count for step in steps),
        "flows": [(tables.quarter(one.quarter), one.told(), one.introductions) for one in quarters],
    }
    return render(request, "matchmaking/overview/introductions.html", context | _ways("overview-introductions"))


def _period(request: HttpRequest) -> PeriodForm:
    began, today = reads.began(), timezone.localdate()
    since = timezone.localdate(began) if began else today
    given = request.GET if "period" in request.GET else None
    return PeriodForm(given, since=since, today=today, initial={"period": Period().code})


@never_cache
@require_safe
def exposure(request: HttpRequest) -> HttpResponse:
    """In how many lists each member stands, those first whom the fewest show."""
    office(request)
    found = reads.seen()
    bands = [(str(low) if low == high else f"{low}–{high}", low, high) for low, high in BANDS]
    bands.append((_("more than %(number)s") % {"number": BANDS[-1][1]}, BANDS[-1][1] + 1, found.members))
    counted = [
        (name, sum(number for lists, number in found.spread.items() if low <= lists <= high))
        for name, low, high in bands
    ]
    context = {
        "seen": found,
        "bands": counted,
        "largest": max(count for _name, count in counted),
        "page": page_of(request, reads.exposed()),
    }
    return render(request, "matchmaking/overview/exposure.html", context | _ways("overview-exposure"))


@never_cache
@require_safe
def table(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """One of the tables as CSV or XLSX; nothing of it stays in a cache."""
    office(request)
    if name not in tables.TABLES:
        raise Http404
    asked = _period(request)
    if asked.is_bound and not asked.is_valid():
        raise Http404
    made = tables.TABLES[name](asked.chosen())
    body: bytes | str
    if form == "xlsx":
        body, kind = workbooks.workbook(made.title, made.lines), XLSX
    else:
        body, kind = tables.as_csv(made), "text/csv; charset=utf-8"
    headers = {
        "Content-Disposition": f'attachment; filename="matchmaking-{name}.{form}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(body, content_type=kind, headers=headers)


def _ways(at: str) -> dict[str, Any]:
    """The tabs of the overview."""
    places = (
        ("overview", _("Supply and demand")),
        ("overview-introductions", _("Introductions and flows")),
        ("overview-exposure", _("Who is seen")),
    )
    return {"ways": [(label, reverse(f"matchmaking:{name}"), name == at) for name, label in places]}
