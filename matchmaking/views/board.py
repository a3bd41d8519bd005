"""The board of opportunities: the list, one offer or need with who can meet it, and the table to take away."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cluster_portal.common.found import findable
from matchmaking.filters.board import BoardFilter
from matchmaking.models import Opportunity
from matchmaking.permissions import can_see_who_can_meet
from matchmaking.queries import board as reads
from matchmaking.queries.need_search import Answerer
from matchmaking.views.answerers import points, told
from matchmaking.views.board_table import table
from members.enums import Direction
from members.permissions import standing
from members.views.directory import may_export_again, wait_before_export
from members.views.readers import known_as, reader

PAGE = 20
SOON = 14
"""Days before its end from which an item's last day is marked."""


@findable
@login_not_required
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """Offers and needs as the reader may see them; every filter, order and page has its own address."""
    chosen = BoardFilter(request.GET, queryset=reads.board(reader(request)))
    found = chosen.qs
    text, order = request.GET.get("q", "").strip(), request.GET.get("sort", "")
    page = Paginator(reads.shown(reads.in_order(found, order, text)), PAGE).get_page(request.GET.get("page"))
    asked = _asked(request)
    context = {
        "filter": chosen,
        "page": page,
        "filtered": bool(asked),
        "orders": _orders(request, order, text),
        "query": urlencode(asked),
        "soon": timezone.localdate() + timedelta(days=SOON),
        "member": standing(known_as(request)).member,
    }
    answer = render(request, "matchmaking/board/board.html", context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: HttpRequest) -> list[tuple[str, str]]:
    """What the address asks for, without order, page and what is empty."""
    return [
        (name, value)
        for name, values in request.GET.lists()
        if name in BoardFilter.base_filters
        for value in values
        if value.strip()
    ]


def _orders(request: HttpRequest, order: str, text: str) -> list[dict[str, Any]]:
    """Ways to sort, each with its address."""
    labels = {
        "newest": _("newest"),
        "ending": _("ending soonest"),
        "maturity": _("maturity"),
        "member": _("member"),
    }
    usual = "relevance" if text else "newest"
    if text:
        labels = {"relevance": _("relevance"), **labels}
    current = order if order in labels else usual
    asked = _asked(request)
    return [
        {
            "label": label,
            "href": "?" + urlencode(asked if name == usual else [*asked, ("sort", name)]),
            "current": name == current,
        }
        for name, label in labels.items()
    ]


@login_not_required
@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same items as CSV, with the same eyes."""
    if not may_export_again(request):
        return wait_before_export(request)
    chosen = BoardFilter(request.GET, queryset=reads.board(reader(request)))
    found = reads.shown(reads.in_order(chosen.qs, "newest", ""))
    name = f"opportunities-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        table(item.capability for item in found.iterator(chunk_size=500)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


@findable
@login_not_required
@require_safe
def opportunity(request: HttpRequest, key: UUID) -> HttpResponse:
    """One offer or need; for its owner and the office, who can meet a need."""
    eyes = reader(request)
    item = reads.opportunity(key, eyes)
    if item is None:
        raise Http404
    capability, today = item.capability, timezone.localdate()
    over = capability.expires_on is not None and capability.expires_on < today
    may_ask = can_see_who_can_meet(known_as(request), capability.organisation_id)
    ranked = may_ask and not over and capability.direction == Direction.SOUGHT
    context = {
        "item": item,
        "capability": capability,
        "over": over,
        "mine": capability.organisation_id in eyes.own,
        "part": "needs" if capability.direction == Direction.SOUGHT else "offers",
        "facts": _facts(item, tells_level=may_ask),
        "soon": today + timedelta(days=SOON),
        "ranked": ranked,
        "answerers": [_drawn(one) for one in reads.answerers(capability, eyes)] if ranked else [],
        "opposites": [] if over else reads.opposites(item, eyes),
    }
    answer = render(request, "matchmaking/board/opportunity.html", context)
    answer["Cache-Control"] = "private, no-store"
    if over:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def _facts(item: Opportunity, *, tells_level: bool) -> list[tuple[str, Any]]:
    """What is known of an item, as label and value. `tells_level`: who sees it is for its owner and the office."""
    capability, owner = item.capability, item.capability.organisation
    path = " / ".join(tag.name for tag in reads.path_of(item))
    return [
        (_("Member"), format_html('<a href="{}">{}</a>', owner.get_absolute_url(), owner.display_name)),
        (_("Helix role"), owner.get_helix_role_display()),
        (_("County"), owner.get_county_display() if owner.county else ""),
        (_("Part of"), path),
        (_("Kind"), capability.get_kind_display() if capability.kind else ""),
        (_("Projects, patents or contracts"), capability.references or ""),
        (_("On the board since"), date_format(timezone.localtime(item.published_at))),
        (_("Stands until"), date_format(capability.expires_on) if capability.expires_on else _("no end is set")),
        (_("Seen by"), capability.get_visibility_display() if tells_level else ""),
    ]


def _drawn(one: Answerer) -> dict[str, Any]:
    """A member with its points and reasons, as the template draws them."""
    return {
        "member": one.organisation,
        "points": points(one.score),
        "by_closeness": one.by_closeness,
        "reasons": [
            {"title": reason.work.title, "points": points(reason.points), "why": told(reason)} for reason in one.reasons
        ],
        "others": one.others,
        "others_points": points(one.others_points),
    }
