"""The directory of members: the page, and the table to take away."""

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster_portal.common.found import findable
from members.filters import wanted_of
from members.queries.directory import directory as find
from members.queries.directory_export import export as lines
from members.views.directory_page import page_of
from members.views.directory_table import table
from members.views.readers import reader

EXPORTS = 20  # by one reader in EXPORT_SECONDS
EXPORT_SECONDS = 600


@findable
@login_not_required
@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    """Members as the reader may see them; every filter, order and page has its own address."""
    page = page_of(find(wanted_of(request.GET), reader(request)))
    answer = render(request, "members/directory.html", page)
    if request.headers.get("HX-Request") and "all" not in request.GET:  # a list that unfolds is no other page
        answer["HX-Push-Url"] = page["addresses"].of_page(request.GET)
    return answer


@login_not_required
@require_safe
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same members as CSV, with the same eyes."""
    if not may_export_again(request):
        return wait_before_export(request)
    members = lines(wanted_of(request.GET), reader(request))
    name = f"members-{timezone.localdate().isoformat()}.csv"
    return StreamingHttpResponse(
        table(members),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def wait_before_export(request: HttpRequest) -> HttpResponse:
    """Too many exports in a row: 429, with the time to wait."""
    answer = render(request, "members/export_wait.html", status=429)
    answer["Retry-After"] = str(EXPORT_SECONDS)
    return answer


def may_export_again(request: HttpRequest) -> bool:
    """Counted in Valkey; without it nobody is refused."""
    who = request.user.pk or get_adapter(request).get_client_ip(request)
    key, fast = f"export-{who}", caches["fast"]
    return fast.add(key, 1, EXPORT_SECONDS) or fast.incr(key) <= EXPORTS
